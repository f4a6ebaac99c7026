// Industrial chains and their chain-lead units (Art. 4, 9), which are departments of government.
// Pure. Stream: "chain/<chain id>".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::ChainDefined& stated, const Context& context);
Result<Decision> decide(const schema::ChainLeadAssigned& stated, const Context& context);

}  // namespace silkledger::domain
