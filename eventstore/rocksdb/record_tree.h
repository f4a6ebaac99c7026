// The subtrees of a tree over the log: the stored ones, and the others from their leaves.
//
// Threads: any. Ownership: the database must outlive it. Requires: leaves asked for are in the log.
#pragma once

#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/rocksdb/database.h"

namespace silkledger::eventstore {

class RecordTree final : public TreeReader {
 public:
  // kMerkleAlgorithm or kSm3Algorithm.
  explicit RecordTree(const Database& database, std::string_view algorithm = kMerkleAlgorithm);

  StoreResult<Hash> subtree(unsigned level, std::uint64_t index) const override;

 private:
  StoreResult<Hash> stored(unsigned level, std::uint64_t index) const;

  const Database& database_;
  std::string_view algorithm_;
};

}  // namespace silkledger::eventstore
