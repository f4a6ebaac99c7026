// The aggregates' states as of the newest decision, loaded from their streams when first asked for.
//
// It runs ahead of the durable log: a decided event is evolved here before it is stored. Whoever
// finds that an append failed throws the whole cache away (clear).
//
// Threads: the core executor's. Ownership: references returned stay valid until trim() or clear().
// Errors: a stream that cannot be read or decoded sets failure(); what is returned then is a fresh
// state and must not be used.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "domain/states.h"
#include "eventstore/event_store.h"

namespace silkledger::server {

class AggregateCache final : public domain::States {
 public:
  AggregateCache(const eventstore::EventStore& store, std::uint32_t entries_max);

  // Version of any stream, decided events included.
  eventstore::Version version(const std::string& stream);

  // Streams read since the last begin(), with the versions that were seen.
  void begin() { read_.clear(); }
  const std::set<std::string>& read() const { return read_; }

  // Evolves the stream's state by a decided event at its predicted position.
  void apply(const std::string& stream, wire::Event::Reader event, std::uint64_t position,
             CivilDate occurred_on);

  // Forgets the longest unused states, but none with an event beyond `durable`.
  void trim(std::uint64_t durable);
  void clear();

  const std::optional<eventstore::StoreError>& failure() const { return failure_; }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    domain::AggregateState state;
    eventstore::Version version = 0;
    std::uint64_t last_position = 0;
    std::list<std::string>::iterator used;
  };

  const domain::AggregateState& at(const std::string& stream) override;
  Entry& entry(const std::string& stream);
  void load(const std::string& stream, Entry& entry);

  const eventstore::EventStore& store_;
  std::uint32_t entries_max_;
  std::unordered_map<std::string, Entry> entries_;
  std::list<std::string> by_use_;  // most recently used first
  std::set<std::string> read_;
  std::optional<eventstore::StoreError> failure_;
};

}  // namespace silkledger::server
