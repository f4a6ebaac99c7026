// 应报台账: every report that a unit owes (Art. 19, 22), with its due day, how that was found, and
// what became of it. Days alone bring duties: a week's with its Monday, a half month's with the day
// behind its end. What was not reported lapses by an event of its own, which the server's reactor
// sends (server/core/reactor.h); folding raises nothing.
#include "projections/views/views.h"

#include "domain/reports/cadence.h"
#include "domain/schema/event.wire.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::DutyKind;
using schema::DutyRow;
using schema::DutyStatus;
using schema::ProjectRow;

constexpr std::int32_t kDaysOfWeek = 7;

std::string weekly_id(std::string_view unit_id, CivilDate week_begins) {
  return "weekly." + std::string(unit_id) + "." + to_string(week_begins);
}
std::string half_month_id(std::string_view project_id, CivilDate half_begins) {
  return "half-month." + std::string(project_id) + "." + to_string(half_begins);
}

void set_due(DutyRow& row, const domain::DueDay& due, const schema::RuleSet& rules) {
  row.due_on = due.day;
  row.provisional = due.provisional;
  for (const Text& step : due.because) row.because.push_back({step.zh, step.en});
  row.rule_set = rules.version;
}

// ---------------------------------------------------------------- what days bring

DutyRow weekly_duty(Fold& fold, const schema::RuleSet& rules, const std::string& unit_id,
                    CivilDate week_begins) {
  DutyRow row;
  row.duty_id = weekly_id(unit_id, week_begins);
  row.kind = DutyKind::weekly_report;
  row.unit_id = unit_id;
  row.period_begins = week_begins;
  row.period_ends = {week_begins.days + kDaysOfWeek - 1};
  row.article = "19";
  row.units = {unit_id};
  set_due(row, domain::weekly_report_due(fold.reference(), rules, unit_id, week_begins), rules);
  return row;
}

void bring_weekly(Fold& fold, const EventInput& input, CivilDate week_begins) {
  const domain::Reference& reference = fold.reference();
  const schema::RuleSet* rules = reference.rules_on(week_begins);
  if (!rules) return;
  for (const auto& [unit_id, unit] : reference.units()) {
    if (!domain::owes_weekly_report(reference, *rules, unit, week_begins)) continue;
    if (fold.get<DutyRow>(weekly_id(unit_id, week_begins))) continue;
    DutyRow row = weekly_duty(fold, *rules, unit_id, week_begins);
    row.position = input.position;
    fold.put(std::move(row));
  }
}

DutyRow half_month_duty(Fold& fold, const schema::RuleSet& rules, const ProjectRow& project,
                        const std::string& unit_id, CivilDate half_begins) {
  DutyRow row;
  row.duty_id = half_month_id(project.project_id, half_begins);
  row.kind = DutyKind::half_month_report;
  row.unit_id = unit_id;
  row.period_begins = half_begins;
  row.period_ends = domain::half_month_end(half_begins);
  row.article = "22";
  row.project_id = project.project_id;
  row.project_name = project.name;
  Participants units(project.units);
  units.add(std::string_view(unit_id));
  row.units = units.list();
  set_due(row, domain::half_month_report_due(fold.reference(), rules, unit_id, half_begins), rules);
  return row;
}

// From signing until production or the end (Art. 22 names no end; see docs/regulation.md).
bool owes_feedback(const ProjectRow& project, int tier, CivilDate half_ends) {
  const bool goes_on = project.stage == schema::Stage::signed_ ||
                       project.stage == schema::Stage::landing ||
                       project.stage == schema::Stage::construction;
  return goes_on && project.tier >= tier && project.signed_on && *project.signed_on <= half_ends;
}

