#include "domain/reports/half_month_report.h"

#include "tests/support/landed_project.h"

namespace silkledger::domain {
namespace {

const CivilDate kHalf = day("2024-03-01");
const CivilDate kDue = day("2024-03-19");  // two working days after the 15th, a Friday
const Actor kChainLead = clerk_of("county-b");

schema::ContractTierDetermined tier(std::int32_t tier) {
  schema::ContractTierDetermined determined;
  determined.contract_id = "C1";
  determined.project_id = "P1";
  determined.tier = tier;
  determined.amount_fen = 30'000'000'000;
  return determined;
}

// P1, signed on that day with that tier, in a chain that county-b leads.
Given signed_on(const char* on, std::int32_t of_tier) {
  Given ledger = example::landed(day(on));
  ledger.happened(day(on),
                  {schema::ChainDefined{"textile", "纺织服装", "Textiles", day("2023-10-07")},
                   schema::ChainLeadAssigned{"textile", "county-b", day("2023-10-07")},
                   schema::ProjectChainAssigned{"P1", "textile"}, tier(of_tier)});
  return ledger;
}

schema::HalfMonthReportSubmitted report(CivilDate half = kHalf, std::string project = "P1") {
  return {std::move(project), half, "厂房主体封顶", std::nullopt};
}

schema::HalfMonthReportLapsed lapse() { return {"P1", kHalf, kDue}; }

TEST(HalfMonthReport, IsGivenByTheUnitThatLeadsTheChain) {
  signed_on("2024-03-15", 2).when(report(), kChainLead, kDue).then({report()});
  Given ledger = signed_on("2024-02-01", 2);
  ledger.when(report(), clerk_of("county-a"), kDue).then_rejected("not-your-unit", "22");
  ledger.when(report(), office_clerk(), kDue).then_accepted();
}

TEST(HalfMonthReport, IsOwedForSignedProjectsOfTheHighestTier) {
  signed_on("2024-02-01", 1)
      .when(report(), kChainLead, kDue)
      .then_rejected("no-half-month-duty", "22");
  signed_on("2024-03-16", 2)
      .when(report(), kChainLead, kDue)
      .then_rejected("no-half-month-duty", "22");
  Given ledger = signed_on("2024-02-01", 2);
  ledger.when(report(kHalf, "TALKS"), office_clerk(), kDue)
      .then_rejected("no-half-month-duty", "22");
  ledger.when(report(kHalf, "P9"), office_clerk(), kDue).then_rejected("project-unknown", "22");
}

TEST(HalfMonthReport, BeginsOnTheFirstOrTheSixteenth) {
  Given ledger = signed_on("2024-02-01", 2);
  ledger.when(report(day("2024-03-02")), kChainLead, kDue)
      .then_rejected("half-begins-on-1st-or-16th", "22");
  ledger.when(report(day("2024-04-01")), kChainLead, kDue).then_rejected("period-not-begun", "22");
  ledger.when(report(day("2024-03-16")), kChainLead, kDue).then_accepted();
}

TEST(HalfMonthReport, NeedsWordsAndAChainThatSomebodyLeads) {
  Given ledger = signed_on("2024-02-01", 2);
  auto blank = report();
  blank.progress = " ";
  ledger.when(blank, kChainLead, kDue).then_rejected("text-empty", "22");
  Given without_chain = example::landed(day("2024-02-01"));
  without_chain.happened(day("2024-02-01"), {tier(2)});
  without_chain.when(report(), office_clerk(), kDue).then_rejected("chain-lead-missing", "22");
}

TEST(HalfMonthReport, IsGivenOnceUnlessTheOfficeReturnsIt) {
  const schema::HalfMonthReportReturned returned{"P1", kHalf, "内容空泛"};
  Given ledger = signed_on("2024-02-01", 2);
  ledger.when(returned, office_clerk(), kDue).then_rejected("no-report-to-return", "22");
  ledger.when(report(), kChainLead, kDue).then_accepted();
  ledger.when(report(), kChainLead, kDue).then_rejected("report-already-submitted", "22");
  ledger.when(returned, office_clerk(), kDue).then({returned});
  ledger.when(report(), kChainLead, kDue).then_accepted();
}

TEST(HalfMonthReport, LapsesBehindTheSecondWorkingDay) {
  Given ledger = signed_on("2024-02-01", 2);
  ledger.happened(kDue, {schema::DayBegan{kDue}});
  ledger.when(lapse(), the_system(), kDue).then_rejected("duty-not-lapsed", "22");
  const CivilDate next{kDue.days + 1};
  ledger.happened(next, {schema::DayBegan{next}});
  ledger.when(lapse(), kChainLead, next).then_rejected("lapses-are-the-systems", "22");
  ledger.when(lapse(), the_system(), next).then({lapse()});
  ledger.when(report(), kChainLead, next).then_accepted();
}

}  // namespace
}  // namespace silkledger::domain
