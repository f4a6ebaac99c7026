// An EventStore in memory: for tests and simulation. Deterministic, with faults to order.
//
// A commit is a posted task that takes everything queued, as the writer of a real engine does while
// the last sync runs; with `sync_us` it stays in flight for that long, and a crash loses it.
// Threads: any, but deterministic only when one thread runs the executor and calls the store.
// Ownership: executor and clock must outlive the store. Destruction commits what is queued and
// posts its completions; crash() does not.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/executor.h"
#include "eventstore/memory/memory_disk.h"
#include "eventstore/reading/wait_list.h"
#include "eventstore/sequencer/sequencer.h"

namespace silkledger::eventstore {

struct MemoryOptions {
  Limits limits;
  std::int64_t sync_us = 0;  // virtual time a commit stays in flight
};

class MemoryEventStore final : public EventStore {
 public:
  MemoryEventStore(Executor& executor, Clock& clock, MemoryOptions options = {},
                   std::shared_ptr<MemoryDisk> disk = std::make_shared<MemoryDisk>());
  ~MemoryEventStore() override;

  // What became of the records of a commit that failed.
  enum class Fate { kLost, kWritten };

  // The next commit answers Unknown to everything in it and queued behind it; then the store is
  // read-only for good. Written records are seen by the next store on this disk, not by this one.
  void fail_next_commit(Fate fate, std::string reason = "simulated sync failure");
  // From now on commits fail for want of room, and recover() as well, until there is room again.
  void fill_disk();
  void make_room();
  // After a failed commit only opening anew helps, as when a full disk was met twice.
  void end_recovery();
  // As if the process were killed: nothing queued or in flight happens, no completion runs any
  // more, and the disk may be opened again. Every later append is dropped; reads go on for the
  // post-mortem.
  void crash();

  const std::shared_ptr<MemoryDisk>& disk() const { return disk_; }

  Epoch epoch() const override { return epoch_; }
  void go_read_only(std::string reason) override;
  std::optional<StoreError> recover() override;
  void append(Epoch epoch, Append append, AppendCompletion completion) override;
  StoreResult<std::optional<Receipt>> find_command(const CommandKey& command) const override;
  StoreResult<ReadBatch> read(Position from, ReadLimit limit,
                              const ReadFilter& filter) const override;
  StoreResult<ReadBatch> read_stream(const StreamName& stream, Version from,
                                     ReadLimit limit) const override;
  StoreResult<Version> stream_version(const StreamName& stream) const override;
  StoreResult<std::vector<StreamName>> list_streams(std::string_view prefix, std::string_view after,
                                                    std::uint32_t names_max) const override;
  Wait wait_beyond(Position position, std::function<void()> wake) override;
  Head head() const override;
  StoreResult<Hash> leaf(Position position) const override;
  StoreResult<Hash> root_at(Position position) const override;

 private:
  class DiskState;
  class DiskTree;
  struct Queued {
    Append append;
    AppendCompletion completion;
  };
  struct InFlight {
    std::vector<Queued> appends;
    std::vector<AppendOutcome> outcomes;
    MemoryDisk::Commit commit;
  };
  struct PostedTasks;

  LogEnd read_end() const;
  void schedule_commit();
  void begin_commit();
  void finish_commit();
  void fail_commit();
  void answer(AppendCompletion completion, AppendOutcome outcome);
  StoreResult<StoredRecord> stored(Position position) const;

  Executor& executor_;
  Clock& clock_;
  const MemoryOptions options_;
  const std::shared_ptr<MemoryDisk> disk_;
  const Epoch epoch_;
  std::unique_ptr<CommittedState> committed_;
  std::unique_ptr<Sequencer> sequencer_;
  WaitList waits_;

  // Guarded by the disk's mutex, which guards this store as well.
  Head head_;
  std::deque<Queued> queue_;
  std::uint64_t queued_bytes_ = 0;
  std::optional<InFlight> in_flight_;
  bool scheduled_ = false;
  // Shared with posted completions: those of a killed process never run.
  std::shared_ptr<std::atomic<bool>> crashed_ = std::make_shared<std::atomic<bool>>(false);
  std::optional<std::string> read_only_;
  struct Fault {
    Fate fate;
    std::string reason;
    bool recoverable = false;
  };
  std::optional<Fault> fault_;
  std::optional<Fault> failed_;  // what the last commit failed of
  bool disk_full_ = false;
  // Tasks of this store hold it weakly: after destruction or a crash they do nothing.
  std::shared_ptr<PostedTasks> tasks_;
};

}  // namespace silkledger::eventstore
