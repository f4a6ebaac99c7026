#include "eventstore/rocksdb/wal_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "eventstore/codec/little_endian.h"

namespace silkledger::eventstore {
namespace {

using rocksdb::DataVerificationInfo;
using rocksdb::FileOptions;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;
using rocksdb::Slice;

bool is_wal(const std::string& path) { return path.ends_with(".log"); }

// Writes in place over zeros, and lays out more zeros when they run out.
class PreparedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  explicit PreparedFile(std::unique_ptr<rocksdb::FSWritableFile> file)
      : FSWritableFileOwnerWrapper(std::move(file)) {}

  IOStatus Append(const Slice& data, const IOOptions& options, IODebugContext* debug) override {
    prepare(data.size(), options, debug);
    return taken(data, target()->PositionedAppend(data, end_, options, debug));
  }
  IOStatus Append(const Slice& data, const IOOptions& options, const DataVerificationInfo& info,
                  IODebugContext* debug) override {
    prepare(data.size(), options, debug);
    return taken(data, target()->PositionedAppend(data, end_, options, info, debug));
  }
  IOStatus Close(const IOOptions& options, IODebugContext* debug) override {
    if (prepared_ > end_) target()->Truncate(end_, options, debug).PermitUncheckedError();
    prepared_ = 0;
    return target()->Close(options, debug);
  }
  std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override { return end_; }

 private:
  void prepare(std::size_t bytes, const IOOptions& options, IODebugContext* debug) {
    if (end_ + bytes <= prepared_ || bytes > kWalPreparingWriteBytesMax || no_room_) return;
    static const std::string zeros(kWalPreparedBytes, '\0');
    const auto status = target()->PositionedAppend(zeros, end_, options, debug);
    if (status.ok()) prepared_ = end_ + zeros.size();
    no_room_ = !status.ok();
  }
  IOStatus taken(const Slice& data, IOStatus status) {
    if (status.ok()) end_ += data.size();
    return status;
  }

  std::uint64_t end_ = 0;  // of what was written
  std::uint64_t prepared_ = 0;
  bool no_room_ = false;
};

// Ends where the writing stopped.
class WrittenPart final : public rocksdb::FSSequentialFileOwnerWrapper {
 public:
  WrittenPart(std::unique_ptr<rocksdb::FSSequentialFile> file, std::uint64_t bytes)
      : FSSequentialFileOwnerWrapper(std::move(file)), left_(bytes) {}

  IOStatus Read(std::size_t bytes, const IOOptions& options, Slice* read, char* scratch,
                IODebugContext* debug) override {
    const auto most = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, left_));
    auto status = target()->Read(most, options, read, scratch, debug);
    if (status.ok()) left_ -= read->size();
    return status;
  }
  IOStatus Skip(std::uint64_t bytes) override {
    const auto most = std::min(bytes, left_);
    left_ -= most;
    return target()->Skip(most);
  }

 private:
  std::uint64_t left_;
};

// What of this file was written, from its beginning.
IOStatus measure(rocksdb::FSSequentialFile& file, IODebugContext* debug, std::uint64_t& bytes) {
  std::string scratch(kWalBlockBytes, '\0');
  bytes = 0;
  while (true) {
    Slice block;
    auto status = file.Read(scratch.size(), IOOptions(), &block, scratch.data(), debug);
    if (!status.ok()) return status;
    const auto end = end_of_writing({block.data(), block.size()});
    bytes += end.value_or(block.size());
    if (end || block.size() < scratch.size()) return IOStatus::OK();
  }
}

class PreparedWalFiles final : public rocksdb::FileSystemWrapper {
 public:
  explicit PreparedWalFiles(std::shared_ptr<rocksdb::FileSystem> base)
      : FileSystemWrapper(std::move(base)) {}

  const char* Name() const override { return "silkledger.PreparedWalFiles"; }

  IOStatus NewWritableFile(const std::string& path, const FileOptions& options,
                           std::unique_ptr<rocksdb::FSWritableFile>* file,
                           IODebugContext* debug) override {
    auto status = target()->NewWritableFile(path, options, file, debug);
    if (status.ok() && is_wal(path)) *file = std::make_unique<PreparedFile>(std::move(*file));
    return status;
  }

  IOStatus NewSequentialFile(const std::string& path, const FileOptions& options,
                             std::unique_ptr<rocksdb::FSSequentialFile>* file,
                             IODebugContext* debug) override {
    if (!is_wal(path)) return target()->NewSequentialFile(path, options, file, debug);
    std::uint64_t bytes = 0;
    auto status = target()->NewSequentialFile(path, options, file, debug);
    if (status.ok()) status = measure(**file, debug, bytes);
    if (status.ok()) status = target()->NewSequentialFile(path, options, file, debug);
    if (status.ok()) *file = std::make_unique<WrittenPart>(std::move(*file), bytes);
    return status;
  }
};

// RocksDB's frame of a fragment: checksum:u32 length:u16 type:u8 payload. The checksum is a masked
// CRC-32C over type and payload.
constexpr std::size_t kFragmentHeaderBytes = 7;
constexpr std::size_t kSectorBytes = 512;

std::uint32_t crc32c(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 256> made{};
    for (std::uint32_t byte = 0; byte < made.size(); ++byte) {
      std::uint32_t crc = byte;
      for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0x82F63B78U : 0U);
      made[byte] = crc;
    }
    return made;
  }();
  std::uint32_t crc = ~0U;
  for (const char byte : bytes) {
    crc = crc >> 8U ^ table[(crc ^ static_cast<std::uint8_t>(byte)) & 0xFFU];
  }
  return ~crc;
}

bool is_whole(std::string_view fragment) {
  const std::uint32_t crc = crc32c(fragment.substr(6));
  return get_le<std::uint32_t>(fragment, 0) == (crc >> 15U | crc << 17U) + 0xA282EAD8U;
}

// Where what stands in [begin, end) was never written: a sector of it is empty, or its last one
// ends with zeros that begin before `end`.
std::optional<std::size_t> never_written(std::string_view block, std::size_t begin,
                                         std::size_t end) {
  for (std::size_t at = begin; at < std::min(end, block.size());) {
    const std::size_t next = std::min((at / kSectorBytes + 1) * kSectorBytes, block.size());
    const auto last = block.substr(at, next - at).find_last_not_of('\0');
    const std::size_t zeros = last == std::string_view::npos ? at : at + last + 1;
    if (zeros == at || (end <= next && zeros < end)) return zeros;
    at = next;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::size_t> end_of_writing(std::string_view block) {
  for (std::size_t at = 0; at + kFragmentHeaderBytes <= block.size();) {
    const auto length = get_le<std::uint16_t>(block, at + 4);
    const bool nothing = block[at + 6] == 0;  // no type of fragment
    const std::size_t end = at + kFragmentHeaderBytes + (nothing ? 0 : length);
    const auto missing = never_written(block, at, end);
    const bool whole =
        !nothing && end <= block.size() && (!missing || is_whole(block.substr(at, end - at)));
    if (!whole) return missing;
    at = end;
  }
  return std::nullopt;
}

std::shared_ptr<rocksdb::FileSystem> prepared_wal_files(std::shared_ptr<rocksdb::FileSystem> base) {
  return std::make_shared<PreparedWalFiles>(std::move(base));
}

}  // namespace silkledger::eventstore
