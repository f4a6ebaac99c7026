#include "domain/kernel/working_days.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "tests/unit/kernel/published_holidays.h"

namespace silkledger::testing {
namespace {

const std::vector<std::string> kRegion = {"national", "region"};

TEST(WorkingDays, ThreeDaysInARowAreOffAndOnForThreeDifferentReasons) {
  const UnitCalendar kashgar = kashgar_calendar();
  using Because = DayKind::Because;
  EXPECT_EQ(kashgar.explain(day("2023-04-21")),
            (DayKind{false, false, Because::layer, "region", "肉孜节"}));
  EXPECT_EQ(kashgar.explain(day("2023-04-22")), (DayKind{false, false, Because::weekend, "", ""}));
  EXPECT_EQ(kashgar.explain(day("2023-04-23")),
            (DayKind{true, false, Because::layer, "national", "劳动节调休上班"}));
  EXPECT_EQ(kashgar.explain(day("2023-04-24")), (DayKind{true, false, Because::weekday, "", ""}));
}

struct WorkingCase {
  const char* date;
  bool is_national_working;
  bool is_kashgar_working;
};

TEST(WorkingDays, HolidaysSwappedWeekendsAndTheRegionDecide) {
  const UnitCalendar national = published_calendar().national();
  const UnitCalendar kashgar = kashgar_calendar();
  for (const WorkingCase& c : {
           WorkingCase{"2022-12-31", false, false},  // from the list for 2023
           WorkingCase{"2023-01-28", true, true},    // Saturday, swapped
           WorkingCase{"2023-01-29", true, true},    // Sunday, swapped
           WorkingCase{"2023-02-04", false, false},  // plain Saturday
           WorkingCase{"2023-04-21", true, false},   // Friday, 肉孜节
           WorkingCase{"2023-06-28", true, false},   // Wednesday, 古尔邦节
           WorkingCase{"2023-10-02", false, false},
           WorkingCase{"2023-10-07", true, true},
           WorkingCase{"2024-02-29", true, true},
           WorkingCase{"2024-10-12", true, true},
           WorkingCase{"2024-12-31", true, true},  // day 366
           WorkingCase{"2026-05-09", true, true},
           WorkingCase{"2026-05-29", true, false},
       }) {
    EXPECT_EQ(national.is_working(day(c.date)), c.is_national_working) << c.date;
    EXPECT_EQ(kashgar.is_working(day(c.date)), c.is_kashgar_working) << c.date;
    EXPECT_EQ(published_calendar().is_working(day(c.date), kRegion), c.is_kashgar_working)
        << c.date;
  }
}

struct AddCase {
  const char* from;
  std::int32_t days;
  const char* national_due;
  const char* kashgar_due;
};

TEST(WorkingDays, TheFirstDayIsNotCounted) {
  const UnitCalendar national = published_calendar().national();
  const UnitCalendar kashgar = kashgar_calendar();
  for (const AddCase& c : {
           AddCase{"2023-03-06", 1, "2023-03-07", "2023-03-07"},
           AddCase{"2023-03-06", 0, "2023-03-06", "2023-03-06"},
           AddCase{"2023-03-10", 1, "2023-03-13", "2023-03-13"},  // Friday to Monday
           AddCase{"2023-04-20", 1, "2023-04-21", "2023-04-23"},
           AddCase{"2023-09-28", 1, "2023-10-07", "2023-10-07"},  // National Day 2023
           AddCase{"2023-09-25", 10, "2023-10-13", "2023-10-13"},
           AddCase{"2024-09-27", 2, "2024-09-30", "2024-09-30"},  // Sunday 29 works
           AddCase{"2024-09-30", 5, "2024-10-12", "2024-10-12"},  // National Day 2024, Saturday 12
           AddCase{"2023-12-29", 1, "2024-01-02", "2024-01-02"},  // across the year
           AddCase{"2023-01-03", 250, "2024-01-03", "2024-01-09"},
       }) {
    EXPECT_EQ(to_string(national.add_working_days(day(c.from), c.days).day), c.national_due)
        << c.from;
    EXPECT_EQ(to_string(kashgar.add_working_days(day(c.from), c.days).day), c.kashgar_due)
        << c.from;
  }
}

TEST(WorkingDays, AUnitOverridesTheRegionInBothDirections) {
  WorkingCalendar calendar = published_calendar();
  calendar.set_day("unit-a", {day("2023-04-21"), DayEntryKind::workday, "值班"});
  calendar.set_day("unit-a", {day("2023-04-24"), DayEntryKind::holiday, "停办"});
  const std::vector<std::string> layers = {"national", "region", "unit-a"};
  const UnitCalendar unit = calendar.for_layers(layers);
  EXPECT_TRUE(unit.is_working(day("2023-04-21")));
  EXPECT_EQ(unit.explain(day("2023-04-21")).layer, "unit-a");
  EXPECT_FALSE(unit.is_working(day("2023-04-24")));
  EXPECT_FALSE(calendar.is_working(day("2023-04-21"), kRegion));
  calendar.clear_day("unit-a", day("2023-04-24"));
  EXPECT_TRUE(calendar.is_working(day("2023-04-24"), layers));
  EXPECT_FALSE(unit.is_working(day("2023-04-24"))) << "a unit's calendar is a value of its own";
}

TEST(WorkingDays, AYearWithoutItsListIsProvisionalAndSaysSo) {
  const UnitCalendar kashgar = kashgar_calendar();
  EXPECT_FALSE(kashgar.add_working_days(day("2026-12-21"), 8).is_provisional);
  EXPECT_EQ(kashgar.add_working_days(day("2026-12-21"), 9), (Due{day("2027-01-01"), true}));
  EXPECT_TRUE(kashgar.explain(day("2027-01-01")).is_provisional);
  EXPECT_TRUE(kashgar.working_days_between(day("2026-12-31"), day("2027-01-01")).is_provisional);
  EXPECT_FALSE(kashgar.working_days_between(day("2026-12-30"), day("2026-12-31")).is_provisional);
  EXPECT_TRUE(kashgar.add_working_days(day("2022-12-30"), 1).is_provisional)
      << "a day named by the list of 2023 does not make 2022 known";
  EXPECT_FALSE(kashgar.add_days(DayUnit::calendar, day("2026-12-21"), 30).is_provisional);
  EXPECT_TRUE(UnitCalendar().is_provisional(2023));
}

TEST(WorkingDays, ARegionThatPublishesYearlyIsWaitedFor) {
  WorkingCalendar calendar = published_calendar();
  calendar.publish_list("national", 2027, {{day("2027-01-01"), DayEntryKind::holiday, "元旦"}});
  EXPECT_FALSE(calendar.national().is_provisional(2027));
  EXPECT_TRUE(calendar.for_layers(kRegion).is_provisional(2027));
  calendar.publish_list("region", 2027, {});
  EXPECT_FALSE(calendar.for_layers(kRegion).is_provisional(2027));
  calendar.publish_list("unit-a", 2026, {{day("2026-04-21"), DayEntryKind::workday, "值班"}});
  const std::vector<std::string> layers = {"national", "region", "unit-a"};
  EXPECT_FALSE(calendar.for_layers(layers).is_provisional(2027)) << "no list is expected of it";
  EXPECT_TRUE(calendar.has_list("region", 2027));
  EXPECT_FALSE(calendar.has_list("unit-a", 2027));
}

TEST(WorkingDays, APublishedListReplacesTheOneBefore) {
  WorkingCalendar calendar;
  calendar.publish_list("national", 2023, {{day("2023-03-06"), DayEntryKind::holiday, "甲"}});
  calendar.publish_list("national", 2023, {{day("2023-03-07"), DayEntryKind::holiday, "乙"}});
  EXPECT_TRUE(calendar.national().is_working(day("2023-03-06")));
  EXPECT_FALSE(calendar.national().is_working(day("2023-03-07")));
  calendar.publish_list("national", 2022, {{day("2023-03-07"), DayEntryKind::workday, "丙"}});
  EXPECT_EQ(calendar.national().explain(day("2023-03-07")).name, "乙") << "the later list speaks";
  EXPECT_FALSE(calendar.national().is_working(day("2023-03-07")));
  calendar.publish_list("national", 2023,
                        {{day("2023-03-08"), DayEntryKind::holiday, "甲"},
                         {day("2023-03-08"), DayEntryKind::workday, "乙"}});
  EXPECT_TRUE(calendar.national().explain(day("2023-03-08")).is_working) << "its last entry";
  EXPECT_TRUE(calendar.national().is_working(day("2023-03-08")));
}

TEST(WorkingDays, EqualContentsAreEqualCalendars) {
  WorkingCalendar a = published_calendar();
  WorkingCalendar b = published_calendar();
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.for_layers(kRegion), b.for_layers(kRegion));
  b.set_day("unit-a", {day("2023-04-21"), DayEntryKind::workday, "值班"});
  EXPECT_NE(a, b);
  b.clear_day("unit-a", day("2023-04-21"));
  EXPECT_EQ(a, b);
  b = a;
  b.publish_list("national", 2026, {});
  EXPECT_NE(a, b);
  EXPECT_FALSE(a.national().is_working(day("2026-10-01"))) << "a copy changes alone";
}

struct BetweenCase {
  const char* after;
  const char* through;
  std::vector<Pause> pauses;
  std::int32_t working;
  std::int32_t calendar;
};

TEST(WorkingDays, PausedDaysAreLeftOut) {
  const UnitCalendar kashgar = kashgar_calendar();
  const std::vector<BetweenCase> cases = {
      {"2023-09-25", "2023-09-25", {}, 0, 0},
      {"2023-09-25", "2023-09-20", {}, 0, 0},
      {"2023-09-25", "2023-10-13", {}, 10, 18},
      // The day of the pause counts, the day of the resumption does not.
      {"2023-09-25", "2023-10-13", {{day("2023-09-27"), day("2023-10-08")}}, 7, 7},
      {"2023-09-25", "2023-10-13", {{day("2023-09-27"), std::nullopt}}, 2, 2},
      {"2023-09-25", "2023-10-13", {{day("2023-09-27"), day("2023-09-27")}}, 10, 18},
      {"2023-09-25", "2023-10-13", {{day("2023-10-13"), std::nullopt}}, 10, 18},
      {"2023-09-25", "2023-10-13", {{day("2023-10-12"), day("2023-11-01")}}, 9, 17},
      {"2023-09-25", "2023-10-13", {{day("2023-09-01"), day("2023-09-26")}}, 9, 17},
      {"2023-09-25",
       "2023-10-13",
       {{day("2023-09-26"), day("2023-10-09")}, {day("2023-10-07"), day("2023-10-11")}},
       3,
       3},
      {"2023-04-20", "2023-04-25", {{day("2023-04-23"), day("2023-04-24")}}, 2, 4},
  };
  for (const BetweenCase& c : cases) {
    const CivilDate after = day(c.after);
    const CivilDate through = day(c.through);
    EXPECT_EQ(kashgar.working_days_between(after, through, c.pauses).days, c.working)
        << c.after << " " << c.through;
    EXPECT_EQ(kashgar.days_between(DayUnit::calendar, after, through, c.pauses).days, c.calendar)
        << c.after << " " << c.through;
  }
}

TEST(WorkingDays, AListWithADayTwiceOrFromAnotherYearIsRefused) {
  const DayEntry new_year{day("2023-01-01"), DayEntryKind::holiday, "元旦"};
  const DayEntry eve{day("2022-12-31"), DayEntryKind::holiday, "元旦"};
  const DayEntry summer{day("2024-06-10"), DayEntryKind::holiday, "端午节"};
  EXPECT_TRUE(check_holiday_list(2023, std::vector{new_year, eve}).empty());
  EXPECT_EQ(check_holiday_list(2023, std::vector{new_year, new_year}).size(), 1U);
  const auto faults = check_holiday_list(2023, std::vector{summer});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_NE(faults[0].zh.find("2024-06-10"), std::string::npos);
}

// The oracle: three maps and a walk, one day at a time.
struct Paper {
  std::vector<std::map<CivilDate, DayEntryKind>> layers;

