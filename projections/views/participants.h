// Which units take part: whoever reads only "own units" sees the rows that name one (Art. 2, 8, 9).
//
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/view.h"

namespace silkledger::projections {

// Units, sorted and each once, as rows hold them and as notes keep them.
class Participants {
 public:
  Participants() = default;
  explicit Participants(const std::vector<std::string>& units);
  // The text of a note, or null.
  static Participants from_note(const std::string* note);

  void add(std::string_view unit);
  void add(const std::optional<std::string>& unit);
  void add(const std::vector<std::string>& units);
  void add(const Participants& others) { add(others.units_); }
  void remove(std::string_view unit);

  const std::vector<std::string>& list() const { return units_; }
  std::string note() const;
  friend bool operator==(const Participants&, const Participants&) = default;

 private:
  std::vector<std::string> units_;
};

// The day a fold works with: the current day, or the event's own date before the first day began.
CivilDate today(const Fold& fold, const EventInput& input);

// The unit that leads the chain today; nothing without a chain.
std::optional<std::string> chain_lead_today(const Fold& fold, const EventInput& input,
                                            const std::optional<std::string>& chain_id);
// Chains whose leading unit may have changed with this event (ChainLeadAssigned, DayBegan).
std::vector<std::string> chains_with_new_lead(const Fold& fold, const EventInput& input);

// Units that the event itself names, whatever it is.
Participants named_by(wire::Event::Reader event);

}  // namespace silkledger::projections
