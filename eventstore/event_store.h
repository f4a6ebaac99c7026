// An EventStore is one append-only log of records in streams: dense global positions, durable
// before they are seen, tamper-evident from the first record.
//
// Implementations: memory/ (tests, simulation) and rocksdb/ (production); both pass
// tests/contract/eventstore. Another engine can stand behind this port.
//
// Threads: every method may be called from any thread. Completions and wake-ups run on the executor
// that was given to the implementation, never inside the calling function.
// Ownership: the store owns what it returns only as far as stated; batches own their bytes.
// Errors: environment failures are values (StoreError); a broken precondition asserts.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "eventstore/record.h"

namespace silkledger::eventstore {

// Every limit is named, has its unit in the name, is set by configuration and is tested.
struct Limits {
  std::uint32_t record_payload_bytes_max = 256 * 1024;
  std::uint32_t append_records_max = 256;        // records of one append
  std::uint32_t append_bytes_max = 1024 * 1024;  // payload bytes of one append
  std::uint32_t append_conditions_max = 64;
  std::uint64_t stream_records_max = 1'000'000;
  std::uint32_t stream_name_bytes_max = 160;
  std::uint32_t command_id_bytes_max = 128;
  std::uint32_t principal_bytes_max = 128;
  std::uint32_t commit_records_max = 4096;             // records of one group commit
  std::uint64_t commit_bytes_max = 32 * 1024 * 1024;   // payload bytes of one group commit
  std::uint32_t queued_appends_max = 65'536;           // appends waiting for a commit
  std::uint64_t queued_bytes_max = 256 * 1024 * 1024;  // payload bytes waiting for a commit
};

// What a stream must look like for an append to be accepted: exactly this version (0: no such
// stream).
struct Expectation {
  StreamName stream;
  Version version = 0;
};

// Names, in stored metadata, what callers compute fingerprints with.
inline constexpr std::string_view kFingerprintAlgorithm = "sha256";

// One append is atomic: all of its records or none, adjacent in the log, in this order.
struct Append {
  CommandKey command;
  Hash fingerprint{};                   // of the command's canonical bytes; kFingerprintAlgorithm
  std::vector<NewRecord> records;       // at least one
  std::vector<Expectation> expected;    // one per stream written
  std::vector<Expectation> conditions;  // streams that were only read to decide
};

// Proof of a stored append: what a first answer and every later repetition of it say.
struct Receipt {
  Epoch epoch = 0;
  Position first = 0;
  Position last = 0;
  Microseconds recorded_at = 0;
  Hash fingerprint{};
  friend bool operator==(const Receipt&, const Receipt&) = default;
};

struct Stored {
  Receipt receipt;
};
// The command id is known with the same fingerprint: nothing was written, this is the first answer.
struct Duplicate {
  Receipt receipt;
};
// The command id is known with another fingerprint: refused.
struct CommandIdReused {
  Receipt receipt;
};
struct Conflict {
  StreamName stream;
  Version expected = 0;
  Version actual = 0;
};
// The epoch of the append is not the log's.
struct Fenced {
  Epoch current = 0;
};
// A limit of Limits was exceeded; `limit` is its field name.
struct LimitExceeded {
  std::string limit;
  std::uint64_t value = 0;
  std::uint64_t most = 0;
};
// The store takes no writes (disk full, closed, failed); reads go on. `reason` is for people.
struct ReadOnly {
  std::string reason;
};
// The commit failed in a way that leaves open whether the records are on disk: retry the same
// command id once the store takes writes again. The store discards its writer state and refuses
// further appends.
struct Unknown {
  std::string reason;
  // Whether recover() can help: yes when the disk was full; no when a sync failed, after which only
  // opening the log anew tells what is on the disk.
  bool recoverable = false;
};

using AppendOutcome = std::variant<Stored, Duplicate, CommandIdReused, Conflict, Fenced,
                                   LimitExceeded, ReadOnly, Unknown>;
using AppendCompletion = std::function<void(AppendOutcome)>;

struct StoreError {
  enum class Kind {
    corrupt,
    io,  // may be tried again
    not_found,
    wrong_format,
    locked,
    reopen,  // of recover(): only opening the log anew can help
  };
  Kind kind = Kind::io;
  std::string detail;  // says which position, stream or file
  Position position = 0;
};

// The end of the durable log. `root` is the RFC 6962 SHA-256 tree head over leaves 1..position.
struct Head {
  Epoch epoch = 0;
  Position position = 0;
  Hash root{};
  friend bool operator==(const Head&, const Head&) = default;
};

// Where a restored log goes on from: the end of the backup it was made of.
struct Continuation {
  Position position = 0;
  Hash root{};
  Microseconds taken_at = 0;  // when the backup was made
  friend bool operator==(const Continuation&, const Continuation&) = default;
};

// Records in position order. Views point into `bytes`, which is aligned to 8 bytes and moves with
// the batch. `next` is where the following read should start (past filtered-out records as well).
struct ReadBatch {
  std::vector<RecordView> records;
  std::shared_ptr<const void> bytes;
  Position next = 1;
};

struct ReadFilter {
  // Keeps records whose stream name starts with one of these; empty keeps all.
  std::vector<std::string> stream_prefixes;
};

// A read returns at least one record, however large, when there is one: it makes progress.
struct ReadLimit {
  std::uint32_t records_max = 512;
  std::uint32_t bytes_max = 1024 * 1024;  // payload bytes
  // Records looked at, kept by the filter or not; bounds the time of a read that finds little. Such
  // a batch may be empty before the end of the log: only `next` beyond the head means that all was
  // read.
  std::uint32_t examined_max = UINT32_MAX;
};

template <class T>
using StoreResult = std::variant<T, StoreError>;

class EventStore {
 public:
  virtual ~EventStore() = default;

