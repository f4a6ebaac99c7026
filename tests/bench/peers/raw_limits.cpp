#include "tests/bench/peers/raw_limits.h"

#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>
#include <unistd.h>

#include <cstring>
#include <stdexcept>

#include "tests/bench/measuring/measure.h"

namespace silkledger::bench {
namespace {

void check(const rocksdb::Status& status) {
  if (!status.ok()) throw std::runtime_error("RocksDB: " + status.ToString());
}

}  // namespace

RawFile::RawFile(const std::string& path)
    : descriptor_(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
  if (descriptor_ < 0) fail_with_errno("open " + path);
}

RawFile::~RawFile() { ::close(descriptor_); }

void RawFile::append() {
  if (::write(descriptor_, page_.data(), page_.size()) != static_cast<ssize_t>(page_.size()) ||
      ::fdatasync(descriptor_) != 0) {
    fail_with_errno("append and fdatasync");
  }
  ++page_[0];
}

RawRocks::RawRocks(const std::string& path) : payload_(kRecordBytes, 'x') {
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  check(rocksdb::DB::Open(options, path, &opened));
  db_.reset(opened);
}

RawRocks::~RawRocks() = default;

void RawRocks::append(std::size_t records) {
  rocksdb::WriteBatch batch;
  for (std::size_t i = 0; i < records; ++i) {
    std::array<char, 8> key;
    for (std::size_t byte = 0; byte < key.size(); ++byte) {
      key[byte] = static_cast<char>(position_ >> (56 - 8 * byte));
    }
    ++position_;
    std::memcpy(payload_.data(), key.data(), key.size());
    check(batch.Put({key.data(), key.size()}, payload_));
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  check(db_->Write(options, &batch));
}

}  // namespace silkledger::bench
