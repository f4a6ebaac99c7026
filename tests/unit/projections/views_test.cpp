// Each view by example, in the words of the regulation.
#include "projections/views/views.h"

#include <gtest/gtest.h>

#include "domain/schema/view.values.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

using Names = std::vector<std::string>;

class Views : public ::testing::Test {
 protected:
  Views() { history.set_up(); }

  std::optional<schema::LeadRow> lead(const std::string& id) {
    return served.row<schema::LeadRow>("lead", id);
  }
  std::optional<schema::ProjectRow> project(const std::string& id) {
    return served.row<schema::ProjectRow>("project", id);
  }
  std::optional<schema::ProgressRow> progress(const std::string& id) {
    return served.row<schema::ProgressRow>("progress", id);
  }
  std::optional<schema::ApprovalRow> approval(const std::string& id) {
    return served.row<schema::ApprovalRow>("approval", id);
  }
  std::optional<schema::FundRow> fund(const std::string& id) {
    return served.row<schema::FundRow>("fund", id);
  }
  std::optional<schema::AuditRow> audit(Position position) {
    return served.row<schema::AuditRow>("audit", audit_key(position));
  }

  History history;
  Served served{history};
};

// ---------------------------------------------------------------- leads

TEST_F(Views, ALeadNamesWhoReportedItAndTheUnitThatLeadsItsChain) {
  history.report_lead("l1");
  const auto row = lead("l1");
  ASSERT_TRUE(row);
  EXPECT_EQ(row->status, schema::LeadStatus::reported);
  EXPECT_EQ(row->units, (Names{"commerce", "county-a"}));
  EXPECT_EQ(row->report_order, history.head());
  EXPECT_EQ(row->version, 1U);
}

TEST_F(Views, ADelegatedLeadIsSeenByWhoFollowsIt) {
  history.report_lead("l1");
  history.record("lead/l1", schema::LeadDelegated{"l1", "county-b", std::nullopt});
  const auto row = lead("l1");
  EXPECT_EQ(row->status, schema::LeadStatus::delegated);
  EXPECT_EQ(row->following_unit, "county-b");
  EXPECT_EQ(row->units, (Names{"commerce", "county-a", "county-b"}));
}

TEST_F(Views, AReturnedAnalysisGoesBackToTheOffice) {
  history.report_lead("l1");
  history.record("lead/l1",
                 schema::LeadAnalysisConcluded{"l1", schema::AnalysisVerdict::proceed, "示例理由"});
  EXPECT_EQ(lead("l1")->analysis, "proceed");
  history.record("lead/l1",
                 schema::LeadLeaderReviewed{"l1", schema::ReviewVerdict::returned, std::nullopt});
  EXPECT_EQ(lead("l1")->status, schema::LeadStatus::classified);
  EXPECT_FALSE(lead("l1")->analysis);
}

TEST_F(Views, ADeclineThatTheLeaderDoesNotShareGoesBackToTheOffice) {
  history.report_lead("l1");
  history.record("lead/l1",
                 schema::LeadAnalysisConcluded{"l1", schema::AnalysisVerdict::decline, "示例理由"});
  history.record("lead/l1",
                 schema::LeadLeaderReviewed{"l1", schema::ReviewVerdict::disagree, std::nullopt});
  EXPECT_EQ(lead("l1")->status, schema::LeadStatus::classified);
  EXPECT_FALSE(lead("l1")->analysis);
}

TEST_F(Views, ADoubtfulCreditCodeIsFlaggedAndKept) {
  schema::LeadReported event;
  event.lead_id = "l1";
  event.reporting_unit = "county-a";
  event.uscc = "91110000000000000A";
  history.record("lead/l1", event);
  EXPECT_EQ(lead("l1")->uscc, "91110000000000000A");
  EXPECT_FALSE(lead("l1")->warnings.empty());
}

TEST_F(Views, ANewChainLeadUnitSeesTheLeadsFromItsFirstDayAndTheFormerNoLonger) {
  history.report_lead("l1");
  history.record("chain/textile", schema::ChainLeadAssigned{"textile", "industry", day(2)});
  EXPECT_EQ(lead("l1")->units, (Names{"commerce", "county-a"}));
  history.begin_day(1);
  EXPECT_EQ(lead("l1")->units, (Names{"commerce", "county-a"}));
  history.begin_day(1);
  EXPECT_EQ(lead("l1")->units, (Names{"county-a", "industry"}));
  EXPECT_EQ(served.row<schema::ChainRow>("chain", "textile")->lead_unit, "industry");
}

