// Writes as sorted tables, one for each family, that are taken into a database at once: all or
// none, past its memtables, and on disk when it returns. Used by rocksdb_view_store.cpp only.
//
// One thread. Ownership: the database must outlive it. Errors: RocksDB's.
#pragma once

#include <rocksdb/db.h>

#include <string_view>
#include <vector>

#include "projections/view_store.h"

namespace silkledger::projections {

class TableLoad {
 public:
  explicit TableLoad(rocksdb::DB& db) : db_(db) {}

  // Each family once. Writes in the order of the batch: a later one of a key wins.
  rocksdb::Status add(rocksdb::ColumnFamilyHandle* family, std::vector<const Write*> writes);
  // One key with a value that is no entry of a view.
  rocksdb::Status add(rocksdb::ColumnFamilyHandle* family, std::string_view key,
                      std::string_view value);
  rocksdb::Status take_in();

 private:
  template <class Fill>
  rocksdb::Status write(rocksdb::ColumnFamilyHandle* family, const Fill& fill);

  rocksdb::DB& db_;
  std::vector<rocksdb::IngestExternalFileArg> tables_;
};

}  // namespace silkledger::projections
