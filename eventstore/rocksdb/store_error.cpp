#include "eventstore/rocksdb/store_error.h"

#include <rocksdb/status.h>

#include <string>

namespace silkledger::eventstore {

StoreError store_error(const rocksdb::Status& status, std::string_view what, Position position) {
  StoreError error;
  error.kind = status.IsCorruption() ? StoreError::Kind::corrupt : StoreError::Kind::io;
  error.detail = std::string(what) + ": " + status.ToString();
  error.position = position;
  return error;
}

}  // namespace silkledger::eventstore
