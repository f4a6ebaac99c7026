// What the disk gives without us: one file, and RocksDB.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace rocksdb {
class DB;
}

namespace silkledger::bench {

// A file that grows by 4 KiB and is synced.
class RawFile {
 public:
  explicit RawFile(const std::string& path);
  ~RawFile();
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;

  void append();

 private:
  static constexpr std::size_t kAppendBytes = 4096;

  int descriptor_;
  std::array<char, kAppendBytes> page_{};
};

// RocksDB with its defaults: one Put of 300 bytes a record, one synced batch.
class RawRocks {
 public:
  explicit RawRocks(const std::string& path);
  ~RawRocks();

  void append(std::size_t records);

 private:
  static constexpr std::size_t kRecordBytes = 300;

  std::unique_ptr<rocksdb::DB> db_;
  std::string payload_;
  std::uint64_t position_ = 1;
};

}  // namespace silkledger::bench
