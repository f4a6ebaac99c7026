// Rows judged against each other: the same project twice, and phases beside their total.
//
// Values, pure.
#pragma once

#include <span>

#include "clients/cli/import/row_rules.h"

namespace silkledger::cli {

// Adds remarks to both or to one; names the other row. `judged` are the rows of `sheet`, in order.
void find_collisions(const Sheet& sheet, std::span<JudgedRow> judged);

}  // namespace silkledger::cli
