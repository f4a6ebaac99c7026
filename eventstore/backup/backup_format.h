// The bytes of a backup (docs/formats/backup.md): a magic line, then sections, each sealed with a
// hash over itself and the seal before, so that the last seal covers the whole file.
//
// Threads: pure functions. Errors: reading returns nothing for bytes that break the grammar; it
// never reads beyond its input, whatever the bytes say.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/ledger/merkle_tree.h"

namespace silkledger::eventstore {

// Holds the format version; another version is another line.
inline constexpr std::string_view kBackupMagic = "silkledger-backup 1\n";
inline constexpr std::string_view kBackupSealAlgorithm = "sha256";
// A section that says it is larger is taken for damaged before memory is asked for.
inline constexpr std::uint32_t kBackupSectionBytesMax = 64 * 1024 * 1024;

// What a backup holds: the records `first`..`last` of one log.
struct BackupHeader {
  std::string store_id;
  Epoch epoch = 0;  // of the log when the backup was taken
  Position first = 1;
  Position last = 0;
  Hash root{};             // over 1..last
  std::vector<Hash> edge;  // peaks of the tree over 1..first-1, largest first; none in a full one
  Microseconds taken_at = 0;  // by the clock of whoever took it
  friend bool operator==(const BackupHeader&, const BackupHeader&) = default;
};

// What was written, counted at the end.
struct BackupFooter {
  std::uint64_t records = 0;
  std::uint64_t commands = 0;
  std::vector<Hash> edge;  // peaks of the tree over 1..last
  friend bool operator==(const BackupFooter&, const BackupFooter&) = default;
};

std::string encode(const BackupHeader& header);
std::optional<BackupHeader> decode_backup_header(std::string_view text);
std::string encode(const BackupFooter& footer);
std::optional<BackupFooter> decode_backup_footer(std::string_view text);

// The tree over the first `size` leaves from its peaks; nothing when their number is not the one
// that this size has.
std::optional<Frontier> frontier_of(std::uint64_t size, const std::vector<Hash>& edge);

enum class SectionKind : std::uint8_t { header = 'H', block = 'B', footer = 'F' };

// What stands before a section's body.
struct SectionHead {
  SectionKind kind = SectionKind::block;
  std::uint32_t body_bytes = 0;
};
inline constexpr std::size_t kSectionHeadBytes = 8;
std::string encode(const SectionHead& head);
std::optional<SectionHead> decode_section_head(std::string_view bytes);

// Seals follow from each other, beginning with the one over the magic line.
class SealChain {
 public:
  SealChain();
  // The seal of the section that follows.
  Hash seal(std::string_view head, std::string_view body);

 private:
  Hash before_;
};

}  // namespace silkledger::eventstore
