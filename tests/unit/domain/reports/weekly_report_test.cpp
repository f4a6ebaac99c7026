#include "domain/reports/weekly_report.h"

#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

const CivilDate kMonday = day("2024-03-04");
const CivilDate kFriday = day("2024-03-08");
const Actor kCounty = clerk_of("county-a");

schema::LeadReported lead(std::string lead_id, std::string unit = "county-a") {
  schema::LeadReported reported;
  reported.lead_id = std::move(lead_id);
  reported.investor_name = "测试企业";
  reported.reporting_unit = std::move(unit);
  reported.content = "示例意向";
  return reported;
}

// L1 of county-a and L2 of county-b in the week, LATE of county-a behind it, FAR of the station.
Given week() {
  Given ledger = example::prefecture();
  ledger.happened(day("2024-03-06"), {lead("L1"), lead("L2", "county-b"), lead("FAR", "station")});
  ledger.happened(day("2024-03-11"), {lead("LATE")});
  return ledger;
}

schema::WeeklyReportSubmitted report(std::vector<std::string> leads,
                                     std::string unit = "county-a") {
  schema::WeeklyReportSubmitted report{std::move(unit), kMonday, leads.empty(), {}, {}};
  report.leads = std::move(leads);
  return report;
}

schema::WeeklyReportLapsed lapse(std::string unit = "county-a") {
  return {std::move(unit), kMonday, kFriday};
}

TEST(WeeklyReport, NamesTheLeadsOfTheWeekOrIsANilReport) {
  week().when(report({"L1"}), kCounty, kFriday).then({report({"L1"})});
  week().when(report({}), kCounty, kFriday).then({report({})});
  week().when(report({"FAR"}, "branch"), clerk_of("branch"), kFriday).then_accepted();
}

TEST(WeeklyReport, IsGivenForAUnitByItselfOrByTheOffice) {
  week().when(report({}), clerk_of("county-b"), kFriday).then_rejected("not-your-unit", "19");
  week().when(report({}), office_clerk(), kFriday).then_accepted();
  week().when(report({}, "nowhere"), office_clerk(), kFriday).then_rejected("unit-unknown", "19");
}

struct Refused {
  const char* what;
  schema::WeeklyReportSubmitted stated;
  const char* code;
  const char* pointer;
};

schema::WeeklyReportSubmitted nil_with_leads() {
  auto stated = report({"L1"});
  stated.nothing_to_report = true;
  return stated;
}
schema::WeeklyReportSubmitted silent() {
  auto stated = report({});
  stated.nothing_to_report = false;
  return stated;
}
schema::WeeklyReportSubmitted of_week(const char* begins) {
  auto stated = report({});
  stated.week_begins = day(begins);
  return stated;
}
schema::WeeklyReportSubmitted with_remarks(const char* remarks) {
  auto stated = report({});
  stated.remarks = remarks;
  return stated;
}

class WeeklyReportRefused : public testing::TestWithParam<Refused> {};

TEST_P(WeeklyReportRefused, WithItsReason) {
  Given ledger = week();
  const auto& stated = GetParam().stated;
  ledger.when(stated, office_clerk(), day("2024-03-15")).then_rejected(GetParam().code, "19");
  EXPECT_EQ(ledger.rejection().pointer, GetParam().pointer) << GetParam().what;
}

INSTANTIATE_TEST_SUITE_P(
    Article19, WeeklyReportRefused,
    testing::Values(
        Refused{"a Tuesday", of_week("2024-03-05"), "week-begins-on-monday", "/weekBegins"},
        Refused{"a Sunday", of_week("2024-03-10"), "week-begins-on-monday", "/weekBegins"},
        Refused{"next week", of_week("2024-03-18"), "period-not-begun", "/weekBegins"},
        Refused{"a station", report({}, "station"), "no-weekly-duty", "/unitId"},
        Refused{"the office", report({}, "office"), "no-weekly-duty", "/unitId"},
        Refused{"nil, yet leads", nil_with_leads(), "nil-report-names-leads", "/leads"},
        Refused{"silence", silent(), "report-names-no-lead", "/nothingToReport"},
        Refused{"unknown", report({"L1", "L9"}), "lead-unknown", "/leads/1"},
        Refused{"twice", report({"L1", "L1"}), "lead-named-twice", "/leads/1"},
        Refused{"foreign", report({"L2"}), "lead-of-another-unit", "/leads/0"},
        Refused{"later", report({"LATE"}), "lead-after-the-week", "/leads/0"},
        Refused{"blank", with_remarks("  "), "text-empty", "/remarks"}),
    [](const auto& instance) { return "Case" + std::to_string(instance.index); });

TEST(WeeklyReport, OfAnEarlierWeekMayNameLeadsFromBeforeIt) {
  auto second = report({"L1"});
  second.week_begins = day("2024-03-11");
  week().when(second, kCounty, day("2024-03-15")).then_accepted();
}

TEST(WeeklyReport, IsGivenOnceUnlessTheOfficeReturnsIt) {
  const schema::WeeklyReportReturned returned{"county-a", kMonday, "线索不全"};
  Given ledger = week();
  ledger.when(returned, office_clerk(), kFriday).then_rejected("no-report-to-return", "19");
  ledger.when(report({}), kCounty, kFriday).then_accepted();
  ledger.when(report({"L1"}), kCounty, kFriday).then_rejected("report-already-submitted", "19");
  ledger.when(returned, kCounty, kFriday).then_rejected("prefecture-decides", "19");
  ledger.when(returned, office_clerk(), kFriday).then({returned});
  ledger.when(returned, office_clerk(), kFriday).then_rejected("no-report-to-return", "19");
  ledger.when(report({"L1"}), kCounty, kFriday).then_accepted();
}

TEST(WeeklyReport, LapsesOnceItsDayHasPassed) {
  Given ledger = week();
  ledger.happened(kFriday, {schema::DayBegan{kFriday}});
  ledger.when(lapse(), the_system(), kFriday).then_rejected("duty-not-lapsed", "19");
  const CivilDate saturday{kFriday.days + 1};
  ledger.happened(saturday, {schema::DayBegan{saturday}});
  ledger.when(lapse(), office_clerk(), saturday).then_rejected("lapses-are-the-systems", "19");
  auto wrong = lapse();
  wrong.due_on = day("2024-03-07");
  ledger.when(wrong, the_system(), saturday).then_rejected("duty-not-lapsed", "19");
  ledger.when(lapse("station"), the_system(), saturday).then_rejected("no-weekly-duty", "19");
  ledger.when(lapse(), the_system(), saturday).then({lapse()});
  ledger.when(lapse(), the_system(), saturday).then_rejected("report-not-missing", "19");
  // What comes late still comes.
  ledger.when(report({"L1"}), kCounty, saturday).then_accepted();
}

TEST(WeeklyReport, ThatCameDoesNotLapse) {
  Given ledger = week();
  ledger.when(report({}), kCounty, kFriday).then_accepted();
  const CivilDate saturday{kFriday.days + 1};
  ledger.happened(saturday, {schema::DayBegan{saturday}});
  ledger.when(lapse(), the_system(), saturday).then_rejected("report-not-missing", "19");
}

}  // namespace
}  // namespace silkledger::domain
