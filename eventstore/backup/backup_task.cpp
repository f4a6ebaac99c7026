#include "eventstore/backup/backup_task.h"

#include <algorithm>
#include <utility>

#include "eventstore/codec/little_endian.h"
#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore {
namespace {

RecordRef ref_to(const RecordView& view) {
  RecordRef record;
  record.epoch = view.header.epoch;
  record.position = view.header.position;
  record.version = view.header.version;
  record.recorded_at = view.header.recorded_at;
  record.command_index = view.header.command_index;
  record.stream = view.header.stream;
  record.principal = view.header.command.principal;
  record.command_id = view.header.command.id;
  record.payload = view.payload;
  return record;
}

StoreError refused(StoreError::Kind kind, std::string why, Position position) {
  return {kind, std::move(why), position};
}

}  // namespace

std::string_view name_of(BackupPhase phase) {
  switch (phase) {
    case BackupPhase::writing:
      return "writing";
    case BackupPhase::syncing:
      return "syncing";
    case BackupPhase::verifying:
      return "verifying";
    case BackupPhase::done:
      return "done";
  }
  return "";
}

BackupTask::BackupTask(const EventStore& log, BackupPlan plan, BackupLimits limits)
    : log_(log), plan_(std::move(plan)), limits_(limits) {}

BackupTask::~BackupTask() = default;

StoreResult<std::unique_ptr<BackupTask>> BackupTask::begin(const EventStore& log, BackupPlan plan,
                                                           BackupLimits limits) {
  std::unique_ptr<BackupTask> task(new BackupTask(log, std::move(plan), limits));
  if (auto error = task->start()) return *std::move(error);
  return task;
}

std::optional<StoreError> BackupTask::start() {
  const Head& head = plan_.until;
  BackupHeader& header = progress_.header;
  header.store_id = plan_.store_id;
  header.epoch = head.epoch;
  header.last = head.position;
  header.root = head.root;
  header.taken_at = plan_.taken_at;
  if (plan_.follows) {
    header.first = plan_.follows->header.last + 1;
    header.edge = plan_.follows->footer.edge;
    if (header.first > head.position) {
      return refused(StoreError::Kind::not_found,
                     "nothing was recorded behind position " +
                         std::to_string(plan_.follows->header.last) + ", where that backup ends",
                     head.position);
    }
    if (auto error = follows(*plan_.follows, header)) return error;
    auto root = log_.root_at(plan_.follows->header.last);
    if (auto* error = std::get_if<StoreError>(&root)) return std::move(*error);
    if (std::get<Hash>(root) != plan_.follows->header.root) {
      return refused(StoreError::Kind::wrong_format,
                     "the log has another history than the backup that ends at position " +
                         std::to_string(plan_.follows->header.last),
                     plan_.follows->header.last);
    }
    tree_ = *frontier_of(header.first - 1, header.edge);
  }
  progress_.position = header.first - 1;
  auto created = UnfinishedFile::create(plan_.target);
  if (auto* error = std::get_if<StoreError>(&created)) return std::move(*error);
  file_ = std::get<std::unique_ptr<UnfinishedFile>>(std::move(created));
  if (auto error = file_->write(kBackupMagic)) return error;
  return write_section(SectionKind::header, encode(header));
}

std::optional<StoreError> BackupTask::step() {
  switch (progress_.phase) {
    case BackupPhase::writing:
      if (progress_.position < progress_.header.last) return write_block();
      return write_footer();
    case BackupPhase::syncing: {
      if (auto error = file_->sync()) return error;
      auto opened = BackupReader::open(file_->path());
      if (auto* error = std::get_if<StoreError>(&opened)) return std::move(*error);
      reader_ = std::get<std::unique_ptr<BackupReader>>(std::move(opened));
      progress_.phase = BackupPhase::verifying;
      progress_.position = progress_.header.first - 1;
      return std::nullopt;
    }
    case BackupPhase::verifying:
      return verify_block();
    case BackupPhase::done:
      break;
  }
  return std::nullopt;
}

