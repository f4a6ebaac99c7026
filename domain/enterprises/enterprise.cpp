#include "domain/enterprises/enterprise.h"

#include <algorithm>
#include <utility>

#include "domain/enterprises/enterprise_checks.h"
#include "domain/registry/circles.h"
#include "domain/registry/reference.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;

// The place by the basis that was stated; a registered place is known already.
std::optional<std::string> place_of(const EnterpriseState& enterprise,
                                    const schema::AssignEnterpriseByRegion& stated) {
  const bool is_registered = stated.basis == schema::AssignmentBasis::registered_place;
  if (is_registered && !stated.place_code) return enterprise.registered_code;
  return stated.place_code;
}

Objection registered_place_agrees(const Checks& check, const EnterpriseState& enterprise,
                                  const schema::AssignEnterpriseByRegion& stated) {
  const bool is_registered = stated.basis == schema::AssignmentBasis::registered_place;
  if (!is_registered || !stated.place_code || !enterprise.registered_code ||
      stated.place_code == enterprise.registered_code) {
    return {};
  }
  return check.reject(
      Kind::invalid, "place-differs", "/placeCode",
      {"企业入库时的注册地代码是 " + *enterprise.registered_code + "。",
       "The enterprise was entered as registered at " + *enterprise.registered_code + "."},
      {"请按注册地填写，或选择总部、决策中心口径。",
       "State that place, or choose headquarters or decision centre as basis."});
}

Objection unit_attracts(const Checks& check, std::string_view unit_id, std::string_view pointer) {
  if (auto no = check.unit_exists(unit_id, pointer)) return no;
  const Context& context = check.context();
  const Unit* unit = context.reference.unit(unit_id);
  const schema::UnitKind* kind = context.reference.kind_of(*unit, context.rules);
  if (kind != nullptr && kind->attracting) return {};
  return check.reject(
      Kind::invalid, "unit-not-attracting", pointer,
      {unit->name + "不是引资单位。", unit->name_en + " is not an investment-attracting unit."},
      {"请填写驻点招商片区分局。", "Name a regional branch bureau."});
}

// The receipt is the receiver's own word: nobody gives it in its place, the office neither.
Objection receiver_acts(const Checks& check, std::string_view unit_id) {
  const Context& context = check.context();
  if (context.reference.within(unit_id, context.actor.unit)) return {};
  const Text unit = unit_label(context, unit_id);
  return check.reject(Kind::not_your_unit, "receipt-is-the-receivers", "/unitId",
                      {"签收须由接收单位" + unit.zh + "自己办理。",
                       "The receipt is for " + unit.en + " itself to confirm."},
                      {"请由接收单位签收。", "Let the receiving unit confirm it."});
}

}  // namespace

bool EnterpriseHolding::holds(std::string_view unit_id) const {
  return std::ranges::binary_search(holders, unit_id, std::less<>());
}

void EnterpriseHolding::assign(schema::EnterpriseRegion region) {
  const auto of_basis = std::ranges::find(regions, region.basis, &schema::EnterpriseRegion::basis);
  if (of_basis != regions.end()) {
    const std::string former = of_basis->unit_id;
    regions.erase(of_basis);
    const bool elsewhere =
        std::ranges::find(regions, former, &schema::EnterpriseRegion::unit_id) != regions.end();
    if (!elsewhere) std::erase(holders, former);
  }
  const auto at = std::ranges::lower_bound(holders, region.unit_id);
  if (at == holders.end() || *at != region.unit_id) holders.insert(at, region.unit_id);
  regions.insert(
      std::ranges::upper_bound(regions, region.basis, {}, &schema::EnterpriseRegion::basis),
      std::move(region));
}

void EnterpriseHolding::hand_over(const std::string& from_unit, const std::string& to_unit) {
  std::erase(holders, from_unit);
  const auto at = std::ranges::lower_bound(holders, to_unit);
  if (at == holders.end() || *at != to_unit) holders.insert(at, to_unit);
}

void evolve(EnterpriseState& state, wire::Event::Reader event, const EventPlace&) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::ENTERPRISE_ADDED:
      state.added = true;
      state.registered_code = read(event.getEnterpriseAdded()).registered_code;
      return;
    case wire::Event::ENTERPRISE_ASSIGNED_BY_CHAIN:
      state.chains.insert(read(event.getEnterpriseAssignedByChain()).chain_id);
      return;
    case wire::Event::ENTERPRISE_ASSIGNED_BY_REGION: {
      const auto assigned = read(event.getEnterpriseAssignedByRegion());
      state.holding.assign(
          {assigned.basis, assigned.unit_id, assigned.circle, assigned.place_code});
      return;
    }
    case wire::Event::ENTERPRISE_PUSHED:
      state.pushes.emplace(read(event.getEnterprisePushed()).unit_id, false);
      return;
    case wire::Event::ENTERPRISE_RECEIPT_CONFIRMED:
      state.pushes[read(event.getEnterpriseReceiptConfirmed()).unit_id] = true;
      return;
    case wire::Event::ENTERPRISE_CONTACT_MADE:
      state.contacted_by.insert(read(event.getEnterpriseContactMade()).unit_id);
      return;
    case wire::Event::ENTERPRISE_HANDED_OVER: {
      const auto handed = read(event.getEnterpriseHandedOver());
      state.holding.hand_over(handed.from_unit, handed.to_unit);
      return;
    }
    case wire::Event::ENTERPRISE_STATUS_CLAIMED: {
      auto claimed = read(event.getEnterpriseStatusClaimed());
      std::string claim_id = claimed.claim_id;
      state.claims[std::move(claim_id)] = {std::move(claimed), std::nullopt};
      return;
    }
    case wire::Event::ENTERPRISE_STATUS_CHECKED: {
      const auto checked = read(event.getEnterpriseStatusChecked());
      state.claims[checked.claim_id].upheld = checked.upheld;
      return;
    }
    case wire::Event::ENTERPRISE_MERGED:
      state.merged_into = read(event.getEnterpriseMerged()).into;
      return;
    default:  // of another aggregate
      return;
  }
}