  bool is_working(CivilDate date) const {
    for (auto layer = layers.rbegin(); layer != layers.rend(); ++layer) {
      const auto at = layer->find(date);
      if (at != layer->end()) return at->second == DayEntryKind::workday;
    }
    return iso_weekday(date) <= 5;
  }
};

TEST(WorkingDays, EveryAnswerEqualsAWalkDayByDay) {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    const auto pick = [&random](int least, int most) {
      return std::uniform_int_distribution<int>(least, most)(random);
    };
    const std::vector<std::string> names = {"national", "region", "unit"};
    Paper paper{std::vector<std::map<CivilDate, DayEntryKind>>(3)};
    WorkingCalendar calendar;
    for (std::size_t layer = 0; layer < names.size(); ++layer) {
      for (std::int32_t year = 2023; year <= 2025; ++year) {
        std::map<CivilDate, DayEntryKind> days;
        for (int i = pick(0, 60); i > 0; --i) {
          const CivilDate date{civil_date({year, 1, 1})->days + pick(0, 364)};
          days[date] = pick(0, 1) == 0 ? DayEntryKind::holiday : DayEntryKind::workday;
        }
        std::vector<DayEntry> list;
        for (const auto& [date, kind] : days) list.push_back({date, kind, "日"});
        calendar.publish_list(names[layer], year, list);
        paper.layers[layer].insert(days.begin(), days.end());
      }
    }
    const UnitCalendar unit = calendar.for_layers(names);
    for (int i = 0; i < 50; ++i) {
      const CivilDate from{day("2022-11-01").days + pick(0, 1'200)};
      ASSERT_EQ(unit.is_working(from), paper.is_working(from)) << "seed " << seed;
      ASSERT_EQ(unit.explain(from).is_working, paper.is_working(from)) << "seed " << seed;
      const int n = pick(1, 400);
      CivilDate due = from;
      for (int left = n; left > 0;) {
        ++due.days;
        if (paper.is_working(due)) --left;
      }
      ASSERT_EQ(unit.add_working_days(from, n).day, due) << "seed " << seed << " n " << n;
      const CivilDate through{from.days + pick(-5, 900)};
      const CivilDate paused{from.days + pick(-30, 300)};
      const CivilDate resumed{paused.days + pick(0, 60)};
      int count = 0;
      for (CivilDate at{from.days + 1}; at <= through; ++at.days) {
        const bool is_paused = at > paused && at <= resumed;
        count += paper.is_working(at) && !is_paused ? 1 : 0;
      }
      const std::vector<Pause> pauses = {{paused, resumed}};
      ASSERT_EQ(unit.working_days_between(from, through, pauses).days, count)
          << "seed " << seed << " from " << to_string(from) << " through " << to_string(through);
    }
  }
}

}  // namespace
}  // namespace silkledger::testing
