#include "eventstore/rocksdb/followed_tree.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/record_cursor.h"
#include "eventstore/rocksdb/record_tree.h"
#include "eventstore/rocksdb/store_error.h"

namespace silkledger::eventstore {
namespace {

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

StoreError corrupt(std::string detail, Position position) {
  return {StoreError::Kind::corrupt, std::move(detail), position};
}

// Filling a batch fails only when memory does.
void require(const rocksdb::Status& status) {
  if (!status.ok()) std::abort();
}

class Batch final : public SubtreeSink {
 public:
  explicit Batch(const Database& database) : database_(database) {}

  void on_subtree(unsigned level, std::uint64_t index, const Hash& hash) override {
    if (level < keys::kStoredLevelMin) return;
    require(batch_.Put(database_.meta_family(), keys::followed_tree(kSm3Algorithm, level, index),
                       slice(bytes_of(hash))));
  }

  std::optional<StoreError> write(const Frontier& frontier) {
    require(batch_.Put(database_.meta_family(), keys::followed(kSm3Algorithm),
                       keys::followed_value({frontier.size(), frontier.peaks()})));
    const auto status = database_.write(rocksdb::WriteOptions(), batch_);
    if (!status.ok()) return store_error(status, "could not store the SM3 tree");
    return std::nullopt;
  }

 private:
  const Database& database_;
  rocksdb::WriteBatch batch_;
};

std::optional<StoreError> differing(const TreeHead& promised, const Hash& found) {
  if (promised.root == found) return std::nullopt;
  return corrupt("the root of " + promised.algorithm + " at position " +
                     std::to_string(promised.position) + " is " + to_hex(found) +
                     ", and the head file says " + to_hex(promised.root),
                 promised.position);
}

}  // namespace

StoreResult<FollowedTree> FollowedTree::load(const Database& database, Position log_end) {
  auto found = database.get(database.meta_family(), keys::followed(kSm3Algorithm));
  if (auto* error = std::get_if<StoreError>(&found)) return std::move(*error);
  const auto& bytes = std::get<std::optional<std::string>>(found);
  FollowedTree tree(database);
  if (!bytes) return tree;
  const auto value = keys::read_followed_value(*bytes);
  if (!value) return corrupt("the checkpoint of the SM3 tree breaks its grammar", 0);
  if (value->position > log_end) {
    return corrupt("the log ends at position " + std::to_string(log_end) +
                       ", and its SM3 tree was computed up to " + std::to_string(value->position),
                   log_end);
  }
  auto peak = value->peaks.begin();
  for (unsigned level = 64; level-- > 0;) {
    if ((value->position >> level & 1U) != 0) tree.frontier_.append_subtree(level, *peak++);
  }
  return tree;
}

std::optional<StoreError> FollowedTree::expect(const TreeHead& promised) {
  if (promised.position > position()) {
    promised_ = promised;
    return std::nullopt;
  }
  auto root = root_over(RecordTree(*database_, kSm3Algorithm), promised.position, &sm3);
  if (auto* error = std::get_if<StoreError>(&root)) return std::move(*error);
  return differing(promised, std::get<Hash>(root));
}

std::optional<StoreError> FollowedTree::advance(Position durable, std::uint32_t records_max) {
  if (position() >= durable) return std::nullopt;
  const Position end = std::min<Position>(durable, position() + records_max);
  Frontier frontier = frontier_;
  Batch batch(*database_);
  RecordCursor cursor(*database_);
  cursor.expect_neighbours();
  while (frontier.size() < end) {
    auto read = cursor.at(frontier.size() + 1);
    if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
    frontier.append(leaf_hash(std::get<StoredRecord>(read).bytes, &sm3), &batch);
    if (promised_ && promised_->position == frontier.size()) {
      if (auto error = differing(*promised_, frontier.root())) return error;
    }
  }
  if (auto error = batch.write(frontier)) return error;
  frontier_ = std::move(frontier);
  if (promised_ && promised_->position <= position()) promised_.reset();
  return std::nullopt;
}

TreeHead FollowedTree::head() const {
  return {std::string(kSm3Algorithm), position(), frontier_.root()};
}

}  // namespace silkledger::eventstore
