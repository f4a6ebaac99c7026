#include "domain/landing/landed.h"

#include "domain/states.h"

namespace silkledger::domain {

Objection project_has_landed(const Checks& check, std::string_view project_id) {
  const ProjectState& project = check.context().states.get<ProjectState>(project_id);
  if (auto no = check.exists(project.exists(), {"项目", "project"}, project_id, "/projectId")) {
    return no;
  }
  if (project.ended()) {
    return check.reject(
        Rejection::Kind::wrong_state, "project-ended", "/projectId",
        {"项目已终止。", "The project has ended."},
        {"如项目重新启动，请先重新签约。", "Should it start again, it has to be signed first."});
  }
  if (project.status == ProjectState::Status::signed_ || project.opening) return {};
  return check.reject(
      Rejection::Kind::wrong_state, "project-not-signed", "/projectId",
      {"项目尚未签订正式投资协议。", "No formal agreement was signed for the project."},
      {"请先登记正式协议；框架协议不算。",
       "Record the formal agreement first; a framework does not count."});
}

}  // namespace silkledger::domain
