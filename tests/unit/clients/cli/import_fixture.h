// Units and files for the tests of the import.
#pragma once

#include <string>
#include <string_view>

#include "clients/cli/import/plan.h"

namespace silkledger::testing {

std::string file_text(const std::string& path);  // from the repository's root

// The receiving units of domain/rules/units.ndjson, as the server's view would answer.
cli::UnitBook published_units();

// Made-up units: 示例县 (u-1, alias 示县), 样本市 (u-2), 重名县 twice (u-3, u-4); 关闭县 was closed
// and 示例办公室 receives nothing.
cli::UnitBook made_up_units();

cli::ImportPlan plan_of(std::string_view csv);

// One row under the file's own heads; `cells` replace the good ones: "total_investment_yi=约3".
std::string one_row(std::initializer_list<std::string_view> cells);

}  // namespace silkledger::testing
