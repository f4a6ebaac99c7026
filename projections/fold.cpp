#include "projections/fold_tables.h"

#include <algorithm>
#include <iterator>

#include "projections/layers.h"
#include "projections/query.h"
#include "projections/view.h"

namespace silkledger::projections {

template <class Value>
typename FoldTable<Value>::Slot& FoldTable<Value>::load(std::string_view key) {
  assert(!form_.stay && "such values are not read again");
  const auto found = entries_.find(key);
  if (found != entries_.end()) return *found;
  Slot& slot = *entries_.try_emplace(std::string(key)).first;
  slot.second.loaded_behind = source_.end;
  if (reads_store()) read(key, slot.second);
  if (is_ordered_) ordered_.insert(&slot);
  return slot;
}

template <class Value>
void FoldTable<Value>::read(std::string_view key, Entry& entry) {
  const std::string stored_key = form_.mark + std::string(key);
  auto read = source_.snapshot->get(form_.family, stored_key);
  if (auto* error = std::get_if<ViewStoreError>(&read)) return fail(std::move(error->detail));
  auto& found = std::get<0>(read);
  if (!found) return;
  entry.value = ValueCodec<Value>::decode(found->value);
  entry.since = entry.collected_since = found->since;
  entry.stored = true;
  entry.hash = entry_hash(stored_key, found->value);
  entry.bytes = std::move(found->value);
  if (!entry.value) {
    fail("view " + form_.family + ", row " + std::string(key) + ": the bytes are damaged");
  }
}

template <class Value>
void FoldTable<Value>::change(std::string_view key, std::optional<Value> value) {
  Slot& slot = load(key);
  Entry& entry = slot.second;
  if (entry.value && !value) entry.units = ValueCodec<Value>::units(*entry.value);
  journal_.push_back({&entry, std::move(entry.value), entry.since, entry.dirty});
  if (!journal_.back().value) entry.since = source_.event;
  entry.value = std::move(value);
  if (!std::exchange(entry.dirty, true)) dirty_.push_back(&slot);
}

template <class Value>
void FoldTable<Value>::undo_event() {
  for (auto undo = journal_.rbegin(); undo != journal_.rend(); ++undo) {
    undo->entry->value = std::move(undo->value);
    undo->entry->since = undo->since;
    undo->entry->dirty = undo->dirty;
  }
  journal_.clear();
  lasting_.erase(lasting_.begin() + static_cast<std::ptrdiff_t>(lasting_kept_), lasting_.end());
}

template <class Value>
void FoldTable<Value>::collect(Collected out) {
  assert(journal_.empty());
  if (form_.stay) return collect_lasting(out);
  std::ranges::sort(dirty_, {}, [](const Slot* slot) -> const std::string& { return slot->first; });
  for (Slot* const slot : dirty_) {
    const std::string& key = slot->first;
    Entry& entry = slot->second;
    if (!std::exchange(entry.dirty, false)) continue;
    const std::string stored_key = form_.mark + key;
    std::optional<std::string> bytes;
    if (entry.value) bytes = ValueCodec<Value>::encode(*entry.value);
    // The batch ended where it began.
    if (bytes == entry.bytes && (!bytes || entry.since == entry.collected_since)) continue;
    keep_past(stored_key, entry, out.batch);
    if (entry.bytes) out.digest.remove(entry.hash);
    if (bytes) {
      entry.hash = entry_hash(stored_key, *bytes);
      out.digest.add(entry.hash);
    }
    entry.bytes = std::move(bytes);
    entry.collected_since = entry.since;
    source_.unsaved_bytes += stored_key.size() + (entry.bytes ? entry.bytes->size() : 0);
    if (!std::exchange(entry.unsaved, true)) unsaved_.push_back(slot);
    if (out.rows) {
      auto units = entry.value ? ValueCodec<Value>::units(*entry.value) : entry.units;
      out.rows->push_back({form_.family, key, !entry.value, std::move(units)});
    }
  }
  dirty_.clear();
}

template <class Value>
void FoldTable<Value>::save(WriteBatch& batch) {
  std::ranges::sort(unsaved_, ByKey());
  for (Slot* const slot : unsaved_) {
    Entry& entry = slot->second;
    entry.unsaved = false;
    const bool was_stored = std::exchange(entry.stored, entry.bytes.has_value());
    if (!was_stored && !entry.stored) continue;  // came and went in between
    batch.writes.push_back(
        {form_.family, form_.mark + slot->first, entry.bytes, entry.collected_since});
  }
  unsaved_.clear();
}

template <class Value>
void FoldTable<Value>::collect_lasting(Collected out) {
  for (auto& [key, value] : lasting_) {
    std::string bytes = ValueCodec<Value>::encode(value);
    out.digest.add(entry_hash(key, bytes));
    source_.unsaved_bytes += key.size() + bytes.size();
    if (out.rows) {
      out.rows->push_back({form_.family, key, false, ValueCodec<Value>::units(value)});
    }
    out.batch.writes.push_back({form_.family, std::move(key), std::move(bytes)});
  }
  lasting_.clear();
  lasting_kept_ = 0;
}

// What was collected before is what the row was at the last end, unless it came behind it or was
// kept for that end before.
template <class Value>
void FoldTable<Value>::keep_past(const std::string& stored_key, Entry& entry, WriteBatch& batch) {
  if (!entry.bytes || entry.collected_since > source_.end || entry.kept_at == source_.end) return;
  entry.kept_at = source_.end;
  std::string key = version_key(stored_key, source_.end);
  // This cache has seen every change since it loaded the row; only before that may one have been.
  if (!source_.is_behind_end && entry.loaded_behind == source_.end && reads_store()) {
    auto kept = source_.snapshot->get(past_, key);
    if (auto* error = std::get_if<ViewStoreError>(&kept)) return fail(std::move(error->detail));
    if (std::get<0>(kept)) return;
  }
  source_.unsaved_bytes += key.size() + entry.bytes->size();
  batch.writes.push_back({past_, std::move(key), entry.bytes, entry.collected_since});
}

template <class Value>
void FoldTable<Value>::order() {
  if (std::exchange(is_ordered_, true)) return;
  for (const Slot& slot : entries_) ordered_.insert(&slot);
}

template <class Value>
std::vector<std::string> FoldTable<Value>::keys(std::string_view prefix,
                                                std::optional<std::string_view> last) {
  order();
  std::vector<std::string> keys;
  KeyRange range{.prefix = form_.mark + std::string(prefix)};
  if (range.prefix.empty()) range.from = kFirstRowKey;
  if (last) range.until = form_.mark + std::string(*last);
  while (reads_store()) {
    auto read = source_.snapshot->scan(form_.family, range, kScanKeys);
    if (auto* error = std::get_if<ViewStoreError>(&read)) {
      fail(std::move(error->detail));
      return {};
    }
    const auto& page = std::get<0>(read);
    for (const KeyValue& entry : page) {
      std::string key = entry.key.substr(form_.mark.size());
      if (!entries_.contains(key)) keys.push_back(std::move(key));  // else the cache knows better
    }
    if (page.size() < kScanKeys) break;
    range.after = page.back().key;
  }
  const auto of_store = static_cast<std::ptrdiff_t>(keys.size());
  for (auto at = ordered_.lower_bound(prefix); at != ordered_.end(); ++at) {
    const auto& [key, entry] = **at;
    if (!key.starts_with(prefix) || (last && key > *last)) break;
    if (entry.value) keys.push_back(key);
  }
  std::inplace_merge(keys.begin(), keys.begin() + of_store, keys.end());
  return keys;
}

namespace {

// As the store orders them.
const std::string& stored_key(const std::string& id) { return id; }
std::string stored_key(Position position) { return audit_key(position); }

}  // namespace

template <class Row>
bool Tables::add(const View& view) {
  if (view.name != view_of<Row>()) return false;
  auto tables = std::make_unique<RowTables<Row>>(source, view);
  std::get<FoldTable<Row>*>(rows_) = &tables->rows();
  views_.push_back(std::move(tables));
  return true;
}

Tables::Tables(const Catalogue& catalogue) {
  const auto add_any = [this]<class... Rows>(const View& view, std::tuple<FoldTable<Rows>*...>) {
    return (add<Rows>(view) || ...);
  };
  for (const View& view : catalogue) {
    names_.push_back(view.name);
    [[maybe_unused]] const bool is_added = add_any(view, FoldTables());
    assert(is_added && "every view has a row type");
  }
}

template <class Row>
const Row* Fold::get(std::string_view key) {
  return tables_.rows<Row>().get(key);
}

template <class Row>
Row Fold::existing(std::string_view key) {
  if (const Row* row = get<Row>(key)) return *row;
  throw ImpossibleEvent("there is no " + std::string(view_of<Row>()) + " " + std::string(key) +
                        " for this event to change");
}

template <class Row>
void Fold::put(Row row) {
  assert(tables_.name(view_) == view_of<Row>() && "a fold writes only its own view");
  const std::string key = stored_key(schema::key_of(row));
  if (key.empty() || key.front() < ' ') throw ImpossibleEvent("a row needs an id");
  tables_.rows<Row>().put(key, std::move(row));
}

template <class Row>
void Fold::erase(std::string_view key) {
  assert(tables_.name(view_) == view_of<Row>() && "a fold writes only its own view");
  tables_.rows<Row>().erase(key);
}

template <class Row>
std::vector<std::string> Fold::keys() {
  return tables_.rows<Row>().keys("", std::nullopt);
}

const std::string* Fold::note(std::string_view key) {
  const Note* note = tables_.of(view_).notes().get(key);
  return note ? &note->text : nullptr;
}

void Fold::set_note(std::string_view key, std::string value) {
  tables_.of(view_).notes().put(key, {std::move(value)});
}

void Fold::erase_note(std::string_view key) { tables_.of(view_).notes().erase(key); }

std::vector<std::string> Fold::note_keys(std::string_view prefix, std::string_view last) {
  return tables_.of(view_).notes().keys(prefix, last);
}

const domain::Reference& Fold::reference() const { return tables_.reference; }

std::optional<CivilDate> Fold::day_before_event() const { return tables_.day_before_event; }

template class FoldTable<Note>;

#define SILKLEDGER_ROW(Row)                                             \
  template class FoldTable<schema::Row>;                                \
  template const schema::Row* Fold::get<schema::Row>(std::string_view); \
  template schema::Row Fold::existing<schema::Row>(std::string_view);   \
  template void Fold::put<schema::Row>(schema::Row);                    \
  template void Fold::erase<schema::Row>(std::string_view);             \
  template std::vector<std::string> Fold::keys<schema::Row>();
SILKLEDGER_VIEW_ROW_ARMS(SILKLEDGER_ROW)
#undef SILKLEDGER_ROW

}  // namespace silkledger::projections
