#include "projections/views/of_project.h"

#include "domain/schema/event.wire.h"

namespace silkledger::projections {

const schema::ProjectRow& project_of(Fold& fold, std::string_view project_id) {
  const schema::ProjectRow* project = fold.get<schema::ProjectRow>(project_id);
  if (!project) throw ImpossibleEvent("there is no project " + std::string(project_id));
  return *project;
}

void set_of_project(Fold& fold, std::string_view project_id, std::string_view key) {
  fold.set_note("of/" + std::string(project_id) + "/" + std::string(key), "");
}

std::vector<std::string> keys_of_project(Fold& fold, std::string_view project_id) {
  const std::string prefix = "of/" + std::string(project_id) + "/";
  std::vector<std::string> keys;
  for (const std::string& note : fold.note_keys(prefix, prefix + "\x7f")) {
    keys.push_back(note.substr(prefix.size()));
  }
  return keys;
}

void fold_what_changes_projects(View& view) {
  for (const EventKind kind : {EventKind::PROJECT_CHAIN_ASSIGNED, EventKind::PROJECT_PLAN_SET,
                               EventKind::PROJECT_CORRECTED, EventKind::EVALUATION_CONVENED,
                               EventKind::CHAIN_LEAD_ASSIGNED, EventKind::DAY_BEGAN}) {
    if (std::ranges::find(view.folds, kind) == view.folds.end()) view.folds.push_back(kind);
  }
}

std::optional<std::string> changed_project(wire::Event::Reader event) {
  const auto text = [](capnp::Text::Reader id) { return std::string(id.begin(), id.size()); };
  switch (event.which()) {
    case EventKind::PROJECT_CHAIN_ASSIGNED:
      return text(event.getProjectChainAssigned().getProjectId());
    case EventKind::PROJECT_PLAN_SET:
      return text(event.getProjectPlanSet().getProjectId());
    case EventKind::PROJECT_CORRECTED:
      return text(event.getProjectCorrected().getProjectId());
    case EventKind::EVALUATION_CONVENED:
      return text(event.getEvaluationConvened().getProjectId());
    default:
      return std::nullopt;
  }
}

}  // namespace silkledger::projections
