// Where a write-ahead log that RocksDB refuses is damaged.
//
// The log is read once more, for this alone and without changing anything, as far as it can be
// read; what opens so is never served.
// Threads: any, while nobody has the log open. Errors: nothing when not even that opens.
#pragma once

#include <rocksdb/db.h>
#include <rocksdb/options.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "eventstore/event_store.h"

namespace silkledger::eventstore {

// The first position that cannot be read.
std::optional<Position> damaged_position(
    rocksdb::DBOptions database, const std::filesystem::path& folder,
    const std::vector<rocksdb::ColumnFamilyDescriptor>& families);

}  // namespace silkledger::eventstore
