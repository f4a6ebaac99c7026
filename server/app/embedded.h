// Files that belong to the program and are compiled into it (server/app/CMakeLists.txt): no
// installation can lack or mix them.
#pragma once

#include <string_view>

namespace silkledger::server::embedded {

extern const std::string_view kOpenapi;        // server/api/openapi.json
extern const std::string_view kRuleSet;        // domain/rules/rule-set.ndjson
extern const std::string_view kUnits;          // domain/rules/units.ndjson
extern const std::string_view kCalendar;       // domain/rules/calendar.ndjson
extern const std::string_view kApprovalItems;  // domain/rules/approval-items.ndjson

}  // namespace silkledger::server::embedded
