#include "eventstore/backup/backup_reader.h"

#include <utility>

#include "eventstore/codec/little_endian.h"
#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore {
namespace {

StoreError not_a_backup(const std::filesystem::path& file, const std::string& why) {
  return {StoreError::Kind::wrong_format, "\"" + file.string() + "\" " + why, 0};
}

std::optional<StoreError> read_magic(InputFile& file) {
  std::string magic;
  if (auto error = file.read(kBackupMagic.size(), magic)) return error;
  if (magic == kBackupMagic) return std::nullopt;
  constexpr std::string_view kAnyVersion = "silkledger-backup ";
  if (magic.starts_with(kAnyVersion)) {
    return not_a_backup(file.path(), "is a backup of another version than this program knows");
  }
  return not_a_backup(file.path(), "is not a backup of a silkledger log");
}

}  // namespace

BackupReader::BackupReader(std::unique_ptr<InputFile> file) : file_(std::move(file)) {}

BackupReader::~BackupReader() = default;

StoreResult<std::unique_ptr<BackupReader>> BackupReader::open(const std::filesystem::path& file) {
  auto opened = InputFile::open(file);
  if (auto* error = std::get_if<StoreError>(&opened)) return std::move(*error);
  std::unique_ptr<BackupReader> reader(
      new BackupReader(std::get<std::unique_ptr<InputFile>>(std::move(opened))));
  if (auto error = reader->read_header()) return *std::move(error);
  return reader;
}

StoreError BackupReader::damaged(const std::string& why) const {
  return {StoreError::Kind::corrupt,
          "the backup \"" + file_->path().string() + "\" is damaged in the section at byte " +
              std::to_string(section_at_) + ": " + why,
          tree_.size() + 1};
}

std::optional<StoreError> BackupReader::read_section(SectionKind& kind) {
  section_at_ = file_->offset();
  std::string head;
  if (auto error = file_->read(kSectionHeadBytes, head)) return error;
  if (head.size() < kSectionHeadBytes) return damaged("the file ends here, before its footer");
  const auto section = decode_section_head(head);
  if (!section) return damaged("it does not begin as a section does");
  if (auto error = file_->read(section->body_bytes + sizeof(Hash), body_)) return error;
  if (body_.size() < section->body_bytes + sizeof(Hash)) return damaged("the file ends within it");
  const Hash seal = hash_from(std::string_view(body_).substr(section->body_bytes));
  body_.resize(section->body_bytes);
  if (seals_.seal(head, body_) != seal) return damaged("its seal does not match its bytes");
  kind = section->kind;
  return std::nullopt;
}

std::optional<StoreError> BackupReader::read_header() {
  if (auto error = read_magic(*file_)) return error;
  SectionKind kind{};
  if (auto error = read_section(kind)) return error;
  if (kind != SectionKind::header) return damaged("it is not the header");
  auto header = decode_backup_header(body_);
  if (!header) return damaged("the header is not of a known form");
  header_ = *std::move(header);
  auto tree = frontier_of(header_.first - 1, header_.edge);
  if (!tree)
    return damaged("the tree's edge does not belong to position " +
                   std::to_string(header_.first - 1));
  tree_ = *std::move(tree);
  return std::nullopt;
}

StoreResult<std::vector<BackedUpRecord>> BackupReader::next() {
  std::vector<BackedUpRecord> records;
  if (footer_) return records;
  SectionKind kind{};
  if (auto error = read_section(kind)) return *std::move(error);
  if (kind == SectionKind::footer) {
    if (auto error = end()) return *std::move(error);
    return records;
  }
  if (kind != SectionKind::block) return damaged("it is a second header");
  if (auto error = take_records(records)) return *std::move(error);
  if (records.empty()) return damaged("it holds no record");
  return records;
}

// entry := record_bytes:u32 record fingerprint:byte{32}?
std::optional<StoreError> BackupReader::take_records(std::vector<BackedUpRecord>& records) {
  std::string_view rest = body_;
  while (!rest.empty()) {
    if (rest.size() < sizeof(std::uint32_t)) return damaged("an entry is cut");
    const std::size_t bytes = get_le<std::uint32_t>(rest, 0);
    rest.remove_prefix(sizeof(std::uint32_t));
    if (rest.size() < bytes) return damaged("a record is cut");
    BackedUpRecord one;
    one.bytes = rest.substr(0, bytes);
    rest.remove_prefix(bytes);
    auto record = decode_record(one.bytes, tree_.size() + 1);
    if (auto* error = std::get_if<StoreError>(&record)) return damaged(error->detail);
    one.record = std::get<RecordRef>(record);
    one.leaf = leaf_hash(one.bytes);
    if (one.record.command_index == 0) {
      if (rest.size() < sizeof(Hash)) return damaged("a fingerprint is cut");
      one.fingerprint = hash_from(rest.substr(0, sizeof(Hash)));
      rest.remove_prefix(sizeof(Hash));
    }
    if (auto error = take(one)) return error;
    records.push_back(one);
  }
  return std::nullopt;
}

