// Days off and exchanged working days, by layer and year (Art. 23; 行政许可法 Art. 82). Pure.
// Stream: "calendar/<layer>".
#pragma once

#include "domain/decision.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::CalendarDaysSet& stated, const Context& context);

}  // namespace silkledger::domain
