#include "eventstore/rocksdb/database.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/rocksdb/damaged_position.h"
#include "eventstore/rocksdb/head_file.h"
#include "eventstore/rocksdb/info_log.h"
#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/log_opening.h"
#include "eventstore/rocksdb/store_error.h"
#include "eventstore/rocksdb/wal_files.h"

namespace silkledger::eventstore {
namespace {

constexpr int kBackgroundJobs = 2;
constexpr std::size_t kBlockBytes = 16 * 1024;
constexpr int kFilterBitsPerKey = 10;
constexpr double kMemtableFilterShare = 0.02;
constexpr std::size_t kRoomBytesMin = 1024 * 1024;

rocksdb::BlockBasedTableOptions table_options(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = kBlockBytes;
  table.format_version = 5;
  // Debian's build computes CRC32C in software; XXH3 doubles the speed of a scan.
  table.checksum = rocksdb::kXXH3;
  return table;
}

rocksdb::ColumnFamilyOptions family_options(std::string_view name, const RocksOptions& options,
                                            const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions family;
  family.compression = rocksdb::kLZ4Compression;
  family.write_buffer_size = options.write_buffer_bytes;
  auto table = table_options(cache);
  if (name == keys::kRecordsFamily) {
    // Positions only rise, so the next insert belongs right behind the last one.
    family.memtable_insert_with_hint_prefix_extractor.reset(rocksdb::NewFixedPrefixTransform(1));
  } else if (name == keys::kStreamsFamily || name == keys::kCommandsFamily) {
    // Nearly every look-up before a write is for something that is not there.
    table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kFilterBitsPerKey));
    family.memtable_whole_key_filtering = true;
    family.memtable_prefix_bloom_size_ratio = kMemtableFilterShare;
  }
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return family;
}

rocksdb::DBOptions database_options(const RocksOptions& options) {
  rocksdb::DBOptions database;
  // The default mode opens in silence and without every record behind a damaged one; this mode
  // accepts a torn last write, which was never acknowledged, and refuses the rest.
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  database.track_and_verify_wals_in_manifest = true;
  database.max_total_wal_size = options.wal_bytes_max;
  database.max_background_jobs = kBackgroundJobs;
  // There is one writer, and hints for its inserts work only without this.
  database.allow_concurrent_memtable_write = false;
  database.info_log = no_info_log();
  database.stats_dump_period_sec = 0;
  database.stats_persist_period_sec = 0;
  return database;
}

std::string in_folder(const std::filesystem::path& folder) {
  return " in folder \"" + folder.string() + "\"";
}

StoreError no_log(const std::filesystem::path& folder) {
  return {StoreError::Kind::not_found, "there is no log" + in_folder(folder), 0};
}

StoreError in_use(const std::filesystem::path& folder) {
  return {StoreError::Kind::locked,
          "the log" + in_folder(folder) +
              " is in use: another process, or this one, has it open already",
          0};
}

StoreError io_error(std::string_view what, const std::filesystem::path& path,
                    const std::error_code& error) {
  return {StoreError::Kind::io,
          std::string(what) + " \"" + path.string() + "\": " + error.message(), 0};
}

std::optional<StoreError> sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0 || ::fsync(descriptor) != 0) {
    const std::error_code error(errno, std::generic_category());
    if (descriptor >= 0) ::close(descriptor);
    return io_error("could not sync the folder", folder, error);
  }
  ::close(descriptor);
  return std::nullopt;
}

std::optional<std::string> draw_store_id() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return std::nullopt;
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (const unsigned char byte : bytes) {
    id.push_back(kDigits[byte >> 4U]);
    id.push_back(kDigits[byte & 0x0FU]);
  }
  return id;
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

}  // namespace

struct Database::Locked {
  rocksdb::Env& env;
  rocksdb::FileLock* lock;

  ~Locked() { env.UnlockFile(lock); }
};

Database::Database() = default;

Database::~Database() {
  for (rocksdb::ColumnFamilyHandle* handle : handles_) db_->DestroyColumnFamilyHandle(handle);
}

// A new log comes into being under another name and is then renamed, so a crash in between leaves
// either no log or a whole one.
StoreResult<std::unique_ptr<Database>> Database::create(const std::filesystem::path& folder,
                                                        const RocksOptions& options,
                                                        StoreMeta meta) {
  std::error_code error;
  if (std::filesystem::exists(folder, error) && !std::filesystem::is_empty(folder, error)) {
    return StoreError{
        StoreError::Kind::wrong_format,
        "cannot create a log" + in_folder(folder) +
            ": the folder is not empty; open the log that is there, or choose another "
            "folder",
        0};
  }
  const std::filesystem::path target = std::filesystem::absolute(folder).lexically_normal();
  const std::filesystem::path home =
      target.has_filename() ? target : target.parent_path();  // a trailing slash names no file
  const std::filesystem::path unfinished = home.string() + ".new";
  std::filesystem::remove_all(unfinished, error);
  if (!error) std::filesystem::create_directories(unfinished, error);
  if (error) return io_error("could not create", unfinished, error);
  {
    const std::unique_ptr<Database> database(new Database);
    database->meta_ = std::move(meta);
    if (database->meta_.store_id.empty()) {
      auto id = draw_store_id();
      if (!id) return StoreError{StoreError::Kind::io, "the system gives no random bytes", 0};
      database->meta_.store_id = *std::move(id);
    }
    if (auto failed = database->open_files(unfinished, options, Access::kCreate)) {
      return *std::move(failed);
    }
    if (auto failed = database->write_meta()) return *std::move(failed);
    const HeadPromise promise =
        promise_of(database->meta_, LogEnd(), {std::string(kSm3Algorithm), 0, empty_root(&sm3)});
    auto file = HeadFile::create(*database->db_->GetEnv(), unfinished, promise);
    if (auto* failed = std::get_if<StoreError>(&file)) return std::move(*failed);
  }
  std::filesystem::rename(unfinished, home, error);
  if (error) return io_error("could not rename the new log to", home, error);
  if (auto failed = sync_folder(home.parent_path())) return *std::move(failed);
  return open(home, options);
}

