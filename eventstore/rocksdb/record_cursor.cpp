#include "eventstore/rocksdb/record_cursor.h"

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>
#include <rocksdb/slice.h>

#include <string>

#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/store_error.h"

namespace silkledger::eventstore {
namespace {

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

StoreError missing(Position position) {
  return {StoreError::Kind::corrupt,
          "the log has no record at position " + std::to_string(position) +
              ", which lies before its head",
          position};
}

std::string reading(Position position) {
  return "could not read the record at position " + std::to_string(position);
}

}  // namespace

RecordCursor::RecordCursor(const Database& database)
    : database_(database), value_(std::make_unique<rocksdb::PinnableSlice>()) {}

RecordCursor::~RecordCursor() = default;

StoreResult<StoredRecord> RecordCursor::at(Position position) {
  const bool neighbour = last_ != 0 && position == last_ + 1;
  auto record = neighbour || iterating_ ? iterate(position) : look_up(position);
  iterating_ = neighbour || iterating_;
  last_ = position;
  return record;
}

StoreResult<StoredRecord> RecordCursor::look_up(Position position) {
  value_->Reset();
  const auto status = database_.db().Get(rocksdb::ReadOptions(), database_.records(),
                                         slice(keys::view(keys::record(position))), value_.get());
  if (status.IsNotFound()) return missing(position);
  if (!status.ok()) return store_error(status, reading(position), position);
  return open_stored_record(view(*value_), position);
}

StoreResult<StoredRecord> RecordCursor::iterate(Position position) {
  const auto key = keys::record(position);
  if (iterator_ != nullptr && iterator_->Valid() && position == last_ + 1) {
    iterator_->Next();
  } else {
    if (iterator_ == nullptr) {
      iterator_.reset(database_.db().NewIterator(rocksdb::ReadOptions(), database_.records()));
    }
    iterator_->Seek(slice(keys::view(key)));
  }
  if (!iterator_->status().ok()) {
    return store_error(iterator_->status(), reading(position), position);
  }
  if (!iterator_->Valid() || view(iterator_->key()) != keys::view(key)) return missing(position);
  return open_stored_record(view(iterator_->value()), position);
}

}  // namespace silkledger::eventstore
