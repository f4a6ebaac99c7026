#include "domain/reports/cadence.h"

#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

using schema::CalendarDay;

// The national list for May 2024 as far as these tests touch it: 1 to 5 May off, 11 May worked.
Given prefecture_with_may_2024() {
  Given ledger = example::prefecture();
  schema::CalendarDaysSet days{"national", 2024, {}, "test"};
  for (const char* off : {"2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04", "2024-05-05"}) {
    days.days.push_back({day(off), schema::DayKind::holiday, "劳动节"});
  }
  days.days.push_back({day("2024-05-11"), schema::DayKind::workday, "劳动节调休"});
  ledger.happened(day("2023-11-01"), {days});
  return ledger;
}

struct DueCase {
  const char* begins;
  const char* due;
  std::size_t steps;  // of the derivation
};

class WeeklyDue : public testing::TestWithParam<DueCase> {};

TEST_P(WeeklyDue, IsFridayOrTheNextWorkingDay) {
  const Given ledger = prefecture_with_may_2024();
  const DueDay due =
      weekly_report_due(ledger.reference(), example::rules(), "county-a", day(GetParam().begins));
  EXPECT_EQ(to_string(due.day), GetParam().due);
  EXPECT_EQ(due.because.size(), GetParam().steps);
  EXPECT_FALSE(due.provisional);
  for (const Text& step : due.because) EXPECT_FALSE(step.zh.empty() || step.en.empty());
}

INSTANTIATE_TEST_SUITE_P(Article19, WeeklyDue,
                         testing::Values(DueCase{"2024-04-22", "2024-04-26", 1},
                                         // Friday 3 May is off, and so is the weekend behind it.
                                         DueCase{"2024-04-29", "2024-05-06", 2},
                                         // The exchanged Saturday does not move a Friday.
                                         DueCase{"2024-05-06", "2024-05-10", 1}));

TEST(Cadence, ASettingMovesTheWeeksLastDay) {
  const Given ledger = prefecture_with_may_2024();
  schema::RuleSet rules = example::rules();
  rules.weekly_report_weekday = 6;
  const auto due = [&](const char* monday) {
    return to_string(weekly_report_due(ledger.reference(), rules, "county-a", day(monday)).day);
  };
  EXPECT_EQ(due("2024-05-06"), "2024-05-11") << "an exchanged workday";
  EXPECT_EQ(due("2024-05-13"), "2024-05-20") << "a Saturday moves to Monday";
}

TEST(Cadence, AYearWithoutItsListIsProvisionalAndSaysSo) {
  const Given ledger = prefecture_with_may_2024();
  const DueDay due =
      weekly_report_due(ledger.reference(), example::rules(), "county-a", day("2025-03-03"));
  EXPECT_TRUE(due.provisional);
  EXPECT_NE(due.because.back().zh.find("待定"), std::string::npos);
}

TEST(Cadence, ALowerLayerMovesItsOwnUnitAlone) {
  Given ledger = prefecture_with_may_2024();
  schema::CalendarDaysSet local{"county-a", 2024, {}, "test"};
  local.days.push_back({day("2024-05-10"), schema::DayKind::holiday, "示例假日"});
  ledger.happened(day("2023-11-01"), {local});
  const auto due = [&](const char* unit) {
    return to_string(
        weekly_report_due(ledger.reference(), example::rules(), unit, day("2024-05-06")).day);
  };
  EXPECT_EQ(due("county-a"), "2024-05-11");
  EXPECT_EQ(due("county-b"), "2024-05-10");
}

struct HalfCase {
  const char* begins;
  const char* ends;
  const char* due;
};

class HalfMonthDue : public testing::TestWithParam<HalfCase> {};

TEST_P(HalfMonthDue, IsTheSecondWorkingDayBehindIt) {
  const Given ledger = prefecture_with_may_2024();
  const CivilDate begins = day(GetParam().begins);
  EXPECT_TRUE(begins_half_month(begins));
  EXPECT_EQ(to_string(half_month_end(begins)), GetParam().ends);
  const DueDay due =
      half_month_report_due(ledger.reference(), example::rules(), "county-a", begins);
  EXPECT_EQ(to_string(due.day), GetParam().due);
}

INSTANTIATE_TEST_SUITE_P(
    Article22, HalfMonthDue,
    testing::Values(HalfCase{"2024-04-01", "2024-04-15", "2024-04-17"},
                    HalfCase{"2024-04-16", "2024-04-30", "2024-05-07"},  // over the days off
                    HalfCase{"2024-05-01", "2024-05-15", "2024-05-17"},
                    HalfCase{"2024-02-16", "2024-02-29", "2024-03-04"},  // a leap year
                    HalfCase{"2024-12-16", "2024-12-31", "2025-01-02"}));

TEST(Cadence, WeeksBeginOnMondaysAndHalvesOnTheFirstAndTheSixteenth) {
  EXPECT_TRUE(begins_week(day("2024-05-06")));
  EXPECT_FALSE(begins_week(day("2024-05-05")));
  EXPECT_TRUE(begins_half_month(day("2024-05-16")));
  EXPECT_FALSE(begins_half_month(day("2024-05-15")));
}

struct Moment {
  const char* due;
  const char* recorded;
  bool in_time;
};

class OfficeHours : public testing::TestWithParam<Moment> {};

TEST_P(OfficeHours, EndLaterInSummer) {
  const auto recorded = parse_instant(GetParam().recorded);
  ASSERT_TRUE(recorded);
  EXPECT_EQ(is_in_time(schema::RuleSet(), day(GetParam().due), *recorded), GetParam().in_time);
}

// Beijing time: eight hours before it in UTC. Summer hours from 1 May until 30 September.
INSTANTIATE_TEST_SUITE_P(
    Article19, OfficeHours,
    testing::Values(Moment{"2024-05-10", "2024-05-10T20:00:00.000000+08:00", true},
                    Moment{"2024-05-10", "2024-05-10T20:00:00.000001+08:00", false},
                    Moment{"2024-09-30", "2024-09-30T20:00:00+08:00", true},
                    Moment{"2024-10-01", "2024-10-01T19:30:00+08:00", true},
                    Moment{"2024-10-01", "2024-10-01T19:30:01+08:00", false},
                    Moment{"2024-04-30", "2024-04-30T19:30:01+08:00", false},
                    Moment{"2024-05-10", "2024-05-09T23:59:59+08:00", true},
                    Moment{"2024-05-10", "2024-05-11T00:00:00+08:00", false}));

TEST(Cadence, AttractingUnitsOweWeeklyReportsWhileTheyExist) {
  Given ledger = example::prefecture();
  ledger.happened(day("2024-01-01"),
                  {schema::UnitClosed{"county-b", day("2024-05-31"), "示例原因"}});
  const auto owes = [&](const char* unit, const char* on) {
    return owes_weekly_report(ledger.reference(), example::rules(), *ledger.reference().unit(unit),
                              day(on));
  };
  EXPECT_TRUE(owes("county-a", "2024-05-06"));
  EXPECT_TRUE(owes("branch", "2024-05-06"));
  EXPECT_FALSE(owes("station", "2024-05-06")) << "its branch reports for it";
  EXPECT_FALSE(owes("office", "2024-05-06"));
  EXPECT_TRUE(owes("county-b", "2024-05-31"));
  EXPECT_FALSE(owes("county-b", "2024-06-01"));
}

TEST(Cadence, TheHighestTierOwesFeedback) {
  EXPECT_EQ(feedback_tier(example::rules()), 2);
  EXPECT_EQ(feedback_tier(schema::RuleSet()), 0);
}

}  // namespace
}  // namespace silkledger::domain
