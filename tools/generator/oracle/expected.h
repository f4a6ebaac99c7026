// What the views must show at the end of a script, from the books alone (docs/formats/script.md).
//
// Pure. Texts are JSON with keys in a fixed order, one value a line, so that two of them can be
// compared by diff.
#pragma once

#include <string>

#include "tools/generator/simulation.h"

namespace silkledger::generator {

// Art. 21 with the thresholds of the rule set; grey without rules or plan.
schema::Light light_of(const ProjectBook& project, const schema::RuleSet* rules, CivilDate day);

struct HalfTimeBook {
  std::int32_t elapsed_days = 0;  // in the item's unit, to the decision or the day
  schema::HalfTime verdict = schema::HalfTime::not_applicable;
  bool overdue = false;  // past the statutory limit
};
// Art. 23; not applicable before acceptance.
HalfTimeBook half_time_of(const ApprovalBook& approval, const UnitCalendar& calendar,
                          CivilDate day);

std::string expected_json(const Simulation& simulation, std::uint64_t seed,
                          const std::string& script);
std::string truth_json(const Simulation& simulation);

}  // namespace silkledger::generator
