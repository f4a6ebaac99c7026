// Reports owed, by the simplest reading of Art. 19 and 22: which there are, when they fall due, and
// what became of them.
#include <algorithm>

#include "domain/schema/event.meta.h"
#include "tools/generator/oracle/books.h"

namespace silkledger::generator {
namespace {

constexpr std::int64_t kMinute = 60 * kMicrosPerSecond;

std::string weekly_id(const std::string& unit_id, CivilDate week) {
  return "weekly." + unit_id + "." + to_string(week);
}
std::string half_month_id(const std::string& project_id, CivilDate half) {
  return "half-month." + project_id + "." + to_string(half);
}

bool is_attracting(const schema::RuleSet& rules, const std::string& kind) {
  const auto found = std::ranges::find(rules.unit_kinds, kind, &schema::UnitKind::code);
  return found != rules.unit_kinds.end() && found->attracting;
}

std::int32_t highest_tier(const schema::RuleSet& rules) {
  std::int32_t highest = 0;
  for (const schema::Tier& tier : rules.tiers) highest = std::max(highest, tier.tier);
  return highest;
}

bool closes_in_summer(const schema::RuleSet& rules, CivilDate day) {
  const YearMonthDay date = year_month_day(day);
  const std::int32_t in_year = date.month * 100 + date.day;
  return in_year >= rules.summer_hours_from && in_year < rules.winter_hours_from;
}

}  // namespace

std::optional<std::string> Books::chain_lead(const std::string& chain_id, CivilDate day) const {
  std::optional<std::string> lead;
  const auto found = chain_leads_.find(chain_id);
  if (found == chain_leads_.end()) return lead;
  CivilDate since{};
  for (const auto& [from, unit_id] : found->second) {
    if (from > day || (lead && from < since)) continue;
    since = from;
    lead = unit_id;
  }
  return lead;
}

void Books::on(const schema::ChainLeadAssigned& stated, const Place& place) {
  event(schema::meta<schema::ChainLeadAssigned>(), place.actor);
  chain_leads_[stated.chain_id].emplace_back(stated.from, stated.unit_id);
}

void Books::on(const schema::UnitClosed& stated, const Place& place) {
  event(schema::meta<schema::UnitClosed>(), place.actor);
  units_[stated.unit_id].until = stated.until;
}

void Books::on(const schema::DayBegan& stated, const Place& place) {
  event(schema::meta<schema::DayBegan>(), place.actor);
  if (iso_weekday(stated.date) == 1) owe_weekly_reports(stated.date);
  const std::int32_t in_month = year_month_day(stated.date).day;
  if (in_month == 1 || in_month == 16) owe_half_month_reports({stated.date.days - 1});
}

void Books::owe_weekly_reports(CivilDate monday) {
  const schema::RuleSet& rules = *files_->rules_on(monday);
  for (const auto& [unit_id, unit] : units_) {
    const bool exists = unit.from <= monday && (!unit.until || monday <= *unit.until);
    if (!exists || !is_attracting(rules, unit.kind)) continue;
    const UnitCalendar calendar = files_->calendar.for_layers(calendar_layers(unit_id));
    CivilDate due{monday.days + rules.weekly_report_weekday - 1};
    while (!calendar.is_working(due)) ++due.days;
    duties_[weekly_id(unit_id, monday)] = {
        schema::DutyKind::weekly_report, unit_id, {}, monday, due, schema::DutyStatus::open};
  }
}

void Books::owe_half_month_reports(CivilDate last) {
  CivilDate half = last;
  while (year_month_day(half).day != 1 && year_month_day(half).day != 16) --half.days;
  const schema::RuleSet& rules = *files_->rules_on(half);
  for (const auto& [project_id, project] : projects_) {
    const bool goes_on = project.stage == schema::Stage::signed_ ||
                         project.stage == schema::Stage::landing ||
                         project.stage == schema::Stage::construction;
    if (!goes_on || !project.contract_id || project.tier < highest_tier(rules)) continue;
    if (contracts_.at(*project.contract_id).signed_on > last || !project.chain_id) continue;
    const auto unit_id = chain_lead(*project.chain_id, last);
    if (!unit_id) continue;
    const UnitCalendar calendar = files_->calendar.for_layers(calendar_layers(*unit_id));
    CivilDate due = last;
    for (std::int32_t left = rules.half_month_report_working_days; left > 0;) {
      ++due.days;
      if (calendar.is_working(due)) --left;
    }
    duties_[half_month_id(project_id, half)] = {schema::DutyKind::half_month_report,
                                                *unit_id,
                                                project_id,
                                                half,
                                                due,
                                                schema::DutyStatus::open};
  }
}

void Books::report_came(const std::string& duty_id, const Place& place) {
  const auto found = duties_.find(duty_id);
  if (found == duties_.end()) return;  // of a week before the first Monday
  DutyBook& duty = found->second;
  const schema::RuleSet& rules = *files_->rules_on(duty.period_begins);
  const std::int64_t closes =
      closes_in_summer(rules, duty.due_on) ? rules.summer_closes : rules.winter_closes;
  const bool in_time = place.at.us <= beijing_midnight(duty.due_on).us + closes * kMinute;
  duty.status = in_time ? schema::DutyStatus::met : schema::DutyStatus::met_late;
}

void Books::on(const schema::WeeklyReportSubmitted& stated, const Place& place) {
  event(schema::meta<schema::WeeklyReportSubmitted>(), place.actor);
  report_came(weekly_id(stated.unit_id, stated.week_begins), place);
  nil_reports_ += stated.nothing_to_report ? 1 : 0;
}

void Books::on(const schema::WeeklyReportReturned& stated, const Place& place) {
  event(schema::meta<schema::WeeklyReportReturned>(), place.actor);
  duties_.at(weekly_id(stated.unit_id, stated.week_begins)).status = schema::DutyStatus::returned;
}

void Books::on(const schema::WeeklyReportLapsed& stated, const Place& place) {
  event(schema::meta<schema::WeeklyReportLapsed>(), place.actor);
  duties_.at(weekly_id(stated.unit_id, stated.week_begins)).status = schema::DutyStatus::lapsed;
}

void Books::on(const schema::HalfMonthReportSubmitted& stated, const Place& place) {
  event(schema::meta<schema::HalfMonthReportSubmitted>(), place.actor);
  report_came(half_month_id(stated.project_id, stated.half_begins), place);
}

void Books::on(const schema::HalfMonthReportReturned& stated, const Place& place) {
  event(schema::meta<schema::HalfMonthReportReturned>(), place.actor);
  duties_.at(half_month_id(stated.project_id, stated.half_begins)).status =
      schema::DutyStatus::returned;
}

void Books::on(const schema::HalfMonthReportLapsed& stated, const Place& place) {
  event(schema::meta<schema::HalfMonthReportLapsed>(), place.actor);
  duties_.at(half_month_id(stated.project_id, stated.half_begins)).status =
      schema::DutyStatus::lapsed;
}

}  // namespace silkledger::generator
