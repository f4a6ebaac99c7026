#include "projections/past.h"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <utility>

namespace silkledger::projections {
namespace {

using eventstore::Position;

constexpr std::size_t kPositionDigits = 20;
constexpr std::uint32_t kVersionsAtOnce = 64;  // of all keys, read to find one of each
constexpr std::size_t kSuffixBytes = 1 + sizeof(Position);
constexpr Position kBehindAllEnds = ~Position{0};

// Key and end of a version key.
struct Version {
  std::string_view key;
  Position end = 0;
};

Version version_of(std::string_view version_key) {
  assert(version_key.size() > kSuffixBytes);
  Version version{version_key.substr(0, version_key.size() - kSuffixBytes)};
  for (const char c : version_key.substr(version_key.size() - sizeof(Position))) {
    version.end = (version.end << 8U) | static_cast<unsigned char>(c);
  }
  return version;
}

// The range of version keys that belong to a range of keys.
KeyRange versions_in(const KeyRange& keys) {
  KeyRange range = keys;
  if (keys.until) range.until = version_key(*keys.until, kBehindAllEnds);
  if (keys.after && !keys.backwards) range.after = version_key(*keys.after, kBehindAllEnds);
  return range;
}

// Picks, of each key's versions, the first that was kept at `end` or later: the row was that until
// it changed behind it.
class VersionScan {
 public:
  VersionScan(Position end, std::uint32_t keys_max) : end_(end), keys_max_(keys_max) {}

  bool is_full() const { return found_.size() == keys_max_; }
  std::vector<Change> take() { return std::move(found_); }

  // Versions in ascending order; false when no more are wanted.
  void forwards(const KeyValue& entry) {
    const Version version = version_of(entry.key);
    if (version.end < end_ || (!found_.empty() && found_.back().key == version.key)) return;
    found_.push_back(change_of(version.key, entry));
  }

  // Versions in descending order: the last one seen of a key is the one.
  void backwards(const KeyValue& entry) {
    const Version version = version_of(entry.key);
    if (candidate_ && candidate_->key != version.key) settle();
    if (version.end >= end_) candidate_ = change_of(version.key, entry);
  }
  void settle() {
    if (candidate_) found_.push_back(std::move(*std::exchange(candidate_, std::nullopt)));
  }

  // Where to go on behind the last version of a page: past what is not wanted of its key.
  std::string next(const KeyValue& last) const {
    const Version version = version_of(last.key);
    const bool is_found = !found_.empty() && found_.back().key == version.key;
    return version_key(version.key, is_found ? kBehindAllEnds : end_ - 1);
  }

 private:
  Change change_of(std::string_view key, const KeyValue& entry) const {
    if (entry.since > end_) return {std::string(key), std::nullopt};
    return {std::string(key), entry.value, entry.since};
  }

  const Position end_;
  const std::uint32_t keys_max_;
  std::vector<Change> found_;
  std::optional<Change> candidate_;
};

}  // namespace

std::string past_family(std::string_view view) { return std::string(view) + "@past"; }

std::string position_key(Position position) {
  const std::string digits = std::to_string(position);
  return std::string(kPositionDigits - digits.size(), '0') + digits;
}

std::string version_key(std::string_view key, Position end) {
  std::string version;
  version.reserve(key.size() + kSuffixBytes);
  version.append(key);
  version += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) version += static_cast<char>((end >> shift) & 0xFFU);
  return version;
}

ViewResult<IntervalEnd> last_end(const ViewSnapshot& snapshot, Position position) {
  auto found =
      snapshot.scan(kEndsFamily, {.until = position_key(position), .backwards = true}, 1);
  if (auto* error = std::get_if<ViewStoreError>(&found)) return std::move(*error);
  auto& entries = std::get<0>(found);
  if (entries.empty()) return IntervalEnd{};
  IntervalEnd end;
  const std::string& key = entries.front().key;
  std::from_chars(key.data(), key.data() + key.size(), end.position);
  end.checkpoint = std::move(entries.front().value);
  return end;
}

