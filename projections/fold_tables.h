// The rows and notes of a group of views while it folds: decoded, cached between batches, with the
// changes of the present event (which a throwing fold loses), of the present batch (which collect()
// encodes and counts into the digest) and since the last commit (which save() hands over).
//
// One thread. Errors of the store do not throw through a fold: reads then find nothing and
// TableSource::failure says why, and whoever drives the group drops the batch.
#pragma once

#include <cassert>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "domain/schema/encoding.h"
#include "domain/schema/view.meta.h"
#include "projections/digest.h"
#include "projections/past.h"
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
  // The last interval end; what a row was there is kept when it first changes behind it. 0: none.
  Position end = 0;
  bool is_behind_end = false;          // the present batch is the first behind it
  Position event = 0;                  // the one that is folded
  bool began_empty = false;            // nothing was in the store when the tables were made
  std::optional<std::string> failure;  // the first error of the store
  std::uint64_t unsaved_bytes = 0;     // collected since the last save, keys and values
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
  WriteBatch& batch;  // gets what is never written again: versions of the past, values that stay
  Digest& digest;
  std::vector<ChangedRow>* rows;  // null: changes are not announced
};

// How the values of one table are kept.
struct TableForm {
  std::string family;
  std::string mark;   // put before every key
  bool stay = false;  // never changed once written, nor read again
};

template <class Value>
class FoldTable {
 public:
  FoldTable(TableSource& source, TableForm form)
      : source_(source), form_(std::move(form)), past_(past_family(form_.family)) {}

  const Value* get(std::string_view key) {
    const Entry& entry = load(key).second;
    return entry.value ? &*entry.value : nullptr;
  }
  void put(std::string_view key, Value value) {
    if (form_.stay) {
      assert(lasting_.empty() || lasting_.back().first < key);
      lasting_.emplace_back(key, std::move(value));
    } else {
      change(key, std::move(value));
    }
  }
  void erase(std::string_view key) {
    if (get(key)) change(key, std::nullopt);
  }
  std::vector<std::string> keys(std::string_view prefix, std::optional<std::string_view> last);

  void keep_event() {
    journal_.clear();
    lasting_kept_ = lasting_.size();
  }
  void undo_event();
  void collect(Collected out);
  // Hands over the values that were collected since the last save.
  void save(WriteBatch& batch);
  bool is_beyond(std::size_t cached_rows_max) const { return entries_.size() > cached_rows_max; }
  // Behind a save: the cache is emptied when it grew beyond its bound.
  void trim(std::size_t cached_rows_max) {
    if (!is_beyond(cached_rows_max)) return;
    assert(unsaved_.empty());
    ordered_.clear();
    is_ordered_ = false;
    entries_.clear();
    holds_all_ = false;
  }

 private:
  struct Entry {
    std::optional<Value> value;
    Position since = 0;                             // of the value: the event that brought it
    std::optional<std::string> bytes;               // when last collected or read
    EntryHash hash{};                               // of these
    Position collected_since = 0;                   // of these
    Position loaded_behind = 0;                     // the interval end that was last then
    Position kept_at = 0;                           // the last end at which its past was kept
    std::optional<std::vector<std::string>> units;  // of the last value there was
    bool dirty = false;    // changed since it was collected
    bool unsaved = false;  // collected since it was saved
    bool stored = false;   // the store has the key
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  // Looked up, and walked through in the order of keys alone: its own no two builds share.
  using Entries = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;
  using Slot = typename Entries::value_type;  // stays where it is until the cache is emptied
  struct ByKey {
    using is_transparent = void;
    bool operator()(const Slot* a, const Slot* b) const { return a->first < b->first; }
    bool operator()(const Slot* a, std::string_view b) const { return a->first < b; }
    bool operator()(std::string_view a, const Slot* b) const { return a < b->first; }
  };
  struct Undo {
    Entry* entry;
    std::optional<Value> value;
    Position since;
    bool dirty;
  };

  Slot& load(std::string_view key);
  void read(std::string_view key, Entry& entry);
  void change(std::string_view key, std::optional<Value> value);
  void collect_lasting(Collected out);
  bool reads_store() const { return !(holds_all_ && source_.began_empty); }
  void order();
  void keep_past(const std::string& stored_key, Entry& entry, WriteBatch& batch);
  void fail(std::string detail) {
    if (!source_.failure) source_.failure = std::move(detail);
  }

