// The oracle itself, on cases that can be counted by hand.
#include <gtest/gtest.h>

#include <string>

#include "tools/generator/oracle/books.h"
#include "tools/generator/oracle/expected.h"

namespace silkledger::generator {
namespace {

CivilDate day(std::int32_t month, std::int32_t of_month) {
  return *civil_date({2026, month, of_month});
}

class TheBooks : public testing::Test {
 protected:
  void SetUp() override {
    auto read = read_rule_files("domain/rules");
    ASSERT_TRUE(std::holds_alternative<RuleFiles>(read)) << std::get<std::string>(read);
    files_ = std::get<RuleFiles>(std::move(read));
  }

  void take(schema::Command command) {
    schema::ScriptLine line;
    line.at = beijing_midnight(day(5, 6));
    line.principal = "somebody";
    line.request.occurred_on = day(5, 6);
    line.request.command = std::move(command);
    books_.take(line);
  }

  void open(const std::string& project_id) {
    take(schema::ProjectNegotiationOpened{.project_id = project_id, .unit_id = "653121"});
  }

  void sign(const std::string& project_id, std::int64_t fen, std::int32_t jobs) {
    open(project_id);
    take(schema::ContractSigned{.contract_id = "C-" + project_id,
                                .project_id = project_id,
                                .signed_on = day(5, 6),
                                .amount = {fen, schema::Qualifier::exact},
                                .jobs = schema::Count{jobs, schema::Qualifier::exact}});
  }

  std::int32_t tier_of(const std::string& project_id) {
    return books_.projects().at(project_id).tier;
  }

