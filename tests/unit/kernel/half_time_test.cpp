#include "domain/kernel/half_time.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/unit/kernel/published_holidays.h"

namespace silkledger::testing {
namespace {

constexpr auto kWorking = LimitKind::working_days;
constexpr auto kCalendar = LimitKind::calendar_days;

std::string shown(const std::optional<CivilDate>& date) {
  return date ? to_string(*date) : "unknown";
}

struct DueCase {
  const char* what;
  StatutoryLimit limit;
  const char* accepted_on;
  std::vector<Pause> pauses;
  const char* due;
  const char* statutory_due;
};

TEST(HalfTime, DueDaysRunAcrossHolidaysAndPauses) {
  const UnitCalendar kashgar = kashgar_calendar();
  const std::vector<DueCase> cases = {
      {"3 of 7 over 肉孜节 and a working Sunday",
       {kWorking, 7},
       "2023-04-20",
       {},
       "2023-04-25",
       "2023-05-04"},
      {"10 of 20 over National Day", {kWorking, 20}, "2023-09-25", {}, "2023-10-13", "2023-10-27"},
      {"paused over National Day",
       {kWorking, 20},
       "2023-09-25",
       {{day("2023-09-27"), day("2023-10-08")}},
       "2023-10-18",
       "2023-11-01"},
      {"paused twice",
       {kWorking, 20},
       "2023-09-25",
       {{day("2023-09-26"), day("2023-09-28")}, {day("2023-10-09"), day("2023-10-13")}},
       "2023-10-23",
       "2023-11-06"},
      {"still paused",
       {kWorking, 20},
       "2023-09-25",
       {{day("2023-09-27"), std::nullopt}},
       "unknown",
       "unknown"},
      {"paused when the half had run",
       {kWorking, 7},
       "2023-04-20",
       {{day("2023-04-26"), std::nullopt}},
       "2023-04-25",
       "unknown"},
      {"7 days, paused and resumed on a swapped weekend",
       {kWorking, 7},
       "2023-10-07",
       {{day("2023-10-08"), day("2023-10-08")}},
       "2023-10-10",
       "2023-10-16"},
      {"1 of 2", {kWorking, 2}, "2023-04-28", {}, "2023-05-04", "2023-05-05"},
      {"1 of 3", {kWorking, 3}, "2023-04-28", {}, "2023-05-04", "2023-05-06"},
      {"one day cannot be halved", {kWorking, 1}, "2023-04-28", {}, "2023-05-04", "2023-05-04"},
      {"one day, paused",
       {kWorking, 1},
       "2023-04-28",
       {{day("2023-04-28"), day("2023-05-05")}},
       "2023-05-06",
       "2023-05-06"},
      {"calendar days take holidays as they are",
       {kCalendar, 20},
       "2024-02-05",
       {},
       "2024-02-15",
       "2024-02-25"},
      {"calendar days, paused",
       {kCalendar, 20},
       "2024-02-05",
       {{day("2024-02-08"), day("2024-02-18")}},
       "2024-02-25",
       "2024-03-06"},
      {"instant", {LimitKind::instant, 0}, "2024-02-05", {}, "2024-02-05", "2024-02-05"},
      {"no limit", {LimitKind::none, 0}, "2024-02-05", {}, "unknown", "unknown"},
  };
  for (const DueCase& c : cases) {
    const ItemClock clock{c.limit, day(c.accepted_on), c.pauses, std::nullopt};
    const HalfTimeMeter meter = half_time(kashgar, clock, day(c.accepted_on));
    EXPECT_EQ(shown(meter.due), c.due) << c.what;
    EXPECT_EQ(shown(meter.statutory_due), c.statutory_due) << c.what;
  }
}

struct StateCase {
  const char* what;
  StatutoryLimit limit;
  const char* accepted_on;
  std::vector<Pause> pauses;
  const char* as_of;
  const char* decided_on;  // or null
  HalfTimeState state;
  std::int32_t elapsed;
  std::int32_t remaining;
};

TEST(HalfTime, ElapsedDaysDoubledAreComparedWithTheLimit) {
  using State = HalfTimeState;
  const UnitCalendar kashgar = kashgar_calendar();
  const std::vector<Pause> none;
  // clang-format off
  const std::vector<StateCase> cases = {
      {"accepted today", {kWorking, 20}, "2023-09-25", none, "2023-09-25", nullptr,
       State::running, 0, 10},
      {"one day left", {kWorking, 20}, "2023-09-25", none, "2023-10-12", nullptr,
       State::at_risk, 9, 1},
      {"the due day itself", {kWorking, 20}, "2023-09-25", none, "2023-10-13", nullptr,
       State::at_risk, 10, 0},
      {"Saturday after the due day", {kWorking, 20}, "2023-09-25", none, "2023-10-14", nullptr,
       State::at_risk, 10, 0},
      {"Monday after the due day", {kWorking, 20}, "2023-09-25", none, "2023-10-16", nullptr,
       State::overdue, 11, -1},
      {"decided on the due day", {kWorking, 20}, "2023-09-25", none, "2023-12-01",
       "2023-10-13", State::met, 10, 0},
      {"decided a day late", {kWorking, 20}, "2023-09-25", none, "2023-12-01", "2023-10-16",
       State::missed, 11, -1},
      {"3 of 7 is within 3.5", {kWorking, 7}, "2023-04-20", none, "2023-05-01", "2023-04-25",
       State::met, 3, 0},
      {"4 of 7 is not", {kWorking, 7}, "2023-04-20", none, "2023-05-01", "2023-04-26",
       State::missed, 4, -1},
      {"1 of 2 is the half itself", {kWorking, 2}, "2023-04-27", none, "2023-05-01",
       "2023-04-28", State::met, 1, 0},
      {"1 day is never red", {kWorking, 1}, "2023-04-28", none, "2023-05-10", "2023-05-10",
       State::not_applicable, 6, -5},
      {"instant", {LimitKind::instant, 0}, "2023-04-27", none, "2023-05-05", "2023-04-28",
       State::not_applicable, 1, 0},
      {"paused", {kWorking, 20}, "2023-09-25", {{day("2023-09-27"), std::nullopt}},
       "2023-10-20", nullptr, State::paused, 2, 8},
      {"resumed today", {kWorking, 20}, "2023-09-25", {{day("2023-09-27"), day("2023-10-08")}},
       "2023-10-08", nullptr, State::running, 2, 8},
      {"met thanks to the pause", {kWorking, 20}, "2023-09-25", {{day("2023-09-27"),
       day("2023-10-08")}}, "2023-12-01", "2023-10-18", State::met, 10, 0},
      {"missed in spite of it", {kWorking, 20}, "2023-09-25", {{day("2023-09-27"),
       day("2023-10-08")}}, "2023-12-01", "2023-10-19", State::missed, 11, -1},
      {"overdue before the pause stays overdue", {kWorking, 2}, "2023-09-25",
       {{day("2023-09-27"), std::nullopt}}, "2023-10-20", nullptr, State::overdue, 2, -1},
      {"calendar days", {kCalendar, 20}, "2024-02-05", none, "2024-03-01", "2024-02-15",
       State::met, 10, 0},
      {"calendar days, late", {kCalendar, 20}, "2024-02-05", none, "2024-03-01", "2024-02-16",
       State::missed, 11, -1},
  };
  // clang-format on
  for (const StateCase& c : cases) {
    ItemClock clock{c.limit, day(c.accepted_on), c.pauses, std::nullopt};
    if (c.decided_on != nullptr) clock.decided_on = day(c.decided_on);
    const HalfTimeMeter meter = half_time(kashgar, clock, day(c.as_of));
    EXPECT_EQ(meter.state, c.state) << c.what;
    EXPECT_EQ(meter.elapsed_days, c.elapsed) << c.what;
    EXPECT_EQ(meter.remaining_days, c.remaining) << c.what;
  }
}

TEST(HalfTime, WhileTheClockStandsTheMeterSaysHowTheDayMoves) {
  const UnitCalendar kashgar = kashgar_calendar();
  const std::vector<Pause> pauses = {{day("2023-09-27"), std::nullopt}};
  const ItemClock clock{{kWorking, 20}, day("2023-09-25"), pauses, std::nullopt};
  const HalfTimeMeter meter = half_time(kashgar, clock, day("2023-10-01"));
  EXPECT_EQ(due_if_resumed(kashgar, meter, day("2023-10-08")), (Due{day("2023-10-18"), false}));
  EXPECT_EQ(due_if_resumed(kashgar, meter, day("2026-12-25")).is_provisional, true);
  const Text text = explain(meter);
  EXPECT_NE(text.zh.find("其后第8个工作日"), std::string::npos) << text.zh;
  EXPECT_NE(text.en.find("8 working days after the day it resumes"), std::string::npos) << text.en;
  EXPECT_NE(text.en.find("Art. 23"), std::string::npos) << text.en;
}

TEST(HalfTime, ADueDayInAYearWithoutItsListIsProvisional) {
  const UnitCalendar kashgar = kashgar_calendar();
  const ItemClock late{{kWorking, 20}, day("2026-12-21"), {}, std::nullopt};
  const HalfTimeMeter meter = half_time(kashgar, late, day("2026-12-22"));
  EXPECT_TRUE(meter.is_provisional);
  EXPECT_EQ(shown(meter.due), "2027-01-04");
  EXPECT_NE(explain(meter).zh.find("暂定"), std::string::npos);
  const std::vector<Pause> pauses = {{day("2023-01-10"), day("2023-01-11")}};
  const ItemClock before{{kWorking, 40}, day("2022-12-28"), pauses, std::nullopt};
  EXPECT_TRUE(half_time(kashgar, before, day("2022-12-28")).is_provisional)
      << "the days before the pause lie in an unknown year";
  const ItemClock early{{kWorking, 6}, day("2026-12-21"), {}, std::nullopt};
  EXPECT_FALSE(half_time(kashgar, early, day("2026-12-22")).is_provisional);
}

TEST(HalfTime, TheMarginOfRiskIsASetting) {
  const UnitCalendar kashgar = kashgar_calendar();
  const ItemClock clock{{kWorking, 20}, day("2023-09-25"), {}, std::nullopt};
  EXPECT_EQ(half_time(kashgar, clock, day("2023-10-10"), 3).state, HalfTimeState::at_risk);
  EXPECT_EQ(half_time(kashgar, clock, day("2023-10-10"), 2).state, HalfTimeState::running);
}

TEST(HalfTime, EveryMeterExplainsItselfInBothLanguages) {
  const UnitCalendar kashgar = kashgar_calendar();
  for (const StatutoryLimit& limit : {StatutoryLimit{kWorking, 20},
                                      {kWorking, 1},
                                      {kCalendar, 9},
                                      {LimitKind::instant, 0},
                                      {LimitKind::none, 0}}) {
    const Text text =
        explain(half_time(kashgar, {limit, day("2023-09-25"), {}, {}}, day("2023-09-26")));
    EXPECT_NE(text.zh.find("第二十三条"), std::string::npos) << text.zh;
    EXPECT_NE(text.en.find("Art. 23"), std::string::npos) << text.en;
  }
}

TEST(HalfTime, TheDueDayIsTheFirstOnWhichTheHalfHasElapsed) {
  const UnitCalendar kashgar = kashgar_calendar();
  for (std::uint32_t seed = 1; seed <= 400; ++seed) {
    std::mt19937 random(seed);
    const auto pick = [&random](int least, int most) {
      return std::uniform_int_distribution<int>(least, most)(random);
    };
    const StatutoryLimit limit{pick(0, 1) == 0 ? kWorking : kCalendar, pick(2, 60)};
    const CivilDate accepted{day("2023-01-01").days + pick(0, 900)};
    std::vector<Pause> pauses;
    CivilDate at = accepted;
    for (int i = pick(0, 3); i > 0; --i) {
      const CivilDate paused{at.days + pick(0, 12)};
      at = CivilDate{paused.days + pick(0, 12)};
      pauses.push_back({paused, at});
    }
    if (!pauses.empty() && pick(0, 4) == 0) pauses.back().resumed_on.reset();
    const ItemClock clock{limit, accepted, pauses, std::nullopt};
    // The oracle decides each day by itself whether it counts.
    std::optional<CivilDate> due;
    std::int32_t elapsed = 0;
    for (CivilDate date{accepted.days + 1}; date.days < accepted.days + 300 && !due; ++date.days) {
      bool counts = limit.kind == kCalendar || kashgar.is_working(date);
      for (const Pause& pause : pauses) {
        if (date > pause.paused_on && (!pause.resumed_on || date <= *pause.resumed_on))
          counts = false;
      }
      elapsed += counts ? 1 : 0;
      ASSERT_EQ(half_time(kashgar, clock, date).elapsed_days, elapsed) << "seed " << seed;
      ItemClock decided = clock;
      decided.decided_on = date;
      const HalfTimeState expected =
          elapsed * 2 <= limit.days ? HalfTimeState::met : HalfTimeState::missed;
      ASSERT_EQ(half_time(kashgar, decided, date).state, expected) << "seed " << seed;
      if (elapsed == limit.days / 2) due = date;
    }
    ASSERT_EQ(half_time(kashgar, clock, accepted).due, due) << "seed " << seed;
  }
}

}  // namespace
}  // namespace silkledger::testing
