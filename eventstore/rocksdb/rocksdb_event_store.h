// The production EventStore: one RocksDB, one writer thread, one synced write per group commit, and
// behind it a follower that keeps the head file (docs/adr/0012) and the SM3 tree.
//
// Threads: any, as the port says; two threads of its own, joined by the destructor, which first
// commits everything queued. Ownership: clock, executor and env must outlive the store; completions
// may still be waiting in the executor when it is gone. Errors: opening tells what is wrong with
// the folder and never repairs or creates by surprise. After a failed commit the store is read-only
// until recover() or until it is opened anew.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/executor.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/rocksdb/log_check.h"

namespace rocksdb {
class Env;
}

namespace silkledger::eventstore {

struct RocksOptions {
  enum class Mode {
    kExisting,  // the log must be there
    kCreate,    // a new log, epoch 1; an error when there is one already
  };
  Mode mode = Mode::kExisting;
  Limits limits;
  // Off, an answer promises nothing across a power cut: for measuring only.
  bool sync = true;
  std::uint64_t block_cache_bytes = 64ULL * 1024 * 1024;
  // Bounds what a start after a crash has to replay.
  std::uint64_t wal_bytes_max = 128ULL * 1024 * 1024;
  std::uint64_t write_buffer_bytes = 32ULL * 1024 * 1024;
  // The head file is begun to be written once a record waits this long, or this many wait: what was
  // acknowledged since, and only that, could be lost without being missed at the next opening.
  std::uint32_t head_file_lag_ms_max = 1'000;
  std::uint32_t head_file_lag_records_max = 100'000;
  // Opens a log without a usable head file, and writes one: whoever says so has made sure by other
  // means (a receipt, a backup's root) that the log is whole.
  bool accept_missing_head = false;
  // Another file system than the machine's, for tests with a disk that fails.
  rocksdb::Env* env = nullptr;
};

// What opening found that is no reason to refuse.
struct OpenReport {
  Position promised = 0;           // by the head file; what lies beyond it was within its lag
  Microseconds promised_at = 0;    // recorded time of the last record promised
  std::uint64_t beyond = 0;        // records of the log beyond the promise
  std::vector<std::string> notes;  // for the operator: what was odd, and what was done about it
};

class RocksEventStore final : public EventStore {
 public:
  using Options = RocksOptions;

  // Requires: the limits fit the record format (names up to 65,535 bytes).
  // Errors: not_found (no log), locked (another process has it open), wrong_format (no silkledger
  // log, or of another version), corrupt (its end does not agree with itself, or it lacks what its
  // head file promises), io.
  static StoreResult<std::unique_ptr<RocksEventStore>> open(const std::filesystem::path& folder,
                                                            Options options, Executor& executor,
                                                            const Clock& clock);
  // Whether there is a log in the folder, of whatever version and in whatever state.
  static bool exists(const std::filesystem::path& folder);

  ~RocksEventStore() override;

  // 32 hex digits, drawn at creation and kept by a restore: tells two ledgers apart.
  const std::string& store_id() const;
  // Nothing for a log that was never restored.
  const std::optional<Continuation>& continues() const;
  const OpenReport& report() const;

  // The tree by kSm3Algorithm, as far as its follower has come: behind the head, never beyond.
  TreeHead sm3_head() const;

  // Waits until the head file and the SM3 tree stand at the head of now.
  std::optional<StoreError> sync_head_file();

  // A full check of this log while it serves. The store outlives it.
  std::unique_ptr<LogCheck> check(CheckLimits limits = {}) const;

  Epoch epoch() const override;
  void go_read_only(std::string reason) override;
  // After a full disk RocksDB itself may take some seconds to agree; until then this is an error of
  // kind io, to be tried again. After any other failed commit it stays an error: open anew.
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
  struct Parts;

  explicit RocksEventStore(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace silkledger::eventstore
