// 项目评估: meetings, whom they asked, what these said and what was concluded (Art. 20).
//
// Notes: "of/<project>/<evaluation>".
#include "projections/views/views.h"

#include "domain/schema/event.wire.h"
#include "projections/views/of_project.h"

namespace silkledger::projections {
namespace {

using schema::EvaluationRow;

void set_units(Fold& fold, EvaluationRow& row) {
  Participants units(project_of(fold, row.project_id).units);
  units.add(row.invited);
  row.units = units.list();
}

void convene(Fold& fold, const EventInput& input, schema::EvaluationConvened event) {
  EvaluationRow row;
  row.evaluation_id = event.evaluation_id;
  row.project_id = std::move(event.project_id);
  row.held_on = event.held_on;
  row.agenda = std::move(event.agenda);
  row.invited = std::move(event.invited);
  row.version = input.version;
  row.position = input.position;
  set_units(fold, row);
  set_of_project(fold, row.project_id, event.evaluation_id);
  fold.put(std::move(row));
}

template <class Event, class Change>
void change_evaluation(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<EvaluationRow>(event.evaluation_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  fold.put(std::move(row));
}

void follow_project(Fold& fold, const EventInput& input) {
  for (const std::string& evaluation_id : rows_with_new_project<EvaluationRow>(fold, input)) {
    auto row = fold.existing<EvaluationRow>(evaluation_id);
    const std::vector<std::string> before = row.units;
    set_units(fold, row);
    if (row.units == before) continue;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void fold_evaluation(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::EVALUATION_CONVENED:
      convene(fold, input, read(event.getEvaluationConvened()));
      return follow_project(fold, input);  // an earlier meeting on the same project
    case EventKind::EVALUATION_OPINION_GIVEN:
      return change_evaluation(
          fold, input, read(event.getEvaluationOpinionGiven()),
          [](EvaluationRow& row, const auto& opinion) { row.opinions.push_back(opinion); });
    case EventKind::EVALUATION_CONCLUDED:
      return change_evaluation(fold, input, read(event.getEvaluationConcluded()),
                               [](EvaluationRow& row, const auto& concluded) {
                                 const bool passed =
                                     concluded.verdict == schema::EvaluationVerdict::pass;
                                 row.verdict = passed ? "pass" : "fail";
                                 row.reasons = concluded.reasons;
                               });
    default:
      return follow_project(fold, input);
  }
}

}  // namespace

View evaluation_view() {
  View view{.name = "evaluation",
            .version = 1,
            .folds = {EventKind::EVALUATION_CONVENED, EventKind::EVALUATION_OPINION_GIVEN,
                      EventKind::EVALUATION_CONCLUDED},
            .reads = {"project"},
            .fold = fold_evaluation};
  fold_what_changes_projects(view);
  return view;
}

}  // namespace silkledger::projections
