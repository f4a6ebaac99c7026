// Whether a log may be served: its parts must agree on where it ends, and it must hold what its
// head file promises.
//
// Threads: before the writer starts, or while it is stopped. Errors: corrupt, naming positions and
// roots; io.
#pragma once

#include <filesystem>
#include <optional>

#include "eventstore/event_store.h"
#include "eventstore/rocksdb/followed_tree.h"
#include "eventstore/rocksdb/head_file.h"
#include "eventstore/rocksdb/log_reader.h"
#include "eventstore/rocksdb/rocksdb_event_store.h"
#include "eventstore/sequencer/sequencer.h"

namespace silkledger::eventstore {

struct LogOpening {
  LogEnd end;
  FollowedTree tree;
  OpenReport report;
};
StoreResult<LogOpening> check_opening(const Database& database, const LogReader& reader,
                                      const std::filesystem::path& folder,
                                      const RocksOptions& options);

// Where the log says it ends; position 0 for a log without records.
StoreResult<keys::HeadValue> stored_head(const Database& database);

// What a log that ends here promises.
HeadPromise promise_of(const StoreMeta& meta, const LogEnd& end, const TreeHead& followed);

// What is wrong with a promise before any record is looked at.
std::optional<StoreError> foreign_promise(const HeadPromise& promise, const StoreMeta& meta);

}  // namespace silkledger::eventstore
