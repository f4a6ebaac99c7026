// The circles in which stationed bureaus look for enterprises (Art. 16). The text names five and
// lists no places: a circle is a set of prefixes of GB/T 2260 codes, a setting of the rule set with
// its reason. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/checks.h"

namespace silkledger::domain {

inline constexpr std::size_t kPlaceCodeDigits = 6;

// Those of the rule set; the five of the text where it names none.
const std::vector<schema::Circle>& circles_of(const schema::RuleSet& rules);
// The circle whose prefix fits the place best, the longest one; nothing outside all of them.
std::optional<std::string> circle_of(const schema::RuleSet& rules, std::string_view place_code);

// Six digits; nothing stated is nothing wrong.
Objection place_code_is_sound(const Checks& check, const std::optional<std::string>& place_code,
                              std::string_view pointer);
// Prefixes are two, four or six digits, and none stands in two circles.
Objection circles_are_sound(const Checks& check, const schema::RuleSet& rules);

}  // namespace silkledger::domain
