#include "eventstore/rocksdb/restore.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/log_check.h"
#include "eventstore/rocksdb/store_error.h"
#include "eventstore/sequencer/sequencer.h"

namespace silkledger::eventstore {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kWriteBufferBytes = 64ULL * 1024 * 1024;

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// Filling a batch fails only when memory does.
void require(const rocksdb::Status& status) {
  if (!status.ok()) std::abort();
}

StoreError taken(const fs::path& folder) {
  return {StoreError::Kind::wrong_format,
          "cannot restore into \"" + folder.string() +
              "\": the folder is not empty; choose another one",
          0};
}

// Turns records into the entries of all column families (docs/formats/keys.md).
class Indexer final : public SubtreeSink {
 public:
  explicit Indexer(const Database& database) : database_(database) {}

  std::optional<StoreError> add(const std::vector<BackedUpRecord>& records) {
    for (const BackedUpRecord& one : records) {
      if (one.record.command_index == 0) begin_command(one);
      add_to_run(one.record);
      put_record(one);
      tree_.append(one.leaf, this);
      ++command_.records;
    }
    return write();
  }

  // Behind the last record: what is still open, the head, and everything onto the disk.
  std::optional<StoreError> finish() {
    end_run();
    end_command();
    require(batch_.Put(database_.meta_family(), slice(keys::kHead),
                       keys::head_value({tree_.size(), tree_.root()})));
    if (auto error = write()) return error;
    const auto flushed = database_.db().Flush(
        rocksdb::FlushOptions(),
        {database_.meta_family(), database_.records(), database_.streams(), database_.commands()});
    if (!flushed.ok()) return store_error(flushed, "could not write the restored log");
    return std::nullopt;
  }

  Position position() const { return tree_.size(); }

  void on_subtree(unsigned level, std::uint64_t index, const Hash& hash) override {
    if (level < keys::kStoredLevelMin) return;
    require(batch_.Put(database_.meta_family(), keys::tree(level, index), slice(bytes_of(hash))));
  }

 private:
  struct Run {
    StreamName stream;
    Version first_version = 0;
    Position first_position = 0;
    std::uint32_t records = 0;
  };

  void begin_command(const BackedUpRecord& one) {
    end_run();
    end_command();
    key_ = {std::string(one.record.principal), std::string(one.record.command_id)};
    command_ = {one.record.position, 0, *one.fingerprint};
  }

  void end_command() {
    if (command_.records == 0) return;
    require(batch_.Put(database_.commands(), keys::command(key_), keys::command_value(command_)));
  }

  void add_to_run(const RecordRef& record) {
    if (run_.records > 0 && run_.stream == record.stream) {
      ++run_.records;
      return;
    }
    end_run();
    run_ = {StreamName(record.stream), record.version, record.position, 1};
  }

  void end_run() {
    if (run_.records == 0) return;
    if (run_.first_version == 1) {
      require(batch_.Put(database_.streams(), keys::name(run_.stream),
                         keys::name_value(run_.first_position)));
    }
    require(batch_.Put(database_.streams(), keys::run(run_.stream, run_.first_version),
                       keys::run_value(run_.first_position, run_.records)));
    run_.records = 0;
  }

  void put_record(const BackedUpRecord& one) {
    const auto key = keys::record(one.record.position);
    const rocksdb::Slice key_part = slice(keys::view(key));
    const std::array<rocksdb::Slice, 2> value_parts = {slice(bytes_of(one.leaf)), slice(one.bytes)};
    require(batch_.Put(database_.records(), rocksdb::SliceParts(&key_part, 1),
                       rocksdb::SliceParts(value_parts.data(), 2)));
  }

  // Without the write-ahead log: a restore that is interrupted is begun again.
  std::optional<StoreError> write() {
    rocksdb::WriteOptions options;
    options.disableWAL = true;
    const auto status = database_.write(options, batch_);
    batch_.Clear();
    if (!status.ok()) return store_error(status, "could not write the restored log");
    return std::nullopt;
  }

  const Database& database_;
  rocksdb::WriteBatch batch_;
  Frontier tree_;
  Run run_;
  CommandKey key_;
  keys::CommandValue command_;
};

class RocksRestore final : public RestoreTask {
 public:
  RocksRestore(RestorePlan plan, Executor& executor, const Clock& clock)
      : plan_(std::move(plan)), executor_(executor), clock_(clock) {
    const fs::path target = fs::absolute(plan_.folder).lexically_normal();
    home_ = target.has_filename() ? target : target.parent_path();
    beside_ = home_.string() + ".restoring";
  }

  std::optional<StoreError> start() {
    if (plan_.backups.empty()) {
      return StoreError{StoreError::Kind::not_found, "no backup was named", 0};
    }
    if (auto error = check_chain()) return error;
    progress_.epoch = std::max(progress_.last.epoch + 1, plan_.epoch_min);
    progress_.total = progress_.last.last;
    std::error_code error;
    if (fs::exists(home_, error) && !fs::is_empty(home_, error)) return taken(home_);
    fs::remove_all(beside_, error);
    fs::create_directories(home_.parent_path(), error);
    RocksOptions options;
    options.write_buffer_bytes = kWriteBufferBytes;
    const StoreMeta meta{
        progress_.epoch, progress_.last.store_id,
        Continuation{progress_.last.last, progress_.last.root, progress_.last.taken_at}};
    auto created = Database::create(beside_, options, meta);
    if (auto* failed = std::get_if<StoreError>(&created)) return std::move(*failed);
    database_ = std::get<std::unique_ptr<Database>>(std::move(created));
    indexer_.emplace(*database_);
    return open_backup();
  }

