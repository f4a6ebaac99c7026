// What every installation begins with: the regulation as a rule set, units, holidays and approval
// items, read from domain/rules/*.ndjson. Lines are
// {"name":"register-unit","commandId":"…","body":{…}}.
//
// Reads files; single thread. Faults are values that name the file and the line.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "domain/kernel/working_days.h"
#include "domain/schema/command.values.h"

namespace silkledger::generator {

struct SetupLine {
  std::string command_id;
  schema::Command command;
};

struct RuleFiles {
  std::vector<SetupLine> lines;  // in the order in which they are sent
  std::vector<schema::RuleSet> rule_sets;
  std::vector<schema::UnitRegistered> units;
  std::vector<schema::ApprovalItemDefined> items;
  WorkingCalendar calendar;

  // In force on that day; null before the first.
  const schema::RuleSet* rules_on(CivilDate day) const;
};

std::variant<RuleFiles, std::string> read_rule_files(const std::string& folder);

}  // namespace silkledger::generator
