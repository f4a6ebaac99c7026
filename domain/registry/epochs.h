// The lives of the ledger: each restore from a backup begins another, said by the system before
// anything else. Pure. Stream: "ledger/main".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::EpochBegan& stated, const Context& context);

}  // namespace silkledger::domain
