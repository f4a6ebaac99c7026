#include "server/core/aggregate_cache.h"

#include "domain/schema/message.h"

namespace silkledger::server {

AggregateCache::AggregateCache(const eventstore::EventStore& store, std::uint32_t entries_max)
    : store_(store), entries_max_(entries_max) {}

const domain::AggregateState& AggregateCache::at(const std::string& stream) {
  read_.insert(stream);
  return entry(stream).state;
}

eventstore::Version AggregateCache::version(const std::string& stream) {
  return entry(stream).version;
}

AggregateCache::Entry& AggregateCache::entry(const std::string& stream) {
  if (auto found = entries_.find(stream); found != entries_.end()) {
    by_use_.splice(by_use_.begin(), by_use_, found->second.used);
    return found->second;
  }
  by_use_.push_front(stream);
  auto& made = entries_[stream];
  made.used = by_use_.begin();
  made.state = domain::fresh_state(stream);
  load(stream, made);
  return made;
}

void AggregateCache::load(const std::string& stream, Entry& entry) {
  // Most commands name something new: one look-up tells so, reading an empty stream costs more.
  auto version = store_.stream_version(stream);
  if (auto* error = std::get_if<eventstore::StoreError>(&version)) {
    failure_ = *error;
    return;
  }
  entry.version = std::get<eventstore::Version>(version);
  if (entry.version == 0 || std::holds_alternative<std::monostate>(entry.state)) return;
  for (eventstore::Version from = 1;;) {
    auto read = store_.read_stream(stream, from, {});
    if (auto* error = std::get_if<eventstore::StoreError>(&read)) {
      failure_ = *error;
      return;
    }
    const auto& batch = std::get<eventstore::ReadBatch>(read);
    if (batch.records.empty()) return;
    for (const auto& record : batch.records) {
      schema::MessageReader message(record.payload);
      auto stored = message.root<wire::StoredEvent>();
      domain::evolve_any(
          entry.state, stored.getEvent(),
          {record.header.position, record.header.version, CivilDate{stored.getOccurredOn()}});
      entry.version = record.header.version;
      entry.last_position = record.header.position;
    }
    from = batch.next;
  }
}

void AggregateCache::apply(const std::string& stream, wire::Event::Reader event,
                           std::uint64_t position, CivilDate occurred_on) {
  auto& changed = entry(stream);
  ++changed.version;
  changed.last_position = position;
  domain::evolve_any(changed.state, event, {position, changed.version, occurred_on});
}

void AggregateCache::trim(std::uint64_t durable) {
  auto oldest = by_use_.end();
  while (entries_.size() > entries_max_ && oldest != by_use_.begin()) {
    --oldest;
    auto found = entries_.find(*oldest);
    if (found->second.last_position > durable) continue;
    entries_.erase(found);
    oldest = by_use_.erase(oldest);
  }
}

void AggregateCache::clear() {
  entries_.clear();
  by_use_.clear();
  read_.clear();
  failure_.reset();
}

}  // namespace silkledger::server