std::optional<StoreError> BackupTask::write_section(SectionKind kind, std::string_view body) {
  if (body.size() > kBackupSectionBytesMax) {
    return refused(StoreError::Kind::io,
                   "a block of the backup would take " + std::to_string(body.size()) +
                       " bytes, and a backup allows " + std::to_string(kBackupSectionBytesMax),
                   progress_.position);
  }
  const std::string head = encode(SectionHead{kind, static_cast<std::uint32_t>(body.size())});
  const Hash seal = seals_.seal(head, body);
  for (const std::string_view part : {std::string_view(head), body, bytes_of(seal)}) {
    if (auto error = file_->write(part)) return error;
  }
  progress_.bytes = file_->bytes();
  return std::nullopt;
}

std::optional<StoreError> BackupTask::write_block() {
  const Position last = progress_.header.last;
  const auto wanted = static_cast<std::uint32_t>(
      std::min<Position>(limits_.slice_records_max, last - progress_.position));
  auto read = log_.read(progress_.position + 1, {wanted, limits_.slice_bytes_max}, {});
  if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
  std::string body;
  for (const RecordView& record : std::get<ReadBatch>(read).records) {
    if (record.header.position > last) break;
    if (auto error = append_entry(record, body)) return error;
  }
  if (body.empty()) {
    return refused(StoreError::Kind::corrupt,
                   "the log has no record at position " + std::to_string(progress_.position + 1),
                   progress_.position + 1);
  }
  return write_section(SectionKind::block, body);
}

std::optional<StoreError> BackupTask::append_entry(const RecordView& record, std::string& body) {
  const std::size_t start = body.size();
  put_le<std::uint32_t>(body, 0);
  encode_record(ref_to(record), body);
  const std::size_t bytes = body.size() - start - sizeof(std::uint32_t);
  std::string length;
  put_le(length, static_cast<std::uint32_t>(bytes));
  body.replace(start, length.size(), length);
  tree_.append(leaf_hash(std::string_view(body).substr(start + length.size())));
  if (record.header.command_index == 0) {
    auto found = log_.find_command(record.header.command);
    if (auto* error = std::get_if<StoreError>(&found)) return std::move(*error);
    const auto& receipt = std::get<std::optional<Receipt>>(found);
    if (!receipt || receipt->first != record.header.position) {
      return refused(StoreError::Kind::corrupt,
                     "the command of position " + std::to_string(record.header.position) +
                         " is not in the index of commands",
                     record.header.position);
    }
    body.append(bytes_of(receipt->fingerprint));
    ++counted_.commands;
  }
  ++counted_.records;
  progress_.position = record.header.position;
  return std::nullopt;
}

std::optional<StoreError> BackupTask::write_footer() {
  if (tree_.root() != progress_.header.root) {
    return refused(StoreError::Kind::corrupt,
                   "the root over what was read is " + to_hex(tree_.root()) +
                       ", and the log's is " + to_hex(progress_.header.root),
                   progress_.header.last);
  }
  counted_.edge = tree_.peaks();
  if (auto error = write_section(SectionKind::footer, encode(counted_))) return error;
  progress_.phase = BackupPhase::syncing;
  return std::nullopt;
}

std::optional<StoreError> BackupTask::verify_block() {
  auto read = reader_->next();
  if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
  const auto& records = std::get<std::vector<BackedUpRecord>>(read);
  if (!records.empty()) {
    progress_.position = records.back().record.position;
    return std::nullopt;
  }
  if (reader_->header() != progress_.header || reader_->footer() != counted_) {
    return refused(StoreError::Kind::corrupt, "what was read back is another backup", 0);
  }
  reader_.reset();
  if (auto error = file_->keep()) return error;
  progress_.commands = counted_.commands;
  progress_.position = progress_.header.last;
  progress_.phase = BackupPhase::done;
  return std::nullopt;
}

}  // namespace silkledger::eventstore
