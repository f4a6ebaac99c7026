// People, their roles in units and their tokens (Art. 5). Roles are dated; of a token the ledger
// knows only the SHA-256. Pure. Stream: "person/<person id>".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::PersonRegistered& stated, const Context& context);
Result<Decision> decide(const schema::RoleGranted& stated, const Context& context);
Result<Decision> decide(const schema::RoleRevoked& stated, const Context& context);
Result<Decision> decide(const schema::TokenIssued& stated, const Context& context);
Result<Decision> decide(const schema::TokenRevoked& stated, const Context& context);

}  // namespace silkledger::domain
