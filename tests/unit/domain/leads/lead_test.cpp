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

schema::LeadAnalysisConcluded analysis(schema::AnalysisVerdict verdict) {
  return {"L1", verdict, "示例理由"};
}

schema::LeadLeaderReviewed review(schema::ReviewVerdict verdict) { return {"L1", verdict, {}}; }

schema::LeadLeadingGroupDecided decision() {
  return {"L1", "p-leader", "示例会议", "P1", "county-a"};
}

// A lead of the class, taken as far as the steps say.
void lead_of(SmallPrefecture& in, const char* lead_class) {
  in.must(some_lead(), acting_for("branch"));
  in.must(classify(lead_class));
}

INSTANTIATE_TEST_SUITE_P(
    Article19Chain, LeadRefusal,
    testing::Values(
        Refused{"CountyClassifies",
                [](SmallPrefecture& in) {
                  in.must(some_lead(), acting_for("branch"));
                  return in.send(classify("top500"), acting_for("county-a"));
                },
                Kind::not_your_unit, "prefecture-decides", "19", ""},
        Refused{"ClassUnknown",
                [](SmallPrefecture& in) {
                  in.must(some_lead(), acting_for("branch"));
                  return in.send(classify("nothing"), office());
                },
                Kind::not_found, "lead-class-unknown", "19", "/leadClass"},
        Refused{"SameClassTwice",
                [](SmallPrefecture& in) {
                  lead_of(in, "top500");
                  return in.send(classify("top500"), office());
                },
                Kind::wrong_state, "lead-already-of-class", "19", "/leadClass"},
        Refused{"ClassifiedAfterAnalysis",
                [](SmallPrefecture& in) {
                  lead_of(in, "top500");
                  in.must(analysis(schema::AnalysisVerdict::proceed));
                  return in.send(classify("ordinary"), office());
                },
                Kind::wrong_state, "lead-past-classification", "19", "/leadId"},
        Refused{"AnalysisBeforeClass",
                [](SmallPrefecture& in) {
                  in.must(some_lead(), acting_for("branch"));
                  return in.send(analysis(schema::AnalysisVerdict::proceed), office());
                },
                Kind::wrong_state, "lead-not-to-be-analysed", "19", "/leadId"},
        Refused{"AnalysisOfOrdinaryLead",
                [](SmallPrefecture& in) {
                  lead_of(in, "ordinary");
                  return in.send(analysis(schema::AnalysisVerdict::proceed), office());
                },
                Kind::wrong_state, "lead-not-of-the-six-classes", "19", "/leadId"},
        Refused{"ReviewBeforeAnalysis",
                [](SmallPrefecture& in) {
                  lead_of(in, "top500");
                  return in.send(review(schema::ReviewVerdict::agree), office());
                },
                Kind::wrong_state, "lead-not-to-be-reviewed", "19", "/leadId"},
        Refused{"DecidedBeforeReview",
                [](SmallPrefecture& in) {
                  lead_of(in, "top500");
                  in.must(analysis(schema::AnalysisVerdict::proceed));
                  return in.send(decision(), office());
                },
                Kind::wrong_state, "lead-not-to-be-decided", "19", "/leadId"},
        Refused{"LeaderUnknown",
                [](SmallPrefecture& in) {
                  lead_of(in, "top500");
                  in.must(analysis(schema::AnalysisVerdict::proceed));
                  in.must(review(schema::ReviewVerdict::agree));
                  auto stated = decision();
                  stated.responsible_leader = "p-nobody";
                  return in.send(stated, office());
                },
                Kind::not_found, "person-unknown", "19", "/responsibleLeader"},
        Refused{"ProjectIdTaken",
                [](SmallPrefecture& in) {
                  in.must(county_project(), acting_for("county-a"));
                  lead_of(in, "top500");
                  in.must(analysis(schema::AnalysisVerdict::proceed));
                  in.must(review(schema::ReviewVerdict::agree));
                  return in.send(decision(), office());
                },
                Kind::already_exists, "project-already-exists", "19", "/projectId"},
        Refused{"SixClassLeadDelegated",
                [](SmallPrefecture& in) {
                  lead_of(in, "unicorn");
                  return in.send(schema::LeadDelegated{"L1", "county-a", {}}, office());
                },
                Kind::wrong_state, "lead-of-the-six-classes", "19", "/leadId"},
        Refused{"DelegatedToWhoNeitherReceivesNorReported",
                [](SmallPrefecture& in) {
                  lead_of(in, "ordinary");
                  return in.send(schema::LeadDelegated{"L1", "chain-lead", {}}, office());
                },
                Kind::invalid, "unit-receives-no-projects", "19", "/unitId"},
        Refused{"ClosedPastTheLeader",
                [](SmallPrefecture& in) {
                  lead_of(in, "top500");
                  in.must(analysis(schema::AnalysisVerdict::decline));
                  return in.send(schema::LeadClosed{"L1", "示例原因"}, office());
                },
                Kind::wrong_state, "lead-awaits-review", "19", "/leadId"},
        Refused{"ClosedTwice",
                [](SmallPrefecture& in) {
                  in.must(some_lead(), acting_for("branch"));
                  in.must(schema::LeadClosed{"L1", "示例原因"});
                  return in.send(schema::LeadClosed{"L1", "示例原因"}, office());
                },
                Kind::wrong_state, "lead-closed", "19", "/leadId"},
        Refused{"ClosedByWhoDoesNotFollowIt",
                [](SmallPrefecture& in) {
                  delegate_lead(in);
                  return in.send(schema::LeadClosed{"L1", "示例原因"}, acting_for("county-b"));
                },
                Kind::not_your_unit, "not-your-unit", "19", ""},
        Refused{"ClosedThoughItBecameAProject",
                [](SmallPrefecture& in) {
                  decide_lead(in);
                  return in.send(schema::LeadClosed{"L1", "示例原因"}, office());
                },
                Kind::wrong_state, "lead-has-a-project", "19", "/leadId"}),
    name_of_row);

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

