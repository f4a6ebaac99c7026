// Art. 21, 27: risks of a project, the list of major projects, a light set by hand.
#include <utility>

#include "domain/dispatch/parties.h"
#include "domain/projects/project.h"
#include "domain/projects/project_checks.h"
#include "domain/states.h"

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;

const Text kRisk{"风险", "risk"};

const ProjectState& project_in(const Checks& check, std::string_view project_id) {
  return check.context().states.get<ProjectState>(project_id);
}

// Art. 21, 28: the managing unit, the chain-lead unit and the office watch over a project.
Objection may_watch(const Checks& check, const ProjectState& project, std::string_view project_id) {
  if (auto no = check.exists(project.exists(), {"项目", "project"}, project_id, "/projectId")) {
    return no;
  }
  if (auto no = follows_project(check, project)) return no;
  return project_goes_on(check, project, project_id, "/projectId");
}

}  // namespace

Result<Decision> decide(const schema::ProjectRiskRaised& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = project_in(check, stated.project_id);
  if (auto no = may_watch(check, project, stated.project_id)) return *no;
  const bool taken = project.risk(stated.risk_id) != nullptr;
  if (auto no = check.id_is_free(taken, kRisk, stated.risk_id, "/riskId")) return *no;
  if (auto no = check.words(stated.text, "/text")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectRiskCleared& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = project_in(check, stated.project_id);
  if (auto no = may_watch(check, project, stated.project_id)) return *no;
  const ProjectState::Risk* risk = project.risk(stated.risk_id);
  if (auto no = check.exists(risk != nullptr, kRisk, stated.risk_id, "/riskId")) return *no;
  if (risk->cleared) {
    return check.reject(Kind::wrong_state, "risk-cleared", "/riskId",
                        {"该风险已解除。", "The risk is cleared."},
                        {"再次出现时请另行提示。", "Should it come back, raise another."});
  }
  if (auto no = check.words(stated.how, "/how")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectMajorListed& stated, const Context& context) {
  const Checks check(context, "27");
  const ProjectState& project = project_in(check, stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (project.major) {
    return check.reject(Kind::wrong_state, "project-listed", "/projectId",
                        {"该项目已在重大项目清单中。", "The project is on the list."},
                        {"无需重复办理。", "Nothing is left to do."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectMajorDelisted& stated, const Context& context) {
  const Checks check(context, "27");
  const ProjectState& project = project_in(check, stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (!project.major) {
    return check.reject(Kind::wrong_state, "project-not-listed", "/projectId",
                        {"该项目不在重大项目清单中。", "The project is not on the list."},
                        {"请核对项目编号。", "Check the id."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectLightOverridden& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = project_in(check, stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (stated.light == schema::Light::grey) {
    return check.reject(Kind::invalid, "grey-not-set-by-hand", "/light",
                        {"灰灯表示没有节点计划，不能人工设定。",
                         "Grey says that there is no plan; it cannot be set by hand."},
                        {"请选择绿、黄或红灯。", "Choose green, yellow or red."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  if (stated.until) {
    if (auto no = due_ahead(check, *stated.until, "/until")) return *no;
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectLightReleased& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = project_in(check, stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (!project.light_set_on(context.occurred_on)) {
    return check.reject(Kind::wrong_state, "no-light-set", "/projectId",
                        {"该项目没有有效的人工定灯。", "No light set by hand stands."},
                        {"亮灯按计划和日期自动计算，无需办理。",
                         "The light follows plan and day; nothing is left to do."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
