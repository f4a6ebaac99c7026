// Forged proofs, put together from the very hashes of the tree: only the true proof is accepted.
//
// The size of the tree is trusted, as it comes with the root: RFC 6962 binds no size into a root.
#include <string>
#include <vector>

#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/ledger/sha256.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {
namespace {

using namespace eventstore;

constexpr std::uint64_t kLeavesMax = 40;

class Tree final : public TreeReader {
 public:
  Tree() {
    for (std::uint64_t i = 0; i < kLeavesMax; ++i) leaves_.push_back(leaf_hash(std::to_string(i)));
  }
  StoreResult<Hash> subtree(unsigned level, std::uint64_t index) const override {
    return over(index << level, std::uint64_t{1} << level);
  }
  Hash leaf(std::uint64_t index) const { return leaves_[index]; }
  Hash root(std::uint64_t size) const { return size == 0 ? empty_root() : over(0, size); }
  // Any node of any tree up to the largest: what a forger has at hand.
  Hash node(std::uint8_t first, std::uint8_t size) const {
    const std::uint64_t from = first % kLeavesMax;
    return over(from, 1 + size % (kLeavesMax - from));
  }

 private:
  Hash over(std::uint64_t first, std::uint64_t size) const {
    if (size == 1) return leaves_[first];
    std::uint64_t half = 1;
    while (2 * half < size) half *= 2;
    return node_hash(over(first, half), over(first + half, size - half));
  }
  std::vector<Hash> leaves_;
};

using Proof = std::vector<Hash>;

// Draws from the front of the input; zeros when it is used up.
class Draw {
 public:
  explicit Draw(std::string_view bytes) : left_(bytes) {}
  bool empty() const { return left_.empty(); }
  std::uint8_t byte() {
    if (left_.empty()) return 0;
    const auto value = static_cast<std::uint8_t>(left_.front());
    left_.remove_prefix(1);
    return value;
  }

 private:
  std::string_view left_;
};

// The true proof with what the input does to it.
Proof forge(Proof proof, const Tree& tree, Draw& draw) {
  while (!draw.empty()) {
    const std::uint8_t what = draw.byte();
    const std::size_t at = proof.empty() ? 0 : draw.byte() % proof.size();
    const auto place = proof.begin() + static_cast<std::ptrdiff_t>(at);
    if (what % 5 == 0) {
      const Hash node = tree.node(draw.byte(), draw.byte());
      proof.insert(place, node);
    } else if (proof.empty()) {
      continue;
    } else if (what % 5 == 1) {
      *place = tree.node(draw.byte(), draw.byte());
    } else if (what % 5 == 2) {
      proof.erase(place);
    } else if (what % 5 == 3) {
      std::swap(proof[at], proof[draw.byte() % proof.size()]);
    } else {
      const std::uint8_t bit = draw.byte();
      (*place)[bit % 32] ^= static_cast<std::uint8_t>(1u << (bit / 32));
    }
  }
  return proof;
}

void proofs(std::string_view bytes) {
  static const Tree tree;
  Draw draw(bytes);
  const std::uint64_t size = 1 + draw.byte() % kLeavesMax;
  const std::uint64_t index = draw.byte() % size;
  const std::uint64_t old_size = 1 + draw.byte() % size;
  const std::uint64_t other = draw.byte() % size;
  const Hash root = tree.root(size);
  const Hash old_root = tree.root(old_size);

  const Proof audit = std::get<Proof>(inclusion_proof(tree, index, size));
  expect(verify_inclusion(tree.leaf(index), index, size, audit, root), "a true audit path holds");
  expect(other == index || !verify_inclusion(tree.leaf(index), other, size, audit, root),
         "a leaf is included at its own index only");
  const Proof growth = std::get<Proof>(consistency_proof(tree, old_size, size));
  expect(verify_consistency(old_size, size, growth, old_root, root), "a true consistency holds");

  Draw again = draw;
  const Proof forged_audit = forge(audit, tree, draw);
  expect(verify_inclusion(tree.leaf(index), index, size, forged_audit, root) ==
             (forged_audit == audit),
         "only the true audit path is accepted");
  expect(other == index || !verify_inclusion(tree.leaf(other), index, size, forged_audit, root),
         "another leaf is not included");
  const Proof forged_growth = forge(growth, tree, again);
  expect(verify_consistency(old_size, size, forged_growth, old_root, root) ==
             (forged_growth == growth),
         "only the true consistency proof is accepted");
  const Hash other_root = tree.root(other);
  expect(other == old_size || !verify_consistency(old_size, size, forged_growth, other_root, root),
         "a history of another root is not continued");
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::proofs(silkledger::fuzz::text_of(data, size));
  return 0;
}
