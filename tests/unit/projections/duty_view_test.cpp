// What is owed and what became of it (Art. 19, 22), by example.
#include <gtest/gtest.h>

#include "domain/schema/view.values.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

using schema::DutyRow;
using schema::DutyStatus;

// The history begins on Monday 2 March 2026.
class DutyView : public ::testing::Test {
 protected:
  DutyView() { history.set_up(); }

  std::optional<DutyRow> duty(const std::string& id) { return served.row<DutyRow>("duty", id); }
  std::size_t duties() {
    served.catch_up();
    const auto page = served.reader().list({.view = "duty"}, [](auto) { return true; });
    return std::get<ListPage>(page).rows.size();
  }
  void report(const std::string& unit, CivilDate week, std::vector<std::string> leads = {}) {
    schema::WeeklyReportSubmitted report{unit, week, leads.empty(), {}, {}};
    report.leads = std::move(leads);
    history.record("weekly-report/" + unit, report);
  }
  // P1 of county-b in the textile chain, signed today with that tier.
  void sign(std::int32_t tier) {
    history.open_project("P1");
    history.record("project/P1", schema::ProjectChainAssigned{"P1", "textile"});
    history.sign("P1", "C1", 300'000'000);
    schema::ContractTierDetermined determined;
    determined.contract_id = "C1";
    determined.project_id = "P1";
    determined.tier = tier;
    history.record("contract/C1", determined);
  }

  History history;
  Served served{history};
};

TEST_F(DutyView, AMondayBringsTheWeeksReportOfEachAttractingUnit) {
  EXPECT_EQ(duties(), 2U);
  const auto owed = duty("weekly.county-a.2026-03-02");
  ASSERT_TRUE(owed);
  EXPECT_EQ(owed->status, DutyStatus::open);
  EXPECT_EQ(owed->unit_id, "county-a");
  EXPECT_EQ(owed->due_on, day(4));
  EXPECT_EQ(owed->period_ends, day(6));
  EXPECT_EQ(owed->article, "19");
  EXPECT_EQ(owed->units, std::vector<std::string>{"county-a"});
  ASSERT_FALSE(owed->because.empty());
  EXPECT_NE(owed->because.front().en.find("2026-03-06"), std::string::npos);
  history.begin_day(1);
  EXPECT_EQ(duties(), 2U) << "a Tuesday brings nothing";
  history.begin_day(6);
  EXPECT_EQ(duties(), 4U);
}

TEST_F(DutyView, AReportMeetsItsDutyAndANilReportSaysSo) {
  report("county-a", day(), {"L1", "L2"});
  report("county-b", day());
  const auto with_leads = duty("weekly.county-a.2026-03-02");
  EXPECT_EQ(with_leads->leads, 2);
  EXPECT_FALSE(with_leads->nothing_to_report);
  EXPECT_NE(with_leads->status, DutyStatus::open);
  EXPECT_TRUE(duty("weekly.county-b.2026-03-02")->nothing_to_report);
}

// The clock of the history stands where its executor began: long before the due days.
TEST_F(DutyView, WhatIsEnteredInTimeIsMetInTime) {
  report("county-a", day());
  const auto met = duty("weekly.county-a.2026-03-02");
  EXPECT_EQ(met->status, beijing_date(Instant{history.world.now_us()}) <= met->due_on
                             ? DutyStatus::met
                             : DutyStatus::met_late);
  EXPECT_EQ(met->submitted_on, beijing_date(Instant{history.world.now_us()}));
}

TEST_F(DutyView, ALapseStaysUntilTheReportComesLate) {
  history.begin_day(5);
  EXPECT_EQ(duty("weekly.county-a.2026-03-02")->status, DutyStatus::open) << "folding judges not";
  history.record("weekly-report/county-a", schema::WeeklyReportLapsed{"county-a", day(), day(4)});
  EXPECT_EQ(duty("weekly.county-a.2026-03-02")->status, DutyStatus::lapsed);
  report("county-a", day());
  EXPECT_NE(duty("weekly.county-a.2026-03-02")->status, DutyStatus::lapsed);
}

TEST_F(DutyView, AReturnedReportIsOwedAgainAndShowsWhy) {
  report("county-a", day());
  history.record("weekly-report/county-a",
                 schema::WeeklyReportReturned{"county-a", day(), "线索不全"});
  EXPECT_EQ(duty("weekly.county-a.2026-03-02")->status, DutyStatus::returned);
  EXPECT_EQ(duty("weekly.county-a.2026-03-02")->reason, "线索不全");
  report("county-a", day(), {"L1"});
  EXPECT_FALSE(duty("weekly.county-a.2026-03-02")->reason);
}

TEST_F(DutyView, ASignedProjectOfTheHighestTierOwesFeedbackBehindEachHalf) {
  // Rules without tiers ask for none.
  auto rules = rules_of_2026();
  rules.version = "2026-2";
  rules.valid_from = day(-399);
  rules.tiers = {{1, 10'000'000'000, 300}, {2, 30'000'000'000, 500}};
  history.record("rules/main", schema::RuleSetPublished{rules});
  sign(2);
  history.begin_day(13);
  EXPECT_FALSE(duty("half-month.P1.2026-03-01")) << "the half has not ended";
  history.begin_day(1);  // the 16th
  const auto owed = duty("half-month.P1.2026-03-01");
  ASSERT_TRUE(owed);
  EXPECT_EQ(owed->unit_id, "commerce");
  EXPECT_EQ(owed->due_on, day(15)) << "Monday the 16th and Tuesday the 17th";
  EXPECT_EQ(owed->project_name, "测试项目 P1");
  EXPECT_EQ(owed->units, (std::vector<std::string>{"commerce", "county-b"}));
  history.record("half-month-report/P1",
                 schema::HalfMonthReportSubmitted{"P1", day(-1), "厂房封顶", {}});
  EXPECT_NE(duty("half-month.P1.2026-03-01")->status, DutyStatus::open);
}

TEST_F(DutyView, ALowerTierOrAProjectInProductionOwesNone) {
  auto rules = rules_of_2026();
  rules.version = "2026-2";
  rules.valid_from = day(-399);
  rules.tiers = {{1, 10'000'000'000, 300}, {2, 30'000'000'000, 500}};
  history.record("rules/main", schema::RuleSetPublished{rules});
  sign(1);
  history.begin_day(14);
  EXPECT_FALSE(duty("half-month.P1.2026-03-01"));
  schema::ContractTierDetermined raised;
  raised.contract_id = "C1";
  raised.project_id = "P1";
  raised.tier = 2;
  history.record("contract/C1", raised);
  history.record("project/P1",
                 schema::ProjectMilestoneReached{"P1", schema::Milestone::production_started,
                                                 history.today, std::nullopt});
  history.begin_day(16);  // 1 April
  EXPECT_FALSE(duty("half-month.P1.2026-03-16"));
}

TEST_F(DutyView, FeedbackMayComeBeforeItsHalfHasEnded) {
  sign(2);
  history.record("half-month-report/P1",
                 schema::HalfMonthReportSubmitted{"P1", day(-1), "提前反馈", {}});
  const auto early = duty("half-month.P1.2026-03-01");
  ASSERT_TRUE(early);
  EXPECT_NE(early->status, DutyStatus::open);
}

}  // namespace
}  // namespace silkledger::projections
