#include "domain/dispatch/parties.h"

#include "domain/registry/reference.h"

namespace silkledger::domain {

bool acts_for(const Context& context, std::string_view unit_id) {
  const std::string& unit = context.actor.unit;
  return context.reference.within(unit_id, unit) || context.reference.within(unit, unit_id);
}

bool acts_for_chain_lead(const Context& context, const ProjectState& project) {
  if (!project.chain_id) return false;
  const auto lead = context.reference.chain_lead(*project.chain_id, context.occurred_on);
  return lead && acts_for(context, *lead);
}

Objection follows_project(const Checks& check, const ProjectState& project) {
  const Context& context = check.context();
  if (is_own_unit(context, project.unit_id) || acts_for_chain_lead(context, project)) return {};
  const Text actor = unit_label(context, context.actor.unit);
  return check.reject(
      Rejection::Kind::not_your_unit, "not-following-project", {},
      {actor.zh + "不是项目" + quoted_zh(project.name) + "的承接单位，也不是其链主单位。",
       actor.en + " neither manages the project " + quoted_en(project.name) +
           " nor leads its chain."},
      {"请由承接单位、链主单位或领导小组办公室办理。",
       "Let the managing unit, the chain-lead unit or the office of the leading group do it."});
}

Objection owner_acts(const Checks& check, std::string_view owner_unit) {
  return acts_for(check.context(), owner_unit) ? Objection() : check.own_unit(owner_unit);
}

Objection due_ahead(const Checks& check, CivilDate due, std::string_view pointer) {
  return check.in_order(check.context().occurred_on,
                        {"业务发生日期", "the day on which this occurred"}, due,
                        {"期限", "the due day"}, pointer);
}

}  // namespace silkledger::domain
