// What happens because time passes: days begin, and what was owed and never came lapses, once.
#include "server/core/reactor.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

using std::chrono::hours;
using testing::CoreHarness;

class ReactorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    harness.set_up();
    harness.grant("clerk", "653101", "county-clerk");
    harness.grant("auditor", "office", "auditor");
    next_monday();
  }

  CivilDate today() const { return harness.core->sequencer().today(); }
  void next_monday() {
    do {
      harness.world.advance(hours(24));
    } while (iso_weekday(today()) != 1);
  }
  boost::json::array rows(const std::string& view, NamedValues query) {
    query.emplace_back("limit", "500");
    const auto answer = harness.get("auditor", "/api/v1/views/" + view, std::move(query));
    EXPECT_EQ(answer.status, 200) << answer.body;
    return boost::json::parse(answer.body).as_object().at("rows").as_array();
  }
  boost::json::array duties(const std::string& status) {
    return rows("duty", {{"status", status}});
  }
  boost::json::array lapses() {
    return rows("audit", {{"kind", "weeklyReportLapsed"}, {"actor", "system"}});
  }

  CoreHarness harness;
};

TEST_F(ReactorTest, AReportThatNeverCameLapsesTheDayAfterItWasDue) {
  const std::size_t before = lapses().size();
  const std::size_t owed = duties("open").size();
  ASSERT_GT(owed, 10U) << "every attracting unit owes one";
  const std::string monday = to_string(today());
  const auto sent = harness.command(
      "clerk", "submit-weekly-report",
      R"({"unitId":"653101","weekBegins":")" + monday + R"(","nothingToReport":true,"leads":[]})");
  ASSERT_EQ(sent.status, 200) << sent.body;
  harness.world.advance(hours(4 * 24));  // Friday
  EXPECT_EQ(lapses().size(), before) << "the day is not over";
  harness.world.advance(hours(24));
  EXPECT_EQ(lapses().size(), before + owed - 1) << "all but the one that reported";
  EXPECT_EQ(duties("open").size(), 0U);
}

TEST_F(ReactorTest, NothingLapsesTwiceNotEvenAcrossACrash) {
  harness.world.advance(hours(6 * 24));
  const std::size_t once = lapses().size();
  ASSERT_GT(once, 0U);
  harness.crash();
  harness.restart();
  harness.world.advance(std::chrono::seconds(30));
  EXPECT_EQ(lapses().size(), once);
}

TEST_F(ReactorTest, WhatFellDueWhileTheServerStoodStillLapsesOnItsOwnDay) {
  harness.crash();
  harness.world.advance(hours(10 * 24));
  harness.restart();
  harness.world.advance(std::chrono::seconds(30));
  const auto found = lapses();
  ASSERT_FALSE(found.empty());
  const auto occurred =
      parse_date(std::string(found.back().as_object().at("occurredOn").as_string()));
  ASSERT_TRUE(occurred);
  EXPECT_EQ(iso_weekday(*occurred), 6) << "the day behind the Friday, not the day of the restart";
}

TEST(ReactorLimits, LapsesAreRecordedAFewAtATime) {
  CoreLimits limits;
  limits.lapses_per_step_max = 3;
  CoreHarness harness(1, limits);
  harness.set_up();
  harness.grant("auditor", "office", "auditor");
  harness.world.advance(hours(15 * 24));
  const auto answer =
      harness.get("auditor", "/api/v1/views/duty", {{"status", "lapsed"}, {"limit", "500"}});
  EXPECT_GT(boost::json::parse(answer.body).as_object().at("rows").as_array().size(), 10U);
}

}  // namespace
}  // namespace silkledger::server
