#include "eventstore/rocksdb/record_tree.h"

#include <cassert>
#include <utility>

#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/record_cursor.h"

namespace silkledger::eventstore {

RecordTree::RecordTree(const Database& database, std::string_view algorithm)
    : database_(database), algorithm_(algorithm) {
  assert(algorithm == kMerkleAlgorithm || algorithm == kSm3Algorithm);
}

StoreResult<Hash> RecordTree::subtree(unsigned level, std::uint64_t index) const {
  if (level >= keys::kStoredLevelMin) return stored(level, index);
  const bool is_log = algorithm_ == kMerkleAlgorithm;
  RecordCursor cursor(database_);
  if (level > 0) cursor.expect_neighbours();
  Frontier frontier(is_log ? &sha256 : &sm3);
  const Position first = (index << level) + 1;
  for (Position at = first; at < first + (std::uint64_t{1} << level); ++at) {
    auto read = cursor.at(at);
    if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
    const auto& record = std::get<StoredRecord>(read);
    frontier.append(is_log ? record.leaf : leaf_hash(record.bytes, &sm3));
  }
  return frontier.root();
}

StoreResult<Hash> RecordTree::stored(unsigned level, std::uint64_t index) const {
  const std::string key = algorithm_ == kMerkleAlgorithm
                              ? keys::tree(level, index)
                              : keys::followed_tree(algorithm_, level, index);
  auto value = database_.get(database_.meta_family(), key);
  if (auto* error = std::get_if<StoreError>(&value)) return std::move(*error);
  const auto& hash = std::get<std::optional<std::string>>(value);
  const Position last = (index + 1) << level;
  if (!hash || hash->size() != sizeof(Hash)) {
    return StoreError{StoreError::Kind::corrupt,
                      "the hash of the subtree ending at position " + std::to_string(last) +
                          ", level " + std::to_string(level) + ", of " + std::string(algorithm_) +
                          ", is missing",
                      last};
  }
  return hash_from(*hash);
}

}  // namespace silkledger::eventstore
