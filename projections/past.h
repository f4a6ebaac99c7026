// What the rows of a store were at earlier positions: the store keeps, beside its rows, what each
// changed row had been at the last interval end before the change, and the checkpoint of every such
// end (docs/formats/views.md). Since when a row is there stands with the row, so that nothing need
// be kept of one that is new. Everything at an end can be read from that at a cost that does not
// depend on how long ago it was; AsOf folds the few events behind it.
//
// An interval end is a position; which ones there are stands in the store. Rows that a view writes
// once under their position and never changes (audit) need no past: those beyond the end are
// hidden.
// Threads: as view_store.h. Errors: values.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "projections/layers.h"
#include "projections/view.h"
#include "projections/view_store.h"

namespace silkledger::projections {

inline constexpr std::string_view kEndsFamily = "@ends";          // position key → checkpoint
inline constexpr std::string_view kRegistryFamily = "@registry";  // position key → registry event

// The family of a view's past.
std::string past_family(std::string_view view);

// Twenty digits, so that key order is log order.
std::string position_key(eventstore::Position position);

// Under which the past of a key at that end is kept.
std::string version_key(std::string_view key, eventstore::Position end);

// An interval end and what the checkpoint was there. The one at position 0 is the empty ledger.
struct IntervalEnd {
  eventstore::Position position = 0;
  std::string checkpoint = {};
  friend bool operator==(const IntervalEnd&, const IntervalEnd&) = default;
};

// The last interval end of the store at or before that position.
ViewResult<IntervalEnd> last_end(const ViewSnapshot& snapshot, eventstore::Position position);

// A snapshot as it would have been at an interval end.
class PastSnapshot final : public ViewSnapshot {
 public:
  // Requires: `end` came from last_end() of that snapshot, and is not 0.
  PastSnapshot(std::shared_ptr<const ViewSnapshot> snapshot, IntervalEnd end,
               const Catalogue& views);

  ViewResult<std::string> checkpoint() const override { return end_.checkpoint; }
  ViewResult<std::optional<KeyValue>> get(std::string_view family,
                                          std::string_view key) const override;
  ViewResult<std::vector<KeyValue>> scan(std::string_view family, const KeyRange& range,
                                         std::uint32_t keys_max) const override;

 private:
  ViewResult<std::vector<KeyValue>> rows_now(std::string_view family, KeyRange range,
                                             std::uint32_t keys_max) const;
  ViewResult<std::vector<Change>> changed_since(const std::string& past, const KeyRange& range,
                                                std::uint32_t keys_max) const;
  bool is_hidden(std::string_view family, std::string_view key) const;

  const std::shared_ptr<const ViewSnapshot> snapshot_;
  const IntervalEnd end_;
  const std::string last_key_;                      // of rows that are kept by position
  std::set<std::string, std::less<>> by_position_;  // families that have such rows
};

}  // namespace silkledger::projections