void bring_half_month(Fold& fold, const EventInput& input, CivilDate day) {
  const CivilDate ended{day.days - 1};
  CivilDate half_begins = ended;
  while (!domain::begins_half_month(half_begins)) --half_begins.days;
  const domain::Reference& reference = fold.reference();
  const schema::RuleSet* rules = reference.rules_on(half_begins);
  if (!rules || rules->tiers.empty()) return;
  const int tier = domain::feedback_tier(*rules);
  for (const std::string& project_id : fold.keys<ProjectRow>()) {
    const ProjectRow& project = *fold.get<ProjectRow>(project_id);
    if (!owes_feedback(project, tier, ended) || !project.chain_id) continue;
    const auto unit_id = reference.chain_lead(*project.chain_id, ended);
    if (!unit_id || fold.get<DutyRow>(half_month_id(project_id, half_begins))) continue;
    DutyRow row = half_month_duty(fold, *rules, project, *unit_id, half_begins);
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void begin_day(Fold& fold, const EventInput& input, CivilDate day) {
  if (domain::begins_week(day)) bring_weekly(fold, input, day);
  if (domain::begins_half_month(day)) bring_half_month(fold, input, day);
}

// ---------------------------------------------------------------- what became of them

// A report may come before its duty was brought: a half's before the half has ended, or for a week
// before the ledger's first Monday.
DutyRow weekly_row(Fold& fold, const std::string& unit_id, CivilDate week_begins) {
  if (const DutyRow* row = fold.get<DutyRow>(weekly_id(unit_id, week_begins))) return *row;
  const schema::RuleSet* rules = fold.reference().rules_on(week_begins);
  return weekly_duty(fold, rules ? *rules : schema::RuleSet(), unit_id, week_begins);
}

DutyRow half_month_row(Fold& fold, const std::string& project_id, CivilDate half_begins) {
  if (const DutyRow* row = fold.get<DutyRow>(half_month_id(project_id, half_begins))) return *row;
  const schema::RuleSet* rules = fold.reference().rules_on(half_begins);
  const ProjectRow* project = fold.get<ProjectRow>(project_id);
  if (!project || !project->chain_id) {
    throw ImpossibleEvent("project " + project_id + " has no chain that somebody leads");
  }
  const auto unit_id =
      fold.reference().chain_lead(*project->chain_id, domain::half_month_end(half_begins));
  return half_month_duty(fold, rules ? *rules : schema::RuleSet(), *project,
                         unit_id.value_or(std::string()), half_begins);
}

void submit(Fold& fold, const EventInput& input, DutyRow row, std::size_t leads, bool nothing) {
  const CivilDate day = beijing_date(input.recorded_at);
  const schema::RuleSet* rules = fold.reference().rules_by_version(row.rule_set);
  const bool in_time =
      domain::is_in_time(rules ? *rules : schema::RuleSet(), row.due_on, input.recorded_at);
  row.status = in_time ? DutyStatus::met : DutyStatus::met_late;
  row.submitted_on = day;
  row.days_late = std::max(0, day.days - row.due_on.days);
  row.leads = static_cast<std::int32_t>(leads);
  row.nothing_to_report = nothing;
  row.reason.reset();
  row.version = input.version;
  row.position = input.position;
  fold.put(std::move(row));
}

void settle(Fold& fold, const EventInput& input, const std::string& duty_id, DutyStatus status,
            std::optional<std::string> reason) {
  DutyRow row = fold.existing<DutyRow>(duty_id);
  row.status = status;
  row.reason = std::move(reason);
  row.version = input.version;
  row.position = input.position;
  fold.put(std::move(row));
}

void fold_duty(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::DAY_BEGAN:
      return begin_day(fold, input, {event.getDayBegan().getDate()});
    case EventKind::WEEKLY_REPORT_SUBMITTED: {
      const auto report = read(event.getWeeklyReportSubmitted());
      return submit(fold, input, weekly_row(fold, report.unit_id, report.week_begins),
                    report.leads.size(), report.nothing_to_report);
    }
    case EventKind::WEEKLY_REPORT_RETURNED: {
      const auto report = read(event.getWeeklyReportReturned());
      return settle(fold, input, weekly_id(report.unit_id, report.week_begins),
                    DutyStatus::returned, report.reason);
    }
    case EventKind::WEEKLY_REPORT_LAPSED: {
      const auto report = read(event.getWeeklyReportLapsed());
      return settle(fold, input, weekly_id(report.unit_id, report.week_begins), DutyStatus::lapsed,
                    std::nullopt);
    }
    case EventKind::HALF_MONTH_REPORT_SUBMITTED: {
      const auto report = read(event.getHalfMonthReportSubmitted());
      return submit(fold, input, half_month_row(fold, report.project_id, report.half_begins), 0,
                    false);
    }
    case EventKind::HALF_MONTH_REPORT_RETURNED: {
      const auto report = read(event.getHalfMonthReportReturned());
      return settle(fold, input, half_month_id(report.project_id, report.half_begins),
                    DutyStatus::returned, report.reason);
    }
    case EventKind::HALF_MONTH_REPORT_LAPSED: {
      const auto report = read(event.getHalfMonthReportLapsed());
      return settle(fold, input, half_month_id(report.project_id, report.half_begins),
                    DutyStatus::lapsed, std::nullopt);
    }
    default:
      return;
  }
}

}  // namespace

View duty_view() {
  return {.name = "duty",
          .version = 1,
          .folds = {EventKind::DAY_BEGAN, EventKind::WEEKLY_REPORT_SUBMITTED,
                    EventKind::WEEKLY_REPORT_RETURNED, EventKind::WEEKLY_REPORT_LAPSED,
                    EventKind::HALF_MONTH_REPORT_SUBMITTED, EventKind::HALF_MONTH_REPORT_RETURNED,
                    EventKind::HALF_MONTH_REPORT_LAPSED},
          .reads = {"project"},
          .fold = fold_duty};
}

}  // namespace silkledger::projections