// A questionable credit code is a question for views, never a refusal.
Result<Decision> decide(const schema::EnterpriseAdded& stated, const Context& context) {
  const Checks check(context, "16");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = check.id_is_free(enterprise.exists(), kEnterprise, stated.enterprise_id,
                                 "/enterpriseId")) {
    return *no;
  }
  if (auto no = check.prefecture_acts()) return *no;
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = check.words(stated.main_business, "/mainBusiness")) return *no;
  if (auto no = check.words(stated.registered_place, "/registeredPlace")) return *no;
  if (auto no = place_code_is_sound(check, stated.registered_code, "/registeredCode")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::EnterpriseAssignedByChain& stated, const Context& context) {
  const Checks check(context, "16");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (auto no = check.chain_exists(stated.chain_id, "/chainId")) return *no;
  if (enterprise.chains.contains(stated.chain_id)) {
    return already_assigned(check, "/chainId");
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::AssignEnterpriseByRegion& stated, const Context& context) {
  const Checks check(context, "16");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (auto no = unit_attracts(check, stated.unit_id, "/unitId")) return *no;
  if (auto no = place_code_is_sound(check, stated.place_code, "/placeCode")) return *no;
  if (auto no = registered_place_agrees(check, enterprise, stated)) return *no;
  const auto place = place_of(enterprise, stated);
  const auto circle = place ? circle_of(context.rules, *place) : std::nullopt;
  const schema::EnterpriseRegion region{stated.basis, stated.unit_id, circle, place};
  if (std::ranges::find(enterprise.holding.regions, region) != enterprise.holding.regions.end()) {
    return already_assigned(check, "/unitId");
  }
  return only(check.fact(schema::EnterpriseAssignedByRegion{stated.enterprise_id, stated.unit_id,
                                                            stated.basis, place, circle}));
}

Result<Decision> decide(const schema::EnterprisePushed& stated, const Context& context) {
  const Checks check(context, "16");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  const auto push = enterprise.pushes.find(stated.unit_id);
  if (push != enterprise.pushes.end()) {
    return check.reject(
        Kind::wrong_state, "enterprise-already-pushed", "/unitId",
        {"已推送该单位，" + std::string(push->second ? "并已签收。" : "尚待签收。"),
         std::string("It was pushed to this unit, which ") +
             (push->second ? "confirmed the receipt." : "has yet to confirm the receipt.")},
        {"无需重复推送。", "There is nothing to push."});
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::EnterpriseReceiptConfirmed& stated, const Context& context) {
  const Checks check(context, "16");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  const auto push = enterprise.pushes.find(stated.unit_id);
  if (push == enterprise.pushes.end()) {
    return check.reject(Kind::wrong_state, "enterprise-not-pushed", "/unitId",
                        {"没有向该单位推送此企业。", "It was not pushed to this unit."},
                        {"请先由办公室推送。", "Let the office push it first."});
  }
  if (auto no = receiver_acts(check, stated.unit_id)) return *no;
  if (push->second) {
    return check.reject(Kind::wrong_state, "receipt-already-confirmed", "/unitId",
                        {"该单位已签收。", "The unit has confirmed the receipt."},
                        {"无需重复签收。", "There is nothing to confirm."});
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::EnterpriseMerged& stated, const Context& context) {
  const Checks check(context, "16");
  const EnterpriseState& enterprise = enterprise_of(context, stated.enterprise_id);
  if (auto no = enterprise_is_open(check, enterprise, stated.enterprise_id)) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (stated.into == stated.enterprise_id) {
    return check.reject(Kind::invalid, "enterprise-into-itself", "/into",
                        {"不能并入自身。", "A record cannot be merged into itself."},
                        {"请填写另一条记录的编号。", "Name the other record."});
  }
  const EnterpriseState& other = enterprise_of(context, stated.into);
  if (auto no = check.exists(other.exists(), kEnterprise, stated.into, "/into")) return *no;
  if (other.merged_into) return merged(check, other, "/into");
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
