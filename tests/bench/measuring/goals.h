// The goals: what each bench must reach, in one table. docs/performance.md reports against them.
//
// Values; any thread. An unknown name is a bug and asserts.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace silkledger::bench {

struct Goal {
  enum class Sense { at_least, at_most };
  std::string_view name;
  std::string_view what;
  std::string_view unit;
  Sense sense = Sense::at_least;
  double first = 0;  // the first goal
  double aim = 0;    // where we want to be

  bool met_by(double value) const {
    return sense == Sense::at_least ? value >= first : value <= first;
  }
  // How far a value is on its way: 1 is the first goal, more is better.
  double share_of(double value) const;
};

// In the order of the report.
const std::vector<Goal>& goals();
const Goal& goal(std::string_view name);
const Goal* find_goal(std::string_view name);

}  // namespace silkledger::bench
