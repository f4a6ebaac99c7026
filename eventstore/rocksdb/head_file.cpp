#include "eventstore/rocksdb/head_file.h"

#include <rocksdb/env.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "eventstore/codec/little_endian.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/store_error.h"

namespace silkledger::eventstore {
namespace {

constexpr std::string_view kMagic("SLKHEAD\x01", 8);
constexpr std::size_t kFixedBytes = 72;
constexpr std::size_t kTreeBytes = 64;
constexpr std::size_t kAlgorithmBytes = 24;
constexpr std::size_t kStoreIdBytes = 32;
constexpr std::size_t kCoveredBytes = kHeadSlotBytes - sizeof(Hash);
static_assert(kFixedBytes + kHeadTreesMax * kTreeBytes <= kCoveredBytes);

void put_padded(std::string& out, std::string_view text, std::size_t width) {
  assert(text.size() <= width);
  out.append(text).append(width - text.size(), '\0');
}

std::string get_padded(std::string_view bytes) {
  return std::string(bytes.substr(0, std::min(bytes.find('\0'), bytes.size())));
}

void put_tree(std::string& out, const TreeHead& tree) {
  put_padded(out, tree.algorithm, kAlgorithmBytes);
  put_le<std::uint64_t>(out, tree.position);
  out.append(bytes_of(tree.root));
}

TreeHead get_tree(std::string_view bytes) {
  return {get_padded(bytes.substr(0, kAlgorithmBytes)),
          get_le<std::uint64_t>(bytes, kAlgorithmBytes),
          hash_from(bytes.substr(kAlgorithmBytes + 8, sizeof(Hash)))};
}

std::string path_in(const std::filesystem::path& folder) {
  return (folder / std::string(kHeadFileName)).string();
}

std::optional<StoreError> sync_folder(rocksdb::Env& env, const std::string& folder) {
  std::unique_ptr<rocksdb::Directory> directory;
  auto status = env.NewDirectory(folder, &directory);
  if (status.ok()) status = directory->Fsync();
  if (!status.ok()) return store_error(status, "could not sync the folder \"" + folder + "\"");
  return std::nullopt;
}

}  // namespace

std::string encode_head_slot(const HeadPromise& promise, std::uint64_t sequence) {
  assert(1 + promise.followed.size() <= kHeadTreesMax);
  std::string slot(kMagic);
  put_le<std::uint64_t>(slot, sequence);
  put_le<std::uint64_t>(slot, promise.epoch);
  put_le(slot, static_cast<std::uint64_t>(promise.recorded_at));
  put_padded(slot, promise.store_id, kStoreIdBytes);
  put_le(slot, static_cast<std::uint32_t>(1 + promise.followed.size()));
  put_le<std::uint32_t>(slot, 0);
  put_tree(slot, promise.log);
  for (const TreeHead& tree : promise.followed) put_tree(slot, tree);
  slot.resize(kCoveredBytes, '\0');
  return slot.append(bytes_of(sha256(slot)));
}

std::optional<HeadSlot> decode_head_slot(std::string_view slot) {
  if (slot.size() != kHeadSlotBytes || !slot.starts_with(kMagic)) return std::nullopt;
  if (sha256(slot.substr(0, kCoveredBytes)) != hash_from(slot.substr(kCoveredBytes))) {
    return std::nullopt;
  }
  HeadSlot read;
  read.sequence = get_le<std::uint64_t>(slot, 8);
  read.promise.epoch = get_le<std::uint64_t>(slot, 16);
  read.promise.recorded_at = static_cast<Microseconds>(get_le<std::uint64_t>(slot, 24));
  read.promise.store_id = get_padded(slot.substr(32, kStoreIdBytes));
  const auto trees = get_le<std::uint32_t>(slot, 64);
  if (trees == 0 || trees > kHeadTreesMax) return std::nullopt;
  read.promise.log = get_tree(slot.substr(kFixedBytes));
  for (std::size_t i = 1; i < trees; ++i) {
    read.promise.followed.push_back(get_tree(slot.substr(kFixedBytes + i * kTreeBytes)));
  }
  return read;
}

StoreResult<HeadFile::Reading> HeadFile::read(rocksdb::Env& env,
                                              const std::filesystem::path& folder) {
  const std::string path = path_in(folder);
  const auto found = env.FileExists(path);
  if (found.IsNotFound()) {
    return StoreError{StoreError::Kind::not_found, "there is no head file \"" + path + "\"", 0};
  }
  std::string bytes;
  const auto status = rocksdb::ReadFileToString(&env, path, &bytes);
  if (!status.ok()) return store_error(status, "could not read the head file \"" + path + "\"");
  const std::string_view view(bytes);
  auto first = decode_head_slot(view.substr(0, kHeadSlotBytes));
  auto second = view.size() < kHeadSlotBytes
                    ? std::nullopt
                    : decode_head_slot(view.substr(kHeadSlotBytes, kHeadSlotBytes));
  if (!first && !second) {
    return StoreError{StoreError::Kind::corrupt, "both slots of \"" + path + "\" are damaged", 0};
  }
  Reading reading;
  if (bytes.size() != kHeadFileBytes) {
    reading.damage = "it has " + std::to_string(bytes.size()) + " bytes instead of " +
                     std::to_string(kHeadFileBytes);
  } else if (!first || !second) {
    reading.damage = first ? "its second slot is damaged" : "its first slot is damaged";
  }
  auto& newer = !second || (first && first->sequence > second->sequence) ? first : second;
  reading.promise = std::move(newer->promise);
  return reading;
}

StoreResult<std::unique_ptr<HeadFile>> HeadFile::create(rocksdb::Env& env,
                                                        const std::filesystem::path& folder,
                                                        const HeadPromise& promise) {
  const std::string path = path_in(folder);
  const std::string unfinished = path + ".new";
  const std::string bytes = encode_head_slot(promise, 1) + encode_head_slot(promise, 2);
  auto status = rocksdb::WriteStringToFile(&env, bytes, unfinished, true);
  if (status.ok()) status = env.RenameFile(unfinished, path);
  if (!status.ok()) return store_error(status, "could not write the head file \"" + path + "\"");
  if (auto failed = sync_folder(env, folder.string())) return *std::move(failed);
  std::unique_ptr<rocksdb::RandomRWFile> file;
  status = env.NewRandomRWFile(path, &file, rocksdb::EnvOptions());
  if (!status.ok()) return store_error(status, "could not open the head file \"" + path + "\"");
  return std::unique_ptr<HeadFile>(new HeadFile(std::move(file), path));
}

HeadFile::HeadFile(std::unique_ptr<rocksdb::RandomRWFile> file, std::string path)
    : file_(std::move(file)), path_(std::move(path)), sequence_(2) {}

HeadFile::~HeadFile() = default;

std::optional<StoreError> HeadFile::write(const HeadPromise& promise) {
  const std::uint64_t sequence = sequence_ + 1;
  // Slot 0 holds odd sequences, as create() leaves them.
  const std::uint64_t offset = sequence % 2 == 1 ? 0 : kHeadSlotBytes;
  auto status = file_->Write(offset, encode_head_slot(promise, sequence));
  if (status.ok()) status = file_->Sync();
  if (!status.ok()) return store_error(status, "could not write the head file \"" + path_ + "\"");
  sequence_ = sequence;
  return std::nullopt;
}

}  // namespace silkledger::eventstore
