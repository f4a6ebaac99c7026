#include "projections/registry_fold.h"

#include <kj/exception.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <vector>

#include "domain/schema/event.capnp.h"
#include "domain/schema/message.h"
#include "projections/group.h"
#include "projections/past.h"

namespace silkledger::projections {
namespace {

// The aggregates of domain/schema/registry.capnp. A test asks the schema whether any is missing.
constexpr std::array<std::string_view, 8> kAggregates = {"rules", "unit",     "person", "chain",
                                                         "item",  "calendar", "day",    "ledger"};
constexpr std::uint32_t kNamesMax = 1024;  // stream names read at once

constexpr std::uint32_t kKeptMax = 1024;   // copies read at once

struct Found {
  Position position;
  eventstore::Version version;
  std::string payload;
};

// A copy: version of the stream, eight bytes, most significant first; then the payload.
std::string encode_copy(eventstore::Version version, std::string_view payload) {
  std::string copy;
  copy.reserve(sizeof version + payload.size());
  for (int shift = 56; shift >= 0; shift -= 8) {
    copy += static_cast<char>((version >> shift) & 0xFFU);
  }
  return copy.append(payload);
}

std::optional<Found> decode_copy(const KeyValue& entry) {
  Found found{};
  const char* end = entry.key.data() + entry.key.size();
  const bool is_position = std::from_chars(entry.key.data(), end, found.position).ptr == end;
  if (!is_position || entry.value.size() < sizeof found.version) return std::nullopt;
  for (std::size_t i = 0; i < sizeof found.version; ++i) {
    found.version = (found.version << 8U) | static_cast<unsigned char>(entry.value[i]);
  }
  found.payload = entry.value.substr(sizeof found.version);
  return found;
}

class RegistryReader {
 public:
  RegistryReader(const LogReader& log, Position until, const RunnerLimits& limits)
      : log_(log), until_(until), limits_(limits) {}

  // All events of the registry, in log order, or the reason why not.
  std::optional<std::string> read(std::vector<Found>& found) {
    for (const std::string_view aggregate : kAggregates) {
      if (auto failure = read_streams(std::string(aggregate) + "/", found)) return failure;
    }
    std::ranges::sort(found, {}, &Found::position);
    return std::nullopt;
  }

 private:
  std::optional<std::string> read_streams(const std::string& prefix, std::vector<Found>& found) {
    std::string after;
    while (true) {
      const auto listed = log_.list_streams(prefix, after, kNamesMax);
      if (const auto* error = std::get_if<eventstore::StoreError>(&listed)) return text_of(*error);
      const auto& names = std::get<std::vector<eventstore::StreamName>>(listed);
      for (const eventstore::StreamName& stream : names) {
        if (auto failure = read_stream(stream, found)) return failure;
      }
      if (names.size() < kNamesMax) return std::nullopt;
      after = names.back();
    }
  }

  std::optional<std::string> read_stream(const eventstore::StreamName& stream,
                                         std::vector<Found>& found) {
    eventstore::Version next = 1;
    while (true) {
      const auto read =
          log_.read_stream(stream, next, {limits_.reference_read_records, limits_.batch_bytes_max});
      if (const auto* error = std::get_if<eventstore::StoreError>(&read)) return text_of(*error);
      const auto& batch = std::get<eventstore::ReadBatch>(read);
      if (batch.records.empty()) return std::nullopt;
      for (const eventstore::RecordView& record : batch.records) {
        if (record.header.position > until_) return std::nullopt;
        found.push_back(
            {record.header.position, record.header.version, std::string(record.payload)});
      }
      next = batch.next;
    }
  }

  const LogReader& log_;
  const Position until_;
  const RunnerLimits& limits_;
};

// An event that cannot be read has stopped every view when it was met, so nobody misses it here.
void fold_one(const Found& event, domain::Reference& reference) {
  try {
    schema::MessageReader message(event.payload);
    const auto stored = message.root<wire::StoredEvent>();
    reference.evolve(stored.getEvent(),
                     {event.position, event.version, CivilDate{stored.getOccurredOn()}});
  } catch (const kj::Exception&) {
  } catch (const schema::UnknownArm&) {
  }
}

}  // namespace

std::optional<std::string> fold_registry(const LogReader& log, Position until,
                                         const RunnerLimits& limits, domain::Reference& reference) {
  if (until == 0) return std::nullopt;
  std::vector<Found> found;
  if (auto failure = RegistryReader(log, until, limits).read(found)) return failure;
  for (const Found& event : found) fold_one(event, reference);
  return std::nullopt;
}

std::optional<std::string> fold_kept_registry(const ViewSnapshot& snapshot, Position after,
                                              Position until, domain::Reference& reference) {
  KeyRange range{.until = position_key(until), .after = position_key(after)};
  while (true) {
    const auto read = snapshot.scan(kRegistryFamily, range, kKeptMax);
    if (const auto* error = std::get_if<ViewStoreError>(&read)) return error->detail;
    const auto& page = std::get<0>(read);
    for (const KeyValue& entry : page) {
      const auto found = decode_copy(entry);
      if (!found) return "the copy of registry event " + entry.key + " is damaged";
      fold_one(*found, reference);
    }
    if (page.size() < kKeptMax) return std::nullopt;
    range.after = page.back().key;
  }
}

std::optional<Write> kept_registry_event(const eventstore::RecordView& record) {
  const std::string_view stream = record.header.stream;
  const std::string_view aggregate = stream.substr(0, stream.find('/'));
  if (std::ranges::find(kAggregates, aggregate) == kAggregates.end()) return std::nullopt;
  return Write{std::string(kRegistryFamily), position_key(record.header.position),
               encode_copy(record.header.version, record.payload)};
}

}  // namespace silkledger::projections
