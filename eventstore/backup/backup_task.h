// Taking one backup, slice by slice: the records up to a fixed head through the port's reading
// side, then a sync, then everything read back and checked, and only then its name.
//
// The log may grow meanwhile; what is beyond the head is left for the next backup. Each record is
// encoded again from what the port gives and the root over these bytes must be the log's: an equal
// root means equal bytes.
//
// Threads: one at a time; it blocks on its file, so not the core's. Ownership: the log must outlive
// it. A task that is dropped before it is done leaves nothing behind. Errors: StoreError, after
// which the task is of no more use.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "eventstore/backup/backup_reader.h"

namespace silkledger::eventstore {

struct BackupLimits {
  std::uint32_t slice_records_max = 512;        // records of one block
  std::uint32_t slice_bytes_max = 1024 * 1024;  // payload bytes of one block
};

struct BackupPlan {
  std::string store_id;
  Head until;  // a head that the log has or had
  std::filesystem::path target;
  std::optional<BackupSummary> follows = {};  // an incremental one goes on behind this
  Microseconds taken_at = 0;
};

enum class BackupPhase { writing, syncing, verifying, done };
std::string_view name_of(BackupPhase phase);

struct BackupProgress {
  BackupPhase phase = BackupPhase::writing;
  BackupHeader header;
  Position position = 0;       // written, or verified, up to here
  std::uint64_t bytes = 0;     // of the file so far
  std::uint64_t commands = 0;  // known when it is done
};

class BackupTask {
 public:
  // Refuses (wrong_format) to follow a backup of another history, and
  // (not_found) one behind which nothing was recorded.
  static StoreResult<std::unique_ptr<BackupTask>> begin(const EventStore& log, BackupPlan plan,
                                                        BackupLimits limits = {});
  ~BackupTask();

  // Does the next slice; nothing to do any more once the phase is `done`.
  std::optional<StoreError> step();
  const BackupProgress& progress() const { return progress_; }

 private:
  BackupTask(const EventStore& log, BackupPlan plan, BackupLimits limits);

  std::optional<StoreError> start();
  std::optional<StoreError> write_section(SectionKind kind, std::string_view body);
  std::optional<StoreError> write_block();
  std::optional<StoreError> append_entry(const RecordView& record, std::string& body);
  std::optional<StoreError> write_footer();
  std::optional<StoreError> verify_block();

  const EventStore& log_;
  const BackupPlan plan_;
  const BackupLimits limits_;
  BackupProgress progress_;
  std::unique_ptr<UnfinishedFile> file_;
  SealChain seals_;
  Frontier tree_;
  BackupFooter counted_;
  std::unique_ptr<BackupReader> reader_;
};

}  // namespace silkledger::eventstore