TEST(Lead, LeadingGroupDecisionOpensTheProjectWithWhatTheLeadSays) {
  SmallPrefecture in;
  lead_of(in, "top500");
  in.must(analysis(schema::AnalysisVerdict::proceed));
  in.must(review(schema::ReviewVerdict::agree));
  const Decision decided = in.must(decision());
  ASSERT_EQ(decided.facts.size(), 2u);
  EXPECT_EQ(decided.facts[1].stream, "project/P1");
  EXPECT_TRUE(decided.facts[1].by_system);
  const auto opened = std::get<schema::ProjectNegotiationOpened>(decided.facts[1].event);
  EXPECT_EQ(opened.name, "测试企业甲");
  EXPECT_EQ(opened.lead_class, "top500");
  EXPECT_EQ(opened.chain_id, "textile");
  EXPECT_EQ(opened.amount, yuan(80'000'000));
  EXPECT_EQ(opened.jobs, people(120));
  EXPECT_EQ(opened.responsible_leader, "p-leader");
  EXPECT_TRUE(opened.prefecture_led);
  EXPECT_EQ(in.lead("L1").status, Status::decided);
}

struct Review {
  const char* name;
  schema::AnalysisVerdict analysed;
  schema::ReviewVerdict reviewed;
  Status then;
};

class LeadReview : public testing::TestWithParam<Review> {};

TEST_P(LeadReview, LeadsWhereArticle19Says) {
  SmallPrefecture in;
  lead_of(in, "top500");
  EXPECT_EQ(in.must(analysis(GetParam().analysed)).facts.size(), 1u);
  EXPECT_EQ(in.lead("L1").status, Status::analysed);
  const Decision decided = in.must(review(GetParam().reviewed));
  EXPECT_EQ(in.lead("L1").status, GetParam().then);
  if (GetParam().then != Status::closed) return;
  ASSERT_EQ(decided.facts.size(), 2u);
  EXPECT_TRUE(std::holds_alternative<schema::LeadClosed>(decided.facts[1].event));
  EXPECT_TRUE(decided.facts[1].by_system);
  EXPECT_EQ(decided.facts[1].article, "19");
}

using schema::AnalysisVerdict;
using schema::ReviewVerdict;
INSTANTIATE_TEST_SUITE_P(Article19, LeadReview,
                         testing::Values(Review{"ProceedAgree", AnalysisVerdict::proceed,
                                                ReviewVerdict::agree, Status::reviewed},
                                         Review{"ProceedReturned", AnalysisVerdict::proceed,
                                                ReviewVerdict::returned, Status::classified},
                                         Review{"ProceedDisagree", AnalysisVerdict::proceed,
                                                ReviewVerdict::disagree, Status::closed},
                                         Review{"DeclineAgree", AnalysisVerdict::decline,
                                                ReviewVerdict::agree, Status::closed},
                                         Review{"DeclineReturned", AnalysisVerdict::decline,
                                                ReviewVerdict::returned, Status::classified},
                                         Review{"DeclineDisagree", AnalysisVerdict::decline,
                                                ReviewVerdict::disagree, Status::classified}),
                         [](const auto& tested) { return tested.param.name; });

