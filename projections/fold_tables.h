// The rows and notes of a group of views while it folds: decoded, cached between batches, with the
// changes of the present event (which a throwing fold loses) and of the present batch (which
// collect() hands over).
//
// One thread. Errors of the store do not throw through a fold: reads then find nothing and
// failure() says why, and whoever drives the group drops the batch.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "domain/schema/encoding.h"
#include "projections/digest.h"
#include "projections/runner.h"
#include "projections/view.h"
#include "projections/view_store.h"

namespace silkledger::projections {

// Notes share a view's family with its rows: their keys begin with a byte that no row key has.
inline constexpr char kNoteMark = '\0';
inline constexpr std::string_view kFirstRowKey = "\x01";
inline constexpr std::uint32_t kScanKeys = 1024;  // keys read at once

// What all tables of a group share.
struct TableSource {
  std::shared_ptr<const ViewSnapshot> snapshot;  // the last commit
  std::optional<std::string> failure;            // the first error of the store
};

struct Note {
  std::string text;
};

template <class Value>
struct ValueCodec {
  static std::string encode(const Value& value) { return schema::encode(value); }
  static std::optional<Value> decode(std::string_view bytes) {
    return schema::decode<Value>(bytes, schema::Trust::own);
  }
  static std::optional<std::vector<std::string>> units(const Value& value) {
    if constexpr (requires { value.units; }) {
      return value.units;
    } else {
      return std::nullopt;
    }
  }
};

template <>
struct ValueCodec<Note> {
  static std::string encode(const Note& note) { return note.text; }
  static std::optional<Note> decode(std::string_view bytes) { return Note{std::string(bytes)}; }
  static std::optional<std::vector<std::string>> units(const Note&) { return std::nullopt; }
};

// What one batch changed in one table.
struct Collected {
  WriteBatch& batch;
  Digest& digest;
  std::vector<ChangedRow>* rows;  // null: changes are not announced
};

template <class Value>
class FoldTable {
 public:
  FoldTable(TableSource& source, std::string family, std::string mark)
      : source_(source), family_(std::move(family)), mark_(std::move(mark)) {}

  const Value* get(std::string_view key) {
    const Entry& entry = load(key).second;
    return entry.value ? &*entry.value : nullptr;
  }
  void put(std::string_view key, Value value) { change(key, std::move(value)); }
  void erase(std::string_view key) {
    if (get(key)) change(key, std::nullopt);
  }
  std::vector<std::string> keys(std::string_view prefix, std::optional<std::string_view> last);

  void keep_event() { journal_.clear(); }
  void undo_event();
  void collect(Collected out);
  // Between batches: the cache is emptied when it grew beyond its bound.
  void trim(std::size_t cached_rows_max) {
    if (entries_.size() > cached_rows_max) entries_.clear();
  }

 private:
  struct Entry {
    std::optional<Value> value;
    std::optional<EntryHash> stored;                // of what the store holds
    std::optional<std::vector<std::string>> units;  // of the last value there was
    bool dirty = false;
  };
  using Entries = std::map<std::string, Entry, std::less<>>;
  using Slot = typename Entries::value_type;  // stays where it is until the cache is emptied
  struct Undo {
    Entry* entry;
    std::optional<Value> value;
    bool dirty;
  };

  Slot& load(std::string_view key);
  void change(std::string_view key, std::optional<Value> value);

  TableSource& source_;
  const std::string family_;
  const std::string mark_;  // put before every key
  Entries entries_;
  std::vector<Slot*> dirty_;   // of the present batch; undone changes and repetitions included
  std::vector<Undo> journal_;  // of the present event
};

template <class Value>
typename FoldTable<Value>::Slot& FoldTable<Value>::load(std::string_view key) {
  const auto found = entries_.find(key);
  if (found != entries_.end()) return *found;
  Entry entry;
  const std::string stored_key = mark_ + std::string(key);
  auto read = source_.snapshot->get(family_, stored_key);
  if (const auto* error = std::get_if<ViewStoreError>(&read)) {
    if (!source_.failure) source_.failure = error->detail;
  } else if (const auto& bytes = std::get<0>(read)) {
    entry.value = ValueCodec<Value>::decode(*bytes);
    entry.stored = entry_hash(stored_key, *bytes);
    if (!entry.value && !source_.failure) {
      source_.failure = "view " + family_ + ", row " + std::string(key) + ": the bytes are damaged";
    }
  }
  return *entries_.emplace(key, std::move(entry)).first;
}

template <class Value>
void FoldTable<Value>::change(std::string_view key, std::optional<Value> value) {
  Slot& slot = load(key);
  Entry& entry = slot.second;
  if (entry.value && !value) entry.units = ValueCodec<Value>::units(*entry.value);
  journal_.push_back({&entry, std::move(entry.value), entry.dirty});
  entry.value = std::move(value);
  if (!std::exchange(entry.dirty, true)) dirty_.push_back(&slot);
}

template <class Value>
void FoldTable<Value>::undo_event() {
  for (auto undo = journal_.rbegin(); undo != journal_.rend(); ++undo) {
    undo->entry->value = std::move(undo->value);
    undo->entry->dirty = undo->dirty;
  }
  journal_.clear();
}

template <class Value>
void FoldTable<Value>::collect(Collected out) {
  assert(journal_.empty());
  std::sort(dirty_.begin(), dirty_.end(),
            [](const Slot* a, const Slot* b) { return a->first < b->first; });
  for (Slot* slot : dirty_) {
    const std::string& key = slot->first;
    Entry& entry = slot->second;
    if (!std::exchange(entry.dirty, false)) continue;
    std::string stored_key = mark_ + key;
    std::optional<std::string> bytes;
    std::optional<EntryHash> hash;
    if (entry.value) {
      bytes = ValueCodec<Value>::encode(*entry.value);
      hash = entry_hash(stored_key, *bytes);
    }
    if (hash == entry.stored) continue;  // the batch ended where it began
    if (entry.stored) out.digest.remove(*entry.stored);
    if (hash) out.digest.add(*hash);
    entry.stored = hash;
    if (out.rows) {
      auto units = entry.value ? ValueCodec<Value>::units(*entry.value) : entry.units;
      out.rows->push_back({family_, key, !entry.value, std::move(units)});
    }
    out.batch.writes.push_back({family_, std::move(stored_key), std::move(bytes)});
  }
  dirty_.clear();
}

template <class Value>
std::vector<std::string> FoldTable<Value>::keys(std::string_view prefix,
                                                std::optional<std::string_view> last) {
  std::map<std::string, bool, std::less<>> found;  // key → is there now
  KeyRange range{.prefix = mark_ + std::string(prefix)};
  if (range.prefix.empty()) range.from = kFirstRowKey;
  if (last) range.until = mark_ + std::string(*last);
  while (true) {
    auto read = source_.snapshot->scan(family_, range, kScanKeys);
    if (const auto* error = std::get_if<ViewStoreError>(&read)) {
      if (!source_.failure) source_.failure = error->detail;
      return {};
    }
    const auto& page = std::get<0>(read);
    for (const KeyValue& entry : page) found[entry.key.substr(mark_.size())] = true;
    if (page.size() < kScanKeys) break;
    range.after = page.back().key;
  }
  for (auto at = entries_.lower_bound(prefix); at != entries_.end(); ++at) {
    if (!at->first.starts_with(prefix) || (last && at->first > *last)) break;
    found[at->first] = at->second.value.has_value();
  }
  std::vector<std::string> keys;
  for (const auto& [key, is_there] : found) {
    if (is_there) keys.push_back(key);
  }
  return keys;
}

// One view's rows, whatever their type, and its notes.
class ViewTables {
 public:
  ViewTables(TableSource& source, const std::string& view)
      : notes_(source, view, std::string(1, kNoteMark)) {}
  virtual ~ViewTables() = default;
  ViewTables(const ViewTables&) = delete;
  ViewTables& operator=(const ViewTables&) = delete;

