// The head file: what a log promises to hold, in a small file of its own beside it
// (docs/formats/head.md). A log that lost its end looks whole by itself; this file tells.
//
// Two checksummed slots are written in turn, in place, so that a torn write leaves the other one.
// Threads: one owner. Ownership: the environment outlives it. Errors: corrupt when no slot can be
// trusted, not_found when there is no file, io.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/ledger/merkle_tree.h"

namespace rocksdb {
class Env;
class RandomRWFile;
}  // namespace rocksdb

namespace silkledger::eventstore {

inline constexpr std::string_view kHeadFileName = "HEAD";
inline constexpr std::size_t kHeadSlotBytes = 4096;
inline constexpr std::size_t kHeadFileBytes = 2 * kHeadSlotBytes;
inline constexpr std::size_t kHeadTreesMax = 8;

struct HeadPromise {
  std::string store_id;  // 32 hex digits
  Epoch epoch = 1;
  Microseconds recorded_at = 0;    // of the last record promised
  TreeHead log;                    // by kMerkleAlgorithm; its position is the promise
  std::vector<TreeHead> followed;  // other trees, each as far as it was computed
  friend bool operator==(const HeadPromise&, const HeadPromise&) = default;
};

// One slot. A higher sequence is newer.
std::string encode_head_slot(const HeadPromise& promise, std::uint64_t sequence);
struct HeadSlot {
  HeadPromise promise;
  std::uint64_t sequence = 0;
};
// Nothing when a single byte of the slot is not as it was written.
std::optional<HeadSlot> decode_head_slot(std::string_view slot);

class HeadFile {
 public:
  struct Reading {
    HeadPromise promise;
    std::string damage;  // of the slot that does not serve or of the file; empty when there is none
  };
  static StoreResult<Reading> read(rocksdb::Env& env, const std::filesystem::path& folder);

  // Writes the file anew in both slots, and syncs it and its folder: whatever was there before is
  // replaced at once or not at all.
  static StoreResult<std::unique_ptr<HeadFile>> create(rocksdb::Env& env,
                                                       const std::filesystem::path& folder,
                                                       const HeadPromise& promise);
  ~HeadFile();

  // Overwrites the older slot and syncs. Takes no room on the disk.
  std::optional<StoreError> write(const HeadPromise& promise);

 private:
  HeadFile(std::unique_ptr<rocksdb::RandomRWFile> file, std::string path);

  std::unique_ptr<rocksdb::RandomRWFile> file_;
  std::string path_;
  std::uint64_t sequence_;
};

}  // namespace silkledger::eventstore
