#include "domain/reports/cadence.h"

#include <algorithm>
#include <array>
#include <string>

namespace silkledger::domain {
namespace {

constexpr std::int32_t kSecondHalfBegins = 16;
constexpr std::int64_t kMicrosPerMinute = 60 * kMicrosPerSecond;
constexpr std::int32_t kMonthFactor = 100;  // 501 is 1 May

const std::array<Text, 7>& weekdays() {
  static const std::array<Text, 7> names = {{{"周一", "Monday"},
                                             {"周二", "Tuesday"},
                                             {"周三", "Wednesday"},
                                             {"周四", "Thursday"},
                                             {"周五", "Friday"},
                                             {"周六", "Saturday"},
                                             {"周日", "Sunday"}}};
  return names;
}

const Text& weekday(CivilDate day) {
  return weekdays()[static_cast<std::size_t>(iso_weekday(day)) - 1];
}

Text day_off(const DayKind& kind) {
  if (kind.because != DayKind::Because::layer) return {"休息日", "a weekend"};
  return {"“" + kind.name + "”放假", "a day off (" + kind.name + ")"};
}

UnitCalendar calendar_of(const Reference& reference, std::string_view unit_id) {
  return reference.calendar().for_layers(reference.calendar_layers(unit_id));
}

void say_provisional(DueDay& due) {
  if (!due.provisional) return;
  due.because.push_back({"该年放假安排尚未公布，日期待定",
                         "the days off of that year are not published yet: provisional"});
}

}  // namespace

bool begins_week(CivilDate day) { return iso_weekday(day) == 1; }

bool begins_half_month(CivilDate day) {
  const std::int32_t in_month = year_month_day(day).day;
  return in_month == 1 || in_month == kSecondHalfBegins;
}

CivilDate half_month_end(CivilDate begins) {
  YearMonthDay at = year_month_day(begins);
  if (at.day == 1) return {begins.days + kSecondHalfBegins - 2};
  at.day = 1;
  at.year += at.month == 12 ? 1 : 0;
  at.month = at.month % 12 + 1;
  return {civil_date(at).value_or(begins).days - 1};
}

DueDay weekly_report_due(const Reference& reference, const schema::RuleSet& rules,
                         std::string_view unit_id, CivilDate week_begins) {
  const UnitCalendar calendar = calendar_of(reference, unit_id);
  const CivilDate stated{week_begins.days + rules.weekly_report_weekday - 1};
  DueDay due{stated, calendar.is_provisional(year_month_day(stated).year), {}};
  due.because.push_back(
      {"第19条：每周上报，" + weekday(stated).zh + "（" + to_string(stated) + "）截止",
       "Art. 19: every week, due on " + weekday(stated).en + ", " + to_string(stated)});
  if (!calendar.is_working(stated)) {
    const Text why = day_off(calendar.explain(stated));
    const Due next = calendar.add_working_days(stated, 1);
    due.day = next.day;
    due.provisional |= next.is_provisional;
    due.because.push_back(
        {to_string(stated) + "为" + why.zh + "，顺延至下一工作日 " + to_string(next.day),
         to_string(stated) + " is " + why.en + ": moved to the next working day, " +
             to_string(next.day)});
  }
  say_provisional(due);
  return due;
}

DueDay half_month_report_due(const Reference& reference, const schema::RuleSet& rules,
                             std::string_view unit_id, CivilDate half_begins) {
  const UnitCalendar calendar = calendar_of(reference, unit_id);
  const CivilDate ends = half_month_end(half_begins);
  const std::int32_t days = rules.half_month_report_working_days;
  const Due next = calendar.add_working_days(ends, days);
  DueDay due{next.day, next.is_provisional, {}};
  const std::string count = std::to_string(days);
  due.because.push_back(
      {"第22条：每半月反馈，本期 " + to_string(half_begins) + " 至 " + to_string(ends),
       "Art. 22: every half month, this one from " + to_string(half_begins) + " to " +
           to_string(ends)});
  due.because.push_back({"期满后第 " + count + " 个工作日：" + to_string(next.day),
                         "working day " + count + " after its end: " + to_string(next.day)});
  say_provisional(due);
  return due;
}

bool is_in_time(const schema::RuleSet& rules, CivilDate due, Instant recorded_at) {
  const YearMonthDay at = year_month_day(due);
  const std::int32_t day = at.month * kMonthFactor + at.day;
  const bool summer = rules.summer_hours_from <= rules.winter_hours_from
                          ? day >= rules.summer_hours_from && day < rules.winter_hours_from
                          : day >= rules.summer_hours_from || day < rules.winter_hours_from;
  const std::int64_t closes = summer ? rules.summer_closes : rules.winter_closes;
  return recorded_at.us <= beijing_midnight(due).us + closes * kMicrosPerMinute;
}

bool owes_weekly_report(const Reference& reference, const schema::RuleSet& rules, const Unit& unit,
                        CivilDate day) {
  const schema::UnitKind* kind = reference.kind_of(unit, rules);
  return kind != nullptr && kind->attracting && unit.exists_on(day);
}

int feedback_tier(const schema::RuleSet& rules) {
  int highest = 0;
  for (const schema::Tier& tier : rules.tiers) highest = std::max<int>(highest, tier.tier);
  return highest;
}

}  // namespace silkledger::domain
