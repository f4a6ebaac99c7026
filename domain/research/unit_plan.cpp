#include "domain/research/unit_plan.h"

#include "domain/checks.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = UnitPlanState::Status;

const Text kPlan{"规划方案", "unit plan"};

std::string_view article_of(schema::UnitPlanKind kind) {
  return kind == schema::UnitPlanKind::research ? "11" : "7";
}

Objection is_known_and_own(const Checks& check, const UnitPlanState& plan,
                           std::string_view plan_id) {
  if (auto no = check.exists(plan.exists(), kPlan, plan_id, "/planId")) return no;
  return check.own_unit(plan.unit_id);
}

Rejection wrong_status(const Checks& check, const UnitPlanState& plan, Text remedy) {
  const bool issued = plan.status == Status::issued;
  return check.reject(Kind::wrong_state, issued ? "unit-plan-issued" : "unit-plan-withdrawn",
                      "/planId",
                      {issued ? "该文件已印发。" : "该文件已撤回。",
                       issued ? "The document was issued." : "The document was withdrawn."},
                      std::move(remedy));
}

}  // namespace

void evolve(UnitPlanState& state, wire::Event::Reader event, const EventPlace&) {
  switch (event.which()) {
    case wire::Event::UNIT_PLAN_DRAFTED: {
      const auto drafted = schema::read(event.getUnitPlanDrafted());
      state.status = Status::drafted;
      state.unit_id = drafted.unit_id;
      state.kind = drafted.kind;
      return;
    }
    case wire::Event::UNIT_PLAN_ISSUED:
      state.status = Status::issued;
      return;
    case wire::Event::UNIT_PLAN_WITHDRAWN:
      state.status = Status::withdrawn;
      return;
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::UnitPlanDrafted& stated, const Context& context) {
  const Checks check(context, article_of(stated.kind));
  const UnitPlanState& plan = context.states.get<UnitPlanState>(stated.plan_id);
  if (auto no = check.id_is_free(plan.exists(), kPlan, stated.plan_id, "/planId")) return *no;
  if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  if (auto no = check.own_unit(stated.unit_id)) return *no;
  if (auto no = check.name(stated.title, "/title")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::UnitPlanIssued& stated, const Context& context) {
  const UnitPlanState& plan = context.states.get<UnitPlanState>(stated.plan_id);
  const Checks check(context, article_of(plan.kind));
  if (auto no = is_known_and_own(check, plan, stated.plan_id)) return *no;
  if (plan.status != Status::drafted) {
    return wrong_status(check, plan,
                        {"修订后重新印发的，请另行登记。", "Enter a revision as a new document."});
  }
  if (auto no = check.words(stated.document_no, "/documentNo")) return *no;
  if (auto no = check.happened(stated.issued_on, {"印发日期", "the day of issue"}, "/issuedOn")) {
    return *no;
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::UnitPlanWithdrawn& stated, const Context& context) {
  const UnitPlanState& plan = context.states.get<UnitPlanState>(stated.plan_id);
  const Checks check(context, article_of(plan.kind));
  if (auto no = is_known_and_own(check, plan, stated.plan_id)) return *no;
  if (plan.status == Status::withdrawn) {
    return wrong_status(check, plan, {"无需重复撤回。", "There is nothing to withdraw."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
