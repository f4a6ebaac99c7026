// The RFC 6962 hash tree over the log (docs/formats/merkle.md): leaf, node, root, proofs; with
// SHA-256 unless another digest is named.
//
// A complete subtree is named by (level, index): it spans the 2^level leaves from index·2^level on,
// counted from 0; level 0 is a leaf. Leaf i belongs to position i + 1.
// Threads: values; a Frontier has one owner. Errors: only those of the TreeReader, passed through.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/event_store.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/record.h"

namespace silkledger::eventstore {

// Names the trees in stored metadata; another hash is another name.
inline constexpr std::string_view kMerkleAlgorithm = "rfc6962-sha256";
inline constexpr std::string_view kSm3Algorithm = "rfc6962-sm3";

// The digest a tree is made with.
using Digest = Hash (*)(std::string_view first, std::string_view second, std::string_view third);

Hash leaf_hash(std::string_view record, Digest digest = &sha256);
Hash node_hash(const Hash& left, const Hash& right, Digest digest = &sha256);
// Root of the tree without leaves.
Hash empty_root(Digest digest = &sha256);

// A root, with what it was computed over and by.
struct TreeHead {
  std::string algorithm;
  Position position = 0;
  Hash root{};
  friend bool operator==(const TreeHead&, const TreeHead&) = default;
};

// Takes note of every complete subtree as it is finished.
class SubtreeSink {
 public:
  virtual ~SubtreeSink() = default;
  virtual void on_subtree(unsigned level, std::uint64_t index, const Hash& hash) = 0;
};

// The right edge of the tree: enough to append leaves and to tell the root.
class Frontier {
 public:
  explicit Frontier(Digest digest = &sha256) : digest_(digest) {}

  std::uint64_t size() const { return size_; }
  // The complete subtrees of the right edge, largest first: one for each bit set in size().
  const std::vector<Hash>& peaks() const { return peaks_; }

  // `sink`, when given, hears of subtrees from level 1 up.
  void append(const Hash& leaf, SubtreeSink* sink = nullptr);

  // Adds a complete subtree at the right edge. Requires: size() is a multiple of 2^level.
  void append_subtree(unsigned level, const Hash& hash, SubtreeSink* sink = nullptr);

  Hash root() const;

 private:
  Digest digest_;
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

// Where complete subtrees come from.
class TreeReader {
 public:
  virtual ~TreeReader() = default;
  // Requires: the subtree is complete in the log.
  virtual StoreResult<Hash> subtree(unsigned level, std::uint64_t index) const = 0;
};

// Root over the first `size` leaves.
StoreResult<Hash> root_over(const TreeReader& tree, std::uint64_t size, Digest digest = &sha256);

// Audit path (RFC 6962, 2.1.1) of leaf `index` in the tree of `size` leaves. Requires: index <
// size.
StoreResult<std::vector<Hash>> inclusion_proof(const TreeReader& tree, std::uint64_t index,
                                               std::uint64_t size);

// Consistency proof (RFC 6962, 2.1.2) between two sizes. Requires: 0 < old_size <= size.
StoreResult<std::vector<Hash>> consistency_proof(const TreeReader& tree, std::uint64_t old_size,
                                                 std::uint64_t size);

// Both take what a stranger sent, so nothing is required of the arguments.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root);
bool verify_consistency(std::uint64_t old_size, std::uint64_t size, const std::vector<Hash>& proof,
                        const Hash& old_root, const Hash& root);

}  // namespace silkledger::eventstore