  RuleFiles files_;
  Books books_{files_};
};

// Art. 22: 以上 includes the number, and one of the two suffices.
TEST_F(TheBooks, PutAnAgreementIntoTheHighestTierThatItReaches) {
  sign("P-1", 10'000'000'000, 0);
  EXPECT_EQ(tier_of("P-1"), 1);
  sign("P-2", 9'999'999'999, 299);
  EXPECT_EQ(tier_of("P-2"), 0);
  sign("P-3", 0, 300);
  EXPECT_EQ(tier_of("P-3"), 1);
  sign("P-4", 0, 499);
  EXPECT_EQ(tier_of("P-4"), 1);
  sign("P-5", 0, 500);
  EXPECT_EQ(tier_of("P-5"), 2);
  sign("P-6", 30'000'000'000, 0);
  EXPECT_EQ(tier_of("P-6"), 2);
}

TEST_F(TheBooks, LetAnAmendmentThatOmitsTheJobsKeepThem) {
  sign("P-1", 5'000'000'000, 320);
  take(schema::ContractAmended{
      .contract_id = "C-P-1", .amended_on = day(5, 6), .amount = {1, schema::Qualifier::exact}});
  EXPECT_EQ(tier_of("P-1"), 1);
}

TEST_F(TheBooks, CountTheEventsThatACommandLeadsTo) {
  sign("P-1", 10'000'000'000, 0);  // opened; signed, tier, project signed
  EXPECT_EQ(books_.position(), 4U);
  EXPECT_EQ(books_.actors().at("system"), 2);
  EXPECT_EQ(books_.articles().at("22"), 3);
}

TEST_F(TheBooks, KeepASumThatWasRejectedAsReported) {
  sign("P-1", 10'000'000'000, 0);
  take(schema::FundReported{.fund_id = "F-1", .project_id = "P-1", .amount_fen = 700});
  take(schema::FundRejected{"F-1", "凭证不清"});
  take(schema::FundReported{.fund_id = "F-2", .project_id = "P-1", .amount_fen = 300});
  take(schema::FundVerified{"F-2", 300, "一致"});
  take(schema::FundVerified{"F-2", 200, "复核"});
  EXPECT_EQ(books_.projects().at("P-1").reported_fen, 1000);
  EXPECT_EQ(books_.projects().at("P-1").verified_fen, 200);
}

TEST_F(TheBooks, AskForAnotherAnalysisWhenTheLeaderDoesNotShareADecline) {
  take(schema::LeadReported{.lead_id = "L-1", .reporting_unit = "653121"});
  take(schema::ClassifyLead{.lead_id = "L-1", .lead_class = "listed"});
  take(schema::LeadAnalysisConcluded{"L-1", schema::AnalysisVerdict::decline, "能耗偏高"});
  take(schema::LeadLeaderReviewed{"L-1", schema::ReviewVerdict::disagree, std::nullopt});
  EXPECT_EQ(books_.leads().at("L-1").status, schema::LeadStatus::classified);
  take(schema::LeadAnalysisConcluded{"L-1", schema::AnalysisVerdict::proceed, "可行"});
  take(schema::LeadLeaderReviewed{"L-1", schema::ReviewVerdict::disagree, std::nullopt});
  EXPECT_EQ(books_.leads().at("L-1").status, schema::LeadStatus::closed);
}

TEST_F(TheBooks, TakeARefusedCommandForNothing) {
  schema::ScriptLine line;
  line.expect_refusal = "project-unknown";
  line.request.command = schema::ProjectNegotiationNoted{"P-9", "无此项目"};
  books_.take(line);
  EXPECT_EQ(books_.position(), 0U);
  EXPECT_EQ(books_.refused(), 1U);
}

// ---------------------------------------------------------------- lights (Art. 21)

ProjectBook with_nodes(std::initializer_list<NodeBook> nodes) {
  ProjectBook project;
  project.nodes = nodes;
  return project;
}

TEST_F(TheBooks, ShowALightByPointsBehindAndDaysOverdue) {
  const schema::RuleSet& rules = files_.rule_sets.front();
  using schema::Light;
  const CivilDate today = day(5, 31);
  EXPECT_EQ(light_of(with_nodes({}), &rules, today), Light::grey);
  EXPECT_EQ(light_of(with_nodes({{"n1", day(6, 1), false}}), &rules, today), Light::green);
  // A node that is due today and not reached: all of one is 100 points.
  EXPECT_EQ(light_of(with_nodes({{"n1", today, false}}), &rules, today), Light::red);
  std::vector<NodeBook> ten(10, NodeBook{"n", day(12, 1), false});
  ProjectBook project;
  project.nodes = ten;
  project.nodes[0].planned_on = today;  // 10 points
  EXPECT_EQ(light_of(project, &rules, today), Light::yellow);
  project.nodes[1].planned_on = project.nodes[2].planned_on = today;  // 30 points
  EXPECT_EQ(light_of(project, &rules, today), Light::yellow);
  project.nodes[3].planned_on = today;  // 40 points
  EXPECT_EQ(light_of(project, &rules, today), Light::red);
  // Nodes reached ahead of others make up for them in points, not in days.
  project.nodes = ten;
  project.nodes[0].planned_on = {today.days - 30};
  project.nodes[1].reached = true;
  EXPECT_EQ(light_of(project, &rules, today), Light::green);
  project.nodes[0].planned_on = {today.days - 31};
  EXPECT_EQ(light_of(project, &rules, today), Light::yellow);
  project.nodes[0].planned_on = {today.days - 90};
  EXPECT_EQ(light_of(project, &rules, today), Light::yellow);
  project.nodes[0].planned_on = {today.days - 91};
  EXPECT_EQ(light_of(project, &rules, today), Light::red);
}

// ---------------------------------------------------------------- half time (Art. 23)

TEST_F(TheBooks, CountWorkingDaysAcrossAnExchangedWeekAndAPause) {
  const UnitCalendar calendar = files_.calendar.national();
  ApprovalBook approval;
  approval.days = schema::ItemDays::working;
  approval.statutory_days = 7;
  approval.accepted_on = day(5, 6);
  approval.decided_on = day(5, 9);  // Saturday, a working day by exchange
  EXPECT_EQ(half_time_of(approval, calendar, day(5, 31)).elapsed_days, 3);
  EXPECT_EQ(half_time_of(approval, calendar, day(5, 31)).verdict, schema::HalfTime::met);
  approval.pauses.emplace_back(day(5, 8), day(5, 11));  // 8th, 9th and 10th do not count
  approval.decided_on = day(5, 12);
  EXPECT_EQ(half_time_of(approval, calendar, day(5, 31)).elapsed_days, 3);
  approval.decided_on = day(5, 13);  // 4 of 7 is more than half
  EXPECT_EQ(half_time_of(approval, calendar, day(5, 31)).verdict, schema::HalfTime::missed);
}

TEST_F(TheBooks, FindNothingToHalveInOneDayAndInAnItemWithoutALimit) {
  const UnitCalendar calendar = files_.calendar.national();
  ApprovalBook approval;
  approval.days = schema::ItemDays::working;
  approval.statutory_days = 1;
  EXPECT_EQ(half_time_of(approval, calendar, day(5, 31)).verdict, schema::HalfTime::not_applicable);
  approval.accepted_on = day(5, 6);
  EXPECT_EQ(half_time_of(approval, calendar, day(5, 31)).verdict, schema::HalfTime::not_applicable);
  EXPECT_TRUE(half_time_of(approval, calendar, day(5, 31)).overdue);
  approval.statutory_days.reset();
  EXPECT_FALSE(half_time_of(approval, calendar, day(5, 31)).overdue);
}

}  // namespace
}  // namespace silkledger::generator
