// When the reports fall due that are owed again and again (Art. 19, 22), and how each due day was
// found.
//
// A week begins on Monday; a half of a month on the 1st and the 16th. Deciders and views ask here,
// so that a duty, its lapse and its board cannot disagree. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "domain/kernel/text.h"
#include "domain/kernel/time.h"
#include "domain/registry/reference.h"
#include "domain/schema/registry.values.h"

namespace silkledger::domain {

struct DueDay {
  CivilDate day;
  bool provisional = false;   // a list of days off that bears on it is not known yet
  std::vector<Text> because;  // step by step, for people
};

bool begins_week(CivilDate day);
bool begins_half_month(CivilDate day);
CivilDate half_month_end(CivilDate begins);  // Requires: begins_half_month(begins).

// In the calendar of the unit that owes the report.
DueDay weekly_report_due(const Reference& reference, const schema::RuleSet& rules,
                         std::string_view unit_id, CivilDate week_begins);
DueDay half_month_report_due(const Reference& reference, const schema::RuleSet& rules,
                             std::string_view unit_id, CivilDate half_begins);

// Whether what was entered at that moment came by the due day and before its office hours ended:
// Beijing time, summer or winter hours.
bool is_in_time(const schema::RuleSet& rules, CivilDate due, Instant recorded_at);

// Whether the unit owes weekly reports on that day: it exists, and the rules count its kind among
// the attracting units (Art. 2).
bool owes_weekly_report(const Reference& reference, const schema::RuleSet& rules, const Unit& unit,
                        CivilDate day);

// The tier whose projects owe half-monthly feedback: the highest of the rule set (Art. 22).
int feedback_tier(const schema::RuleSet& rules);

}  // namespace silkledger::domain
