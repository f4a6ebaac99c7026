#include "server/core/reference_fold.h"

#include <algorithm>
#include <vector>

#include "domain/schema/message.h"

namespace silkledger::server {
namespace {

struct Entry {
  domain::EventPlace place;
  std::string payload;
};

constexpr std::uint32_t kNamesPerPage = 1'000;

// Everything of the streams under one prefix.
std::optional<eventstore::StoreError> collect(const eventstore::EventStore& store,
                                              std::string_view prefix,
                                              std::vector<Entry>& entries) {
  for (std::string after;;) {
    auto listed = store.list_streams(prefix, after, kNamesPerPage);
    if (auto* error = std::get_if<eventstore::StoreError>(&listed)) return *error;
    const auto& names = std::get<std::vector<eventstore::StreamName>>(listed);
    if (names.empty()) return std::nullopt;
    for (const auto& name : names) {
      for (eventstore::Version from = 1;;) {
        auto read = store.read_stream(name, from, {});
        if (auto* error = std::get_if<eventstore::StoreError>(&read)) return *error;
        const auto& batch = std::get<eventstore::ReadBatch>(read);
        if (batch.records.empty()) break;
        for (const auto& record : batch.records) {
          entries.push_back(
              {{record.header.position, record.header.version, {}}, std::string(record.payload)});
        }
        from = batch.next;
      }
    }
    after = names.back();
  }
}

}  // namespace

std::optional<eventstore::StoreError> fold_reference(const eventstore::EventStore& store,
                                                     domain::Reference& reference) {
  std::vector<Entry> entries;
  for (const auto* prefix :
       {"calendar/", "chain/", "day/", "item/", "person/", "rules/", "unit/"}) {
    if (auto error = collect(store, prefix, entries)) return error;
  }
  std::sort(entries.begin(), entries.end(), [](const Entry& left, const Entry& right) {
    return left.place.position < right.place.position;
  });
  for (auto& entry : entries) {
    schema::MessageReader message(entry.payload);
    auto stored = message.root<wire::StoredEvent>();
    entry.place.occurred_on = CivilDate{stored.getOccurredOn()};
    reference.evolve(stored.getEvent(), entry.place);
  }
  return std::nullopt;
}

}  // namespace silkledger::server
