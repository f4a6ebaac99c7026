#include "projections/rocksdb/rocksdb_view_store.h"

#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/options.h>
#include <rocksdb/slice.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <mutex>
#include <utility>

#include "eventstore/rocksdb/info_log.h"
#include "projections/rocksdb/stored_entry.h"
#include "projections/rocksdb/table_load.h"

namespace silkledger::projections {
namespace {

constexpr std::string_view kCheckpointKey = "checkpoint";
constexpr int kBloomBitsPerKey = 10;
constexpr std::size_t kArenaBlockBytes = 64U << 10U;
constexpr auto kMemtableBloomShare = 0.02;
constexpr std::size_t kMergeReadBytes = 256U << 10U;
constexpr int kTableCacheShardBits = 1;

rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view view_of(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

ViewStoreError error_of(const rocksdb::Status& status, std::string_view doing) {
  return {std::string(doing) + ": " + status.ToString()};
}

std::optional<ViewStoreError> fault_of(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return std::nullopt;
  return error_of(status, doing);
}

// How much memory it takes RocksDB to hold a batch; it would grow to that step by step.
std::size_t bytes_of(const WriteBatch& batch) {
  constexpr std::size_t kEntryBytes = 24;  // kind, family, lengths and since when
  std::size_t bytes = batch.checkpoint.size() + kEntryBytes;
  for (const Write& write : batch.writes) {
    bytes += kEntryBytes + write.key.size() + (write.value ? write.value->size() : 0);
  }
  return bytes;
}

ViewStoreError damaged(std::string_view family, std::string_view key) {
  return {"view " + std::string(family) + ", key " + std::string(key) + ": the value is damaged"};
}

rocksdb::ColumnFamilyHandle* handle_of(const RocksDbViewStore::Database& database,
                                       std::string_view family) {
  const auto found = database.families.find(family);
  assert(found != database.families.end() && "no such family");
  return found->second;
}

class RocksDbViewSnapshot final : public ViewSnapshot {
 public:
  explicit RocksDbViewSnapshot(std::shared_ptr<RocksDbViewStore::Database> database)
      : database_(std::move(database)), snapshot_(database_->db->GetSnapshot()) {}
  ~RocksDbViewSnapshot() override {
    iterators_.clear();  // they read under the snapshot
    database_->db->ReleaseSnapshot(snapshot_);
  }

  ViewResult<std::string> checkpoint() const override {
    auto found = get_from(database_->meta, kCheckpointKey);
    if (auto* error = std::get_if<ViewStoreError>(&found)) return std::move(*error);
    return std::get<0>(found).value_or(std::string());
  }

  ViewResult<std::optional<KeyValue>> get(std::string_view family,
                                          std::string_view key) const override {
    auto found = get_from(handle_of(*database_, family), key);
    if (auto* error = std::get_if<ViewStoreError>(&found)) return std::move(*error);
    const auto& stored = std::get<0>(found);
    if (!stored) return std::optional<KeyValue>();
    auto entry = decode_entry(key, *stored);
    if (!entry) return damaged(family, key);
    return entry;
  }

  ViewResult<std::vector<KeyValue>> scan(std::string_view family, const KeyRange& range,
                                         std::uint32_t keys_max) const override {
    rocksdb::ColumnFamilyHandle* const handle = handle_of(*database_, family);
    std::unique_ptr<rocksdb::Iterator> at = take_iterator(handle);
    range.backwards ? seek_last(*at, range) : seek_first(*at, range);
    std::vector<KeyValue> found;
    for (; at->Valid() && found.size() < keys_max; range.backwards ? at->Prev() : at->Next()) {
      const std::string_view key = view_of(at->key());
      if (!key.starts_with(range.prefix)) break;
      if (range.backwards ? range.from && key < *range.from : range.until && key > *range.until) {
        break;
      }
      auto entry = decode_entry(key, view_of(at->value()));
      if (!entry) return damaged(family, key);
      found.push_back(std::move(*entry));
    }
    if (!at->status().ok()) return error_of(at->status(), "reading view " + std::string(family));
    give_back(handle, std::move(at));
    return found;
  }

 private:
  // Making an iterator costs more than a short scan with it, so one of each family is kept.
  std::unique_ptr<rocksdb::Iterator> take_iterator(rocksdb::ColumnFamilyHandle* family) const {
    {
      const std::lock_guard lock(mutex_);
      const auto kept = iterators_.find(family);
      if (kept != iterators_.end() && kept->second) return std::exchange(kept->second, nullptr);
    }
    return std::unique_ptr<rocksdb::Iterator>(database_->db->NewIterator(read_options(), family));
  }
  void give_back(rocksdb::ColumnFamilyHandle* family,
                 std::unique_ptr<rocksdb::Iterator> iterator) const {
    const std::lock_guard lock(mutex_);
    iterators_[family] = std::move(iterator);
  }

  rocksdb::ReadOptions read_options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

  ViewResult<std::optional<std::string>> get_from(rocksdb::ColumnFamilyHandle* family,
                                                  std::string_view key) const {
    std::string value;
    const rocksdb::Status status = database_->db->Get(read_options(), family, slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return error_of(status, "reading view " + family->GetName());
    return std::optional(std::move(value));
  }

  static void seek_first(rocksdb::Iterator& at, const KeyRange& range) {
    std::string first = std::max(range.prefix, range.from.value_or(std::string()));
    if (range.after) first = std::max(first, *range.after);
    at.Seek(first);
    if (range.after && at.Valid() && view_of(at.key()) == *range.after) at.Next();
  }

  static void seek_last(rocksdb::Iterator& at, const KeyRange& range) {
    at.SeekToLast();
    if (const std::string beyond = after_prefix(range.prefix); !beyond.empty()) {
      at.SeekForPrev(beyond);
      if (at.Valid() && view_of(at.key()) == beyond) at.Prev();
    }
    if (range.until && at.Valid() && view_of(at.key()) > *range.until) at.SeekForPrev(*range.until);
    if (range.after && at.Valid() && view_of(at.key()) >= *range.after) {
      at.SeekForPrev(*range.after);
      if (at.Valid() && view_of(at.key()) == *range.after) at.Prev();
    }
  }

  // The first key behind all that begin with the prefix; empty when there is none.
  static std::string after_prefix(std::string prefix) {
    while (!prefix.empty() && prefix.back() == '\xff') prefix.pop_back();
    if (!prefix.empty()) {
      prefix.back() = static_cast<char>(static_cast<unsigned char>(prefix.back()) + 1U);
    }
    return prefix;
  }

  const std::shared_ptr<RocksDbViewStore::Database> database_;
  const rocksdb::Snapshot* const snapshot_;
  mutable std::mutex mutex_;
  mutable std::map<rocksdb::ColumnFamilyHandle*, std::unique_ptr<rocksdb::Iterator>> iterators_;
};

rocksdb::Status put(rocksdb::WriteBatch& writes, rocksdb::ColumnFamilyHandle* family,
                    const Write& write) {
  const SinceBytes since = encode_since(write.since);
  const rocksdb::Slice key = slice(write.key);
  const std::array<rocksdb::Slice, 2> value = {rocksdb::Slice(since.data(), since.size()),
                                               slice(*write.value)};
  return writes.Put(family, rocksdb::SliceParts(&key, 1),
                    rocksdb::SliceParts(value.data(), static_cast<int>(value.size())));
}

rocksdb::ColumnFamilyOptions family_options(const RocksDbViewOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  // XXH3: Debian's build has no hardware CRC32C.
  table.checksum = rocksdb::kXXH3;
  table.format_version = 5;
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerKey));
  rocksdb::ColumnFamilyOptions family;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  family.compression = rocksdb::kLZ4Compression;
  // A flush leaves a small table in each family. By levels, every fourth would be merged with the
  // whole family, whose cost grows with it (docs/adr/0019).
  family.compaction_style = rocksdb::kCompactionStyleUniversal;
  // A fold asks for many rows that are not there yet.
  family.memtable_whole_key_filtering = true;
  family.memtable_prefix_bloom_size_ratio = kMemtableBloomShare;
  // There are many families and most are small: their memtables must not use up the memory of all
  // by their first blocks and filters alone, or everything is flushed all the time.
  family.write_buffer_size = options.write_buffer_bytes / 4;
  family.arena_block_size = kArenaBlockBytes;
  return family;
}

rocksdb::DBOptions database_options(const RocksDbViewOptions& options) {
  rocksdb::DBOptions database;
  database.create_if_missing = true;
  database.create_missing_column_families = true;
  database.atomic_flush = true;
  database.allow_concurrent_memtable_write = false;  // one writer
  database.db_write_buffer_size = options.write_buffer_bytes;
  database.max_background_jobs = static_cast<int>(options.background_threads);
  database.max_open_files = static_cast<int>(options.open_files_max);
  // In many shards some are full long before there are as many tables as may be open, and what they
  // hold is then opened again and again.
  database.table_cache_numshardbits = kTableCacheShardBits;
  database.compaction_readahead_size = kMergeReadBytes;
  database.info_log = eventstore::no_info_log();
  return database;
}

}  // namespace

RocksDbViewStore::Database::~Database() {
  if (!db) return;
  for (const auto& [name, handle] : families) db->DestroyColumnFamilyHandle(handle);
  if (meta) db->DestroyColumnFamilyHandle(meta);
  db->Close();
}

rocksdb::Status RocksDbViewStore::open(const std::string& folder,
                                       const std::vector<std::string>& families,
                                       const RocksDbViewOptions& options,
                                       std::shared_ptr<Database>& out) {
  const rocksdb::ColumnFamilyOptions family = family_options(options);
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors = {
      {rocksdb::kDefaultColumnFamilyName, family}};
  for (const std::string& name : families) descriptors.emplace_back(name, family);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(database_options(options), folder, descriptors, &handles, &db);
  if (!status.ok()) return status;
  auto database = std::make_shared<Database>();
  database->db.reset(db);
  database->meta = handles[0];
  for (std::size_t i = 0; i < families.size(); ++i) {
    database->families.emplace(families[i], handles[i + 1]);
  }
  out = std::move(database);
  return status;
}

RocksDbViewStore::RocksDbViewStore(std::shared_ptr<Database> database,
                                   std::vector<std::string> families,
                                   const RocksDbViewOptions& options)
    : database_(std::move(database)), families_(std::move(families)), options_(options) {}

RocksDbViewStore::~RocksDbViewStore() = default;

std::optional<ViewStoreError> RocksDbViewStore::commit(const WriteBatch& batch) {
  const std::size_t bytes = bytes_of(batch);
  return bytes < options_.load_bytes_min ? write(batch, bytes) : load(batch);
}

std::optional<ViewStoreError> RocksDbViewStore::write(const WriteBatch& batch, std::size_t bytes) {
  rocksdb::WriteBatch writes(bytes);
  rocksdb::Status status;
  rocksdb::ColumnFamilyHandle* family = nullptr;
  for (const Write& write : batch.writes) {
    // Writes of one family stand together.
    if (!family || family->GetName() != write.family) family = handle_of(*database_, write.family);
    status = write.value ? put(writes, family, write) : writes.Delete(family, write.key);
    if (!status.ok()) return error_of(status, "preparing rows of " + write.family);
  }
  status = writes.Put(database_->meta, slice(kCheckpointKey), batch.checkpoint);
  if (!status.ok()) return error_of(status, "preparing the checkpoint");
  rocksdb::WriteOptions options;
  options.disableWAL = true;  // the log is the truth; a lost tail is folded again
  is_on_disk_ = false;
  unflushed_bytes_ += writes.GetDataSize();
  ++unflushed_commits_;
  status = database_->db->Write(options, &writes);
  if (!status.ok()) return error_of(status, "writing rows and checkpoint");
  if (unflushed_bytes_ < options_.flush_bytes && unflushed_commits_ < options_.flush_commits) {
    return std::nullopt;
  }
  return flush_all(false);
}

std::optional<ViewStoreError> RocksDbViewStore::load(const WriteBatch& batch) {
  // Tables go past what is still in memory, and a crash must not lose the older of the two.
  if (!is_on_disk_) {
    if (auto error = flush_all(true)) return error;
  }
  std::map<std::string_view, std::vector<const Write*>> by_family;
  for (const Write& write : batch.writes) by_family[write.family].push_back(&write);
  TableLoad tables(*database_->db);
  rocksdb::Status status;
  for (auto& [name, writes] : by_family) {
    status = tables.add(handle_of(*database_, name), std::move(writes));
    if (!status.ok()) return error_of(status, "writing rows of " + std::string(name));
  }
  status = tables.add(database_->meta, kCheckpointKey, batch.checkpoint);
  if (!status.ok()) return error_of(status, "writing the checkpoint");
  return fault_of(tables.take_in(), "loading rows and checkpoint");
}

std::shared_ptr<const ViewSnapshot> RocksDbViewStore::snapshot() const {
  return std::make_shared<RocksDbViewSnapshot>(database_);
}

std::optional<ViewStoreError> RocksDbViewStore::clear_family(std::string_view family) {
  rocksdb::ColumnFamilyHandle* handle = handle_of(*database_, family);
  // The last key tells where the range must end: a range delete has no "everything".
  std::string last;
  {
    const std::unique_ptr<rocksdb::Iterator> at(
        database_->db->NewIterator(rocksdb::ReadOptions(), handle));
    at->SeekToLast();
    if (!at->status().ok()) return error_of(at->status(), "emptying view " + std::string(family));
    if (!at->Valid()) return std::nullopt;
    last = at->key().ToString();
  }
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  is_on_disk_ = false;
  return fault_of(database_->db->DeleteRange(options, handle, rocksdb::Slice(), last + '\0'),
                  "emptying view " + std::string(family));
}

std::optional<ViewStoreError> RocksDbViewStore::clear() {
  for (const std::string& family : families_) {
    if (auto error = clear_family(family)) return error;
  }
  rocksdb::WriteOptions options;
  options.disableWAL = true;
  is_on_disk_ = false;
  const rocksdb::Status status =
      database_->db->Delete(options, database_->meta, slice(kCheckpointKey));
  return fault_of(status, "dropping the checkpoint");
}

std::optional<ViewStoreError> RocksDbViewStore::flush() { return flush_all(true); }

std::optional<ViewStoreError> RocksDbViewStore::flush_all(bool wait) {
  std::vector<rocksdb::ColumnFamilyHandle*> handles = {database_->meta};
  for (const auto& [name, handle] : database_->families) handles.push_back(handle);
  rocksdb::FlushOptions options;
  options.wait = wait;
  options.allow_write_stall = true;
  unflushed_bytes_ = 0;
  unflushed_commits_ = 0;
  auto error = fault_of(database_->db->Flush(options, handles), "flushing the views");
  is_on_disk_ = wait && !error;
  return error;
}

}  // namespace silkledger::projections
