// What approvals and funds ask of their project: it was formally signed, or it began before the
// ledger and was entered by an opening event, and it has not ended (Art. 21, 23, 26). Pure.
#pragma once

#include <string_view>

#include "domain/checks.h"

namespace silkledger::domain {

Objection project_has_landed(const Checks& check, std::string_view project_id);

}  // namespace silkledger::domain
