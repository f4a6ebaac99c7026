// Reaches behind the store: changes a closed log in RocksDB, below every check of ours.
#pragma once

#include <rocksdb/db.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace silkledger::testing {

class RawLog {
 public:
  explicit RawLog(const std::filesystem::path& folder);
  ~RawLog();

  // Absent families and keys fail the test.
  std::string get(const std::string& family, std::string_view key);
  void put(const std::string& family, std::string_view key, std::string_view value);
  void remove(const std::string& family, std::string_view key);

 private:
  rocksdb::ColumnFamilyHandle* family(const std::string& name);

  std::unique_ptr<rocksdb::DB> db_;
  std::map<std::string, rocksdb::ColumnFamilyHandle*> families_;
};

}  // namespace silkledger::testing
