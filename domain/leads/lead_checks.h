// What the deciders of a lead ask of its state, and how they write their facts. For domain/leads
// alone.
#pragma once

#include <string_view>

#include "domain/checks.h"
#include "domain/leads/lead.h"

namespace silkledger::domain {

Objection lead_exists(const Checks& check, const LeadState& lead, std::string_view lead_id);
Objection lead_is_open(const Checks& check, const LeadState& lead);
Rejection wrong_stage(const Checks& check, const LeadState& lead, std::string_view code,
                      Text remedy);

}  // namespace silkledger::domain
