#include "domain/reports/half_month_report.h"

#include "domain/registry/reference.h"
#include "domain/reports/report_checks.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

constexpr std::string_view kArticle = "22";
const Text kProject{"项目", "project"};

Objection is_a_half(const Checks& check, CivilDate begins) {
  if (begins_half_month(begins)) return {};
  return check.reject(
      Rejection::Kind::invalid, "half-begins-on-1st-or-16th", "/halfBegins",
      {to_string(begins) + " 不是1日或16日。",
       to_string(begins) + " is neither the 1st nor the 16th."},
      {"请填写半月的首日：1日或16日。", "State the first day of the half: the 1st or the 16th."});
}

// The unit that has to report: the one that led the project's chain when the half ended.
std::optional<std::string> debtor(const Context& context, const ProjectState& project,
                                  CivilDate half_begins) {
  if (!project.chain_id) return std::nullopt;
  return context.reference.chain_lead(*project.chain_id, half_month_end(half_begins));
}

// A formal contract of the tier that owes feedback, signed by the half's end.
Objection owes_it(const Checks& check, const ProjectState& project, CivilDate half_begins) {
  const Context& context = check.context();
  const int tier = feedback_tier(context.rules);
  if (project.contract_id) {
    const ContractState& contract = context.states.get<ContractState>(*project.contract_id);
    if (contract.signed_on <= half_month_end(half_begins) && contract.tier &&
        contract.tier->tier >= tier) {
      return {};
    }
  }
  const std::string number = std::to_string(tier);
  return check.reject(
      Rejection::Kind::invalid, "no-half-month-duty", "/projectId",
      {"该项目在该半月内不是已签约的" + number + "档项目，无半月反馈义务。",
       "In that half the project was not signed with tier " + number + "; it owes no feedback."},
      {"只有达到最高档的签约项目由链主单位每半月反馈（第22条）。",
       "Only signed projects of the highest tier are fed back on every half month (Art. 22)."});
}

Objection chain_is_led(const Checks& check, const std::optional<std::string>& unit_id) {
  if (unit_id) return {};
  return check.reject(Rejection::Kind::wrong_state, "chain-lead-missing", "/projectId",
                      {"该项目的产业链没有链主单位。", "Nobody leads the chain of this project."},
                      {"请先明确项目的产业链和链主单位。",
                       "Assign the project's chain and its chain-lead unit first."});
}

ReportStatus status_of(const Context& context, std::string_view project_id, CivilDate half) {
  return context.states.get<HalfMonthReportState>(project_id).halves.of(half);
}

}  // namespace

void evolve(HalfMonthReportState& state, wire::Event::Reader event, const EventPlace&) {
  switch (event.which()) {
    case wire::Event::HALF_MONTH_REPORT_SUBMITTED:
      return state.halves.set({event.getHalfMonthReportSubmitted().getHalfBegins()},
                              ReportStatus::submitted);
    case wire::Event::HALF_MONTH_REPORT_RETURNED:
      return state.halves.set({event.getHalfMonthReportReturned().getHalfBegins()},
                              ReportStatus::returned);
    case wire::Event::HALF_MONTH_REPORT_LAPSED:
      return state.halves.set({event.getHalfMonthReportLapsed().getHalfBegins()},
                              ReportStatus::lapsed);
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::HalfMonthReportSubmitted& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = check.exists(project.exists(), kProject, stated.project_id, "/projectId")) {
    return *no;
  }
  if (auto no = is_a_half(check, stated.half_begins)) return *no;
  if (auto no = period_has_begun(check, stated.half_begins, "/halfBegins")) return *no;
  if (auto no = owes_it(check, project, stated.half_begins)) return *no;
  const auto unit_id = debtor(context, project, stated.half_begins);
  if (auto no = chain_is_led(check, unit_id)) return *no;
  if (auto no = check.own_unit(*unit_id)) return *no;
  const ReportStatus status = status_of(context, stated.project_id, stated.half_begins);
  if (auto no = may_submit(check, status, "/halfBegins")) return *no;
  if (auto no = check.words(stated.progress, "/progress")) return *no;
  if (auto no = check.words_if_stated(stated.difficulties, "/difficulties")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::HalfMonthReportReturned& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ReportStatus status = status_of(context, stated.project_id, stated.half_begins);
  if (auto no = may_return(check, status, "/halfBegins")) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

// Whether the project owed it was settled when the half ended: what became of the project since
// does not undo that nobody reported.
Result<Decision> decide(const schema::HalfMonthReportLapsed& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = check.exists(project.exists(), kProject, stated.project_id, "/projectId")) {
    return *no;
  }
  if (auto no = is_a_half(check, stated.half_begins)) return *no;
  const auto unit_id = debtor(context, project, stated.half_begins);
  if (auto no = chain_is_led(check, unit_id)) return *no;
  const schema::RuleSet* rules = context.reference.rules_on(stated.half_begins);
  const DueDay due = half_month_report_due(context.reference, rules ? *rules : context.rules,
                                           *unit_id, stated.half_begins);
  const ReportStatus status = status_of(context, stated.project_id, stated.half_begins);
  if (auto no = may_lapse(check, status, stated.due_on, due)) return *no;
  return only(by_system(check.fact(stated)));
}

}  // namespace silkledger::domain