StoreResult<std::unique_ptr<Database>> Database::open(const std::filesystem::path& folder,
                                                      const RocksOptions& options) {
  std::unique_ptr<Database> database(new Database);
  if (!RocksEventStore::exists(folder)) {
    // RocksDB would create an empty log here, and an empty log looks like one in which nothing
    // happened.
    return no_log(folder);
  }
  if (auto failed = database->open_files(folder, options, Access::kWrite)) {
    return *std::move(failed);
  }
  if (auto failed = database->read_meta(folder)) return *std::move(failed);
  return database;
}

StoreResult<std::unique_ptr<Database>> Database::open_to_check(const std::filesystem::path& folder,
                                                               const RocksOptions& options) {
  std::unique_ptr<Database> database(new Database);
  if (!RocksEventStore::exists(folder)) return no_log(folder);
  auto& env = options.env != nullptr ? *options.env : *rocksdb::Env::Default();
  if (auto failed = database->lock_files(folder, env)) return *std::move(failed);
  if (auto failed = database->open_files(folder, options, Access::kCheck)) {
    return *std::move(failed);
  }
  if (auto failed = database->read_meta(folder)) return *std::move(failed);
  return database;
}

std::optional<StoreError> Database::lock_files(const std::filesystem::path& folder,
                                               rocksdb::Env& env) {
  rocksdb::FileLock* lock = nullptr;
  if (!env.LockFile((folder / "LOCK").string(), &lock).ok()) return in_use(folder);
  locked_.reset(new Locked{env, lock});
  return std::nullopt;
}

std::optional<StoreError> Database::open_files(const std::filesystem::path& folder,
                                               const RocksOptions& options, Access access) {
  auto database = database_options(options);
  rocksdb::Env& disk = options.env != nullptr ? *options.env : *rocksdb::Env::Default();
  env_ = rocksdb::NewCompositeEnv(prepared_wal_files(disk.GetFileSystem()));
  database.env = env_.get();
  const bool create = access == Access::kCreate;
  database.create_if_missing = create;
  database.create_missing_column_families = create;
  std::vector<std::string> names;
  if (create) {
    for (const auto name :
         {keys::kMetaFamily, keys::kRecordsFamily, keys::kStreamsFamily, keys::kCommandsFamily}) {
      names.emplace_back(name);
    }
  } else {
    // Families of a newer format are opened too, so that its version can be read and told.
    const auto listed = rocksdb::DB::ListColumnFamilies(database, folder.string(), &names);
    if (!listed.ok()) return store_error(listed, "could not read the log" + in_folder(folder));
  }
  const auto cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) {
    families.emplace_back(name, family_options(name, options, cache));
  }
  rocksdb::DB* opened = nullptr;
  const auto status =
      access == Access::kCheck
          ? rocksdb::DB::OpenForReadOnly(database, folder.string(), families, &handles_, &opened)
          : rocksdb::DB::Open(database, folder.string(), families, &handles_, &opened);
  if (!status.ok()) {
    auto error = store_error(status, "could not open the log" + in_folder(folder));
    // RocksDB has no status of its own for this; the message names the lock file.
    if (status.IsIOError() && status.ToString().find("lock") != std::string::npos) {
      return in_use(folder);
    }
    if (create || !status.IsCorruption()) return error;
    if (const auto missing = damaged_position(database, folder, families)) {
      error.position = *missing;
      error.detail += "; position " + std::to_string(*missing) + " is the first that is not read";
    }
    return error;
  }
  db_.reset(opened);
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    if (handle->GetName() == keys::kMetaFamily) meta_family_ = handle;
    if (handle->GetName() == keys::kRecordsFamily) records_ = handle;
    if (handle->GetName() == keys::kStreamsFamily) streams_ = handle;
    if (handle->GetName() == keys::kCommandsFamily) commands_ = handle;
  }
  return std::nullopt;
}

