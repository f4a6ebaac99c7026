// Units of the prefecture (Art. 2, 5–10): dated, so that 2023 has twelve counties and 2026
// thirteen. Pure. Stream: "unit/<unit id>".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::UnitRegistered& stated, const Context& context);
Result<Decision> decide(const schema::UnitRenamed& stated, const Context& context);
Result<Decision> decide(const schema::UnitClosed& stated, const Context& context);

}  // namespace silkledger::domain