// Whether the record can stand behind the one before.
std::optional<StoreError> BackupReader::take(const BackedUpRecord& one) {
  const RecordRef& record = one.record;
  const auto refused = [&](const std::string& why) {
    return damaged("the record at position " + std::to_string(record.position) + " " + why);
  };
  if (record.position > header_.last) return refused("lies behind the last one of the header");
  if (record.epoch > header_.epoch) return refused("is of a later epoch than the backup");
  if (record.epoch < last_.epoch) return refused("is of an earlier epoch than the one before");
  if (last_.epoch > 0 && record.recorded_at < last_.recorded_at) {
    return refused("was recorded earlier than the one before");
  }
  if (record.command_index == 0) {
    ++counted_.commands;
  } else if (last_.epoch == 0 || record.command_index != last_.command_index + 1 ||
             record.principal != last_.command.principal || record.command_id != last_.command.id ||
             record.epoch != last_.epoch || record.recorded_at != last_.recorded_at) {
    return refused("does not go on with the command before");
  }
  tree_.append(one.leaf);
  ++counted_.records;
  last_ = header_of(record);
  return std::nullopt;
}

std::optional<StoreError> BackupReader::end() {
  const auto footer = decode_backup_footer(body_);
  if (!footer) return damaged("the footer is not of a known form");
  counted_.edge = tree_.peaks();
  if (tree_.size() != header_.last) {
    return damaged("the records end at position " + std::to_string(tree_.size()) +
                   ", the header promises " + std::to_string(header_.last));
  }
  if (tree_.root() != header_.root) {
    return damaged("the root over the records is " + to_hex(tree_.root()) +
                   ", the header promises " + to_hex(header_.root));
  }
  if (*footer != counted_) return damaged("the footer does not count what is there");
  if (file_->offset() != file_->size()) return damaged("bytes follow the footer");
  footer_ = *footer;
  return std::nullopt;
}

StoreResult<BackupSummary> read_backup_summary(const std::filesystem::path& path) {
  auto opened = InputFile::open(path);
  if (auto* error = std::get_if<StoreError>(&opened)) return std::move(*error);
  InputFile& file = *std::get<std::unique_ptr<InputFile>>(opened);
  if (auto error = read_magic(file)) return *std::move(error);
  const StoreError damaged{StoreError::Kind::corrupt,
                           "the backup \"" + path.string() + "\" is damaged or cut", 0};
  std::optional<BackupHeader> header;
  std::string bytes;
  while (true) {
    if (auto error = file.read(kSectionHeadBytes, bytes)) return *std::move(error);
    const auto head = decode_section_head(bytes);
    if (!head || file.offset() + head->body_bytes + sizeof(Hash) > file.size()) return damaged;
    if (head->kind == SectionKind::block) {
      file.skip(head->body_bytes + sizeof(Hash));
      continue;
    }
    if (auto error = file.read(head->body_bytes, bytes)) return *std::move(error);
    file.skip(sizeof(Hash));
    if (head->kind == SectionKind::header) {
      header = decode_backup_header(bytes);
      if (!header) return damaged;
      continue;
    }
    const auto footer = decode_backup_footer(bytes);
    if (!header || !footer) return damaged;
    const auto tree = frontier_of(header->last, footer->edge);
    if (!tree || tree->root() != header->root) return damaged;
    return BackupSummary{*header, *footer};
  }
}

std::optional<StoreError> follows(const BackupSummary& before, const BackupHeader& next) {
  const auto refused = [](std::string why) {
    return StoreError{StoreError::Kind::wrong_format, std::move(why), 0};
  };
  if (next.store_id != before.header.store_id) {
    return refused("it is of another ledger than the backup before it");
  }
  if (next.first != before.header.last + 1) {
    return refused("it begins at position " + std::to_string(next.first) +
                   ", the backup before it ends at " + std::to_string(before.header.last));
  }
  if (next.edge != before.footer.edge || next.epoch < before.header.epoch) {
    return refused("it goes on from another history than the backup before it");
  }
  return std::nullopt;
}

}  // namespace silkledger::eventstore
