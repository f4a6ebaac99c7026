// The reading side of an EventStore, and nothing else: views can be folded from it, and nobody who
// holds one can append (ReplayHasNoSideEffects).
//
// A value that refers to the store, which must outlive it. Threads and errors as in EventStore.
#pragma once

#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "eventstore/event_store.h"

namespace silkledger::projections {

using eventstore::Epoch;
using eventstore::Position;

class LogReader {
 public:
  explicit LogReader(eventstore::EventStore& store) : store_(&store) {}

  Epoch epoch() const { return store_->epoch(); }
  eventstore::Head head() const { return store_->head(); }
  eventstore::StoreResult<eventstore::ReadBatch> read(Position from,
                                                      eventstore::ReadLimit limit) const {
    return store_->read(from, limit, {});
  }
  eventstore::StoreResult<eventstore::ReadBatch> read_stream(const eventstore::StreamName& stream,
                                                             eventstore::Version from,
                                                             eventstore::ReadLimit limit) const {
    return store_->read_stream(stream, from, limit);
  }
  eventstore::StoreResult<std::vector<eventstore::StreamName>> list_streams(
      std::string_view prefix, std::string_view after, std::uint32_t names_max) const {
    return store_->list_streams(prefix, after, names_max);
  }
  eventstore::StoreResult<eventstore::Hash> root_at(Position position) const {
    return store_->root_at(position);
  }
  [[nodiscard]] eventstore::EventStore::Wait wait_beyond(Position position,
                                                         std::function<void()> wake) const {
    return store_->wait_beyond(position, std::move(wake));
  }

 private:
  eventstore::EventStore* store_;
};

}  // namespace silkledger::projections
