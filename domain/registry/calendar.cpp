#include "domain/registry/calendar.h"

#include <utility>
#include <vector>

#include "domain/checks.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {
namespace {

constexpr std::string_view kRegionLayer = "region";

Objection layer_exists(const Checks& check, const std::string& layer) {
  if (layer == kNationalLayer || layer == kRegionLayer) return {};
  if (check.context().reference.unit(layer) != nullptr) return {};
  return check.reject(
      Rejection::Kind::not_found, "calendar-layer-unknown", "/layer",
      {"没有日历层级" + quoted_zh(layer) + "。",
       "There is no calendar layer " + quoted_en(layer) + "."},
      {"层级为 national、region 或单位编号。", "A layer is national, region, or a unit id."});
}

// An empty list makes the year known: below the national layer that says "nothing differs". The
// national list has never been empty, so an empty one is a slip.
Objection says_something(const Checks& check, const schema::CalendarDaysSet& stated) {
  if (!stated.days.empty() || stated.layer != kNationalLayer) return {};
  return check.reject(
      Rejection::Kind::invalid, "calendar-empty", "/days",
      {"全国节假日安排没有任何日期。", "The national list names no day."},
      {"请录入国务院办公厅当年的安排。", "Enter the State Council's list of the year."});
}

}  // namespace

Result<Decision> decide(const schema::CalendarDaysSet& stated, const Context& context) {
  const Checks check(context, "23");
  if (auto no = layer_exists(check, stated.layer)) return *no;
  if (auto no = says_something(check, stated)) return *no;
  std::vector<DayEntry> days;
  days.reserve(stated.days.size());
  for (std::size_t i = 0; i < stated.days.size(); ++i) {
    const schema::CalendarDay& day = stated.days[i];
    if (auto no = check.name(day.name, "/days/" + std::to_string(i) + "/name")) return *no;
    days.push_back({day.date, DayEntryKind::holiday, day.name});
  }
  // Lists reach a little into their neighbour years: 2022-12-31 stood in the notice for 2023.
  std::vector<Text> faults = check_holiday_list(stated.year, days);
  if (!faults.empty()) {
    return check.reject(
        Rejection::Kind::invalid, "calendar-list-unsound", "/days", std::move(faults.front()),
        {"请核对年份与日期，每日只列一次。", "Check year and days; list each day once."});
  }
  if (auto no = check.words(stated.source, "/source")) return *no;
  return Decision{{recorded(stated)}};
}

}  // namespace silkledger::domain
