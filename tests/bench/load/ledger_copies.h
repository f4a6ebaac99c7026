// Makes a large ledger of a small one: the commands about leads and projects are stored again and
// again, each copy under ids of its own, so that every copy folds as the first did. Deterministic.
//
// Written through the port, not through the deciders, and without a sync for each commit.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "eventstore/rocksdb/rocksdb_event_store.h"
#include "tests/support/queue_executor.h"

namespace silkledger::bench {

// Stands still where a log ends, so that no days pass while it is filled: a server that serves it
// with the demonstration's clock has none to catch up.
class StandingClock final : public eventstore::Clock {
 public:
  std::int64_t now_us() const override { return now_us_; }
  void set(std::int64_t now_us) { now_us_ = now_us; }

 private:
  std::int64_t now_us_ = 0;
};

// The log of a data folder, open in this process.
class OpenLog {
 public:
  explicit OpenLog(const std::filesystem::path& data, bool sync = true);

  eventstore::RocksEventStore& store() { return *store_; }
  testing::QueueExecutor& executor() { return executor_; }

  // Appends copies of what the log begins with until it holds at least so many events.
  void fill(std::uint64_t events);

 private:
  struct Command {
    eventstore::CommandKey key;
    std::vector<eventstore::NewRecord> records;
  };
  std::vector<Command> commands_to_copy();
  eventstore::Append copy_of(const Command& command, const std::string& suffix);

  StandingClock clock_;
  testing::QueueExecutor executor_;
  std::unique_ptr<eventstore::RocksEventStore> store_;
};

}  // namespace silkledger::bench
