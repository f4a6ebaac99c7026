#include "server/core/live/event_frame.h"

#include <algorithm>
#include <utility>

#include "domain/schema/event.binary.h"
#include "domain/schema/event.json.h"
#include "domain/schema/event.wire.h"
#include "domain/schema/json/json.h"
#include "domain/schema/message.h"
#include "domain/schema/protocol.wire.h"
#include "domain/schema/view.wire.h"
#include "projections/query.h"
#include "server/core/names.h"

namespace silkledger::server {
namespace {

constexpr std::uint32_t kReadBytesMax = 1024 * 1024;
constexpr std::string_view kPersonPrefix = "person/";

// What everybody works with: units, rules, calendar, items, chains and their graphs, days and the
// ledger's epochs.
bool is_public(std::string_view stream) {
  for (const std::string_view prefix :
       {"calendar/", "chain/", "chain-graph/", "day/", "item/", "ledger/", "rules/", "unit/"}) {
    if (stream.starts_with(prefix)) return true;
  }
  return false;
}

template <std::size_t... Arms>
constexpr auto personal_arms(std::index_sequence<Arms...>) {
  return std::array<bool, sizeof...(Arms)>{
      binary::kHoldsPersonal<std::variant_alternative_t<Arms, schema::Event::Arms>>...};
}
constexpr auto kPersonalArms =
    personal_arms(std::make_index_sequence<std::variant_size_v<schema::Event::Arms>>());

bool holds_personal(std::string_view stored) {
  schema::MessageReader message(stored);
  const auto arm = static_cast<std::size_t>(message.root<wire::StoredEvent>().getEvent().which());
  return arm >= kPersonalArms.size() || kPersonalArms[arm];
}

// As it is in the log, unless it holds personal fields: those are opened or masked.
std::string revealed(std::string_view stored, const Telling& telling) {
  auto event = schema::decode<schema::StoredEvent>(stored, schema::Trust::own);
  if (!event) return {};  // the views would have stopped at it
  binary::reveal(*event, telling.persons_in_clear ? &telling.sealer : nullptr);
  return schema::encode(*event);
}

void write_event(wire::LiveEvent::Builder out, const EventPart& event, std::string_view stored) {
  using schema::detail::text;
  const auto& header = event.header;
  out.setPosition(header.position);
  out.setEpoch(header.epoch);
  out.setRecordedAt(header.recorded_at);
  out.setStream(text(header.stream));
  out.setVersion(header.version);
  out.setPrincipal(text(header.command.principal));
  out.setCommandId(text(header.command.id));
  out.setCommandIndex(header.command_index);
  if (!event.subject.empty()) out.setSubject(text(event.subject));
  out.setStored({reinterpret_cast<const kj::byte*>(stored.data()), stored.size()});
}

// Subject and units of each event of a stretch, from the rows of the audit view.
class Belongings {
 public:
  Belongings(const projections::ViewSnapshot& snapshot, std::uint64_t from, std::uint64_t until)
      : found_(snapshot.scan(
            "audit", {.from = projections::audit_key(from), .until = projections::audit_key(until)},
            static_cast<std::uint32_t>(until - from + 1))) {}

  // Positions ascend. False: the view is damaged.
  bool look_up(std::uint64_t position) {
    subject_.clear();
    units_.clear();
    auto* rows = std::get_if<std::vector<projections::KeyValue>>(&found_);
    if (rows == nullptr) return false;
    while (next_ < rows->size()) {
      schema::MessageReader message((*rows)[next_].value);
      const auto row = message.root<wire::AuditRow>();
      if (row.getPosition() > position) return true;
      ++next_;
      if (row.getPosition() < position) continue;
      if (row.hasSubject()) subject_ = schema::detail::text(row.getSubject());
      for (const auto unit : row.getUnits()) units_.push_back(schema::detail::text(unit));
      return true;
    }
    return true;
  }

  const std::string& subject() const { return subject_; }
  const std::vector<std::string>& units() const { return units_; }
  std::string damage() const {
    const auto* error = std::get_if<projections::ViewStoreError>(&found_);
    return error != nullptr ? error->detail : "";
  }

