#include "domain/projects/evaluation.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = EvaluationState::Status;

const Actor kCounty = acting_for("county-a");

class EvaluationRefusal : public testing::TestWithParam<Refused> {};

TEST_P(EvaluationRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

// P1 is a project of the six classes, managed by county-a, in the textile chain.
template <class Change>
auto convene_with(Change change, Actor actor = office()) {
  return [=](SmallPrefecture& in) {
    decide_lead(in);
    auto evaluation = some_evaluation();
    change(in, evaluation);
    return in.send(evaluation, actor);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Article20Convene, EvaluationRefusal,
    testing::Values(
        Refused{"IdTaken", convene_with([](auto& in, auto& e) { in.must(e); }),
                Kind::already_exists, "evaluation-already-exists", "20", "/evaluationId"},
        Refused{"ProjectUnknown", convene_with([](auto&, auto& e) { e.project_id = "P9"; }),
                Kind::not_found, "project-unknown", "20", "/projectId"},
        Refused{"SixClassByTheCounty", convene_with([](auto&, auto&) {}, kCounty),
                Kind::not_your_unit, "prefecture-decides", "20", ""},
        Refused{"SecondWhileOneIsOpen", convene_with([](auto& in, auto& e) {
                  in.must(e);
                  e.evaluation_id = "E2";
                }),
                Kind::wrong_state, "evaluation-open", "20", "/projectId"},
        Refused{"NobodyInvited", convene_with([](auto&, auto& e) { e.invited.clear(); }),
                Kind::invalid, "nobody-invited", "20", "/invited"},
        Refused{"UnknownUnitInvited",
                convene_with([](auto&, auto& e) { e.invited.push_back("nobody"); }),
                Kind::not_found, "unit-unknown", "20", "/invited/2"},
        Refused{"UnitInvitedTwice",
                convene_with([](auto&, auto& e) { e.invited.push_back("county-a"); }),
                Kind::invalid, "unit-named-twice", "20", "/invited/2"},
        Refused{"ChainLeadNotInvited",
                convene_with([](auto&, auto& e) { e.invited = {"county-a"}; }), Kind::invalid,
                "unit-not-invited", "20", "/invited"},
        Refused{"ReceivingUnitNotInvited", convene_with([](auto&, auto& e) {
                  e.invited = {"chain-lead", "county-b"};
                }),
                Kind::invalid, "unit-not-invited", "20", "/invited"},
        Refused{"ChainWithoutLead", convene_with([](auto& in, auto&) {
                  in.must(schema::ProjectChainAssigned{"P1", "orphan"});
                }),
                Kind::wrong_state, "chain-without-lead", "9", "/projectId"},
        Refused{"ChainHadNoLeadOnThatDay",
                convene_with([](auto&, auto& e) { e.held_on = days_ago(2001); }), Kind::wrong_state,
                "chain-without-lead", "9", "/projectId"},
        Refused{"ProjectWithoutChain",
                [](SmallPrefecture& in) {
                  auto project = county_project();
                  project.chain_id.reset();
                  in.must(project, kCounty);
                  return in.send(some_evaluation(), kCounty);
                },
                Kind::wrong_state, "project-without-chain", "9", "/projectId"},
        Refused{"CountyProjectByAnotherCounty",
                [](SmallPrefecture& in) {
                  in.must(county_project(), kCounty);
                  return in.send(some_evaluation(), acting_for("county-b"));
                },
                Kind::not_your_unit, "not-your-unit", "20", ""},
        Refused{"SignedProject",
                [](SmallPrefecture& in) {
                  in.must(county_project(), kCounty);
                  in.must(some_contract(), kCounty);
                  return in.send(some_evaluation(), kCounty);
                },
                Kind::wrong_state, "project-signed", "20", "/projectId"}),
    name_of_row);

schema::EvaluationOpinionGiven opinion(const char* unit, const char* criterion) {
  return {"E1", unit, criterion, schema::OpinionVerdict::conditional, {}};
}

schema::EvaluationConcluded conclusion(schema::EvaluationVerdict verdict) {
  return {"E1", verdict, "示例理由"};
}

const auto kPass = conclusion(schema::EvaluationVerdict::pass);
const auto kFail = conclusion(schema::EvaluationVerdict::fail);

template <class Stated>
auto convened_then(Stated stated, Actor actor, CivilDate on = kToday) {
  return [=](SmallPrefecture& in) {
    decide_lead(in);
    in.must(some_evaluation());
    return in.send(stated, actor, on);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Article20Meeting, EvaluationRefusal,
    testing::Values(
        Refused{"UnknownEvaluation", [](SmallPrefecture& in) { return in.send(kPass, office()); },
                Kind::not_found, "evaluation-unknown", "20", "/evaluationId"},
        Refused{"OpinionInAnothersName", convened_then(opinion("chain-lead", "capacity"), kCounty),
                Kind::not_your_unit, "not-your-unit", "20", ""},
        Refused{"OpinionOfTheUninvited",
                convened_then(opinion("county-b", "capacity"), acting_for("county-b")),
                Kind::invalid, "unit-not-invited", "20", "/unitId"},
        Refused{"OpinionOnNoCriterion", convened_then(opinion("county-a", "beauty"), kCounty),
                Kind::not_found, "criterion-unknown", "20", "/criterion"},
        Refused{"OpinionTwice",
                [](SmallPrefecture& in) {
                  decide_lead(in);
                  in.must(some_evaluation());
                  in.must(opinion("county-a", "capacity"), kCounty);
                  return in.send(opinion("county-a", "capacity"), kCounty);
                },
                Kind::wrong_state, "opinion-already-given", "20", "/criterion"},
        Refused{"OpinionAfterTheConclusion",
                [](SmallPrefecture& in) {
                  decide_lead(in);
                  pass_evaluation(in);
                  return in.send(opinion("county-a", "capacity"), kCounty);
                },
                Kind::wrong_state, "evaluation-concluded", "20", "/evaluationId"},
        Refused{"OpinionOnAnEndedProject",
                [](SmallPrefecture& in) {
                  decide_lead(in);
                  in.must(some_evaluation());
                  in.must(schema::ProjectTerminated{"P1", "示例原因"});
                  return in.send(opinion("county-a", "capacity"), kCounty);
                },
                Kind::wrong_state, "project-ended", "20", "/evaluationId"},
        Refused{"ConcludedByTheCounty", convened_then(kPass, kCounty), Kind::not_your_unit,
                "prefecture-decides", "20", ""},
        Refused{"ConcludedBeforeItWasHeld", convened_then(kPass, office(), days_ago(6)),
                Kind::invalid, "date-in-the-future", "20", ""},
        Refused{"ConcludedWithoutEveryOpinion", convened_then(kPass, office()), Kind::wrong_state,
                "opinions-missing", "20", "/evaluationId"},
        Refused{"ConcludedTwice",
                [](SmallPrefecture& in) {
                  decide_lead(in);
                  pass_evaluation(in);
                  return in.send(kFail, office());
                },
                Kind::wrong_state, "evaluation-concluded", "20", "/evaluationId"}),
    name_of_row);

TEST(Evaluation, MissingOpinionIsNamed) {
  SmallPrefecture in;
  decide_lead(in);
  in.must(some_evaluation());
  for (const char* criterion : {"feasibility", "capacity"}) {
    in.must(opinion("county-a", criterion), kCounty);
  }
  in.must(opinion("chain-lead", "feasibility"), acting_for("chain-lead"));
  const auto decided = in.send(kPass, office());
  ASSERT_FALSE(decided.has_value());
  EXPECT_NE(decided.error().message.zh.find("测试单位chain-lead"), std::string::npos);
  EXPECT_NE(decided.error().message.zh.find("承载能力"), std::string::npos);
}

TEST(Evaluation, PassUrgesTheReceivingUnitToSign) {
  SmallPrefecture in;
  decide_lead(in);
  in.must(some_evaluation());
  EXPECT_EQ(in.project("P1").open_evaluation, "E1");
  give_every_opinion(in);
  const Decision decided = in.must(kPass);
  ASSERT_EQ(decided.facts.size(), 3u);
  EXPECT_EQ(decided.facts[0], (Fact{"evaluation/E1", kPass, "20", false}));
  EXPECT_EQ(
      decided.facts[1],
      (Fact{"project/P1", schema::ProjectEvaluated{"P1", "E1", schema::EvaluationVerdict::pass},
            "20", true}));
  // Thirty days from the meeting, which was held five days ago.
  EXPECT_EQ(
      decided.facts[2],
      (Fact{"project/P1", schema::ProjectSigningUrged{"P1", "county-a", in_days(25)}, "20", true}));
  EXPECT_EQ(in.evaluation("E1").status, Status::passed);
  EXPECT_EQ(in.project("P1").passed_evaluation, "E1");
  EXPECT_EQ(in.project("P1").open_evaluation, std::nullopt);
}

TEST(Evaluation, FailEndsTheProjectAndPutsItInReserve) {
  SmallPrefecture in;
  decide_lead(in);
  in.must(some_evaluation());
  give_every_opinion(in);
  const Decision decided = in.must(kFail);
  ASSERT_EQ(decided.facts.size(), 4u);
  EXPECT_EQ(decided.facts[2],
            (Fact{"project/P1", schema::ProjectTerminated{"P1", "示例理由"}, "20", true}));
  EXPECT_EQ(decided.facts[3],
            (Fact{"project/P1", schema::ProjectEnteredReserve{"P1", "示例理由"}, "20", true}));
  EXPECT_TRUE(in.project("P1").ended());
  EXPECT_TRUE(in.project("P1").in_reserve);
  EXPECT_EQ(in.project("P1").passed_evaluation, std::nullopt);
}

TEST(Evaluation, QuorumIsASettingOfTheRules) {
  SmallPrefecture in;
  in.rules().evaluation_needs_every_opinion = false;
  decide_lead(in);
  in.must(some_evaluation());
  in.must(kPass);
  EXPECT_EQ(in.evaluation("E1").status, Status::passed);
}

TEST(Evaluation, CountyEvaluatesItsOwnAndInvitesWhomItLikes) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  auto evaluation = some_evaluation();
  evaluation.invited = {"bureau-a"};
  in.must(evaluation, kCounty);
  for (const char* criterion : {"feasibility", "capacity"}) {
    in.must(opinion("bureau-a", criterion), acting_for("bureau-a"));
  }
  in.must(kPass, kCounty);
  EXPECT_EQ(in.project("P1").passed_evaluation, "E1");
}

TEST(Evaluation, CountysPromotionAuthoritySpeaksForTheCounty) {
  SmallPrefecture in;
  decide_lead(in);
  auto evaluation = some_evaluation();
  evaluation.invited = {"bureau-a", "chain-lead"};
  in.must(evaluation);
  EXPECT_TRUE(in.evaluation("E1").is_invited("bureau-a"));
}

}  // namespace
}  // namespace silkledger::domain
