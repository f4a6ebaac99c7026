// The example prefecture with what dispatch needs besides: 示例商务局 leads the textile chain, the
// project P1 of county-a belongs to it, a leader can take the chair.
#pragma once

#include "tests/support/landed_project.h"

namespace silkledger::domain::example {

inline const CivilDate kMonday = day("2024-03-04");
inline CivilDate after(std::int32_t days) { return {kMonday.days + days}; }

inline Given dispatched() {
  Given ledger = landed(day("2024-01-10"));
  ledger.happened(day("2024-01-10"),
                  {unit("commerce", "department"), unit("industry", "department"),
                   schema::ChainDefined{"textile", "示例纺织链", "Textile", day("2023-10-07")},
                   schema::ChainLeadAssigned{"textile", "commerce", day("2023-10-07")},
                   schema::ProjectChainAssigned{"P1", "textile"}, person("leader")});
  return ledger;
}

}  // namespace silkledger::domain::example