PastSnapshot::PastSnapshot(std::shared_ptr<const ViewSnapshot> snapshot, IntervalEnd end,
                           const Catalogue& views)
    : snapshot_(std::move(snapshot)),
      end_(std::move(end)),
      last_key_(position_key(end_.position)),
      by_position_{std::string(kEndsFamily), std::string(kRegistryFamily)} {
  assert(end_.position > 0 && "at position 0 there is nothing");
  for (const View& view : views) {
    if (view.rows_stay) by_position_.insert(view.name);
  }
}

bool PastSnapshot::is_hidden(std::string_view family, std::string_view key) const {
  return key > last_key_ && by_position_.contains(family);
}

ViewResult<std::optional<KeyValue>> PastSnapshot::get(std::string_view family,
                                                      std::string_view key) const {
  if (is_hidden(family, key)) return std::optional<KeyValue>();
  if (!family.starts_with('@')) {
    const std::string first = version_key(key, end_.position);
    KeyRange range{.prefix = first.substr(0, key.size() + 1), .from = first};
    auto found = snapshot_->scan(past_family(family), range, 1);
    if (auto* error = std::get_if<ViewStoreError>(&found)) return std::move(*error);
    auto& versions = std::get<0>(found);
    if (!versions.empty()) {
      if (versions.front().since > end_.position) return std::optional<KeyValue>();
      versions.front().key = std::string(key);
      return std::optional(std::move(versions.front()));
    }
  }
  auto now = snapshot_->get(family, key);
  auto* entry = std::get_if<std::optional<KeyValue>>(&now);
  if (entry && *entry && (*entry)->since > end_.position) entry->reset();
  return now;
}

ViewResult<std::vector<KeyValue>> PastSnapshot::rows_now(std::string_view family, KeyRange range,
                                                         std::uint32_t keys_max) const {
  if (by_position_.contains(family)) {
    range.until = std::min(range.until.value_or(last_key_), last_key_);
  }
  std::vector<KeyValue> found;
  while (true) {
    auto read = snapshot_->scan(family, range, keys_max);
    if (std::holds_alternative<ViewStoreError>(read)) return read;
    auto& page = std::get<0>(read);
    const bool is_last = page.size() < keys_max;
    if (!is_last) range.after = page.back().key;
    for (KeyValue& entry : page) {
      // What came later was not there yet.
      if (entry.since > end_.position || found.size() == keys_max) continue;
      found.push_back(std::move(entry));
    }
    if (is_last || found.size() == keys_max) return found;
  }
}

ViewResult<std::vector<Change>> PastSnapshot::changed_since(const std::string& past,
                                                            const KeyRange& range,
                                                            std::uint32_t keys_max) const {
  VersionScan scan(end_.position, keys_max);
  KeyRange versions = versions_in(range);
  while (true) {
    auto read = snapshot_->scan(past, versions, kVersionsAtOnce);
    if (auto* error = std::get_if<ViewStoreError>(&read)) return std::move(*error);
    const auto& page = std::get<0>(read);
    for (const KeyValue& entry : page) {
      range.backwards ? scan.backwards(entry) : scan.forwards(entry);
      if (scan.is_full()) return scan.take();
    }
    if (page.size() < kVersionsAtOnce) break;
    versions.after = range.backwards ? page.back().key : scan.next(page.back());
  }
  if (range.backwards) scan.settle();
  return scan.take();
}

ViewResult<std::vector<KeyValue>> PastSnapshot::scan(std::string_view family,
                                                     const KeyRange& range,
                                                     std::uint32_t keys_max) const {
  if (family.starts_with('@')) return rows_now(family, range, keys_max);
  const std::string past = past_family(family);
  return scan_layers(
      [&](const KeyRange& part, std::uint32_t keys) { return changed_since(past, part, keys); },
      [&](const KeyRange& part, std::uint32_t keys) { return rows_now(family, part, keys); }, range,
      keys_max);
}

}  // namespace silkledger::projections
