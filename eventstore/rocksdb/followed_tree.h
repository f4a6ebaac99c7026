// The SM3 tree over the log (docs/formats/merkle.md), computed behind the durable head, slice by
// slice; its checkpoint and subtrees are stored beside the log's own.
//
// Threads: one owner. Ownership: the database must outlive it. Errors: corrupt when what is stored,
// or what was promised, is not what the records give; io. After an error nothing has moved.
#pragma once

#include <cstdint>
#include <optional>

#include "eventstore/event_store.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/rocksdb/database.h"

namespace silkledger::eventstore {

class FollowedTree {
 public:
  // From its checkpoint, or from the first record when there is none. `log_end` bounds it.
  static StoreResult<FollowedTree> load(const Database& database, Position log_end);

  // What the head file said: compared at once, or as soon as the tree gets there.
  std::optional<StoreError> expect(const TreeHead& promised);

  // Takes the next records, at most `records_max` and none beyond `durable`, and stores how far it
  // came; the write is not synced, as the tree can be computed again.
  std::optional<StoreError> advance(Position durable, std::uint32_t records_max);

  Position position() const { return frontier_.size(); }
  TreeHead head() const;

 private:
  explicit FollowedTree(const Database& database) : database_(&database) {}

  const Database* database_;
  Frontier frontier_{&sm3};
  std::optional<TreeHead> promised_;
};

}  // namespace silkledger::eventstore
