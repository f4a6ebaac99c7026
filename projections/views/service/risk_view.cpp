// 项目风险: every risk that was raised of a project, with what became of it (Art. 21).
//
// Notes: "of/<project>/<key>" (of_project.h).
#include "projections/views/views.h"

#include "domain/schema/event.wire.h"
#include "projections/views/of_project.h"

namespace silkledger::projections {
namespace {

using schema::RiskRow;

// No id contains '~', so that a key says which project and which of its risks.
std::string key_of(const std::string& project_id, const std::string& risk_id) {
  return project_id + "~" + risk_id;
}

void copy_project(RiskRow& row, const schema::ProjectRow& project) {
  row.project_name = project.name;
  row.unit_id = project.unit_id;
  Participants units(project.units);
  units.add(row.raised_by);
  row.units = units.list();
}

void raise(Fold& fold, const EventInput& input, schema::ProjectRiskRaised event) {
  RiskRow row;
  row.risk_key = key_of(event.project_id, event.risk_id);
  row.project_id = std::move(event.project_id);
  row.risk_id = std::move(event.risk_id);
  row.kind = event.kind;
  row.text = std::move(event.text);
  if (input.stored.hasActingUnit()) {
    const auto unit = input.stored.getActingUnit();
    row.raised_by = std::string(unit.begin(), unit.size());
  }
  row.raised_on = input.occurred_on();
  row.version = input.version;
  row.position = input.position;
  copy_project(row, project_of(fold, row.project_id));
  set_of_project(fold, row.project_id, row.risk_key);
  fold.put(std::move(row));
}

void clear(Fold& fold, const EventInput& input, schema::ProjectRiskCleared event) {
  auto row = fold.existing<RiskRow>(key_of(event.project_id, event.risk_id));
  row.cleared = true;
  row.how = std::move(event.how);
  row.cleared_on = input.occurred_on();
  row.version = input.version;
  row.position = input.position;
  fold.put(std::move(row));
}

void follow_project(Fold& fold, const EventInput& input) {
  for (const std::string& key : rows_with_new_project<RiskRow>(fold, input)) {
    const RiskRow& present = *fold.get<RiskRow>(key);
    RiskRow row = present;
    copy_project(row, project_of(fold, row.project_id));
    if (row == present) continue;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void fold_risk(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::PROJECT_RISK_RAISED:
      return raise(fold, input, read(event.getProjectRiskRaised()));
    case EventKind::PROJECT_RISK_CLEARED:
      return clear(fold, input, read(event.getProjectRiskCleared()));
    default:
      return follow_project(fold, input);
  }
}

}  // namespace

View risk_view() {
  View view{.name = "risk",
            .version = 1,
            .folds = {EventKind::PROJECT_RISK_RAISED, EventKind::PROJECT_RISK_CLEARED},
            .reads = {"project"},
            .fold = fold_risk};
  fold_what_changes_projects(view);
  return view;
}

}  // namespace silkledger::projections
