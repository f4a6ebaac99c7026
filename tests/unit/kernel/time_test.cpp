#include "domain/kernel/time.h"

#include <gtest/gtest.h>

#include <random>

namespace silkledger {
namespace {

TEST(CivilDates, EveryDayFrom1949To2199GoesThereAndBack) {
  // The oracle is a calendar on paper: one day after another, months by the knuckles.
  YearMonthDay paper{kEarliestYear, 1, 1};
  std::int32_t weekday = 6;  // 1949-01-01 was a Saturday
  const CivilDate first = civil_date(paper).value();
  const CivilDate last = civil_date({kLatestYear, 12, 31}).value();
  for (CivilDate date = first; date <= last; ++date.days) {
    ASSERT_EQ(year_month_day(date), paper);
    ASSERT_EQ(civil_date(paper), date);
    ASSERT_EQ(parse_date(to_string(date)), date) << to_string(date);
    ASSERT_EQ(iso_weekday(date), weekday) << to_string(date);
    weekday = weekday % 7 + 1;
    const bool leap = paper.year % 4 == 0 && (paper.year % 100 != 0 || paper.year % 400 == 0);
    const bool is_short =
        paper.month == 4 || paper.month == 6 || paper.month == 9 || paper.month == 11;
    const std::int32_t length = paper.month == 2 ? (leap ? 29 : 28) : (is_short ? 30 : 31);
    if (++paper.day > length) {
      paper.day = 1;
      ++paper.month;
    }
    if (paper.month > 12) {
      paper.month = 1;
      ++paper.year;
    }
  }
  EXPECT_EQ(paper, (YearMonthDay{kLatestYear + 1, 1, 1}));
}

TEST(CivilDates, KnownDaysHaveKnownNumbers) {
  EXPECT_EQ(civil_date({1970, 1, 1}).value().days, 0);
  EXPECT_EQ(civil_date({1969, 12, 31}).value().days, -1);
  EXPECT_EQ(civil_date({2000, 3, 1}).value().days, 11'017);
  EXPECT_EQ(iso_weekday(civil_date({2023, 4, 21}).value()), 5);
  EXPECT_EQ(iso_weekday(civil_date({2026, 11, 23}).value()), 1);
}

TEST(CivilDates, TheFarthestDaysAreStillDays) {
  for (const std::int32_t days : {INT32_MIN, INT32_MAX}) {
    EXPECT_EQ(civil_date(year_month_day({days})), CivilDate{days});
  }
  EXPECT_EQ(civil_date({INT32_MAX, 1, 1}), std::nullopt);
}

TEST(CivilDates, DaysThatDoNotExistAreNothing) {
  for (const YearMonthDay& ymd : {YearMonthDay{2026, 2, 29},
                                  {2026, 2, 30},
                                  {1900, 2, 29},
                                  {2026, 4, 31},
                                  {2026, 0, 1},
                                  {2026, 13, 1},
                                  {2026, 1, 0},
                                  {2026, 1, 32}}) {
    EXPECT_EQ(civil_date(ymd), std::nullopt) << ymd.year << '-' << ymd.month << '-' << ymd.day;
  }
  EXPECT_TRUE(civil_date({2000, 2, 29}));
  EXPECT_TRUE(civil_date({2024, 2, 29}));
}

TEST(CivilDates, OnlyTheExactFormIsADate) {
  EXPECT_TRUE(parse_date("2026-03-05"));
  EXPECT_TRUE(parse_date("1949-01-01"));
  EXPECT_TRUE(parse_date("2199-12-31"));
  for (const char* text : {"",
                           "2026",
                           "2026-3-5",
                           "2026-03-5",
                           "2026/03/05",
                           "2026.03.05",
                           "20260305",
                           " 2026-03-05",
                           "2026-03-05 ",
                           "2026-03-05T00:00:00Z",
                           "2026-02-30",
                           "2026-13-01",
                           "2026-00-10",
                           "1948-12-31",
                           "2200-01-01",
                           "0000-01-01",
                           "+026-03-05",
                           "-026-03-05",
                           "2026-0a-05",
                           "２０２６-03-05",
                           "2026-03-0\xEF",
                           "45000"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_date(std::string_view("2026-03-05\0", 11)), std::nullopt);
}

TEST(CivilDates, APartialDateNamesAYearAMonthOrADay) {
  for (const char* text : {"2023", "2023-09", "2023-09-20", "1949", "2199-12", "2024-02-29"}) {
    EXPECT_TRUE(is_partial_date(text)) << text;
  }
  for (const char* text :
       {"", "23", "2023-", "2023-0", "2023-00", "2023-13", "2023-09-", "2023-09-2", "2023-02-29",
        "2023-9", "1948", "2200", "2200-01", "2023年", "2023-09-20 ", "202a", "2023/09"}) {
    EXPECT_FALSE(is_partial_date(text)) << text;
  }
}

struct InstantCase {
  const char* written;
  const char* normal;
};

TEST(Instants, Rfc3339IsReadWithItsOffset) {
  for (const InstantCase& c : {
           InstantCase{"2026-03-05T01:02:03.000004Z", "2026-03-05T01:02:03.000004Z"},
           InstantCase{"2026-03-05T01:02:03Z", "2026-03-05T01:02:03.000000Z"},
           InstantCase{"2026-03-05t01:02:03z", "2026-03-05T01:02:03.000000Z"},
           InstantCase{"2026-03-05T01:02:03.5Z", "2026-03-05T01:02:03.500000Z"},
           InstantCase{"2026-03-05T09:02:03+08:00", "2026-03-05T01:02:03.000000Z"},
           InstantCase{"2026-03-05T00:30:00+06:00", "2026-03-04T18:30:00.000000Z"},
           InstantCase{"2025-12-31T23:59:59.999999-00:30", "2026-01-01T00:29:59.999999Z"},
           InstantCase{"1949-01-01T00:00:00+08:00", "1948-12-31T16:00:00.000000Z"},
           InstantCase{"1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"},
           InstantCase{"2024-02-29T12:00:00-00:00", "2024-02-29T12:00:00.000000Z"},
       }) {
    const auto instant = parse_instant(c.written);
    ASSERT_TRUE(instant) << c.written;
    EXPECT_EQ(to_string(*instant), c.normal) << c.written;
    EXPECT_EQ(parse_instant(c.normal), instant) << c.normal;
  }
}

TEST(Instants, AnythingElseIsRefused) {
  for (const char* text : {"",
                           "2026-03-05",
                           "2026-03-05T01:02Z",
                           "2026-03-05 01:02:03Z",
                           "2026-03-05T01:02:03",
                           "2026-03-05T24:00:00Z",
                           "2026-03-05T01:60:00Z",
                           "2026-03-05T01:02:60Z",
                           "2026-03-05T01:02:03.Z",
                           "2026-03-05T01:02:03.1234567Z",
                           "2026-03-05T01:02:03+0800",
                           "2026-03-05T01:02:03+08",
                           "2026-03-05T01:02:03+24:00",
                           "2026-03-05T01:02:03+08:60",
                           "2026-03-05T01:02:03ZZ",
                           "2026-02-30T01:02:03Z",
                           "1948-12-31T15:59:59Z",
                           "2199-12-31T16:00:00Z",
                           "2026-03-05T1:02:03Z",
                           "2026-03-05T01:02:03,5Z",
                           "9999-12-31T00:00:00Z"}) {
    EXPECT_EQ(parse_instant(text), std::nullopt) << text;
  }
}

TEST(Instants, WhatIsWrittenIsReadBack) {
  const std::uint32_t seed = 20260305;
  std::mt19937_64 random(seed);
  const std::int64_t first = beijing_midnight(civil_date({kEarliestYear, 1, 1}).value()).us;
  const std::int64_t last = beijing_midnight(civil_date({kLatestYear + 1, 1, 1}).value()).us - 1;
  std::uniform_int_distribution<std::int64_t> moments(first, last);
  for (int i = 0; i < 20'000; ++i) {
    const Instant instant{moments(random)};
    ASSERT_EQ(parse_instant(to_string(instant)), instant) << to_string(instant) << " seed " << seed;
  }
  EXPECT_TRUE(parse_instant(to_string(Instant{first})));
  EXPECT_TRUE(parse_instant(to_string(Instant{last})));
  EXPECT_FALSE(parse_instant(to_string(Instant{first - 1})));
  EXPECT_FALSE(parse_instant(to_string(Instant{last + 1})));
}

TEST(Instants, TheBeijingDayBeginsAt16HoursUtc) {
  EXPECT_EQ(to_string(beijing_date(*parse_instant("2026-03-05T15:59:59.999999Z"))), "2026-03-05");
  EXPECT_EQ(to_string(beijing_date(*parse_instant("2026-03-05T16:00:00Z"))), "2026-03-06");
  const CivilDate date = parse_date("2026-03-05").value();
  EXPECT_EQ(to_string(beijing_midnight(date)), "2026-03-04T16:00:00.000000Z");
  EXPECT_EQ(beijing_date(beijing_midnight(date)), date);
  EXPECT_EQ(beijing_date({beijing_midnight(date).us - 1}), CivilDate{date.days - 1});
}

TEST(Instants, TheFarthestMomentsHaveADay) {
  EXPECT_LT(beijing_date({INT64_MIN}), beijing_date({INT64_MAX}));
  EXPECT_EQ(to_string(Instant{INT64_MAX}), "294247-01-10T04:00:54.775807Z");
  EXPECT_EQ(to_string(Instant{INT64_MIN}), "-290308-12-21T19:59:05.224192Z");
}

}  // namespace
}  // namespace silkledger
