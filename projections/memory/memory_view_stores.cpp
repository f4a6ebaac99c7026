#include "projections/memory/memory_view_stores.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <utility>

namespace silkledger::projections {
namespace {

// The checkpoint is the one key of a table that no family can have.
constexpr std::string_view kMeta;

struct Version {
  std::uint64_t commit;
  std::optional<std::string> value;  // nothing: erased by that commit
  eventstore::Position since = 0;
};
using Versions = std::vector<Version>;  // by commit
using Table = std::map<std::string, Versions, std::less<>>;

const Version* seen(const Versions& versions, std::uint64_t commit) {
  for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
    if (version->commit <= commit) return version->value ? &*version : nullptr;
  }
  return nullptr;
}

// One past the last entry of the range.
Table::const_iterator end_of(const Table& table, const KeyRange& range) {
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
  if (range.backwards && range.after) sooner(table.lower_bound(*range.after));
  return at;
}

// The first entry of the range.
Table::const_iterator begin_of(const Table& table, const KeyRange& range) {
  auto at = table.lower_bound(std::max(range.prefix, range.from.value_or(std::string())));
  const bool goes_on = !range.backwards && range.after;
  if (goes_on && (at == table.end() || at->first <= *range.after)) {
    at = table.upper_bound(*range.after);
  }
  return at;
}

}  // namespace

struct MemoryViewStore::Content {
  explicit Content(const std::vector<std::string>& families) {
    tables[std::string(kMeta)];
    for (const std::string& family : families) tables[family];
  }

  const Table& table(std::string_view family) const {
    const auto found = tables.find(family);
    assert(found != tables.end() && "no such family");
    return found->second;
  }

  // Versions that no snapshot up to and including `oldest` or later can see.
  void prune(Table& table, Table::iterator at, std::uint64_t oldest) {
    Versions& versions = at->second;
    std::size_t unseen = 0;
    while (unseen + 1 < versions.size() && versions[unseen + 1].commit <= oldest) ++unseen;
    for (std::size_t i = 0; i < unseen; ++i) {
      bytes -= versions[i].value ? versions[i].value->size() : 0;
    }
    versions.erase(versions.begin(), versions.begin() + static_cast<std::ptrdiff_t>(unseen));
    const bool is_gone = versions.size() == 1 && !versions.front().value &&
                         versions.front().commit <= oldest;
    if (!is_gone) return;
    bytes -= at->first.size();
    table.erase(at);
  }

  void write(const std::string& family, std::string_view key, std::optional<std::string> value,
             eventstore::Position since = 0) {
    const auto found = tables.find(family);
    assert(found != tables.end() && "no such family");
    Table& table = found->second;
    auto at = table.find(key);
    if (at == table.end()) {
      if (!value) return;
      at = table.emplace(key, Versions()).first;
      bytes += key.size();
    }
    bytes += value ? value->size() : 0;
    Versions& versions = at->second;
    if (!versions.empty() && versions.back().commit == commit) {
      bytes -= versions.back().value ? versions.back().value->size() : 0;
      versions.back().value = std::move(value);
      versions.back().since = since;
    } else {
      versions.push_back({commit, std::move(value), since});
    }
    if (versions.size() > 1 || !versions.back().value) changed.emplace_back(family, at->first);
  }

  // Called behind a commit; keys that a held snapshot keeps from being pruned are tried again.
  void prune_changed() {
    const std::uint64_t oldest = held.empty() ? commit : *held.begin();
    std::erase_if(changed, [&](const auto& place) {
      Table& table = tables.find(place.first)->second;
      const auto at = table.find(place.second);
      if (at == table.end()) return true;
      prune(table, at, oldest);
      const auto still = table.find(place.second);
      return still == table.end() || (still->second.size() == 1 && still->second.front().value);
    });
  }

