// What the deciders of an enterprise ask of its state. For domain/enterprises alone.
#pragma once

#include <string_view>

#include "domain/checks.h"
#include "domain/enterprises/enterprise.h"

namespace silkledger::domain {

inline const Text kEnterprise{"目标企业", "enterprise"};

const EnterpriseState& enterprise_of(const Context& context, std::string_view enterprise_id);
// Exists and was not merged into another.
Objection enterprise_is_open(const Checks& check, const EnterpriseState& enterprise,
                             std::string_view enterprise_id);
Rejection merged(const Checks& check, const EnterpriseState& enterprise, std::string_view pointer);
Rejection already_assigned(const Checks& check, std::string_view pointer);

}  // namespace silkledger::domain
