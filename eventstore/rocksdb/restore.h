// Making a log out of backups, slice by slice: every record with the bytes it had, the indexes and
// the tree made anew, in the epoch behind the backup's. It grows beside its place, is opened,
// checked in full, and only then gets its name.
//
// Threads: one at a time; it blocks on the disk. Ownership: executor and clock must outlive the
// task. A task that is dropped before it is done leaves nothing but a folder NAME.restoring, which
// the next one replaces. Errors: those of BackupReader with the file's name; wrong_format when the
// backups do not follow each other or the place is taken; corrupt when what was written does not
// read back as it was; io. After an error the task is of no more use.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "eventstore/backup/backup_reader.h"
#include "eventstore/executor.h"
#include "eventstore/rocksdb/rocksdb_event_store.h"

namespace silkledger::eventstore {

enum class RestorePhase { reading, checking, done };
std::string_view name_of(RestorePhase phase);

struct RestorePlan {
  std::vector<std::filesystem::path> backups;  // a full one, then those that follow it, in order
  std::filesystem::path folder;                // of the new log; absent, or empty
  // The log will be of the epoch behind the backup's, or of this one if it is later: a backup that
  // was restored and served before needs a number that was never used.
  Epoch epoch_min = 0;
};

struct RestoreProgress {
  RestorePhase phase = RestorePhase::reading;
  std::uint64_t done = 0;  // records written, or accounted for by the check
  std::uint64_t total = 0;
  BackupHeader last;       // of the last backup: where the log will end
  Epoch epoch = 0;         // that the log will be of
  std::size_t backup = 0;  // index of the one that is read
};

class RestoreTask {
 public:
  static StoreResult<std::unique_ptr<RestoreTask>> begin(RestorePlan plan, Executor& executor,
                                                         const Clock& clock);
  virtual ~RestoreTask() = default;

  // Does the next slice; nothing to do any more once the phase is `done`.
  virtual std::optional<StoreError> step() = 0;
  virtual const RestoreProgress& progress() const = 0;
};

}  // namespace silkledger::eventstore