TEST_F(Views, ACorrectionReplacesTheValueOfTheRow) {
  history.report_lead("l1");
  schema::LeadCorrected event;
  event.lead_id = "l1";
  event.field = schema::LeadField::content;
  event.change = schema::TextChange{"示例意向", "更正后的意向"};
  history.record("lead/l1", event);
  EXPECT_EQ(lead("l1")->content, "更正后的意向");
}

// ---------------------------------------------------------------- projects

TEST_F(Views, AProjectKeepsWhoFoundItsLead) {
  history.report_lead("l1");
  history.open_project("p1", "l1");
  EXPECT_EQ(project("p1")->units, (Names{"county-a", "county-b"}));
  history.record("project/p1", schema::ProjectChainAssigned{"p1", "textile"});
  EXPECT_EQ(project("p1")->units, (Names{"commerce", "county-a", "county-b"}));
  EXPECT_EQ(project("p1")->library, schema::Library::negotiating);
}

TEST_F(Views, AFrameworkAgreementIsShownApartAndSignsNothing) {
  history.open_project("p1");
  schema::ContractSigned framework;
  framework.contract_id = "c1";
  framework.project_id = "p1";
  framework.kind = schema::ContractKind::framework;
  framework.signed_on = day();
  framework.amount = yuan(5'000);
  history.record("contract/c1", framework);
  EXPECT_EQ(project("p1")->framework_amount, yuan(5'000));
  EXPECT_FALSE(project("p1")->agreement_amount);
  EXPECT_EQ(project("p1")->library, schema::Library::negotiating);
  history.sign("p1", "c2", 9'000);
  EXPECT_EQ(project("p1")->agreement_amount, yuan(9'000));
  EXPECT_EQ(project("p1")->library, schema::Library::signed_);
  EXPECT_EQ(project("p1")->stage, schema::Stage::signed_);
}

TEST_F(Views, AMilestoneEnteredLateDoesNotTakeAProjectBack) {
  history.open_project("p1");
  const auto reach = [&](schema::Milestone milestone) {
    history.record("project/p1",
                   schema::ProjectMilestoneReached{"p1", milestone, day(), std::nullopt});
  };
  reach(schema::Milestone::construction_started);
  EXPECT_EQ(project("p1")->stage, schema::Stage::construction);
  reach(schema::Milestone::land_secured);
  EXPECT_EQ(project("p1")->stage, schema::Stage::construction);
}

TEST_F(Views, AnOmittedFigureOfAnAmendmentStaysAsItWas) {
  history.open_project("p1");
  history.sign("p1", "c1", 9'000);
  schema::ContractAmended amended;
  amended.contract_id = "c1";
  amended.amended_on = day();
  amended.amount = yuan(8'000);
  history.record("contract/c1", amended);
  history.record("contract/c1",
                 schema::ContractTierDetermined{"c1", "p1", 2, 3, true, false, 800'000, 0});
  EXPECT_EQ(project("p1")->agreement_amount, yuan(8'000));
  EXPECT_EQ(project("p1")->tier, 2);
  EXPECT_EQ(progress("p1")->tier, 2);
}

TEST_F(Views, AnOpeningEntryKeepsTheStageOfItsSource) {
  schema::ProjectOpeningRecorded event;
  event.project_id = "p1";
  event.name = "测试期初项目";
  event.unit_id = "county-a";
  event.stage = schema::OpeningStage::under_construction;
  event.status_text = "在建";
  event.source.title = "示例公报";
  history.record("project/p1", event);
  EXPECT_TRUE(project("p1")->opening);
  EXPECT_EQ(project("p1")->stage, schema::Stage::construction);
  EXPECT_EQ(project("p1")->library, schema::Library::signed_);
  EXPECT_EQ(progress("p1")->light, schema::Light::grey);
}

// ---------------------------------------------------------------- lights (Art. 21)

TEST_F(Views, AProjectWithoutAPlanIsGreyAndNeverGreen) {
  history.open_project("p1");
  EXPECT_EQ(progress("p1")->light, schema::Light::grey);
  history.begin_day(400);
  EXPECT_EQ(progress("p1")->light, schema::Light::grey);
}

TEST_F(Views, ALightChangesWithTheDaysAlone) {
  history.open_project("p1");
  // Twenty nodes: each is five points.
  std::vector<std::pair<std::string, CivilDate>> nodes;
  for (int i = 0; i < 20; ++i) nodes.emplace_back("n" + std::to_string(i), day(10 + 2 * i));
  history.plan("p1", nodes);
  EXPECT_EQ(progress("p1")->light, schema::Light::green);
  EXPECT_EQ(progress("p1")->next_on, day(10));
  history.begin_day(10);  // one due: 5 points
  EXPECT_EQ(progress("p1")->light, schema::Light::green);
  EXPECT_EQ(progress("p1")->points_behind, 5);
  history.begin_day(2);  // two due: 10 points, 以上 includes the number
  EXPECT_EQ(progress("p1")->light, schema::Light::yellow);
  EXPECT_EQ(progress("p1")->points_behind, 10);
  EXPECT_EQ(progress("p1")->days_overdue, 2);
  history.begin_day(8);  // six due: 30 points, not above red
  EXPECT_EQ(progress("p1")->light, schema::Light::yellow);
  history.begin_day(2);  // seven due: 35 points
  EXPECT_EQ(progress("p1")->light, schema::Light::red);
  for (int i = 0; i < 7; ++i) history.reach("p1", "n" + std::to_string(i));
  EXPECT_EQ(progress("p1")->light, schema::Light::green);
  EXPECT_EQ(progress("p1")->nodes_reached, 7);
}

TEST_F(Views, AnOldOverdueNodeTurnsALightWhateverThePoints) {
  history.open_project("p1");
  std::vector<std::pair<std::string, CivilDate>> nodes = {{"n0", day(1)}};
  for (int i = 1; i < 20; ++i) nodes.emplace_back("n" + std::to_string(i), day(900));
  history.plan("p1", nodes);
  history.begin_day(31);  // overdue for 30 days: not more than 30
  EXPECT_EQ(progress("p1")->days_overdue, 30);
  EXPECT_EQ(progress("p1")->light, schema::Light::green);
  history.begin_day(1);
  EXPECT_EQ(progress("p1")->light, schema::Light::yellow);
  history.begin_day(59);
  EXPECT_EQ(progress("p1")->light, schema::Light::yellow);
  history.begin_day(1);
  EXPECT_EQ(progress("p1")->light, schema::Light::red);
}

TEST_F(Views, ADayWritesOnlyTheRowsItChanges) {
  history.open_project("p1");
  history.plan("p1", {{"n1", day(3)}});
  history.open_project("p2");
  history.plan("p2", {{"n1", day(300)}});
  served.catch_up();
  const auto changed_by_day = [&] {
    served.applied.clear();
    history.begin_day();
    served.catch_up();
    Names keys;
    for (const Applied& applied : served.applied) {
      for (const ChangedRow& row : applied.rows) {
        if (row.view == "progress") keys.push_back(row.key);
      }
    }
    return keys;
  };
  EXPECT_EQ(changed_by_day(), Names{});
  EXPECT_EQ(changed_by_day(), Names{});
  EXPECT_EQ(changed_by_day(), Names{"p1"});
  EXPECT_EQ(changed_by_day(), Names{"p1"});
}

TEST_F(Views, NewRulesAreUsedFromTheirFirstDay) {
  history.open_project("p1");
  history.plan("p1", {{"n1", day(1)}, {"n2", day(100)}});
  schema::RuleSet lenient = rules_of_2026();
  lenient.version = "2026-2";
  lenient.valid_from = day(3);
  lenient.lights = {60, 90, 600, 900};
  history.record("rules/2026-2", schema::RuleSetPublished{lenient});
  history.begin_day(2);
  EXPECT_EQ(progress("p1")->light, schema::Light::red);  // 50 points
  history.begin_day(1);
  EXPECT_EQ(progress("p1")->light, schema::Light::green);
  EXPECT_EQ(progress("p1")->rule_set, "2026-2");
}

TEST_F(Views, AProjectInReserveLeavesTheBoardAndComesBackWithItsPlan) {
  history.open_project("p1");
  history.plan("p1", {{"n1", day(10)}});
  history.record("project/p1", schema::ProjectEnteredReserve{"p1", "示例原因"});
  EXPECT_FALSE(progress("p1"));
  EXPECT_EQ(project("p1")->library, schema::Library::reserve);
  history.record("project/p1",
                 schema::ProjectEvaluated{"p1", "e1", schema::EvaluationVerdict::pass});
  ASSERT_TRUE(progress("p1"));
  EXPECT_EQ(progress("p1")->nodes.size(), 1U);
  history.record("project/p1", schema::ProjectTerminated{"p1", "示例原因"});
  EXPECT_FALSE(progress("p1"));
  EXPECT_EQ(project("p1")->stage, schema::Stage::closed);
}

TEST_F(Views, AReplacedPlanKeepsWhatWasReachedAndHowOftenItSlipped) {
  history.open_project("p1");
  history.plan("p1", {{"n1", day(10)}, {"n2", day(20)}});
  history.reach("p1", "n1");
  history.record("project/p1", schema::ProjectNodeSlipped{"p1", "n2", day(30), "示例原因"});
  history.plan("p1", {{"n2", day(40)}, {"n1", day(10)}, {"n3", day(50)}});
  const auto row = progress("p1");
  ASSERT_EQ(row->nodes.size(), 3U);
  EXPECT_EQ(row->nodes[0].slips, 1);
  EXPECT_EQ(row->nodes[0].first_planned_on, day(20));
  EXPECT_EQ(row->nodes[1].reached_on, day());
  EXPECT_EQ(row->nodes[2].slips, 0);
}

// ---------------------------------------------------------------- approvals (Art. 23)

TEST_F(Views, AnApprovalIsToBeClaimedInTheDaysOfTheRules) {
  history.open_project("p1");
  history.begin_day(4);  // Friday
  history.request_approval("a1", "p1");
  const auto row = approval("a1");
  EXPECT_EQ(row->status, schema::ApprovalStatus::requested);
  EXPECT_EQ(row->claim_by, day(8));  // Tuesday
  EXPECT_EQ(row->item_name, "施工许可");
  EXPECT_EQ(row->units, (Names{"county-b", "planning"}));
}

TEST_F(Views, TheClockOfAnApprovalRunsInWorkingDaysFromItsAcceptance) {
  history.open_project("p1");
  history.request_approval("a1", "p1");
  history.accept("a1", 20);  // Monday
  EXPECT_EQ(approval("a1")->elapsed_days, 0);
  EXPECT_EQ(approval("a1")->half_due_on, day(14));
  EXPECT_EQ(approval("a1")->half_time, schema::HalfTime::running);
  EXPECT_TRUE(approval("a1")->provisional);  // no holiday list of 2026
  history.begin_day(14);
  EXPECT_EQ(approval("a1")->elapsed_days, 10);
  EXPECT_EQ(approval("a1")->half_time, schema::HalfTime::running);
  history.begin_day(1);
  EXPECT_EQ(approval("a1")->half_time, schema::HalfTime::missed);
  EXPECT_FALSE(approval("a1")->overdue);
  history.begin_day(14);
  EXPECT_TRUE(approval("a1")->overdue);
}

TEST_F(Views, APausedClockHasNoDueDayAndDoesNotMove) {
  history.open_project("p1");
  history.request_approval("a1", "p1");
  history.accept("a1", 20);
  history.begin_day(2);  // Wednesday: the second day
  history.record("approval/a1",
                 schema::ApprovalClockPaused{"a1", day(3), "专家评审", "行政许可法第四十五条"});
  history.begin_day(20);
  EXPECT_EQ(approval("a1")->status, schema::ApprovalStatus::paused);
  EXPECT_EQ(approval("a1")->elapsed_days, 2);
  EXPECT_FALSE(approval("a1")->half_due_on);
  history.record("approval/a1", schema::ApprovalClockResumed{"a1", day(22)});
  EXPECT_EQ(approval("a1")->elapsed_days, 3);  // Tuesday counts again
}

TEST_F(Views, AGrantedApprovalKeepsItsVerdict) {
  history.open_project("p1");
  history.request_approval("a1", "p1");
  history.accept("a1", 20);
  history.begin_day(14);
  history.record("approval/a1", schema::ApprovalGranted{"a1", history.today, "示例文号"});
  EXPECT_EQ(approval("a1")->half_time, schema::HalfTime::met);
  const Position written = approval("a1")->position;
  history.begin_day(100);
  EXPECT_EQ(approval("a1")->half_time, schema::HalfTime::met);
  EXPECT_EQ(approval("a1")->position, written);
}

TEST_F(Views, APublishedHolidayListMovesOpenDueDays) {
  history.open_project("p1");
  history.request_approval("a1", "p1");
  history.accept("a1", 20);
  schema::CalendarDaysSet list;
  list.layer = "national";
  list.year = 2026;
  list.days = {{day(7), schema::DayKind::holiday, "示例节"}};
  list.source = "示例";
  EXPECT_EQ(approval("a1")->half_due_on, day(14));
  history.record("calendar/national", list);
  EXPECT_EQ(approval("a1")->half_due_on, day(15));
  EXPECT_FALSE(approval("a1")->provisional);
}

// ---------------------------------------------------------------- funds (Art. 26)

TEST_F(Views, WhatWasReportedAndWhatWasVerifiedStayTwoFigures) {
  history.open_project("p1");
  history.sign("p1", "c1", 1'000);
  history.report_fund("f1", "p1", 600, "v1");
  history.report_fund("f2", "p1", 500, "v1");
  history.record("fund/f1", schema::FundVerified{"f1", 50'000, "示例核定"});
  history.record("fund/f2", schema::FundRejected{"f2", "示例原因"});
  EXPECT_EQ(project("p1")->funds_reported_fen, 110'000);
  EXPECT_EQ(project("p1")->funds_verified_fen, 50'000);
  EXPECT_EQ(fund("f1")->warnings, Names{});
  EXPECT_EQ(fund("f2")->warnings, (Names{"voucher-seen-before", "above-agreement"}));
  EXPECT_EQ(fund("f2")->status, schema::FundStatus::rejected);
}

TEST_F(Views, ACorrectedFundKeepsWhatWasFirstReported) {
  history.open_project("p1");
  history.report_fund("f1", "p1", 600);
  schema::FundCorrected event;
  event.fund_id = "f1";
  event.field = schema::FundField::amount_fen;
  event.change = schema::FenChange{60'000, 6'000};
  history.record("fund/f1", event);
  EXPECT_EQ(fund("f1")->reported_fen, 6'000);
  EXPECT_EQ(fund("f1")->first_reported_fen, 60'000);
  EXPECT_EQ(project("p1")->funds_reported_fen, 6'000);
}

// ---------------------------------------------------------------- evaluations (Art. 20)

TEST_F(Views, WhoIsInvitedSeesTheProjectAndWhatBelongsToIt) {
  history.open_project("p1");
  history.report_fund("f1", "p1", 600);
  history.request_approval("a1", "p1");
  history.record("evaluation/e1",
                 schema::EvaluationConvened{"e1", "p1", day(), "示例议题", {"industry"}});
  history.record("evaluation/e1",
                 schema::EvaluationOpinionGiven{"e1", "industry", "land",
                                                schema::OpinionVerdict::support, std::nullopt});
  history.record("evaluation/e1",
                 schema::EvaluationConcluded{"e1", schema::EvaluationVerdict::pass, "示例理由"});
  const auto row = served.row<schema::EvaluationRow>("evaluation", "e1");
  EXPECT_EQ(row->verdict, "pass");
  EXPECT_EQ(row->opinions.size(), 1U);
  EXPECT_EQ(row->units, (Names{"county-b", "industry"}));
  EXPECT_EQ(project("p1")->units, (Names{"county-b", "industry"}));
  EXPECT_EQ(progress("p1")->units, (Names{"county-b", "industry"}));
  EXPECT_EQ(fund("f1")->units, (Names{"county-b", "industry"}));
  EXPECT_EQ(approval("a1")->units, (Names{"county-b", "industry", "planning"}));
}

// ---------------------------------------------------------------- audit and registry

TEST_F(Views, EveryEventHasAnAuditRowWithItsSubjectAndWhoTookPart) {
  history.report_lead("l1");
  history.open_project("p1", "l1");
  history.sign("p1", "c1", 1'000);
  const Position amended = history.record(
      "contract/c1", schema::ContractAmended{"c1", day(), yuan(5), {}, {}, "示例原因"});
  const auto row = audit(amended);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->kind, "contractAmended");
  EXPECT_EQ(row->subject, "project/p1");
  EXPECT_EQ(row->stream, "contract/c1");
  EXPECT_EQ(row->units, (Names{"county-a", "county-b"}));
  for (Position position = 1; position <= history.head(); ++position) {
    EXPECT_TRUE(audit(position)) << position;
  }
}

TEST_F(Views, UnitsAttractAndReceiveAsTheRulesInForceSay) {
  EXPECT_TRUE(served.row<schema::UnitRow>("unit", "county-a")->receives);
  EXPECT_FALSE(served.row<schema::UnitRow>("unit", "planning")->receives);
  history.record("unit/county-a", schema::UnitRenamed{"county-a", "示例新县", "County A", day()});
  const auto row = served.row<schema::UnitRow>("unit", "county-a");
  EXPECT_EQ(row->name, "示例新县");
  EXPECT_EQ(row->aliases, Names{"示例县"});
  EXPECT_EQ(row->version, 2U);
}

TEST_F(Views, APersonIsListedWithTheUnitsOfTheirRoles) {
  history.record("person/person-1", schema::PersonRegistered{"person-1", {}, "科长"});
  history.record("person/person-1",
                 schema::RoleGranted{"person-1", "county-a", "clerk", day(), std::nullopt});
  const auto row = served.row<schema::PersonRow>("person", "person-1");
  EXPECT_EQ(row->units, Names{"county-a"});
  ASSERT_EQ(row->roles.size(), 1U);
  EXPECT_EQ(row->roles[0].role, "clerk");
}

}  // namespace
}  // namespace silkledger::projections
