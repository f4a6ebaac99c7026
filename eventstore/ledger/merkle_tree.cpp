#include "eventstore/ledger/merkle_tree.h"

#include <bit>
#include <cassert>
#include <utility>

#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore {
namespace {

constexpr std::string_view kLeafPrefix("\x00", 1);
constexpr std::string_view kNodePrefix("\x01", 1);

unsigned level_of(std::uint64_t size) { return static_cast<unsigned>(std::countr_zero(size)); }

// Leaves [begin, end) of the tree; RFC 6962 splits at the largest power of two below the size.
struct Span {
  std::uint64_t begin;
  std::uint64_t end;

  std::uint64_t size() const { return end - begin; }
  Span left() const { return {begin, begin + std::bit_floor(size() - 1)}; }
  Span right() const { return {begin + std::bit_floor(size() - 1), end}; }
};

// Splitting from 0 keeps every left part aligned to its own size, so a span whose size is a power
// of two is a complete subtree.
StoreResult<Hash> hash_of(const TreeReader& tree, Span span, Digest digest = &sha256) {
  if (std::has_single_bit(span.size())) {
    const unsigned level = level_of(span.size());
    return tree.subtree(level, span.begin >> level);
  }
  auto left = hash_of(tree, span.left(), digest);
  if (std::holds_alternative<StoreError>(left)) return left;
  auto right = hash_of(tree, span.right(), digest);
  if (std::holds_alternative<StoreError>(right)) return right;
  return node_hash(std::get<Hash>(left), std::get<Hash>(right), digest);
}

StoreResult<std::vector<Hash>> hashes_of(const TreeReader& tree, const std::vector<Span>& spans) {
  std::vector<Hash> hashes;
  hashes.reserve(spans.size());
  for (auto span = spans.rbegin(); span != spans.rend(); ++span) {
    auto hash = hash_of(tree, *span);
    if (auto* error = std::get_if<StoreError>(&hash)) return std::move(*error);
    hashes.push_back(std::get<Hash>(hash));
  }
  return hashes;
}

}  // namespace

Hash leaf_hash(std::string_view record, Digest digest) { return digest(kLeafPrefix, record, {}); }

Hash node_hash(const Hash& left, const Hash& right, Digest digest) {
  return digest(kNodePrefix, bytes_of(left), bytes_of(right));
}

Hash empty_root(Digest digest) { return digest({}, {}, {}); }

void Frontier::append(const Hash& leaf, SubtreeSink* sink) { append_subtree(0, leaf, sink); }

void Frontier::append_subtree(unsigned level, const Hash& hash, SubtreeSink* sink) {
  assert(level < 64 && (size_ & ((std::uint64_t{1} << level) - 1)) == 0);
  Hash node = hash;
  // Each peak of the same size merges with the newcomer, as a carry runs through a binary counter.
  std::uint64_t index = size_ >> level;
  for (; (index & 1U) != 0; index >>= 1U) {
    node = node_hash(peaks_.back(), node, digest_);
    peaks_.pop_back();
    ++level;
    if (sink != nullptr) sink->on_subtree(level, index >> 1U, node);
  }
  peaks_.push_back(node);
  size_ = (index + 1) << level;
}

Hash Frontier::root() const {
  if (peaks_.empty()) return empty_root(digest_);
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) {
    root = node_hash(*peak, root, digest_);
  }
  return root;
}

StoreResult<Hash> root_over(const TreeReader& tree, std::uint64_t size, Digest digest) {
  if (size == 0) return empty_root(digest);
  return hash_of(tree, {0, size}, digest);
}

StoreResult<std::vector<Hash>> inclusion_proof(const TreeReader& tree, std::uint64_t index,
                                               std::uint64_t size) {
  assert(index < size);
  std::vector<Span> siblings;  // from the root down
  for (Span span{0, size}; span.size() > 1;) {
    const bool goes_left = index < span.left().end;
    siblings.push_back(goes_left ? span.right() : span.left());
    span = goes_left ? span.left() : span.right();
  }
  return hashes_of(tree, siblings);
}

StoreResult<std::vector<Hash>> consistency_proof(const TreeReader& tree, std::uint64_t old_size,
                                                 std::uint64_t size) {
  assert(0 < old_size && old_size <= size);
  std::vector<Span> spans;  // from the root down
  Span span{0, size};
  while (span.end != old_size) {
    const bool goes_left = old_size <= span.left().end;
    spans.push_back(goes_left ? span.right() : span.left());
    span = goes_left ? span.left() : span.right();
  }
  // The verifier knows the old root already; it needs the last subtree only when that is another.
  if (span.begin != 0) spans.push_back(span);
  return hashes_of(tree, spans);
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root) {
  if (index >= size) return false;
  std::uint64_t node = index;
  std::uint64_t last = size - 1;  // the rightmost node of the level
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      hash = node_hash(sibling, hash);
      // A rightmost node without a sibling moves up unchanged until it has one.
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t size, const std::vector<Hash>& proof,
                        const Hash& old_root, const Hash& root) {
  if (old_size == 0 || old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  auto sibling = proof.begin();
  std::uint64_t node = old_size - 1;
  std::uint64_t last = size - 1;
  while ((node & 1U) != 0) {
    node >>= 1U;
    last >>= 1U;
  }
  // A power of two: the old root itself is the first subtree, and the proof leaves it out.
  const bool starts_at_root = node == 0;
  if (!starts_at_root && sibling == proof.end()) return false;
  Hash old_hash = starts_at_root ? old_root : *sibling;
  Hash hash = old_hash;
  if (!starts_at_root) ++sibling;
  for (; sibling != proof.end(); ++sibling) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      old_hash = node_hash(*sibling, old_hash);
      hash = node_hash(*sibling, hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1U;
        last >>= 1U;
      }
    } else {
      hash = node_hash(hash, *sibling);
    }
    node >>= 1U;
    last >>= 1U;
  }
  return last == 0 && old_hash == old_root && hash == root;
}

}  // namespace silkledger::eventstore
