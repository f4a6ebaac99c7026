#include "eventstore/ledger/merkle_tree.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore {
namespace {

// The tree as RFC 6962 section 2.1 writes it down, on its own hash calls: slow and plainly right.
Hash plain_sha256(const std::string& bytes) {
  Hash hash;
  unsigned int size = 0;
  EXPECT_EQ(EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr), 1);
  return hash;
}

std::string text(const Hash& hash) { return {hash.begin(), hash.end()}; }

Hash plain_root(const std::vector<std::string>& entries) {
  if (entries.empty()) return plain_sha256("");
  if (entries.size() == 1) return plain_sha256(std::string(1, '\0') + entries[0]);
  std::size_t k = 1;
  while (2 * k < entries.size()) k *= 2;
  const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(k);
  return plain_sha256("\x01" + text(plain_root({entries.begin(), middle})) +
                      text(plain_root({middle, entries.end()})));
}

std::vector<std::string> entries(std::size_t count) {
  std::vector<std::string> made;
  for (std::size_t i = 0; i < count; ++i) made.push_back("entry " + std::to_string(i));
  return made;
}

class WholeTree final : public TreeReader, public SubtreeSink {
 public:
  explicit WholeTree(std::size_t leaves) {
    for (const std::string& entry : entries(leaves)) {
      nodes_[{0, frontier_.size()}] = leaf_hash(entry);
      frontier_.append(leaf_hash(entry), this);
    }
  }
  void on_subtree(unsigned level, std::uint64_t index, const Hash& hash) override {
    EXPECT_TRUE(nodes_.emplace(std::pair(level, index), hash).second) << "told twice";
  }
  StoreResult<Hash> subtree(unsigned level, std::uint64_t index) const override {
    return nodes_.at({level, index});
  }
  const Frontier& frontier() const { return frontier_; }

 private:
  Frontier frontier_;
  std::map<std::pair<unsigned, std::uint64_t>, Hash> nodes_;
};

constexpr std::size_t kLeaves = 70;

