#include "domain/leads/lead.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = LeadState::Status;

class LeadRefusal : public testing::TestWithParam<Refused> {};

TEST_P(LeadRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

template <class Change>
auto report_with(Change change, Actor actor = acting_for("branch"), CivilDate on = kToday) {
  return [=](SmallPrefecture& in) {
    auto lead = some_lead();
    change(lead);
    return in.send(lead, actor, on);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Article19Report, LeadRefusal,
    testing::Values(
        Refused{"IdTaken",
                [](SmallPrefecture& in) {
                  in.must(some_lead(), acting_for("branch"));
                  return in.send(some_lead(), acting_for("branch"));
                },
                Kind::already_exists, "lead-already-exists", "19", "/leadId"},
        Refused{"ReportingUnitUnknown", report_with([](auto& l) { l.reporting_unit = "nobody"; }),
                Kind::not_found, "unit-unknown", "19", "/reportingUnit"},
        Refused{"ReportingUnitNotYetFounded",
                report_with([](auto& l) { l.reporting_unit = "county-new"; }, office()),
                Kind::invalid, "unit-not-in-existence", "19", "/reportingUnit"},
        Refused{"AidCommandIsNoAttractingUnit",
                report_with([](auto& l) { l.reporting_unit = "command"; }, acting_for("command")),
                Kind::invalid, "unit-not-attracting", "2", "/reportingUnit"},
        Refused{"ForAnotherUnit", report_with([](auto&) {}, acting_for("county-a")),
                Kind::not_your_unit, "not-your-unit", "19", ""},
        Refused{"StationDoesNotSpeakForItsBranch", report_with([](auto&) {}, acting_for("station")),
                Kind::not_your_unit, "not-your-unit", "19", ""},
        Refused{"HomeUnitUnknown", report_with([](auto& l) { l.home_unit = "nobody"; }),
                Kind::not_found, "unit-unknown", "19", "/homeUnit"},
        Refused{"IntendedUnitReceivesNothing",
                report_with([](auto& l) { l.intended_unit = "chain-lead"; }), Kind::invalid,
                "unit-receives-no-projects", "19", "/intendedUnit"},
        Refused{"ChainUnknown", report_with([](auto& l) { l.chain_id = "nothing"; }),
                Kind::not_found, "chain-unknown", "19", "/chainId"},
        Refused{"ChainNotYetDefined", report_with([](auto& l) { l.chain_id = "later"; }),
                Kind::invalid, "dates-out-of-order", "19", "/chainId"},
        Refused{"Tomorrow", report_with([](auto&) {}, acting_for("branch"), in_days(1)),
                Kind::invalid, "dates-out-of-order", "19", "/occurredOn"},
        Refused{"InvestorUnnamed", report_with([](auto& l) { l.investor_name = " "; }),
                Kind::invalid, "text-empty", "19", "/investorName"}),
    name_of_row);

schema::LeadFormFiled some_form() {
  return {"L1", "F1", days_ago(1), "示例地点", {"p-visitor"}, "背景", "诉求", true, "判断"};
}

INSTANTIATE_TEST_SUITE_P(
    Article18Form, LeadRefusal,
    testing::Values(Refused{"LeadUnknown",
                            [](SmallPrefecture& in) { return in.send(some_form(), office()); },
                            Kind::not_found, "lead-unknown", "18", "/leadId"},
                    Refused{"ByAnotherUnit",
                            [](SmallPrefecture& in) {
                              in.must(some_lead(), acting_for("branch"));
                              return in.send(some_form(), acting_for("county-b"));
                            },
                            Kind::not_your_unit, "not-your-unit", "18", ""},
                    Refused{"Twice",
                            [](SmallPrefecture& in) {
                              in.must(some_lead(), acting_for("branch"));
                              in.must(some_form(), acting_for("branch"));
                              return in.send(some_form(), acting_for("branch"));
                            },
                            Kind::wrong_state, "lead-form-already-filed", "18", "/leadId"},
                    Refused{"VisitAfterTheFiling",
                            [](SmallPrefecture& in) {
                              in.must(some_lead(), acting_for("branch"));
                              return in.send(some_form(), acting_for("branch"), days_ago(2));
                            },
                            Kind::invalid, "date-in-the-future", "18", "/visitedOn"},
                    Refused{"VisitorUnknown",
                            [](SmallPrefecture& in) {
                              in.must(some_lead(), acting_for("branch"));
                              auto form = some_form();
                              form.visitors.push_back("p-nobody");
                              return in.send(form, acting_for("branch"));
                            },
                            Kind::not_found, "person-unknown", "18", "/visitors/1"}),
    name_of_row);

auto classify(const char* lead_class) { return schema::ClassifyLead{"L1", lead_class, {}, {}, {}}; }

// A lead of the class, taken as far as the steps say.
void lead_of(SmallPrefecture& in, const char* lead_class) {
  in.must(some_lead(), acting_for("branch"));
  in.must(classify(lead_class));
}

TEST(Lead, MinimalReportIsTakenAndAStationReportsForItself) {
  SmallPrefecture in;
  auto lead = some_lead();
  lead.reporting_unit = "station";
  lead.amount.reset();
  lead.jobs.reset();
  const Decision decided = in.must(lead, acting_for("station"));
  ASSERT_EQ(decided.facts.size(), 1u);
  EXPECT_EQ(decided.facts[0], (Fact{"lead/L1", lead, "19", false}));
}

TEST(Lead, QuestionableCreditCodeIsNoReasonToRefuse) {
  SmallPrefecture in;
  auto lead = some_lead();
  lead.uscc = "000000000000000000";
  in.must(lead, acting_for("branch"));
  EXPECT_EQ(in.lead("L1").status, Status::reported);
}

TEST(Lead, ClassMayBeChangedUntilItIsAnalysed) {
  SmallPrefecture in;
  lead_of(in, "top500");
  in.must(classify("ordinary"));
  EXPECT_FALSE(in.lead("L1").prefecture_decides);
  in.must(schema::LeadDelegated{"L1", "branch", {}});  // the reporting unit follows up by itself
  EXPECT_EQ(in.lead("L1").following_unit, "branch");
  expect_refused(in.send(classify("top500"), office()), Kind::wrong_state,
                 "lead-past-classification", "19", "/leadId");
}

TEST(Lead, FollowingUnitClosesWhatItWasGiven) {
  SmallPrefecture in;
  delegate_lead(in);
  in.must(schema::LeadClosed{"L1", "示例原因"}, acting_for("county-a"));
  EXPECT_EQ(in.lead("L1").status, Status::closed);
}

}  // namespace
}  // namespace silkledger::domain
