// The light of a project on its board (Art. 21), from its plan, the day and the rules in force.
//
//   no plan, or no rules in force                                    grey, never green
//   more points behind than red, or overdue for more days than red   red
//   yellow points behind or more, or overdue for more days           yellow
//   else                                                             green
//
// Points behind: nodes due by the day less nodes reached, in percent of all nodes, rounded down.
// Days overdue: calendar days since the planned date of the oldest due node that was not reached.
// Pure.
#pragma once

#include <optional>

#include "domain/kernel/time.h"
#include "domain/schema/registry.values.h"
#include "domain/schema/view.values.h"

namespace silkledger::projections {

// Sets light, points, days, counts, next node and rule set; `rules` may be null.
void set_light(schema::ProgressRow& row, const schema::RuleSet* rules, CivilDate day);

// The first day after `day` on which set_light may give something else under the same rules and
// plan.
std::optional<CivilDate> next_change(const schema::ProgressRow& row, CivilDate day);

}  // namespace silkledger::projections
