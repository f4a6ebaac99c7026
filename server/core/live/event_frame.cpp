#include "server/core/live/event_frame.h"

#include <algorithm>

#include "domain/schema/event.json.h"
#include "domain/schema/json/json.h"
#include "domain/schema/view.values.h"
#include "projections/query.h"
#include "server/core/names.h"

namespace silkledger::server {
namespace {

// What everybody works with: units, rules, calendar, items, chains, days and the ledger's epochs.
bool is_public(std::string_view stream) {
  for (const std::string_view prefix :
       {"calendar/", "chain/", "day/", "item/", "ledger/", "rules/", "unit/"}) {
    if (stream.starts_with(prefix)) return true;
  }
  return false;
}

EventFramePtr frame_of(const eventstore::RecordView& record,
                       const projections::ViewSnapshot& snapshot) {
  auto stored = schema::decode<schema::StoredEvent>(record.payload, schema::Trust::own);
  if (!stored) return nullptr;
  std::string subject;
  std::vector<std::string> units;
  const auto found = snapshot.get("audit", projections::audit_key(record.header.position));
  if (const auto* bytes = std::get_if<std::optional<std::string>>(&found); bytes && *bytes) {
    if (auto row = schema::decode<schema::AuditRow>(**bytes, schema::Trust::own)) {
      subject = row->subject.value_or("");
      units = std::move(row->units);
    }
  }
  return std::make_shared<EventFrame>(record.header, std::move(*stored), std::move(subject),
                                      std::move(units));
}

}  // namespace

EventFrame::EventFrame(eventstore::RecordHeader header, schema::StoredEvent stored,
                       std::string subject, std::vector<std::string> units)
    : header_(std::move(header)),
      stored_(std::move(stored)),
      subject_(std::move(subject)),
      units_(std::move(units)) {}

std::size_t EventFrame::bytes() const {
  std::size_t sum = 512;
  for (const auto& text : texts_) sum += text ? text->size() : 0;
  return sum;
}

bool EventFrame::visible_to(const domain::Reference& reference,
                            const domain::Grants& grants) const {
  if (grants.reads_everything || is_public(header_.stream)) return true;
  if (header_.stream.starts_with("person/")) return header_.stream.substr(7) == grants.person;
  return domain::may_read(reference, grants, units_);
}

std::shared_ptr<const std::string> EventFrame::text(const domain::Reference& reference,
                                                    PersonalSealer& sealer,
                                                    bool persons_in_clear) const {
  auto& cached = texts_[persons_in_clear ? 1 : 0];
  if (cached) return cached;
  json::Unsealer* unsealer = persons_in_clear ? &sealer : nullptr;
  const json::EncodeOptions options{unsealer};
  const ReferenceNames names(reference, unsealer);
  const auto words = domain::sentence(stored_, names);
  auto text = std::make_shared<std::string>();
  json::Writer out(*text, options);
  out.begin_object();
  out.key("type");
  out.string("event");
  out.key("position");
  out.big(header_.position);
  out.key("epoch");
  out.big(header_.epoch);
  out.key("recordedAt");
  out.instant(Instant{header_.recorded_at});
  out.key("stream");
  out.string(header_.stream);
  out.key("version");
  out.big(header_.version);
  out.key("principal");
  out.string(header_.command.principal);
  out.key("commandId");
  out.string(header_.command.id);
  out.key("commandIndex");
  out.integer(header_.command_index);
  if (!subject_.empty()) {
    out.key("subject");
    out.string(subject_);
  }
  out.key("zh");
  out.string(words.zh);
  out.key("en");
  out.string(words.en);
  out.key("stored");
  json::encode(out, stored_);
  out.end_object();
  return cached = std::move(text);
}

eventstore::StoreResult<FramesRead> read_frames(const eventstore::EventStore& log,
                                                const projections::ViewSnapshot& snapshot,
                                                std::uint64_t from, std::uint64_t until,
                                                std::uint32_t records_max) {
  FramesRead out;
  out.next = from;
  if (from > until) return out;
  const auto wanted =
      static_cast<std::uint32_t>(std::min<std::uint64_t>(records_max, until - from + 1));
  auto read = log.read(from, {wanted, 1024 * 1024}, {});
  if (auto* error = std::get_if<eventstore::StoreError>(&read)) return *error;
  for (const auto& record : std::get<eventstore::ReadBatch>(read).records) {
    if (record.header.position > until) break;
    auto frame = frame_of(record, snapshot);
    if (!frame) {
      return eventstore::StoreError{
          eventstore::StoreError::Kind::corrupt,
          "the event at position " + std::to_string(record.header.position) + " cannot be decoded",
          record.header.position};
    }
    out.frames.push_back(std::move(frame));
    out.next = record.header.position + 1;
  }
  return out;
}

}  // namespace silkledger::server
