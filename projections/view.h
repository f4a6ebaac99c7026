// A view is rows folded from events. View says how: its name, its version, the events it folds and
// the fold.
//
// fold is pure: it sees the event, the Reference folded so far and the rows of its group, and
// nothing else, so the rows are a function of the log. Events that it does not declare are not
// shown to it. Once released, a fold is frozen: another outcome for an old event is a new version
// of the view, which is rebuilt. Threads: one at a time; folds keep nothing between calls. Errors:
// a fold throws at an event that cannot be (a project that was never opened). That stops the view
// and every view that reads its rows, at that event, with the cause; the others go on. Nothing is
// skipped silently.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "domain/registry/reference.h"
#include "domain/schema/event.capnp.h"
#include "domain/schema/view.values.h"
#include "eventstore/record.h"

namespace silkledger::projections {

using EventKind = wire::Event::Which;

// What the record header says, and the event. The reader is valid during the call.
struct EventInput {
  eventstore::Position position = 0;
  std::string_view stream;
  eventstore::Version version = 0;
  Instant recorded_at;
  wire::StoredEvent::Reader stored;

  CivilDate occurred_on() const { return {stored.getOccurredOn()}; }
  wire::Event::Reader event() const { return stored.getEvent(); }
};

// An event that cannot stand where it stands.
struct ImpossibleEvent : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Tables;  // fold_tables.h

// What a fold may see and change, during one event. Row is a row type of domain/schema/view.capnp;
// put and erase only its own view's. Rows of a view that stands earlier in the catalogue are those
// after this event, of a later one those before it. A pointer from get or note is valid until that
// row or note is put, set or erased.
class Fold {
 public:
  Fold(Tables& tables, std::size_t view) : tables_(tables), view_(view) {}
  Fold(const Fold&) = delete;
  Fold& operator=(const Fold&) = delete;

  template <class Row>
  const Row* get(std::string_view key);
  // A copy to change and put back; throws ImpossibleEvent when there is no such row.
  template <class Row>
  Row existing(std::string_view key);
  // Under the row's own id.
  template <class Row>
  void put(Row row);
  template <class Row>
  void erase(std::string_view key);
  // Keys of all rows, in order. For rare events: it looks at the whole view.
  template <class Row>
  std::vector<std::string> keys();

  // What a view remembers for its folding and shows to nobody: short texts under keys of its own,
  // stored and digested with its rows.
  const std::string* note(std::string_view key);  // null: there is none
  void set_note(std::string_view key, std::string value);
  void erase_note(std::string_view key);
  // Keys with that prefix, in order, up to and including `last`.
  std::vector<std::string> note_keys(std::string_view prefix, std::string_view last);

  // Units, rules, calendar and current day, this event included.
  const domain::Reference& reference() const;
  // The day that had begun before this event; nothing before the first.
  std::optional<CivilDate> day_before_event() const;

 private:
  Tables& tables_;
  std::size_t view_;  // whose fold this is
};

struct View {
  std::string name;  // the row type without "Row", in kebab-case: "lead"
  std::uint32_t version = 1;
  std::vector<EventKind> folds;    // the events it folds; empty: every event
  std::vector<std::string> reads;  // the other views whose rows it reads; they stand earlier
  std::function<void(Fold&, const EventInput&)> fold;
  // Its rows are keyed by the position of their event, written with it and never changed: what they
  // were at an earlier position need not be kept.
  bool rows_stay = false;
};

using Catalogue = std::vector<View>;

// Every view with its version, in the order in which they fold an event.
Catalogue catalogue();

// The families of a ViewStore for it: one for each view, by name, and those that keep the past
// (past.h).
std::vector<std::string> families_of(const Catalogue& catalogue);

// The names in `views` and of every view they read, in catalogue order.
Catalogue with_what_they_read(const Catalogue& catalogue, std::span<const std::string> views);

}  // namespace silkledger::projections
