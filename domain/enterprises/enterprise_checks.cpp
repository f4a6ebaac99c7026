#include "domain/enterprises/enterprise_checks.h"

#include "domain/states.h"

namespace silkledger::domain {

const EnterpriseState& enterprise_of(const Context& context, std::string_view enterprise_id) {
  return context.states.get<EnterpriseState>(enterprise_id);
}

Objection enterprise_is_open(const Checks& check, const EnterpriseState& enterprise,
                             std::string_view enterprise_id) {
  if (auto no = check.exists(enterprise.exists(), kEnterprise, enterprise_id, "/enterpriseId")) {
    return no;
  }
  if (!enterprise.merged_into) return {};
  return merged(check, enterprise, "/enterpriseId");
}

Rejection merged(const Checks& check, const EnterpriseState& enterprise, std::string_view pointer) {
  const std::string& into = *enterprise.merged_into;
  return check.reject(
      Rejection::Kind::wrong_state, "enterprise-merged", pointer,
      {"该记录已并入" + quoted_zh(into) + "。",
       "The record was merged into " + quoted_en(into) + "."},
      {"请在" + quoted_zh(into) + "上办理。", "Go on with " + quoted_en(into) + "."});
}

Rejection already_assigned(const Checks& check, std::string_view pointer) {
  return check.reject(Rejection::Kind::wrong_state, "enterprise-already-assigned", pointer,
                      {"该企业已如此划分。", "The enterprise is assigned so already."},
                      {"无需重复划分。", "There is nothing to assign."});
}

}  // namespace silkledger::domain
