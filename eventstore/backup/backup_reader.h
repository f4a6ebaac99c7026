// Reads a backup front to back and believes nothing: seals, positions, commands, counts and the
// Merkle root must agree, or the first thing that does not is told with its place.
//
// Threads: one owner. Ownership: records point into the reader until the next call of next().
// Errors: wrong_format (not a backup, or of another version), corrupt (with the byte where the
// section begins, and the position where one is known), not_found, io. After an error the reader is
// of no more use.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/backup/backup_file.h"
#include "eventstore/backup/backup_format.h"
#include "eventstore/codec/record_codec.h"

namespace silkledger::eventstore {

struct BackedUpRecord {
  RecordRef record;
  std::string_view bytes;  // as stored
  Hash leaf{};
  std::optional<Hash> fingerprint;  // of its command; with the command's first record
};

class BackupReader {
 public:
  // Reads and checks the header.
  static StoreResult<std::unique_ptr<BackupReader>> open(const std::filesystem::path& file);
  ~BackupReader();

  const BackupHeader& header() const { return header_; }

  // The records of the next block. None once the end is reached and everything agrees.
  StoreResult<std::vector<BackedUpRecord>> next();

  // Known once next() gave none.
  const std::optional<BackupFooter>& footer() const { return footer_; }

  std::uint64_t bytes_read() const { return file_->offset(); }
  std::uint64_t bytes() const { return file_->size(); }
  const std::filesystem::path& path() const { return file_->path(); }

 private:
  explicit BackupReader(std::unique_ptr<InputFile> file);

  std::optional<StoreError> read_header();
  std::optional<StoreError> read_section(SectionKind& kind);
  std::optional<StoreError> take_records(std::vector<BackedUpRecord>& records);
  std::optional<StoreError> take(const BackedUpRecord& record);
  std::optional<StoreError> end();
  StoreError damaged(const std::string& why) const;

  std::unique_ptr<InputFile> file_;
  SealChain seals_;
  BackupHeader header_;
  std::optional<BackupFooter> footer_;
  Frontier tree_;
  BackupFooter counted_;
  RecordHeader last_;             // of the record read last; epoch 0 before the first
  std::uint64_t section_at_ = 0;  // where the section in body_ begins
  std::string body_;
};

// Header and footer, without the records between: what an incremental backup has to know of the one
// it follows. The seals are not checked; the tree's edge is, against the root in the header.
struct BackupSummary {
  BackupHeader header;
  BackupFooter footer;
};
StoreResult<BackupSummary> read_backup_summary(const std::filesystem::path& file);

// Whether `next` goes on where `before` ended; the reason when it does not.
std::optional<StoreError> follows(const BackupSummary& before, const BackupHeader& next);

}  // namespace silkledger::eventstore
