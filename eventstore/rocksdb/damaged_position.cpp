#include "eventstore/rocksdb/damaged_position.h"

#include <memory>

#include "eventstore/rocksdb/key_layout.h"

namespace silkledger::eventstore {
namespace {

std::uint64_t count_in_memory(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family) {
  std::uint64_t active = 0;
  std::uint64_t waiting = 0;
  db.GetIntProperty(family, rocksdb::DB::Properties::kNumEntriesActiveMemTable, &active);
  db.GetIntProperty(family, rocksdb::DB::Properties::kNumEntriesImmMemTables, &waiting);
  return active + waiting;
}

// The first position that is not there, when what comes from the write-ahead log, and so lies in
// memory, has gaps.
Position first_missing(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* records) {
  const std::unique_ptr<rocksdb::Iterator> at(db.NewIterator({}, records));
  at->SeekToLast();
  auto behind = at->Valid() ? keys::read_record_key(at->key().ToStringView()).value_or(0) + 1 : 1;
  auto missing = behind;
  for (auto left = count_in_memory(db, records) + 1; left > 0 && at->Valid(); --left, at->Prev()) {
    const auto position = keys::read_record_key(at->key().ToStringView()).value_or(0);
    if (position + 1 < behind) missing = position + 1;
    behind = position;
  }
  return at->Valid() || behind == 1 ? missing : 1;
}

}  // namespace

std::optional<Position> damaged_position(
    rocksdb::DBOptions database, const std::filesystem::path& folder,
    const std::vector<rocksdb::ColumnFamilyDescriptor>& families) {
  database.wal_recovery_mode = rocksdb::WALRecoveryMode::kSkipAnyCorruptedRecords;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  const auto status =
      rocksdb::DB::OpenForReadOnly(database, folder.string(), families, &handles, &opened);
  if (!status.ok()) return std::nullopt;
  const std::unique_ptr<rocksdb::DB> db(opened);
  std::optional<Position> missing;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    if (handle->GetName() == keys::kRecordsFamily) missing = first_missing(*db, handle);
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
  return missing;
}

}  // namespace silkledger::eventstore
