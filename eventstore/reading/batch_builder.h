// Collects records into one ReadBatch: copies payloads into aligned memory, keeps the limits.
//
// Threads: one owner.
#pragma once

#include <cstdint>
#include <vector>

#include "eventstore/codec/record_codec.h"
#include "eventstore/event_store.h"

namespace silkledger::eventstore {

class BatchBuilder {
 public:
  explicit BatchBuilder(ReadLimit limit) : limit_(limit) {}

  // Whether the record still fits. The first one always does: a read makes progress.
  bool fits(const RecordRef& record) const;
  // Whether another record would be too many.
  bool full() const;

  void add(const RecordRef& record);

  ReadBatch finish(Position next) &&;

 private:
  ReadLimit limit_;
  std::vector<RecordView> records_;
  std::vector<std::uint64_t> words_;
};

// Whether a filter keeps records of this stream.
bool keeps(const ReadFilter& filter, std::string_view stream);

}  // namespace silkledger::eventstore
