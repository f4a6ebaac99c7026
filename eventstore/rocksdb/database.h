// The RocksDB behind the log: its settings, its column families, and what its metadata must say.
//
// Threads: RocksDB's own rules; the handles are constant while open.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/rocksdb/rocksdb_event_store.h"

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
class Env;
class Status;
class WriteBatch;
struct WriteOptions;
}  // namespace rocksdb

namespace silkledger::eventstore {

// docs/formats/keys.md describes this version.
inline constexpr std::uint64_t kStoreFormatVersion = 2;

// What identifies a log. Written once, at creation.
struct StoreMeta {
  Epoch epoch = 1;
  std::string store_id;  // drawn when empty
  std::optional<Continuation> continues = {};
};

class Database {
 public:
  static StoreResult<std::unique_ptr<Database>> create(const std::filesystem::path& folder,
                                                       const RocksOptions& options,
                                                       StoreMeta meta = {});
  static StoreResult<std::unique_ptr<Database>> open(const std::filesystem::path& folder,
                                                     const RocksOptions& options);
  // Changes nothing in the folder, and keeps other processes out of it meanwhile.
  static StoreResult<std::unique_ptr<Database>> open_to_check(const std::filesystem::path& folder,
                                                              const RocksOptions& options);
  ~Database();

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* meta_family() const { return meta_family_; }
  rocksdb::ColumnFamilyHandle* records() const { return records_; }
  rocksdb::ColumnFamilyHandle* streams() const { return streams_; }
  rocksdb::ColumnFamilyHandle* commands() const { return commands_; }
  const StoreMeta& meta() const { return meta_; }

  // Takes writes again after a write failed for want of room, once there is room. Errors: io, to be
  // tried again; reopen, when only opening anew helps.
  std::optional<StoreError> resume();

  // One batch at a time: RocksDB would else write what the head's follower keeps of the tree in one
  // group with a commit, so that one's failure were the other's too.
  rocksdb::Status write(const rocksdb::WriteOptions& options, rocksdb::WriteBatch& batch) const;

  // Nothing when the key is absent.
  StoreResult<std::optional<std::string>> get(rocksdb::ColumnFamilyHandle* family,
                                              std::string_view key) const;

 private:
  Database();
  enum class Access { kCreate, kWrite, kCheck };
  std::optional<StoreError> open_files(const std::filesystem::path& folder,
                                       const RocksOptions& options, Access access);
  std::optional<StoreError> lock_files(const std::filesystem::path& folder, rocksdb::Env& env);
  std::optional<StoreError> probe_room();
  std::optional<StoreError> write_meta();
  std::optional<StoreError> read_meta(const std::filesystem::path& folder);

  // Held by a database that is open for checking only; RocksDB locks the others itself.
  struct Locked;
  std::unique_ptr<Locked> locked_;
  std::unique_ptr<rocksdb::Env> env_;
  std::unique_ptr<rocksdb::DB> db_;
  std::vector<rocksdb::ColumnFamilyHandle*> handles_;
  rocksdb::ColumnFamilyHandle* meta_family_ = nullptr;
  rocksdb::ColumnFamilyHandle* records_ = nullptr;
  rocksdb::ColumnFamilyHandle* streams_ = nullptr;
  rocksdb::ColumnFamilyHandle* commands_ = nullptr;
  StoreMeta meta_;
  mutable std::mutex writing_;
};

}  // namespace silkledger::eventstore
