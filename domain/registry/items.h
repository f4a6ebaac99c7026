// The catalogue of approval items and their statutory limits (Art. 23). Defining an item again
// replaces it for approvals that are accepted later; an accepted approval keeps the limit it was
// accepted under. Pure. Stream: "item/<item id>".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::ApprovalItemDefined& stated, const Context& context);

}  // namespace silkledger::domain