  std::optional<StoreError> step() override {
    switch (progress_.phase) {
      case RestorePhase::reading:
        return read_block();
      case RestorePhase::checking:
        return check_slice();
      case RestorePhase::done:
        break;
    }
    return std::nullopt;
  }

  const RestoreProgress& progress() const override { return progress_; }

 private:
  // Before anything is written: they are all there and go on from each other.
  std::optional<StoreError> check_chain() {
    std::optional<BackupSummary> before;
    for (const fs::path& file : plan_.backups) {
      auto read = read_backup_summary(file);
      if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
      auto& summary = std::get<BackupSummary>(read);
      std::optional<StoreError> error;
      if (before) error = follows(*before, summary.header);
      if (!before && summary.header.first != 1) {
        error = StoreError{StoreError::Kind::wrong_format,
                           "it begins at position " + std::to_string(summary.header.first) +
                               "; name the full backup that it follows first",
                           0};
      }
      if (error) {
        error->detail = "\"" + file.string() + "\": " + error->detail;
        return error;
      }
      before = std::move(summary);
    }
    progress_.last = before->header;
    return std::nullopt;
  }

  std::optional<StoreError> open_backup() {
    auto opened = BackupReader::open(plan_.backups[progress_.backup]);
    if (auto* error = std::get_if<StoreError>(&opened)) return std::move(*error);
    reader_ = std::get<std::unique_ptr<BackupReader>>(std::move(opened));
    if (reader_->header().first != indexer_->position() + 1) {
      return StoreError{StoreError::Kind::corrupt,
                        "the backup \"" + reader_->path().string() + "\" changed meanwhile", 0};
    }
    return std::nullopt;
  }

  std::optional<StoreError> read_block() {
    auto read = reader_->next();
    if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
    const auto& records = std::get<std::vector<BackedUpRecord>>(read);
    if (!records.empty()) {
      if (auto error = indexer_->add(records)) return error;
      progress_.done = indexer_->position();
      return std::nullopt;
    }
    if (progress_.backup + 1 < plan_.backups.size()) {
      ++progress_.backup;
      return open_backup();
    }
    if (auto error = indexer_->finish()) return error;
    return begin_checking();
  }

  // Opened as every start opens it; then the full check of records, trees and indexes.
  std::optional<StoreError> begin_checking() {
    reader_.reset();
    indexer_.reset();
    database_.reset();
    RocksOptions options;
    options.accept_missing_head = true;  // the backup's root stands for it
    auto opened = RocksEventStore::open(beside_, options, executor_, clock_);
    if (auto* error = std::get_if<StoreError>(&opened)) return std::move(*error);
    store_ = std::get<std::unique_ptr<RocksEventStore>>(std::move(opened));
    const Head expected{progress_.epoch, progress_.last.last, progress_.last.root};
    if (store_->head() != expected) {
      return StoreError{StoreError::Kind::corrupt,
                        "the restored log ends otherwise than the backup, with root " +
                            to_hex(store_->head().root),
                        progress_.last.last};
    }
    if (auto error = store_->sync_head_file()) return error;
    check_ = store_->check();
    progress_.phase = RestorePhase::checking;
    progress_.done = 0;
    progress_.total = check_->state().records_total;
    return std::nullopt;
  }

  std::optional<StoreError> check_slice() {
    const bool goes_on = check_->step();
    const CheckState& state = check_->state();
    progress_.done = state.records_done;
    if (goes_on) return std::nullopt;
    if (!state.whole()) {
      const CheckFinding found = state.findings.empty() ? CheckFinding{} : state.findings.front();
      return StoreError{StoreError::Kind::corrupt, "the restored log is not whole: " + found.what,
                        found.position};
    }
    return take_place();
  }

  std::optional<StoreError> take_place() {
    check_.reset();
    store_.reset();
    std::error_code error;
    fs::remove(home_, error);  // an empty folder makes room; anything else stays and is told
    fs::rename(beside_, home_, error);
    if (error) return taken(home_);
    progress_.phase = RestorePhase::done;
    return sync_folder_names(home_.parent_path());
  }

  const RestorePlan plan_;
  Executor& executor_;
  const Clock& clock_;
  fs::path home_;
  fs::path beside_;
  RestoreProgress progress_;
  std::unique_ptr<Database> database_;
  std::optional<Indexer> indexer_;
  std::unique_ptr<BackupReader> reader_;
  std::unique_ptr<RocksEventStore> store_;
  std::unique_ptr<LogCheck> check_;
};

}  // namespace

std::string_view name_of(RestorePhase phase) {
  switch (phase) {
    case RestorePhase::reading:
      return "reading";
    case RestorePhase::checking:
      return "checking";
    case RestorePhase::done:
      return "done";
  }
  return "";
}

StoreResult<std::unique_ptr<RestoreTask>> RestoreTask::begin(RestorePlan plan, Executor& executor,
                                                             const Clock& clock) {
  auto task = std::make_unique<RocksRestore>(std::move(plan), executor, clock);
  if (auto error = task->start()) return *std::move(error);
  return std::unique_ptr<RestoreTask>(std::move(task));
}

}  // namespace silkledger::eventstore
