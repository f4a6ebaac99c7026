// The full check of a log: reads all of it and compares everything that is stored twice.
//
//   records   decode, match their leaf hash, are dense; time, epoch and command order do not go
//             back; every record and command is in the indexes
//   trees     subtrees kept, roots of the head, of the head file and of the SM3 tree
//   streams   the index names each version of each stream once, and nothing else
//   commands  the index names each command once, and nothing else
//
// It goes slice by slice, each taking a few milliseconds: whoever calls step() may show progress,
// stop between two slices, and go on later. A log that grows meanwhile is checked up to where it
// ended at the beginning.
//
// What it cannot see: a command's fingerprint stands once only, under RocksDB's block checksum.
// Threads: one owner; may run beside the writer. Ownership: the database outlives it.
// Errors: what is wrong with the log is a finding, not an error.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/event_store.h"

namespace silkledger::eventstore {

class Database;
struct HeadPromise;

struct CheckLimits {
  std::uint32_t slice_records_max = 1024;
  std::uint32_t findings_max = 100;  // kept; further ones are counted
};

enum class CheckPhase { kRecords, kTrees, kStreams, kCommands, kDone };

struct CheckFinding {
  Position position = 0;  // 0: none in particular
  std::string what;
  CheckPhase phase = CheckPhase::kRecords;  // in which it was found
};

struct CheckState {
  using Phase = CheckPhase;
  Phase phase = Phase::kRecords;
  // Each record is accounted for three times: by itself, by its stream's index, by its command's.
  std::uint64_t records_done = 0;
  std::uint64_t records_total = 0;
  Head head;  // what is checked: the log up to here
  std::vector<CheckFinding> findings;
  std::uint64_t findings_count = 0;  // all, the ones not kept included

  bool whole() const { return phase == Phase::kDone && findings_count == 0; }
};

std::string_view name_of(CheckState::Phase phase);

class LogCheck {
 public:
  // `promise`: what the head file says, if there is one to compare with.
  LogCheck(const Database& database, std::optional<HeadPromise> promise, CheckLimits limits = {});
  ~LogCheck();
  LogCheck(const LogCheck&) = delete;
  LogCheck& operator=(const LogCheck&) = delete;

  // One slice; false when nothing is left to do.
  bool step();
  const CheckState& state() const { return state_; }

  // Adds what was found beside the check.
  void note(Position position, std::string what);

 private:
  class Walk;

  CheckState state_;
  std::unique_ptr<Walk> walk_;
};

// A log that nobody has open, opened for checking only: nothing in the folder is changed. The
// folder is locked against other processes as long as this lives.
class OfflineLog {
 public:
  static StoreResult<std::unique_ptr<OfflineLog>> open(const std::string& folder);
  ~OfflineLog();

  // What is wrong with the head file by itself is a finding of `check`.
  std::unique_ptr<LogCheck> check(CheckLimits limits = {}) const;

 private:
  struct Parts;
  explicit OfflineLog(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace silkledger::eventstore