  FoldTable<Note>& notes() { return notes_; }
  virtual void keep_event() { notes_.keep_event(); }
  virtual void undo_event() { notes_.undo_event(); }
  virtual void collect(WriteBatch& batch, Digest& digest, std::vector<ChangedRow>& rows) {
    (void)rows;  // notes are nobody's business
    notes_.collect({batch, digest, nullptr});
  }
  virtual void trim(std::size_t cached_rows_max) { notes_.trim(cached_rows_max); }

 private:
  FoldTable<Note> notes_;
};

template <class Row>
class RowTables final : public ViewTables {
 public:
  RowTables(TableSource& source, const std::string& view)
      : ViewTables(source, view), rows_(source, view, "") {}

  FoldTable<Row>& rows() { return rows_; }
  void keep_event() override {
    ViewTables::keep_event();
    rows_.keep_event();
  }
  void undo_event() override {
    ViewTables::undo_event();
    rows_.undo_event();
  }
  void collect(WriteBatch& batch, Digest& digest, std::vector<ChangedRow>& rows) override {
    ViewTables::collect(batch, digest, rows);
    rows_.collect({batch, digest, &rows});
  }
  void trim(std::size_t cached_rows_max) override {
    ViewTables::trim(cached_rows_max);
    rows_.trim(cached_rows_max);
  }

 private:
  FoldTable<Row> rows_;
};

// The row type of each view. A new view adds a line here, one in row_fields.cpp and one in
// catalogue.cpp.
template <class Row>
inline constexpr std::string_view kViewOf = "";
template <>
inline constexpr std::string_view kViewOf<schema::LeadRow> = "lead";
template <>
inline constexpr std::string_view kViewOf<schema::ProjectRow> = "project";
template <>
inline constexpr std::string_view kViewOf<schema::ProgressRow> = "progress";
template <>
inline constexpr std::string_view kViewOf<schema::ApprovalRow> = "approval";
template <>
inline constexpr std::string_view kViewOf<schema::FundRow> = "fund";
template <>
inline constexpr std::string_view kViewOf<schema::EvaluationRow> = "evaluation";
template <>
inline constexpr std::string_view kViewOf<schema::AuditRow> = "audit";
template <>
inline constexpr std::string_view kViewOf<schema::UnitRow> = "unit";
template <>
inline constexpr std::string_view kViewOf<schema::PersonRow> = "person";
template <>
inline constexpr std::string_view kViewOf<schema::ItemRow> = "item";
template <>
inline constexpr std::string_view kViewOf<schema::ChainRow> = "chain";

class Tables {
 public:
  explicit Tables(const Catalogue& catalogue);
  Tables(const Tables&) = delete;
  Tables& operator=(const Tables&) = delete;

  TableSource source;
  domain::Reference reference;
  std::optional<CivilDate> day_before_event;

  std::size_t size() const { return views_.size(); }
  ViewTables& of(std::size_t view) { return *views_[view]; }
  const std::string& name(std::size_t view) const { return names_[view]; }
  // Requires: the view of that row type is part of the group.
  template <class Row>
  FoldTable<Row>& rows() {
    for (std::size_t view = 0; view < names_.size(); ++view) {
      if (names_[view] == kViewOf<Row>) return static_cast<RowTables<Row>&>(*views_[view]).rows();
    }
    assert(false && "a fold reads only views that it declares");
    std::abort();
  }

 private:
  std::vector<std::string> names_;
  std::vector<std::unique_ptr<ViewTables>> views_;
};

}  // namespace silkledger::projections