  // The epoch that appends must carry. Constant while open.
  virtual Epoch epoch() const = 0;

  // Requires: at least one record; one expectation per stream written and no other; each stream
  // named once in `expected` and once in `conditions`; a command id that is not empty. Asserted
  // once the append is within its limits.
  //
  // What is wrong is told in this order: fenced, read-only, limits, command id, expectations,
  // conditions, stream_records_max; so a repeated command is told its first answer even though its
  // expectations are outdated by now.
  //
  // Queues an atomic append. Accepted appends are committed in call order; everything that arrived
  // while the last sync ran goes into the next one. `completion` runs exactly once, after the
  // outcome is durable. Expectations are checked against the state including all earlier queued
  // appends that will be stored. There is no synchronous variant.
  virtual void append(Epoch epoch, Append append, AppendCompletion completion) = 0;

  // Takes no more writes, for a reason told to whoever tries: before the disk is so full that it
  // cannot. What is queued is still committed.
  virtual void go_read_only(std::string reason) = 0;

  // Takes writes again, or says why not. After a failed commit the end of the log is read anew,
  // with the checks of opening it. Nothing to do when the store takes writes. Blocks on the disk.
  virtual std::optional<StoreError> recover() = 0;

  // The receipt of a durable command of this principal, without time limit.
  virtual StoreResult<std::optional<Receipt>> find_command(const CommandKey& command) const = 0;

  // Records from position `from` (inclusive) up to the durable head, hashes checked.
  // A position 0 reads from the beginning; one beyond the head gives an empty batch.
  virtual StoreResult<ReadBatch> read(Position from, ReadLimit limit,
                                      const ReadFilter& filter) const = 0;

  // Records of one stream from version `from` (inclusive). An unknown stream gives an empty batch.
  // `next` is a version here.
  virtual StoreResult<ReadBatch> read_stream(const StreamName& stream, Version from,
                                             ReadLimit limit) const = 0;

  // Durable version of a stream; 0 when it does not exist.
  virtual StoreResult<Version> stream_version(const StreamName& stream) const = 0;

  // Names of streams starting with `prefix`, sorted, after `after`, at most `names_max`.
  virtual StoreResult<std::vector<StreamName>> list_streams(std::string_view prefix,
                                                            std::string_view after,
                                                            std::uint32_t names_max) const = 0;

  // A wake-up is posted behind the answers of the appends that moved the head.
  //
  // Runs `wake` once the durable head is beyond `position` (at once, by the executor, if it is).
  // The returned handle cancels the wait when destroyed; `wake` never runs after that on its
  // executor.
  using Wait = std::shared_ptr<void>;
  [[nodiscard]] virtual Wait wait_beyond(Position position, std::function<void()> wake) = 0;

  virtual Head head() const = 0;

  // Hash of the Merkle leaf at a position; not_found outside 1..head.
  virtual StoreResult<Hash> leaf(Position position) const = 0;
  // Root over leaves 1..position, for any position up to the head (0: the tree without leaves).
  virtual StoreResult<Hash> root_at(Position position) const = 0;
};

}  // namespace silkledger::eventstore
