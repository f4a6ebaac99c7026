// Walks over records by position, checking each: neighbours by iterating, others by looking them
// up.
//
// Threads: one owner. Ownership: the database must outlive the cursor; a record's views are good
// until the next call.
#pragma once

#include <memory>

#include "eventstore/codec/record_codec.h"
#include "eventstore/rocksdb/database.h"

namespace rocksdb {
class Iterator;
class PinnableSlice;
}  // namespace rocksdb

namespace silkledger::eventstore {

class RecordCursor {
 public:
  explicit RecordCursor(const Database& database);
  ~RecordCursor();

  RecordCursor(const RecordCursor&) = delete;
  RecordCursor& operator=(const RecordCursor&) = delete;

  // Requires: the position is within the log, so its absence is a fault of the log.
  StoreResult<StoredRecord> at(Position position);

  // Says that neighbours will follow, so that the first step iterates already.
  void expect_neighbours() { iterating_ = true; }

 private:
  StoreResult<StoredRecord> look_up(Position position);
  StoreResult<StoredRecord> iterate(Position position);

  const Database& database_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
  std::unique_ptr<rocksdb::PinnableSlice> value_;
  Position last_ = 0;
  bool iterating_ = false;
};

}  // namespace silkledger::eventstore
