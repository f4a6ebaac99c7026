#include "domain/projects/project_checks.h"

#include <utility>

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;

}  // namespace

Objection project_goes_on(const Checks& check, const ProjectState& project,
                          std::string_view project_id, std::string_view pointer) {
  if (auto no = check.exists(project.exists(), {"项目", "project"}, project_id, pointer)) return no;
  if (!project.ended()) return {};
  return check.reject(
      Kind::wrong_state, "project-ended", pointer,
      {"项目" + quoted_zh(project.name) + "已终止。",
       "The project " + quoted_en(project.name) + " was terminated."},
      {"终止的项目只能更正；如重新洽谈，请另行启动并重新评估。",
       "An ended project can only be corrected; to negotiate anew, open it anew and evaluate it."});
}

Objection project_is_active(const Checks& check, const ProjectState& project,
                            std::string_view project_id, std::string_view pointer) {
  if (auto no = check.exists(project.exists(), {"项目", "project"}, project_id, pointer)) return no;
  if (auto no = check.own_unit(project.unit_id)) return no;
  return project_goes_on(check, project, project_id, pointer);
}

Objection project_negotiates(const Checks& check, const ProjectState& project,
                             std::string_view project_id, std::string_view pointer) {
  if (auto no = project_is_active(check, project, project_id, pointer)) return no;
  if (project.status == ProjectState::Status::negotiating) return {};
  return check.reject(
      Kind::wrong_state, "project-signed", pointer,
      {"项目" + quoted_zh(project.name) + "已正式签约，不在洽谈中。",
       "The project " + quoted_en(project.name) + " is signed; it is no longer in negotiation."},
      {"如协议有变化，请办理变更。", "If the agreement changed, amend the contract."});
}

Objection may_evaluate(const Checks& check, const ProjectState& project) {
  return project.prefecture_led ? check.prefecture_acts() : check.own_unit(project.unit_id);
}

}  // namespace silkledger::domain
