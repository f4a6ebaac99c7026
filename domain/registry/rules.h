// The regulation as a versioned rule set (Art. 32, 33). A version never changes but for its last
// day, which a renewal may move later. Pure. Stream: "rules/main".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::RuleSetPublished& stated, const Context& context);
Result<Decision> decide(const schema::RuleSetRenewed& stated, const Context& context);

}  // namespace silkledger::domain