// RocksDB gives up for good when it tries to go on and meets a full disk again, whatever the system
// says of free space; so what it is going to write is written first, and deleted.
std::optional<StoreError> Database::probe_room() {
  std::uint64_t bytes = kRoomBytesMin;
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    std::uint64_t in_memory = 0;
    db_->GetIntProperty(handle, rocksdb::DB::Properties::kCurSizeAllMemTables, &in_memory);
    bytes += in_memory;
  }
  rocksdb::Env& env = *db_->GetEnv();
  const std::string path = db_->GetName() + "/room.probe";
  std::unique_ptr<rocksdb::WritableFile> file;
  auto status = env.NewWritableFile(path, &file, rocksdb::EnvOptions());
  const std::string chunk(kRoomBytesMin, '\0');
  for (std::uint64_t written = 0; status.ok() && written < bytes; written += chunk.size()) {
    status = file->Append(chunk);
  }
  if (status.ok()) status = file->Sync();
  file.reset();
  env.DeleteFile(path).PermitUncheckedError();
  if (!status.ok()) return store_error(status, "the disk has no room yet");
  return std::nullopt;
}

std::optional<StoreError> Database::resume() {
  if (auto error = probe_room()) return error;
  const auto resumed = db_->Resume();
  if (resumed.ok()) return std::nullopt;
  if (resumed.severity() >= rocksdb::Status::Severity::kFatalError) {
    return StoreError{StoreError::Kind::reopen,
                      "the log has to be opened anew after a failed write: " + resumed.ToString(),
                      0};
  }
  return store_error(resumed, "the disk does not take writes again yet");
}

std::optional<StoreError> Database::write_meta() {
  rocksdb::WriteBatch batch;
  const auto put = [&batch](std::string_view name, std::string_view value) {
    // Only memory can run out here.
    if (!batch.Put(keys::meta(name), slice(value)).ok()) std::abort();
  };
  put("format_version", std::to_string(kStoreFormatVersion));
  put("record_format_version", std::to_string(kRecordFormatVersion));
  put("merkle_algorithm", kMerkleAlgorithm);
  put("fingerprint_algorithm", kFingerprintAlgorithm);
  put("epoch", std::to_string(meta_.epoch));
  put("store_id", meta_.store_id);
  if (meta_.continues) put("continues", keys::continues_value(*meta_.continues));
  rocksdb::WriteOptions durable;
  durable.sync = true;
  const auto status = write(durable, batch);
  if (!status.ok()) return store_error(status, "could not write the new log's metadata");
  return std::nullopt;
}

std::optional<StoreError> Database::read_meta(const std::filesystem::path& folder) {
  const auto wrong = [&folder](std::string_view why) {
    return StoreError{StoreError::Kind::wrong_format,
                      "what is" + in_folder(folder) + " cannot be opened: " + std::string(why), 0};
  };
  std::array<std::string, 6> values;
  const std::array<std::string_view, 6> names = {"format_version",   "record_format_version",
                                                 "merkle_algorithm", "epoch",
                                                 "store_id",         "fingerprint_algorithm"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto value = get(meta_family_, keys::meta(names[i]));
    if (auto* error = std::get_if<StoreError>(&value)) return std::move(*error);
    auto& found = std::get<std::optional<std::string>>(value);
    if (!found) return wrong("it is not a silkledger log, it has no " + std::string(names[i]));
    values[i] = *std::move(found);
    const auto version = number(values[0]);
    if (version != kStoreFormatVersion) {
      const bool older = version && *version < kStoreFormatVersion;
      return wrong("its format version is " + values[0] + ", and this program knows version " +
                   std::to_string(kStoreFormatVersion) +
                   (older
                        ? " (with a head file); use the program that wrote it, or load the log anew"
                        : "; use a newer program"));
    }
  }
  if (number(values[1]) != kRecordFormatVersion) return wrong("unknown record format " + values[1]);
  if (values[2] != kMerkleAlgorithm) return wrong("unknown tree algorithm " + values[2]);
  if (values[5] != kFingerprintAlgorithm) return wrong("unknown fingerprints " + values[5]);
  const auto epoch = number(values[3]);
  if (!epoch || *epoch == 0) return wrong("its epoch is \"" + values[3] + "\"");
  if (records_ == nullptr || streams_ == nullptr || commands_ == nullptr) {
    return wrong("it lacks a column family");
  }
  meta_ = {*epoch, values[4]};
  auto continues = get(meta_family_, keys::meta("continues"));
  if (auto* error = std::get_if<StoreError>(&continues)) return std::move(*error);
  if (const auto& text = std::get<std::optional<std::string>>(continues)) {
    meta_.continues = keys::read_continues_value(*text);
    if (!meta_.continues) return wrong("what it says it continues breaks its grammar");
  }
  return std::nullopt;
}

rocksdb::Status Database::write(const rocksdb::WriteOptions& options,
                                rocksdb::WriteBatch& batch) const {
  const std::lock_guard one_at_a_time(writing_);
  return db_->Write(options, &batch);
}

StoreResult<std::optional<std::string>> Database::get(rocksdb::ColumnFamilyHandle* family,
                                                      std::string_view key) const {
  std::string value;
  const auto status = db_->Get(rocksdb::ReadOptions(), family, slice(key), &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return store_error(status, "could not read from the log");
  return std::optional<std::string>(std::move(value));
}

}  // namespace silkledger::eventstore