// The example of GB/T 32905-2016, appendix A.1.
TEST(MerkleTree, Sm3IsTheStandardsOwn) {
  EXPECT_EQ(to_hex(sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
  EXPECT_EQ(sm3("a", "b", "c"), sm3("abc"));
  EXPECT_NE(sm3("abc"), sha256("abc"));
}

// The same definition over another digest, on its own hash calls.
Hash plain_sm3_root(const std::vector<std::string>& entries) {
  if (entries.size() == 1) return sm3(std::string(1, '\0') + entries[0]);
  std::size_t k = 1;
  while (2 * k < entries.size()) k *= 2;
  const auto middle = entries.begin() + static_cast<std::ptrdiff_t>(k);
  return sm3("\x01" + text(plain_sm3_root({entries.begin(), middle})) +
             text(plain_sm3_root({middle, entries.end()})));
}

TEST(MerkleTree, IsTheSameTreeOverSm3) {
  Frontier frontier(&sm3);
  EXPECT_EQ(frontier.root(), sm3(""));
  for (std::size_t size = 1; size <= kLeaves; ++size) {
    frontier.append(leaf_hash(entries(size).back(), &sm3));
    EXPECT_EQ(frontier.root(), plain_sm3_root(entries(size))) << size << " leaves";
  }
  Frontier again(&sm3);
  auto peak = frontier.peaks().begin();
  for (unsigned level = 64; level-- > 0;) {
    if ((kLeaves >> level & 1U) != 0) again.append_subtree(level, *peak++);
  }
  EXPECT_EQ(again.root(), frontier.root()) << "its peaks are enough to go on from";
}

// The eight entries that Certificate Transparency's implementations test with, and their roots.
TEST(MerkleTree, KnownRootsOfCertificateTransparency) {
  const std::vector<std::string> inputs = {
      {},
      std::string("\x00", 1),
      "\x10",
      "\x20\x21",
      "\x30\x31",
      "\x40\x41\x42\x43",
      "\x50\x51\x52\x53\x54\x55\x56\x57",
      "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
  };
  EXPECT_EQ(to_hex(Frontier().root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Frontier frontier;
  std::vector<std::string> so_far;
  for (const std::string& input : inputs) {
    frontier.append(leaf_hash(input));
    so_far.push_back(input);
    EXPECT_EQ(frontier.root(), plain_root(so_far));
    if (so_far.size() == 1) {
      EXPECT_EQ(to_hex(frontier.root()),
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }
  }
  EXPECT_EQ(to_hex(frontier.root()),
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

TEST(MerkleTree, FrontierAgreesWithTheDefinitionAtEverySize) {
  Frontier frontier;
  for (std::size_t size = 0; size <= kLeaves; ++size) {
    EXPECT_EQ(frontier.size(), size);
    EXPECT_EQ(frontier.root(), plain_root(entries(size))) << size;
    frontier.append(leaf_hash("entry " + std::to_string(size)));
  }
}

TEST(MerkleTree, RootOverAnEarlierSizeIsTheRootOfThen) {
  const WholeTree tree(kLeaves);
  for (std::size_t size = 0; size <= kLeaves; ++size) {
    EXPECT_EQ(std::get<Hash>(root_over(tree, size)), plain_root(entries(size))) << size;
  }
}

TEST(MerkleTree, FrontierContinuesFromCompleteSubtrees) {
  const WholeTree tree(kLeaves);  // 64 + 4 + 2
  Frontier frontier;
  frontier.append_subtree(6, std::get<Hash>(tree.subtree(6, 0)));
  frontier.append_subtree(2, std::get<Hash>(tree.subtree(2, 16)));
  frontier.append(std::get<Hash>(tree.subtree(0, 68)));
  frontier.append(std::get<Hash>(tree.subtree(0, 69)));
  EXPECT_EQ(frontier.size(), kLeaves);
  EXPECT_EQ(frontier.root(), tree.frontier().root());
}

TEST(MerkleTree, EveryLeafIsProvedIncludedAndNoOtherIs) {
  const WholeTree tree(kLeaves);
  for (std::uint64_t size = 1; size <= kLeaves; ++size) {
    const Hash root = std::get<Hash>(root_over(tree, size));
    for (std::uint64_t index = 0; index < size; ++index) {
      const Hash leaf = std::get<Hash>(tree.subtree(0, index));
      auto proof = std::get<std::vector<Hash>>(inclusion_proof(tree, index, size));
      EXPECT_TRUE(verify_inclusion(leaf, index, size, proof, root)) << index << " of " << size;
      EXPECT_FALSE(verify_inclusion(leaf, index + 1, size, proof, root) && size > 1);
      EXPECT_FALSE(verify_inclusion(leaf_hash("forged"), index, size, proof, root));
      proof.push_back(root);
      EXPECT_FALSE(verify_inclusion(leaf, index, size, proof, root)) << "a longer proof";
      proof.pop_back();
      if (proof.empty()) continue;
      proof.pop_back();
      EXPECT_FALSE(verify_inclusion(leaf, index, size, proof, root)) << "a shorter proof";
    }
  }
}

TEST(MerkleTree, EveryEarlierTreeIsProvedAPrefixAndAnotherIsNot) {
  const WholeTree tree(kLeaves);
  for (std::uint64_t size = 1; size <= kLeaves; ++size) {
    const Hash root = std::get<Hash>(root_over(tree, size));
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      const Hash old_root = std::get<Hash>(root_over(tree, old_size));
      auto proof = std::get<std::vector<Hash>>(consistency_proof(tree, old_size, size));
      EXPECT_TRUE(verify_consistency(old_size, size, proof, old_root, root));
      EXPECT_FALSE(verify_consistency(old_size, size, proof, leaf_hash("forged"), root));
      EXPECT_FALSE(verify_consistency(old_size, size, proof, old_root, leaf_hash("forged")));
      for (Hash& node : proof) {
        node[7] ^= 1U;
        EXPECT_FALSE(verify_consistency(old_size, size, proof, old_root, root));
        node[7] ^= 1U;
      }
    }
  }
}

TEST(MerkleTree, ProofsOfImpossibleSizesAreRefused) {
  const Hash any = empty_root();
  EXPECT_FALSE(verify_inclusion(any, 0, 0, {}, any));
  EXPECT_FALSE(verify_inclusion(any, 5, 5, {}, any));
  EXPECT_FALSE(verify_consistency(0, 5, {}, any, any));
  EXPECT_FALSE(verify_consistency(6, 5, {}, any, any));
  EXPECT_FALSE(verify_consistency(3, 5, {}, any, any));
}

}  // namespace
}  // namespace silkledger::eventstore
