// The days of the ledger, the only clock that views know. Begun by the system, one after the other.
// Pure. Stream: "day/beijing".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::DayBegan& stated, const Context& context);

}  // namespace silkledger::domain
