// A backup whose seals are right, whatever its sections say: it is refused with the place, or every
// count and the root agree; and no changed bit of one that was accepted is.
//
// The target seals the sections that it finds in the input, as a forger would.
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "eventstore/backup/backup_reader.h"
#include "eventstore/ledger/sha256.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {
namespace {

using namespace eventstore;

std::string sealed(std::string_view bytes) {
  std::string file(kBackupMagic);
  SealChain seals;
  if (bytes.starts_with(kBackupMagic)) bytes.remove_prefix(kBackupMagic.size());
  while (bytes.size() >= kSectionHeadBytes) {
    const std::string_view head = bytes.substr(0, kSectionHeadBytes);
    const auto section = decode_section_head(head);
    if (!section || section->body_bytes > bytes.size() - kSectionHeadBytes) break;
    expect(encode(*section) == head, "a section has one head");
    const std::string_view body = bytes.substr(kSectionHeadBytes, section->body_bytes);
    file.append(head).append(body).append(bytes_of(seals.seal(head, body)));
    bytes.remove_prefix(kSectionHeadBytes + body.size());
    bytes.remove_prefix(std::min(bytes.size(), sizeof(Hash)));
  }
  return file.append(bytes);
}

// A file in memory, under a name.
class MemoryFile {
 public:
  explicit MemoryFile(const std::string& bytes) : file_(::memfd_create("backup", MFD_CLOEXEC)) {
    expect(file_ >= 0 &&
               ::write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
           "there is memory for the file");
  }
  ~MemoryFile() { ::close(file_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

// Whether all of it was read and agreed.
bool is_accepted(const std::string& bytes) {
  const MemoryFile file(bytes);
  auto opened = BackupReader::open(file.path());
  if (const auto* error = std::get_if<StoreError>(&opened)) {
    expect(!error->detail.empty(), "a refusal has words");
    return false;
  }
  auto& reader = *std::get<std::unique_ptr<BackupReader>>(opened);
  const BackupHeader header = reader.header();
  Position next = header.first;
  while (true) {
    auto read = reader.next();
    if (const auto* error = std::get_if<StoreError>(&read)) {
      expect(!error->detail.empty(), "a refusal has words");
      return false;
    }
    const auto& records = std::get<std::vector<BackedUpRecord>>(read);
    if (records.empty()) break;
    for (const auto& one : records) {
      expect(one.record.position == next++, "positions are dense");
      expect(leaf_hash(one.bytes) == one.leaf, "a leaf belongs to its record");
    }
  }
  expect(next == header.last + 1, "the header says where the records end");
  expect(reader.footer() && reader.footer()->records == next - header.first,
         "the footer counts the records");
  const auto edge = frontier_of(header.last, reader.footer()->edge);
  expect(edge && edge->root() == header.root, "the root is that of the edge");
  return true;
}

void backup(std::string_view bytes) {
  if (const auto header = decode_backup_header(bytes)) {
    expect(encode(*header) == bytes, "a header has one encoding");
  }
  if (const auto footer = decode_backup_footer(bytes)) {
    expect(encode(*footer) == bytes, "a footer has one encoding");
  }
  std::string file = sealed(bytes);
  if (!is_accepted(file)) return;
  const std::uint64_t chance = spread(file);
  const std::size_t at = chance % file.size();
  expect(!is_accepted(file.substr(0, at)), "a backup that was cut is refused");
  file[at] = static_cast<char>(file[at] ^ (1 << (chance >> 61)));
  expect(!is_accepted(file), "a changed bit is found");
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::backup(silkledger::fuzz::text_of(data, size));
  return 0;
}
