#include "domain/leads/lead.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = LeadState::Status;

class ChainRefusal : public testing::TestWithParam<Refused> {};

TEST_P(ChainRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

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
    Article19Chain, ChainRefusal,
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

}  // namespace
}  // namespace silkledger::domain