  TableSource& source_;
  const TableForm form_;
  const std::string past_;  // the family of what the values were
  Entries entries_;
  bool holds_all_ = true;      // entries_ has not been emptied yet
  std::set<const Slot*, ByKey> ordered_;  // of entries_, once keys were asked for in order
  bool is_ordered_ = false;
  std::vector<Slot*> dirty_;   // of the present batch; undone changes included, and some twice
  std::vector<Slot*> unsaved_;
  std::vector<Undo> journal_;  // of the present event
  // Of the present batch, by key: values that stay, and how many of them before the present event.
  std::vector<std::pair<std::string, Value>> lasting_;
  std::size_t lasting_kept_ = 0;
};

// One view's rows, whatever their type, and its notes.
class ViewTables {
 public:
  ViewTables(TableSource& source, const View& view)
      : notes_(source, {view.name, std::string(1, kNoteMark)}) {}
  virtual ~ViewTables() = default;
  ViewTables(const ViewTables&) = delete;
  ViewTables& operator=(const ViewTables&) = delete;

  FoldTable<Note>& notes() { return notes_; }
  virtual void keep_event() { notes_.keep_event(); }
  virtual void undo_event() { notes_.undo_event(); }
  // `rows` may be null: nobody is told then.
  virtual void collect(WriteBatch& batch, Digest& digest, std::vector<ChangedRow>* rows) {
    (void)rows;  // notes are nobody's business
    notes_.collect({batch, digest, nullptr});
  }
  virtual void save(WriteBatch& batch) { notes_.save(batch); }
  virtual bool is_beyond(std::size_t cached_rows_max) const {
    return notes_.is_beyond(cached_rows_max);
  }
  virtual void trim(std::size_t cached_rows_max) { notes_.trim(cached_rows_max); }

 private:
  FoldTable<Note> notes_;
};

template <class Row>
class RowTables final : public ViewTables {
 public:
  RowTables(TableSource& source, const View& view)
      : ViewTables(source, view), rows_(source, {view.name, "", view.rows_stay}) {}

  FoldTable<Row>& rows() { return rows_; }
  void keep_event() override {
    ViewTables::keep_event();
    rows_.keep_event();
  }
  void undo_event() override {
    ViewTables::undo_event();
    rows_.undo_event();
  }
  void collect(WriteBatch& batch, Digest& digest, std::vector<ChangedRow>* rows) override {
    ViewTables::collect(batch, digest, rows);
    rows_.collect({batch, digest, rows});
  }
  void save(WriteBatch& batch) override {
    ViewTables::save(batch);
    rows_.save(batch);
  }
  bool is_beyond(std::size_t cached_rows_max) const override {
    return ViewTables::is_beyond(cached_rows_max) || rows_.is_beyond(cached_rows_max);
  }
  void trim(std::size_t cached_rows_max) override {
    ViewTables::trim(cached_rows_max);
    rows_.trim(cached_rows_max);
  }

 private:
  FoldTable<Row> rows_;
};

// The rows of a group's views, one table for each arm of ViewRow.
template <class Rows>
struct TablesOf;
template <class... Rows>
struct TablesOf<std::variant<Rows...>> {
  using Pointers = std::tuple<FoldTable<Rows>*...>;
};
using FoldTables = TablesOf<schema::ViewRow::Arms>::Pointers;

// The name of the view whose rows these are.
template <class Row>
std::string_view view_of() {
  static constexpr std::size_t kArm = [] {
    return []<class... Rows>(std::type_identity<std::variant<Rows...>>) {
      std::size_t arm = 0;
      static_cast<void>(((std::is_same_v<Row, Rows> || (++arm, false)) || ...));
      return arm;
    }(std::type_identity<schema::ViewRow::Arms>());
  }();
  return schema::view_row_arms()[kArm].kebab;
}

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
    FoldTable<Row>* const table = std::get<FoldTable<Row>*>(rows_);
    if (table) return *table;
    assert(false && "a fold reads only views that it declares");
    std::abort();
  }

 private:
  template <class Row>
  bool add(const View& view);

  std::vector<std::string> names_;
  std::vector<std::unique_ptr<ViewTables>> views_;
  FoldTables rows_;
};

}  // namespace silkledger::projections
