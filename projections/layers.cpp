#include "projections/layers.h"

#include <algorithm>
#include <utility>

namespace silkledger::projections {
namespace {

constexpr std::uint32_t kPageKeys = 1024;
constexpr char kIsThere = '\x01';

// One layer, entry by entry.
template <class Entry>
class Cursor {
 public:
  Cursor(const ReadPage<Entry>& read, KeyRange range, std::uint32_t page_keys)
      : read_(read), range_(std::move(range)), page_keys_(page_keys) {}

  // The entry to look at; null at the end or after a failure.
  Entry* entry() {
    if (at_ < page_.size()) return &page_[at_];
    if (ended_ || failure_) return nullptr;
    auto read = read_(range_, page_keys_);
    if (auto* error = std::get_if<ViewStoreError>(&read)) {
      failure_ = std::move(*error);
      return nullptr;
    }
    page_ = std::move(std::get<0>(read));
    at_ = 0;
    ended_ = page_.size() < page_keys_;
    return page_.empty() ? nullptr : &page_.front();
  }
  // Steps behind the entry and hands it over.
  Entry take() {
    if (at_ + 1 == page_.size()) range_.after = page_[at_].key;
    return std::move(page_[at_++]);
  }
  const std::optional<ViewStoreError>& failure() const { return failure_; }

 private:
  const ReadPage<Entry>& read_;
  KeyRange range_;
  const std::uint32_t page_keys_;
  std::vector<Entry> page_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::optional<ViewStoreError> failure_;
};

}  // namespace

ViewResult<std::vector<KeyValue>> scan_layers(const ReadPage<Change>& upper,
                                              const ReadPage<KeyValue>& lower,
                                              const KeyRange& range, std::uint32_t keys_max) {
  const std::uint32_t page_keys = std::clamp<std::uint32_t>(keys_max, 1, kPageKeys);
  Cursor<Change> changes(upper, range, page_keys);
  Cursor<KeyValue> below(lower, range, page_keys);
  std::vector<KeyValue> found;
  while (found.size() < keys_max) {
    Change* change = changes.entry();
    KeyValue* entry = below.entry();
    if (changes.failure()) return *changes.failure();
    if (below.failure()) return *below.failure();
    if (!change && !entry) break;
    const int order = !change                  ? 1
                      : !entry                 ? -1
                      : range.backwards        ? entry->key.compare(change->key)
                                               : change->key.compare(entry->key);
    if (order > 0) {
      found.push_back(below.take());
      continue;
    }
    if (order == 0) below.take();
    Change changed = changes.take();
    if (changed.value) {
      found.push_back({std::move(changed.key), std::move(*changed.value), changed.since});
    }
  }
  return found;
}

std::string encode_change(const std::optional<std::string>& value) {
  return value ? kIsThere + *value : std::string();
}

std::optional<std::string> decode_change(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  return std::string(bytes.substr(1));
}

}  // namespace silkledger::projections
