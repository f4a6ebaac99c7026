// The writer of the log in RocksDB: a queue, one thread, one synced write per group commit.
//
// Threads: submit, head, stop_writes, failed, resume, take_writes from any; the rest runs on its
// own thread. Ownership: database, reader, executor, clock, waits and follower must outlive it. The
// destructor commits what is queued and joins.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/executor.h"
#include "eventstore/reading/wait_list.h"
#include "eventstore/rocksdb/head_follower.h"
#include "eventstore/rocksdb/log_reader.h"
#include "eventstore/sequencer/sequencer.h"

namespace rocksdb {
class Status;
class WriteBatch;
}  // namespace rocksdb

namespace silkledger::eventstore {

class CommitWriter final : private CommittedState {
 public:
  struct Settings {
    Limits limits;
    bool sync = true;
  };

  CommitWriter(const Database& database, const LogReader& reader, LogEnd end, Settings settings,
               Executor& executor, const Clock& clock, WaitList& waits, HeadFollower& follower);
  ~CommitWriter() override;

  CommitWriter(const CommitWriter&) = delete;
  CommitWriter& operator=(const CommitWriter&) = delete;

  void submit(Epoch epoch, Append append, AppendCompletion completion);

  // What is queued already is still committed.
  void stop_writes(std::string reason);

  // Whether a commit failed, so that only reading the end of the log anew lets writes go on.
  bool failed() const;
  // Takes writes again. Requires: no commit failed.
  void take_writes();
  // Takes writes again from this end of the log. Requires: a commit failed.
  void resume(LogEnd end);

  Head head() const;
  // The root where one of the latest commits ended; whoever follows the log asks for these.
  std::optional<Hash> recent_root(Position position) const;

 private:
  struct Queued {
    Append append;
    AppendCompletion completion;
  };
  class Batch;

  StoreResult<Version> version_of(const StreamName& stream) const override;
  StoreResult<std::optional<Receipt>> receipt_of(const CommandKey& command) const override;

  std::optional<AppendOutcome> refuse_unseen(Epoch epoch, const Append& append) const;
  void run();
  bool take(std::vector<Queued>& taken);
  void commit(std::vector<Queued> appends);
  void fail(std::vector<Queued> appends, const AppendOutcome& outcome, std::string reason);
  void post(AppendCompletion completion, AppendOutcome outcome);
  void post_all(std::vector<Queued> appends, std::vector<AppendOutcome> outcomes);

  const Database& database_;
  const LogReader& reader_;
  const Settings settings_;
  const Epoch epoch_;
  Executor& executor_;
  const Clock& clock_;
  WaitList& waits_;
  HeadFollower& follower_;

  // The thread's own.
  std::optional<Sequencer> sequencer_;
  std::unique_ptr<Batch> batch_;
  std::vector<AppendOutcome> outcomes_;

  mutable std::mutex mutex_;
  std::condition_variable submitted_;
  // Guarded by mutex_.
  std::vector<Queued> queue_;
  std::uint64_t queued_bytes_ = 0;
  Head head_;
  std::deque<Head> recent_heads_;  // at most kRecentHeadsMax, head_ last
  std::optional<std::string> read_only_;
  bool failed_ = false;
  std::optional<LogEnd> resumed_;  // for the thread to begin anew from
  bool closing_ = false;

  std::thread thread_;
};

}  // namespace silkledger::eventstore