TEST(Lead, DeclineClosesAtOnceWhereTheRulesAskForNoReview) {
  SmallPrefecture in;
  in.rules().decline_needs_review = false;
  lead_of(in, "top500");
  const Decision decided = in.must(analysis(AnalysisVerdict::decline));
  ASSERT_EQ(decided.facts.size(), 2u);
  EXPECT_EQ(decided.facts[1], (Fact{"lead/L1", schema::LeadClosed{"L1", "示例理由"}, "19", true}));
  EXPECT_EQ(in.lead("L1").status, Status::closed);
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

// ---------------------------------------------------------------- corrections

schema::LeadCorrected correction(schema::MoneyChange change, std::uint64_t position) {
  return {"L1", schema::LeadField::amount, change, {position}, "笔误", "示例依据"};
}

TEST(LeadCorrection, NamesTheEventThatSetTheValueEachTime) {
  SmallPrefecture in;
  in.must(some_lead("L0"), acting_for("branch"));
  in.must(some_lead(), acting_for("branch"));
  in.must(classify("ordinary"));
  in.must(correction({yuan(80'000'000), yuan(90'000'000)}, 2), acting_for("branch"));
  EXPECT_EQ(in.lead("L1").amount, yuan(90'000'000));
  expect_refused(in.send(correction({yuan(90'000'000), yuan(70'000'000)}, 2), office()),
                 Kind::invalid, "corrects-another-event", "19", "/corrects/position");
  in.must(correction({yuan(90'000'000), yuan(70'000'000)}, 4), acting_for("branch"));
  EXPECT_EQ(in.lead("L1").amount, yuan(70'000'000));
  EXPECT_EQ(in.lead("L1").investor_name, "测试企业甲");
}

TEST(LeadCorrection, AddsWhatTheReportLeftOut) {
  SmallPrefecture in;
  auto lead = some_lead();
  lead.amount.reset();
  in.must(lead, acting_for("branch"));
  in.must(correction({{}, yuan(1)}, 1), acting_for("branch"));
  EXPECT_EQ(in.lead("L1").amount, yuan(1));
}

TEST(LeadCorrection, QualifierCountsAsPartOfTheValue) {
  SmallPrefecture in;
  in.must(some_lead(), acting_for("branch"));
  const schema::Money about{8'000'000'000, schema::Qualifier::about};
  expect_refused(in.send(correction({about, yuan(1)}, 1), office()), Kind::invalid, "was-differs",
                 "19", "/change/was");
  in.must(correction({yuan(80'000'000), about}, 1));
  EXPECT_EQ(in.lead("L1").amount, about);
}

TEST(LeadCorrection, RefusesWhatCorrectsNothing) {
  SmallPrefecture in;
  in.must(some_lead(), acting_for("branch"));
  expect_refused(in.send(correction({yuan(80'000'000), yuan(80'000'000)}, 1), office()),
                 Kind::invalid, "nothing-corrected", "19", "/change/becomes");
  expect_refused(in.send(correction({yuan(80'000'000), yuan(-1)}, 1), office()), Kind::invalid,
                 "below-zero", "19", "/change/becomes");
  const schema::LeadCorrected as_text{
      "L1", schema::LeadField::amount, schema::TextChange{"8000万", "9000万"}, {1}, "笔误", "依据"};
  expect_refused(in.send(as_text, office()), Kind::invalid, "change-of-another-kind", "19",
                 "/change/type");
  auto unfounded = correction({yuan(80'000'000), yuan(1)}, 1);
  unfounded.basis = "";
  expect_refused(in.send(unfounded, office()), Kind::invalid, "text-empty", "19", "/basis");
}

TEST(LeadCorrection, ClosedLeadCanStillBePutRight) {
  SmallPrefecture in;
  in.must(some_lead(), acting_for("branch"));
  in.must(schema::LeadClosed{"L1", "示例原因"});
  const schema::LeadCorrected name{"L1",
                                   schema::LeadField::investor_name,
                                   schema::TextChange{"测试企业甲", "测试企业丙"},
                                   {1},
                                   "笔误",
                                   "依据"};
  in.must(name, acting_for("branch"));
  EXPECT_EQ(in.lead("L1").investor_name, "测试企业丙");
  EXPECT_EQ(in.lead("L1").status, Status::closed);
}

}  // namespace
}  // namespace silkledger::domain
