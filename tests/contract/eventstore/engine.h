// What the contract suite needs of an engine under test: to open it again, to hold and to break its
// disk.
//
// Threads: the test's own; engines with a writer thread hide it behind run_until().
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <ostream>
#include <string>

#include "eventstore/event_store.h"

namespace silkledger::testing {

class Engine {
 public:
  virtual ~Engine() = default;

  virtual eventstore::EventStore& store() = 0;
  // Closes the store in good order and opens the same log again, with these limits.
  virtual void reopen(const eventstore::Limits& limits = {}) = 0;
  // Dies without closing, and opens the same log again.
  virtual void crash_and_reopen() = 0;
  // Begins the next epoch, as a restore does, and opens the log in it.
  virtual void reopen_in_next_epoch() = 0;
  // Destroys the store and leaves it closed; posted completions stay in the executor.
  virtual void close() = 0;

  // Runs posted work until `done`; fails the test when nothing happens any more.
  virtual void run_until(const std::function<bool()>& done) = 0;
  // Runs what is posted already, without waiting for any disk.
  virtual void run_posted() = 0;

  // Between these, whatever a commit has to sync does not reach the disk.
  virtual void hold_syncs() = 0;
  virtual void release_syncs() = 0;
  // The next sync fails.
  virtual void fail_next_sync() = 0;
  // Between these, nothing that takes room succeeds.
  virtual void fill_disk() = 0;
  virtual void make_room() = 0;

  virtual void jump_clock(std::int64_t us) = 0;
  virtual std::int64_t now_us() const = 0;

  // Flips a bit of the stored record, below every checksum of the engine's own. Closes the store
  // and opens it again; false when opening found the damage and named the position.
  virtual bool flip_bit_and_reopen(eventstore::Position position, std::size_t bit) = 0;
};

using EngineFactory = std::function<std::unique_ptr<Engine>()>;

struct EngineKind {
  std::string name;
  EngineFactory make;

  friend void PrintTo(const EngineKind& kind, std::ostream* out) { *out << kind.name; }
};

EngineKind memory_engine();
EngineKind rocksdb_engine();

inline auto all_engines() { return ::testing::Values(memory_engine(), rocksdb_engine()); }
inline std::string engine_name(const ::testing::TestParamInfo<EngineKind>& info) {
  return info.param.name;
}

}  // namespace silkledger::testing