 private:
  projections::ViewResult<std::vector<projections::KeyValue>> found_;
  std::size_t next_ = 0;
  std::string subject_;
  std::vector<std::string> units_;
};

}  // namespace

bool visible(std::string_view stream, const std::vector<std::string>& units, const Sight& sight) {
  if (sight.grants().reads_everything) return true;
  if (stream.starts_with(kPersonPrefix)) {
    return stream.substr(kPersonPrefix.size()) == sight.grants().person;
  }
  return is_public(stream) || sight.may_read(units);
}

std::string_view deciding_part(std::string_view stream) {
  if (stream.starts_with(kPersonPrefix)) return stream;
  return stream.substr(0, stream.find('/') + 1);
}

void append_event_json(std::string& text, const EventPart& event, const Telling& telling) {
  const auto stored = schema::decode<schema::StoredEvent>(event.stored, schema::Trust::own);
  json::Unsealer* unsealer = telling.persons_in_clear ? &telling.sealer : nullptr;
  const json::EncodeOptions options{unsealer};
  const ReferenceNames names(telling.reference, unsealer);
  json::Writer out(text, options);
  out.begin_object();
  out.key("type");
  out.string("event");
  out.key("position");
  out.big(event.header.position);
  out.key("epoch");
  out.big(event.header.epoch);
  out.key("recordedAt");
  out.instant(Instant{event.header.recorded_at});
  out.key("stream");
  out.string(event.header.stream);
  out.key("version");
  out.big(event.header.version);
  out.key("principal");
  out.string(event.header.command.principal);
  out.key("commandId");
  out.string(event.header.command.id);
  out.key("commandIndex");
  out.integer(event.header.command_index);
  if (!event.subject.empty()) {
    out.key("subject");
    out.string(event.subject);
  }
  if (stored) {  // or the views would have stopped at it
    const auto words = domain::sentence(*stored, names);
    out.key("zh");
    out.string(words.zh);
    out.key("en");
    out.string(words.en);
    out.key("stored");
    json::encode(out, *stored);
  }
  out.end_object();
}

void append_event_frame(std::string& out, const EventPart& event, Encoding encoding,
                        const Telling& telling) {
  const auto begin = begin_frame(out);
  if (encoding == Encoding::json) {
    append_event_json(out, event, telling);
  } else {
    std::string shown;
    std::string_view stored = event.stored;
    if (holds_personal(stored)) stored = shown = revealed(stored, telling);
    binary::append_message(out, [&](capnp::MessageBuilder& message) {
      write_event(message.initRoot<wire::LiveFrame>().initEvent(), event, stored);
    });
  }
  end_frame(out, begin, opcode_of(encoding));
}

std::size_t EventFrame::bytes_max() const {
  constexpr std::size_t kFixedBytes = 2048;  // header, two sentences, keys of JSON
  constexpr std::size_t kRenderings = 8;     // its own bytes, twice as binary and twice as JSON
  return kFixedBytes + kRenderings * stored_.size();
}

const WireFrames& EventFrame::wire(Encoding encoding, const Telling& telling) const {
  auto& cached = wires_[static_cast<std::size_t>(encoding)][telling.persons_in_clear ? 1 : 0];
  if (!cached) {
    std::string bytes;
    append_event_frame(bytes, part(), encoding, telling);
    cached = std::make_shared<const std::string>(std::move(bytes));
  }
  return cached;
}

eventstore::StoreResult<std::uint64_t> each_event(
    const eventstore::EventStore& log, const projections::ViewSnapshot& snapshot,
    std::uint64_t from, std::uint64_t until, std::uint32_t records_max,
    const std::function<bool(const EventPart&)>& each) {
  if (from > until) return from;
  until = std::min<std::uint64_t>(until, from + records_max - 1);
  auto read = log.read(from, {static_cast<std::uint32_t>(until - from + 1), kReadBytesMax}, {});
  if (auto* error = std::get_if<eventstore::StoreError>(&read)) return *error;
  const auto& records = std::get<eventstore::ReadBatch>(read).records;
  if (records.empty()) return from;
  Belongings belongings(snapshot, from, std::min(until, records.back().header.position));
  for (const auto& record : records) {
    if (record.header.position > until) break;
    if (!belongings.look_up(record.header.position)) {
      return eventstore::StoreError{eventstore::StoreError::Kind::io, belongings.damage(),
                                    record.header.position};
    }
    const EventPart part{record.header, record.payload, belongings.subject(), belongings.units()};
    from = record.header.position + 1;
    if (!each(part)) break;
  }
  return from;
}

eventstore::StoreResult<std::vector<EventFramePtr>> read_frames(
    const eventstore::EventStore& log, const projections::ViewSnapshot& snapshot,
    std::uint64_t from, std::uint64_t until, std::uint32_t records_max) {
  std::vector<EventFramePtr> frames;
  auto read = each_event(log, snapshot, from, until, records_max, [&](const EventPart& event) {
    frames.push_back(std::make_shared<EventFrame>(event.header, std::string(event.stored),
                                                  event.subject, event.units));
    return true;
  });
  if (auto* error = std::get_if<eventstore::StoreError>(&read)) return *error;
  return frames;
}

}  // namespace silkledger::server
