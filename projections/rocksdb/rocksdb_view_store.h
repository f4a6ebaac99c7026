// One generation on RocksDB. Used by rocksdb_view_stores.cpp only.
#pragma once

#include <rocksdb/db.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "projections/rocksdb/rocksdb_view_stores.h"

namespace silkledger::projections {

class RocksDbViewStore final : public ViewStore {
 public:
  // An open database with its families; closes it when the last snapshot and the store are gone.
  struct Database {
    std::unique_ptr<rocksdb::DB> db;
    std::map<std::string, rocksdb::ColumnFamilyHandle*, std::less<>> families;
    rocksdb::ColumnFamilyHandle* meta = nullptr;  // the default family: the checkpoint
    ~Database();
  };

  RocksDbViewStore(std::shared_ptr<Database> database, std::vector<std::string> families,
                   const RocksDbViewOptions& options);
  ~RocksDbViewStore() override;

  static rocksdb::Status open(const std::string& folder, const std::vector<std::string>& families,
                              const RocksDbViewOptions& options, std::shared_ptr<Database>& out);

  const std::vector<std::string>& families() const override { return families_; }
  std::optional<ViewStoreError> commit(const WriteBatch& batch) override;
  std::shared_ptr<const ViewSnapshot> snapshot() const override;
  std::optional<ViewStoreError> clear() override;
  std::optional<ViewStoreError> clear_family(std::string_view family) override;
  std::optional<ViewStoreError> flush() override;

 private:
  std::optional<ViewStoreError> write(const WriteBatch& batch, std::size_t bytes);
  std::optional<ViewStoreError> load(const WriteBatch& batch);
  std::optional<ViewStoreError> flush_all(bool wait);

  const std::shared_ptr<Database> database_;
  const std::vector<std::string> families_;
  const RocksDbViewOptions options_;
  std::uint64_t unflushed_bytes_ = 0;
  std::uint64_t unflushed_commits_ = 0;
  bool is_on_disk_ = false;  // everything that was committed
};

}  // namespace silkledger::projections
