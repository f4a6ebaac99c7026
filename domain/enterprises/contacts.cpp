// Contact, hand-over and claims to a class: what units do with an enterprise (Art. 17, 19).
#include <algorithm>

#include "domain/enterprises/enterprise_checks.h"
#include "domain/registry/reference.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;

// Art. 17: what is handed over is somebody's: it was assigned, pushed or handed to the unit, or
// the unit made the contact.
Objection has_it(const Checks& check, const EnterpriseState& enterprise,
                 const std::string& unit_id) {
  if (enterprise.holding.holds(unit_id) || enterprise.pushes.contains(unit_id) ||
      enterprise.contacted_by.contains(unit_id)) {
    return {};
  }
  const Text unit = unit_label(check.context(), unit_id);
  return check.reject(Kind::wrong_state, "enterprise-not-held", "/fromUnit",
                      {unit.zh + "未联系过该企业，也未被划分或推送。",
                       unit.en + " neither contacted the enterprise nor was given it."},
                      {"请由正在对接的单位移交。", "Let the unit that works on it hand it over."});
}

Objection may_take_over(const Checks& check, const EnterpriseState& enterprise,
                        const schema::EnterpriseHandedOver& stated) {
  if (auto no = check.unit_exists(stated.to_unit, "/toUnit")) return no;
  if (stated.to_unit == stated.from_unit) {
    return check.reject(Kind::invalid, "handed-over-to-itself", "/toUnit",
                        {"不能移交给自己。", "A unit cannot hand over to itself."},
                        {"请填写承接单位。", "Name the unit that takes over."});
  }
  if (!enterprise.holding.holds(stated.to_unit)) return {};
  return check.reject(Kind::wrong_state, "enterprise-already-held", "/toUnit",
                      {"该单位已在对接此企业。", "The unit works on this enterprise already."},
                      {"无需移交。", "There is nothing to hand over."});
}

// Art. 19: only the six classes, which the prefecture decides on, are claimed on a list.
Objection class_is_listed(const Checks& check, const std::string& code) {
  const Context& context = check.context();
  const schema::LeadClass* lead_class = context.reference.lead_class(context.rules, code);
  if (auto no =
          check.exists(lead_class != nullptr, {"投资方类别", "lead class"}, code, "/leadClass")) {
    return no;
  }
  if (lead_class->prefecture_decides) return {};
  return check.reject(Kind::invalid, "class-needs-no-claim", "/leadClass",
                      {lead_class->zh + "不属于六类企业，无需申报。",
                       lead_class->en + " is none of the six classes; there is nothing to claim."},
                      {"请选择六类企业之一。", "Choose one of the six classes."});
}

bool is_same(const EnterpriseState::Claim& claim, const schema::EnterpriseStatusClaimed& stated) {
  return claim.upheld.value_or(true) && claim.said.lead_class == stated.lead_class &&
         claim.said.list == stated.list && claim.said.list_year == stated.list_year;
}

Objection claim_is_new(const Checks& check, const EnterpriseState& enterprise,
                       const schema::EnterpriseStatusClaimed& stated) {
  if (auto no = check.id_is_free(enterprise.claims.contains(stated.claim_id), {"申报", "claim"},
                                 stated.claim_id, "/claimId")) {
    return no;
  }
  const auto same = std::ranges::find_if(
      enterprise.claims, [&](const auto& one) { return is_same(one.second, stated); });
  if (same == enterprise.claims.end()) return {};
  return check.reject(
      Kind::already_exists, "status-already-claimed", "/list",
      {"已有同一类别、榜单和年份的申报" + quoted_zh(same->first) + "。",
       "Claim " + quoted_en(same->first) + " is of the same class, list and year."},
      {"请等待核对，或申报其他年份。", "Wait for its check, or claim another year."});
}

}  // namespace

Result<Decision> decide(const schema::EnterpriseContactMade& stated, const Context& context) {
  const Checks check(context, "17");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  if (auto no = check.own_unit(stated.unit_id)) return *no;
  if (auto no = check.happened(stated.contacted_on, {"联系日期", "the day of the contact"},
                               "/contactedOn")) {
    return *no;
  }
  if (auto no = check.words(stated.result, "/result")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::EnterpriseHandedOver& stated, const Context& context) {
  const Checks check(context, "17");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = check.unit_exists(stated.from_unit, "/fromUnit")) return *no;
  if (auto no = check.own_unit(stated.from_unit)) return *no;
  if (auto no = has_it(check, enterprise, stated.from_unit)) return *no;
  if (auto no = may_take_over(check, enterprise, stated)) return *no;
  if (auto no = check.words_if_stated(stated.note, "/note")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::EnterpriseStatusClaimed& stated, const Context& context) {
  const Checks check(context, "19");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = claim_is_new(check, enterprise, stated)) return *no;
  if (auto no = class_is_listed(check, stated.lead_class)) return *no;
  if (auto no = check.words(stated.list, "/list")) return *no;
  if (stated.list_year > year_month_day(context.occurred_on).year) {
    return check.reject(Kind::invalid, "list-year-in-the-future", "/listYear",
                        {"榜单年份尚未到来。", "The year of the list has not come."},
                        {"请填写已公布榜单的年份。", "State the year of a published list."});
  }
  if (auto no = check.words(stated.evidence, "/evidence")) return *no;
  if (auto no = check.words_if_stated(stated.holding_path, "/holdingPath")) return *no;
  return only(check.fact(stated));
}

// Lists change, so a claim may be checked anew with another outcome.
Result<Decision> decide(const schema::EnterpriseStatusChecked& stated, const Context& context) {
  const Checks check(context, "19");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  const auto claim = enterprise.claims.find(stated.claim_id);
  if (auto no = check.exists(claim != enterprise.claims.end(), {"申报", "claim"}, stated.claim_id,
                             "/claimId")) {
    return *no;
  }
  if (claim->second.upheld == stated.upheld) {
    return check.reject(Kind::wrong_state, "claim-already-checked", "/upheld",
                        {"该申报已按此结论核对。", "The claim was checked with this outcome."},
                        {"结论有变化时再行核对。", "Check it anew when the outcome changes."});
  }
  if (auto no = check.words(stated.basis, "/basis")) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
