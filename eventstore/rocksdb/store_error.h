// A failure of RocksDB in the words of the port. Pure; any thread.
#pragma once

#include <string_view>

#include "eventstore/event_store.h"

namespace rocksdb {
class Status;
}  // namespace rocksdb

namespace silkledger::eventstore {

// `what` says what was being done, and to which file or key.
StoreError store_error(const rocksdb::Status& status, std::string_view what, Position position = 0);

}  // namespace silkledger::eventstore
