#include "projections/memory/memory_view_stores.h"

#include <algorithm>
#include <atomic>
#include <cassert>
#include <utility>

namespace silkledger::projections {

class MemoryViewStore::Snapshot final : public ViewSnapshot {
 public:
  explicit Snapshot(Content content) : content_(std::move(content)) {}

  ViewResult<std::string> checkpoint() const override { return content_.checkpoint; }

  ViewResult<std::optional<std::string>> get(std::string_view family,
                                             std::string_view key) const override {
    const Table& table = table_of(family);
    const auto found = table.find(key);
    if (found == table.end()) return std::optional<std::string>();
    return std::optional(found->second);
  }

  ViewResult<std::vector<KeyValue>> scan(std::string_view family, const KeyRange& range,
                                         std::uint32_t keys_max) const override {
    const Table& table = table_of(family);
    std::vector<KeyValue> found;
    const auto take = [&](const auto& entry) {
      if (!entry.first.starts_with(range.prefix)) return false;
      found.push_back({entry.first, entry.second});
      return true;
    };
    if (range.backwards) {
      auto at = last_of(table, range);
      while (at != table.begin() && found.size() < keys_max) {
        --at;
        if (range.from && at->first < *range.from) break;
        if (!take(*at)) break;
      }
      return found;
    }
    auto at = table.lower_bound(std::max(range.prefix, range.from.value_or(std::string())));
    if (range.after && (at == table.end() || at->first <= *range.after)) {
      at = table.upper_bound(*range.after);
    }
    for (; at != table.end() && found.size() < keys_max; ++at) {
      if (range.until && at->first > *range.until) break;
      if (!take(*at)) break;
    }
    return found;
  }

 private:
  const Table& table_of(std::string_view family) const {
    const auto found = content_.tables.find(family);
    assert(found != content_.tables.end() && "no such family");
    return *found->second;
  }

  // One past the last entry of the range.
  static Table::const_iterator last_of(const Table& table, const KeyRange& range) {
    auto at = table.end();
    if (!range.prefix.empty()) {
      std::string beyond = range.prefix;
      while (!beyond.empty() && beyond.back() == '\xff') beyond.pop_back();
      if (!beyond.empty()) {
        beyond.back() = static_cast<char>(static_cast<unsigned char>(beyond.back()) + 1U);
        at = table.lower_bound(beyond);
      }
    }
    const auto sooner = [&](Table::const_iterator other) {
      if (at == table.end() || (other != table.end() && other->first < at->first)) at = other;
    };
    if (range.until) sooner(table.upper_bound(*range.until));
    if (range.after) sooner(table.lower_bound(*range.after));
    return at;
  }

  Content content_;
};

MemoryViewStore::MemoryViewStore(std::vector<std::string> families)
    : families_(std::move(families)) {
  for (const std::string& family : families_) {
    content_.tables.emplace(family, std::make_shared<Table>());
  }
}

std::optional<ViewStoreError> MemoryViewStore::commit(const WriteBatch& batch) {
  const std::lock_guard lock(mutex_);
  for (const Write& write : batch.writes) {
    const auto found = content_.tables.find(write.family);
    assert(found != content_.tables.end() && "no such family");
    // A snapshot holds this table: it keeps the old one and we go on with a copy.
    if (found->second.use_count() > 1) found->second = std::make_shared<Table>(*found->second);
    // Reads of a snapshot that was dropped by another thread happened before this write.
    std::atomic_thread_fence(std::memory_order_acquire);
    if (write.value) {
      found->second->insert_or_assign(write.key, *write.value);
    } else {
      found->second->erase(write.key);
    }
  }
  content_.checkpoint = batch.checkpoint;
  return std::nullopt;
}

std::shared_ptr<const ViewSnapshot> MemoryViewStore::snapshot() const {
  const std::lock_guard lock(mutex_);
  return std::make_shared<Snapshot>(content_);
}

std::optional<ViewStoreError> MemoryViewStore::clear() {
  const std::lock_guard lock(mutex_);
  for (auto& [family, table] : content_.tables) table = std::make_shared<Table>();
  content_.checkpoint.clear();
  return std::nullopt;
}

std::optional<ViewStoreError> MemoryViewStore::clear_family(std::string_view family) {
  const std::lock_guard lock(mutex_);
  const auto found = content_.tables.find(family);
  assert(found != content_.tables.end() && "no such family");
  found->second = std::make_shared<Table>();
  return std::nullopt;
}

std::shared_ptr<MemoryViewStore> MemoryViewStore::copy() const {
  auto other = std::make_shared<MemoryViewStore>(families_);
  const std::lock_guard lock(mutex_);
  other->content_ = content_;
  return other;
}

ViewResult<std::shared_ptr<ViewStore>> MemoryViewStores::open_current() {
  if (!current_) current_ = std::make_shared<MemoryViewStore>(families_);
  return current_;
}

ViewResult<std::shared_ptr<ViewStore>> MemoryViewStores::open_beside() {
  if (!beside_) beside_ = std::make_shared<MemoryViewStore>(families_);
  return beside_;
}

ViewResult<std::shared_ptr<ViewStore>> MemoryViewStores::open_previous() { return previous_; }

std::optional<ViewStoreError> MemoryViewStores::switch_to_beside() {
  assert(beside_);
  previous_ = std::exchange(current_, std::exchange(beside_, nullptr));
  return std::nullopt;
}

std::optional<ViewStoreError> MemoryViewStores::switch_to_previous() {
  assert(previous_);
  std::swap(current_, previous_);
  return std::nullopt;
}

std::optional<ViewStoreError> MemoryViewStores::discard_beside() {
  beside_.reset();
  return std::nullopt;
}

}  // namespace silkledger::projections
