// Follows the durable head with a thread of its own: keeps the head file within its lag, and the
// SM3 tree behind the log. Neither is ever waited for by a commit.
//
// Threads: on_durable, failure, sm3_head, sync, recover from any. Ownership: the database must
// outlive it. The destructor brings the file to the last head it heard of, and joins.
// Errors: when the file can no longer be written, or the tree is not what was promised, failure()
// says why: then no more may be promised, so the writer stops. A tree that cannot be stored for
// want of room is tried again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "eventstore/rocksdb/followed_tree.h"
#include "eventstore/rocksdb/head_file.h"
#include "eventstore/sequencer/sequencer.h"

namespace silkledger::eventstore {

class HeadFollower {
 public:
  struct Settings {
    std::filesystem::path folder;
    std::uint32_t lag_ms_max = 0;
    std::uint32_t lag_records_max = 0;
  };

  // `end` is durable, and what the head file says now.
  HeadFollower(const Database& database, std::unique_ptr<HeadFile> file, FollowedTree tree,
               const LogEnd& end, Settings settings);
  ~HeadFollower();

  HeadFollower(const HeadFollower&) = delete;
  HeadFollower& operator=(const HeadFollower&) = delete;

  // The writer tells of every commit, and of the time of its records. Does not wait.
  void on_durable(const Head& head, Microseconds recorded_at);

  // Why the head file cannot be written, or nothing.
  std::optional<std::string> failure() const;
  bool failed() const { return failed_.load(std::memory_order_acquire); }
  // Makes a new file in the place of the one that failed.
  std::optional<StoreError> recover();

  TreeHead sm3_head() const;
  // Waits until file and tree stand at the head of this moment.
  std::optional<StoreError> sync();

 private:
  using Lock = std::unique_lock<std::mutex>;

  void run();
  void wait_for_lag(Lock& lock);
  void advance_tree(Lock& lock);
  void write_file(Lock& lock);
  void fail(StoreError why);
  // Requires: the mutex is held.
  HeadPromise promise() const;

  static constexpr std::uint32_t kSliceRecords = 1024;

  const Database& database_;
  const Settings settings_;

  // The thread's own, and recover()'s once it has failed.
  std::unique_ptr<HeadFile> file_;
  FollowedTree tree_;

  mutable std::mutex mutex_;
  std::condition_variable heard_;
  std::condition_variable moved_;
  // Guarded by mutex_.
  Head head_;
  Microseconds recorded_at_ = 0;
  Position promised_ = 0;
  TreeHead tree_head_;
  std::optional<StoreError> failure_;
  std::optional<StoreError> tree_failure_;
  std::uint32_t syncs_waiting_ = 0;
  bool sleeping_ = false;  // until the head moves at all
  bool closing_ = false;
  std::atomic<bool> failed_{false};

  std::thread thread_;
};

}  // namespace silkledger::eventstore