  mutable std::shared_mutex mutex;
  std::map<std::string, Table, std::less<>> tables;
  std::uint64_t commit = 0;
  std::uint64_t bytes = 0;
  std::multiset<std::uint64_t> held;  // by snapshots
  // Keys with versions that may have to go.
  std::vector<std::pair<std::string, std::string>> changed;
};

class MemoryViewStore::Snapshot final : public ViewSnapshot {
 public:
  explicit Snapshot(std::shared_ptr<Content> content) : content_(std::move(content)) {
    const std::lock_guard lock(content_->mutex);
    commit_ = content_->commit;
    content_->held.insert(commit_);
  }
  ~Snapshot() override {
    const std::lock_guard lock(content_->mutex);
    content_->held.erase(content_->held.find(commit_));
  }

  ViewResult<std::string> checkpoint() const override {
    auto found = std::get<0>(get(kMeta, ""));
    return found ? std::move(found->value) : std::string();
  }

  ViewResult<std::optional<KeyValue>> get(std::string_view family,
                                          std::string_view key) const override {
    const std::shared_lock lock(content_->mutex);
    const Table& table = content_->table(family);
    const auto found = table.find(key);
    const Version* version = found == table.end() ? nullptr : seen(found->second, commit_);
    if (!version) return std::optional<KeyValue>();
    return std::optional(KeyValue{found->first, *version->value, version->since});
  }

  ViewResult<std::vector<KeyValue>> scan(std::string_view family, const KeyRange& range,
                                         std::uint32_t keys_max) const override {
    const std::shared_lock lock(content_->mutex);
    const Table& table = content_->table(family);
    const auto first = begin_of(table, range);
    const auto end = end_of(table, range);
    std::vector<KeyValue> found;
    if (first == table.end()) return found;
    if (end != table.end() && end->first <= first->first) return found;
    const auto take = [&](const auto& entry) {
      if (const Version* version = seen(entry.second, commit_)) {
        found.push_back({entry.first, *version->value, version->since});
      }
    };
    if (range.backwards) {
      for (auto at = end; at != first && found.size() < keys_max;) take(*--at);
    } else {
      for (auto at = first; at != end && found.size() < keys_max; ++at) take(*at);
    }
    return found;
  }

 private:
  const std::shared_ptr<Content> content_;
  std::uint64_t commit_ = 0;
};

MemoryViewStore::MemoryViewStore(std::vector<std::string> families)
    : families_(std::move(families)), content_(std::make_shared<Content>(families_)) {}

MemoryViewStore::~MemoryViewStore() = default;

// Which content it is changes under the mutex only: clear() replaces it.
std::shared_ptr<MemoryViewStore::Content> MemoryViewStore::content() const {
  const std::lock_guard lock(mutex_);
  return content_;
}

std::optional<ViewStoreError> MemoryViewStore::commit(const WriteBatch& batch) {
  const std::lock_guard lock(content_->mutex);
  ++content_->commit;
  for (const Write& write : batch.writes) {
    content_->write(write.family, write.key, write.value, write.since);
  }
  content_->write(std::string(kMeta), "", batch.checkpoint);
  content_->prune_changed();
  return std::nullopt;
}

std::shared_ptr<const ViewSnapshot> MemoryViewStore::snapshot() const {
  return std::make_shared<Snapshot>(content());
}

// Snapshots keep the content they read.
std::optional<ViewStoreError> MemoryViewStore::clear() {
  const std::lock_guard lock(mutex_);
  content_ = std::make_shared<Content>(families_);
  return std::nullopt;
}

std::optional<ViewStoreError> MemoryViewStore::clear_family(std::string_view family) {
  const std::lock_guard lock(content_->mutex);
  ++content_->commit;
  std::vector<std::string> keys;
  for (const auto& [key, versions] : content_->table(family)) keys.push_back(key);
  for (const std::string& key : keys) content_->write(std::string(family), key, std::nullopt);
  content_->prune_changed();
  return std::nullopt;
}

std::uint64_t MemoryViewStore::bytes() const {
  const auto present = content();
  const std::shared_lock lock(present->mutex);
  return present->bytes;
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
