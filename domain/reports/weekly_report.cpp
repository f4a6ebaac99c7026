#include "domain/reports/weekly_report.h"

#include <algorithm>

#include "domain/registry/reference.h"
#include "domain/reports/report_checks.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

constexpr std::string_view kArticle = "19";
constexpr std::int32_t kDaysOfWeek = 7;
const Text kLead{"线索", "lead"};

Objection is_a_week(const Checks& check, CivilDate begins) {
  if (begins_week(begins)) return {};
  const CivilDate monday{begins.days - iso_weekday(begins) + 1};
  return check.reject(Rejection::Kind::invalid, "week-begins-on-monday", "/weekBegins",
                      {to_string(begins) + " 不是周一。", to_string(begins) + " is no Monday."},
                      {"请填写该周周一：" + to_string(monday) + "。",
                       "State the Monday of that week: " + to_string(monday) + "."});
}

// Art. 2: the attracting units owe it, and nobody else. Asked of the week's last day, so that a
// unit which began in the week may report on it.
Objection owes_it(const Checks& check, std::string_view unit_id, CivilDate week_begins) {
  const Context& context = check.context();
  const Unit* unit = context.reference.unit(unit_id);
  const CivilDate last{week_begins.days + kDaysOfWeek - 1};
  if (unit != nullptr && owes_weekly_report(context.reference, context.rules, *unit, last)) {
    return {};
  }
  const Text label = unit_label(context, unit_id);
  return check.reject(
      Rejection::Kind::invalid, "no-weekly-duty", "/unitId",
      {label.zh + "该周不是引资单位，无周报义务。",
       label.en + " was no attracting unit in that week and owes no weekly report."},
      {"引资单位为开发区、县市、驻点片区分局和链主单位（第2条）；站点由其分局上报。",
       "Attracting units are the zone, counties, branch bureaus and chain-lead units (Art. 2); a "
       "station's bureau reports for it."});
}

Objection is_leads_or_nil(const Checks& check, const schema::WeeklyReportSubmitted& stated) {
  if (stated.nothing_to_report != stated.leads.empty()) {
    const bool nil = stated.nothing_to_report;
    return check.reject(
        Rejection::Kind::invalid, nil ? "nil-report-names-leads" : "report-names-no-lead",
        nil ? "/leads" : "/nothingToReport",
        {nil ? "零报告不得列线索。" : "未列任何线索，也未声明零报告。",
         nil ? "A nil report names no lead." : "No lead is named, and no nil report declared."},
        {"有线索的逐条列出；没有的将 nothingToReport 填为 true，作零报告。",
         "Name the leads; where there were none, set nothingToReport to true."});
  }
  return {};
}

Objection lead_belongs(const Checks& check, const schema::WeeklyReportSubmitted& stated,
                       std::size_t index) {
  const std::string& lead_id = stated.leads[index];
  const std::string pointer = "/leads/" + std::to_string(index);
  const LeadState& lead = check.context().states.get<LeadState>(lead_id);
  if (auto no = check.exists(lead.exists(), kLead, lead_id, pointer)) return no;
  const auto end = stated.leads.begin() + static_cast<std::ptrdiff_t>(index);
  if (std::find(stated.leads.begin(), end, lead_id) != end) {
    return check.reject(Rejection::Kind::invalid, "lead-named-twice", pointer,
                        {"线索" + quoted_zh(lead_id) + "重复列出。",
                         "The lead " + quoted_en(lead_id) + " is named twice."},
                        {"每条线索只列一次。", "Name each lead once."});
  }
  if (!check.context().reference.within(lead.reporting_unit, stated.unit_id)) {
    return check.reject(Rejection::Kind::invalid, "lead-of-another-unit", pointer,
                        {"线索" + quoted_zh(lead_id) + "不是本单位上报的。",
                         "The lead " + quoted_en(lead_id) + " was reported by another unit."},
                        {"只列本单位上报的线索。", "Name leads of this unit only."});
  }
  const CivilDate last{stated.week_begins.days + kDaysOfWeek - 1};
  if (lead.reported_on <= last) return {};
  return check.reject(
      Rejection::Kind::invalid, "lead-after-the-week", pointer,
      {"线索" + quoted_zh(lead_id) + "于 " + to_string(lead.reported_on) + " 上报，晚于该周。",
       "The lead " + quoted_en(lead_id) + " was reported on " + to_string(lead.reported_on) +
           ", after that week."},
      {"请列入其所属周的周报。", "Name it in the report of its own week."});
}

ReportStatus status_of(const Context& context, std::string_view unit_id, CivilDate week) {
  return context.states.get<WeeklyReportState>(unit_id).weeks.of(week);
}

}  // namespace

void evolve(WeeklyReportState& state, wire::Event::Reader event, const EventPlace&) {
  switch (event.which()) {
    case wire::Event::WEEKLY_REPORT_SUBMITTED:
      return state.weeks.set({event.getWeeklyReportSubmitted().getWeekBegins()},
                             ReportStatus::submitted);
    case wire::Event::WEEKLY_REPORT_RETURNED:
      return state.weeks.set({event.getWeeklyReportReturned().getWeekBegins()},
                             ReportStatus::returned);
    case wire::Event::WEEKLY_REPORT_LAPSED:
      return state.weeks.set({event.getWeeklyReportLapsed().getWeekBegins()}, ReportStatus::lapsed);
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::WeeklyReportSubmitted& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  if (auto no = check.own_unit(stated.unit_id)) return *no;
  if (auto no = is_a_week(check, stated.week_begins)) return *no;
  if (auto no = period_has_begun(check, stated.week_begins, "/weekBegins")) return *no;
  if (auto no = owes_it(check, stated.unit_id, stated.week_begins)) return *no;
  const ReportStatus status = status_of(context, stated.unit_id, stated.week_begins);
  if (auto no = may_submit(check, status, "/weekBegins")) return *no;
  if (auto no = is_leads_or_nil(check, stated)) return *no;
  for (std::size_t i = 0; i < stated.leads.size(); ++i) {
    if (auto no = lead_belongs(check, stated, i)) return *no;
  }
  if (auto no = check.words_if_stated(stated.remarks, "/remarks")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::WeeklyReportReturned& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ReportStatus status = status_of(context, stated.unit_id, stated.week_begins);
  if (auto no = may_return(check, status, "/weekBegins")) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::WeeklyReportLapsed& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = is_a_week(check, stated.week_begins)) return *no;
  if (auto no = owes_it(check, stated.unit_id, stated.week_begins)) return *no;
  const schema::RuleSet* rules = context.reference.rules_on(stated.week_begins);
  const DueDay due = weekly_report_due(context.reference, rules ? *rules : context.rules,
                                       stated.unit_id, stated.week_begins);
  const ReportStatus status = status_of(context, stated.unit_id, stated.week_begins);
  if (auto no = may_lapse(check, status, stated.due_on, due)) return *no;
  return only(by_system(check.fact(stated)));
}

}  // namespace silkledger::domain
