// The published lists of 2023 to 2026: the State Council's, and the autonomous region's two
// festivals.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "domain/kernel/working_days.h"

namespace silkledger::testing {

struct PublishedDays {
  std::string layer;
  std::int32_t list_year;
  std::string_view first;
  std::string_view last;
  DayEntryKind kind;
  std::string name;
};

inline const std::vector<PublishedDays> kPublishedDays = {
    {"national", 2023, "2022-12-31", "2023-01-02", DayEntryKind::holiday, "元旦"},
    {"national", 2023, "2023-01-21", "2023-01-27", DayEntryKind::holiday, "春节"},
    {"national", 2023, "2023-01-28", "2023-01-29", DayEntryKind::workday, "春节调休上班"},
    {"national", 2023, "2023-04-05", "2023-04-05", DayEntryKind::holiday, "清明节"},
    {"national", 2023, "2023-04-23", "2023-04-23", DayEntryKind::workday, "劳动节调休上班"},
    {"national", 2023, "2023-04-29", "2023-05-03", DayEntryKind::holiday, "劳动节"},
    {"national", 2023, "2023-05-06", "2023-05-06", DayEntryKind::workday, "劳动节调休上班"},
    {"national", 2023, "2023-06-22", "2023-06-24", DayEntryKind::holiday, "端午节"},
    {"national", 2023, "2023-06-25", "2023-06-25", DayEntryKind::workday, "端午节调休上班"},
    {"national", 2023, "2023-09-29", "2023-10-06", DayEntryKind::holiday, "中秋节、国庆节"},
    {"national", 2023, "2023-10-07", "2023-10-08", DayEntryKind::workday, "中秋节、国庆节调休上班"},
    {"national", 2024, "2024-01-01", "2024-01-01", DayEntryKind::holiday, "元旦"},
    {"national", 2024, "2024-02-04", "2024-02-04", DayEntryKind::workday, "春节调休上班"},
    {"national", 2024, "2024-02-10", "2024-02-17", DayEntryKind::holiday, "春节"},
    {"national", 2024, "2024-02-18", "2024-02-18", DayEntryKind::workday, "春节调休上班"},
    {"national", 2024, "2024-04-04", "2024-04-06", DayEntryKind::holiday, "清明节"},
    {"national", 2024, "2024-04-07", "2024-04-07", DayEntryKind::workday, "清明节调休上班"},
    {"national", 2024, "2024-04-28", "2024-04-28", DayEntryKind::workday, "劳动节调休上班"},
    {"national", 2024, "2024-05-01", "2024-05-05", DayEntryKind::holiday, "劳动节"},
    {"national", 2024, "2024-05-11", "2024-05-11", DayEntryKind::workday, "劳动节调休上班"},
    {"national", 2024, "2024-06-10", "2024-06-10", DayEntryKind::holiday, "端午节"},
    {"national", 2024, "2024-09-14", "2024-09-14", DayEntryKind::workday, "中秋节调休上班"},
    {"national", 2024, "2024-09-15", "2024-09-17", DayEntryKind::holiday, "中秋节"},
    {"national", 2024, "2024-09-29", "2024-09-29", DayEntryKind::workday, "国庆节调休上班"},
    {"national", 2024, "2024-10-01", "2024-10-07", DayEntryKind::holiday, "国庆节"},
    {"national", 2024, "2024-10-12", "2024-10-12", DayEntryKind::workday, "国庆节调休上班"},
    {"national", 2025, "2025-01-01", "2025-01-01", DayEntryKind::holiday, "元旦"},
    {"national", 2025, "2025-01-26", "2025-01-26", DayEntryKind::workday, "春节调休上班"},
    {"national", 2025, "2025-01-28", "2025-02-04", DayEntryKind::holiday, "春节"},
    {"national", 2025, "2025-02-08", "2025-02-08", DayEntryKind::workday, "春节调休上班"},
    {"national", 2025, "2025-04-04", "2025-04-06", DayEntryKind::holiday, "清明节"},
    {"national", 2025, "2025-04-27", "2025-04-27", DayEntryKind::workday, "劳动节调休上班"},
    {"national", 2025, "2025-05-01", "2025-05-05", DayEntryKind::holiday, "劳动节"},
    {"national", 2025, "2025-05-31", "2025-06-02", DayEntryKind::holiday, "端午节"},
    {"national", 2025, "2025-09-28", "2025-09-28", DayEntryKind::workday, "国庆节、中秋节调休上班"},
    {"national", 2025, "2025-10-01", "2025-10-08", DayEntryKind::holiday, "国庆节、中秋节"},
    {"national", 2025, "2025-10-11", "2025-10-11", DayEntryKind::workday, "国庆节、中秋节调休上班"},
    {"national", 2026, "2026-01-01", "2026-01-03", DayEntryKind::holiday, "元旦"},
    {"national", 2026, "2026-01-04", "2026-01-04", DayEntryKind::workday, "元旦调休上班"},
    {"national", 2026, "2026-02-14", "2026-02-14", DayEntryKind::workday, "春节调休上班"},
    {"national", 2026, "2026-02-15", "2026-02-23", DayEntryKind::holiday, "春节"},
    {"national", 2026, "2026-02-28", "2026-02-28", DayEntryKind::workday, "春节调休上班"},
    {"national", 2026, "2026-04-04", "2026-04-06", DayEntryKind::holiday, "清明节"},
    {"national", 2026, "2026-05-01", "2026-05-05", DayEntryKind::holiday, "劳动节"},
    {"national", 2026, "2026-05-09", "2026-05-09", DayEntryKind::workday, "劳动节调休上班"},
    {"national", 2026, "2026-06-19", "2026-06-21", DayEntryKind::holiday, "端午节"},
    {"national", 2026, "2026-09-20", "2026-09-20", DayEntryKind::workday, "国庆节调休上班"},
    {"national", 2026, "2026-09-25", "2026-09-27", DayEntryKind::holiday, "中秋节"},
    {"national", 2026, "2026-10-01", "2026-10-07", DayEntryKind::holiday, "国庆节"},
    {"national", 2026, "2026-10-10", "2026-10-10", DayEntryKind::workday, "国庆节调休上班"},
    {"region", 2023, "2023-04-21", "2023-04-21", DayEntryKind::holiday, "肉孜节"},
    {"region", 2023, "2023-06-28", "2023-06-30", DayEntryKind::holiday, "古尔邦节"},
    {"region", 2024, "2024-04-10", "2024-04-10", DayEntryKind::holiday, "肉孜节"},
    {"region", 2024, "2024-06-17", "2024-06-19", DayEntryKind::holiday, "古尔邦节"},
    {"region", 2025, "2025-03-29", "2025-03-31", DayEntryKind::holiday, "肉孜节"},
    {"region", 2025, "2025-06-06", "2025-06-10", DayEntryKind::holiday, "古尔邦节"},
    {"region", 2026, "2026-03-20", "2026-03-22", DayEntryKind::holiday, "肉孜节"},
    {"region", 2026, "2026-05-27", "2026-05-31", DayEntryKind::holiday, "古尔邦节"},
};

inline CivilDate day(std::string_view text) { return parse_date(text).value(); }

// Layers "national" and "region", lists of 2023 to 2026.
inline WorkingCalendar published_calendar() {
  std::map<std::pair<std::string, std::int32_t>, std::vector<DayEntry>> lists;
  for (const PublishedDays& days : kPublishedDays) {
    for (CivilDate at = day(days.first); at <= day(days.last); ++at.days) {
      lists[{days.layer, days.list_year}].push_back({at, days.kind, days.name});
    }
  }
  WorkingCalendar calendar;
  for (const auto& [key, list] : lists) calendar.publish_list(key.first, key.second, list);
  return calendar;
}

inline UnitCalendar kashgar_calendar() {
  const std::vector<std::string> layers = {"national", "region"};
  return published_calendar().for_layers(layers);
}

}  // namespace silkledger::testing
