// 问题台账: every problem of a project, whose it is, how long it stands open and what the
// prefecture said of it (Art. 27, 28).
//
// Days open and overdue move with the days while nobody has resolved it; notes "open/<problem>"
// name those rows. "of/<project>/<problem>" leads from a project to its problems.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "projections/views/of_project.h"

namespace silkledger::projections {
namespace {

using schema::ProblemRow;
using schema::ProblemStatus;

constexpr std::string_view kOpen = "open/";

std::string open_note(std::string_view problem_id) {
  return std::string(kOpen) + std::string(problem_id);
}

std::int32_t days_between(CivilDate from, CivilDate to) { return std::max(to.days - from.days, 0); }

void set_days(Fold& fold, const EventInput& input, ProblemRow& row) {
  const CivilDate until = row.resolved_on.value_or(today(fold, input));
  row.days_open = days_between(row.raised_on, until);
  row.days_overdue = row.due ? days_between(*row.due, until) : 0;
  row.overdue = row.days_overdue > 0;
}

void copy_project(ProblemRow& row, const schema::ProjectRow& project) {
  row.project_name = project.name;
  row.unit_id = project.unit_id;
  Participants units(project.units);
  units.add(std::string_view(row.raised_by));
  units.add(row.owner_unit);
  row.units = units.list();
}

void raise(Fold& fold, const EventInput& input, const schema::ProblemRaised& event) {
  ProblemRow row;
  row.problem_id = event.problem_id;
  row.project_id = event.project_id;
  row.problem_class = event.problem_class;
  row.text = event.text;
  row.raised_by = event.raised_by;
  row.raised_on = input.occurred_on();
  row.version = input.version;
  row.position = input.position;
  copy_project(row, project_of(fold, event.project_id));
  set_days(fold, input, row);
  set_of_project(fold, event.project_id, event.problem_id);
  fold.set_note(open_note(event.problem_id), "");
  fold.put(std::move(row));
}

template <class Event, class Change>
void change_problem(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<ProblemRow>(event.problem_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  set_days(fold, input, row);
  fold.put(std::move(row));
}

void assign(Fold& fold, ProblemRow& row, const schema::ProblemAssigned& event) {
  row.status = ProblemStatus::assigned;
  row.owner_unit = event.owner_unit;
  row.due = event.due;
  copy_project(row, project_of(fold, row.project_id));
}

void feed_back(const EventInput& input, ProblemRow& row, const std::string& text) {
  ++row.feedbacks;
  row.last_feedback = text;
  row.last_feedback_on = input.occurred_on();
}

void resolve(Fold& fold, const EventInput& input, ProblemRow& row,
             const schema::ProblemResolved& event) {
  row.status = ProblemStatus::resolved;
  row.result = event.result;
  row.resolved_on = input.occurred_on();
  fold.erase_note(open_note(row.problem_id));
}

void reopen(Fold& fold, ProblemRow& row) {
  row.status = ProblemStatus::assigned;
  row.resolved_on.reset();
  row.confirmed_on.reset();
  ++row.reopened;
  fold.set_note(open_note(row.problem_id), "");
}

// Brings one row up to date with its project and the day; written when anything in it is new.
void refresh(Fold& fold, const EventInput& input, const std::string& problem_id) {
  const ProblemRow& present = *fold.get<ProblemRow>(problem_id);
  ProblemRow row = present;
  copy_project(row, project_of(fold, row.project_id));
  set_days(fold, input, row);
  if (row == present) return;
  row.position = input.position;
  fold.put(std::move(row));
}

void follow_day(Fold& fold, const EventInput& input) {
  for (const std::string& note : fold.note_keys(kOpen, std::string(kOpen) + "\x7f")) {
    refresh(fold, input, note.substr(kOpen.size()));
  }
}

void follow_project(Fold& fold, const EventInput& input) {
  for (const std::string& problem_id : rows_with_new_project<ProblemRow>(fold, input)) {
    refresh(fold, input, problem_id);
  }
}

void fold_problem(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::PROBLEM_RAISED:
      return raise(fold, input, read(event.getProblemRaised()));
    case EventKind::PROBLEM_ASSIGNED:
      return change_problem(
          fold, input, read(event.getProblemAssigned()),
          [&](ProblemRow& row, const auto& assigned) { assign(fold, row, assigned); });
    case EventKind::PROBLEM_FEEDBACK_GIVEN:
      return change_problem(
          fold, input, read(event.getProblemFeedbackGiven()),
          [&](ProblemRow& row, const auto& given) { feed_back(input, row, given.text); });
    case EventKind::PROBLEM_ESCALATED:
      return change_problem(fold, input, read(event.getProblemEscalated()),
                            [](ProblemRow& row, const auto& escalated) {
                              row.escalation = schema::Escalation::asked;
                              row.matter = escalated.matter;
                              row.ruling.reset();
                            });
    case EventKind::PROBLEM_ESCALATION_DECIDED:
      return change_problem(
          fold, input, read(event.getProblemEscalationDecided()),
          [](ProblemRow& row, const auto& decided) {
            const bool taken = decided.verdict == schema::EscalationVerdict::taken;
            row.escalation = taken ? schema::Escalation::taken : schema::Escalation::returned;
            row.ruling = decided.text;
          });
    case EventKind::PROBLEM_RESOLVED:
      return change_problem(
          fold, input, read(event.getProblemResolved()),
          [&](ProblemRow& row, const auto& resolved) { resolve(fold, input, row, resolved); });
    case EventKind::PROBLEM_CONFIRMED:
      return change_problem(fold, input, read(event.getProblemConfirmed()),
                            [&](ProblemRow& row, const auto&) {
                              row.status = ProblemStatus::confirmed;
                              row.confirmed_on = input.occurred_on();
                            });
    case EventKind::PROBLEM_REOPENED:
      return change_problem(fold, input, read(event.getProblemReopened()),
                            [&](ProblemRow& row, const auto&) { reopen(fold, row); });
    case EventKind::DAY_BEGAN:
      follow_day(fold, input);
      return follow_project(fold, input);
    default:
      return follow_project(fold, input);
  }
}

}  // namespace

View problem_view() {
  View view{.name = "problem",
            .version = 1,
            .folds = {EventKind::PROBLEM_RAISED, EventKind::PROBLEM_ASSIGNED,
                      EventKind::PROBLEM_FEEDBACK_GIVEN, EventKind::PROBLEM_ESCALATED,
                      EventKind::PROBLEM_ESCALATION_DECIDED, EventKind::PROBLEM_RESOLVED,
                      EventKind::PROBLEM_CONFIRMED, EventKind::PROBLEM_REOPENED},
            .reads = {"project"},
            .fold = fold_problem};
  fold_what_changes_projects(view);
  return view;
}

}  // namespace silkledger::projections
