#include "domain/projects/project.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = ProjectState::Status;

const Actor kCounty = acting_for("county-a");

class NegotiationRefusal : public testing::TestWithParam<Refused> {};

TEST_P(NegotiationRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

template <class Change>
auto open_with(Change change, Actor actor = kCounty) {
  return [=](SmallPrefecture& in) {
    auto project = county_project();
    change(project);
    return in.send(project, actor);
  };
}

template <class Change>
auto open_from_delegated_lead(Change change, Actor actor = kCounty) {
  return [=](SmallPrefecture& in) {
    delegate_lead(in);
    auto project = county_project();
    project.lead_id = "L1";
    change(project);
    return in.send(project, actor);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Article19, NegotiationRefusal,
    testing::Values(
        Refused{"IdTaken",
                [](SmallPrefecture& in) {
                  in.must(county_project(), kCounty);
                  return in.send(county_project(), kCounty);
                },
                Kind::already_exists, "project-already-exists", "19", "/projectId"},
        Refused{"SixClassWithoutLead", open_with([](auto& p) { p.lead_class = "top500"; }),
                Kind::wrong_state, "prefecture-decides-first", "19", "/leadClass"},
        Refused{"CountyClaimsPrefectureLead", open_with([](auto& p) { p.prefecture_led = true; }),
                Kind::wrong_state, "prefecture-decides-first", "19", "/prefectureLed"},
        Refused{"ClassUnknown", open_with([](auto& p) { p.lead_class = "nothing"; }),
                Kind::not_found, "lead-class-unknown", "19", "/leadClass"},
        Refused{"ForAnotherCounty", open_with([](auto&) {}, acting_for("county-b")),
                Kind::not_your_unit, "not-your-unit", "19", ""},
        Refused{"UnitReceivesNothing", open_with([](auto& p) { p.unit_id = "branch"; }, office()),
                Kind::invalid, "unit-receives-no-projects", "19", "/unitId"},
        Refused{"LeadUnknown", open_with([](auto& p) { p.lead_id = "L9"; }), Kind::not_found,
                "lead-unknown", "19", "/leadId"},
        Refused{"LeadNotDelegated",
                [](SmallPrefecture& in) {
                  in.must(some_lead(), acting_for("branch"));
                  auto project = county_project();
                  project.lead_id = "L1";
                  return in.send(project, kCounty);
                },
                Kind::wrong_state, "lead-not-delegated", "19", "/leadId"},
        Refused{"LeadFollowedByAnotherUnit",
                open_from_delegated_lead([](auto& p) { p.unit_id = "county-b"; },
                                         acting_for("county-b")),
                Kind::not_your_unit, "not-your-unit", "19", ""},
        Refused{"LeadPlacedElsewhere",
                open_from_delegated_lead([](auto& p) { p.unit_id = "county-b"; }), Kind::invalid,
                "not-the-following-unit", "19", "/unitId"},
        Refused{"ClassOtherThanTheLeads",
                open_from_delegated_lead([](auto& p) { p.lead_class = "top500"; }), Kind::invalid,
                "class-differs-from-lead", "19", "/leadClass"},
        Refused{"SecondProjectOfALead",
                [](SmallPrefecture& in) {
                  delegate_lead(in);
                  auto project = county_project();
                  project.lead_id = "L1";
                  in.must(project, kCounty);
                  project.project_id = "P2";
                  return in.send(project, kCounty);
                },
                Kind::wrong_state, "lead-has-a-project", "19", "/leadId"},
        Refused{"ChainUnknown", open_with([](auto& p) { p.chain_id = "nothing"; }), Kind::not_found,
                "chain-unknown", "19", "/chainId"}),
    name_of_row);

// Rows that begin with the county's own project P1.
template <class Stated>
auto on_project(Stated stated, Actor actor = kCounty, CivilDate on = kToday) {
  return [=](SmallPrefecture& in) {
    in.must(county_project(), kCounty);
    return in.send(stated, actor, on);
  };
}

template <class Stated>
auto on_ended_project(Stated stated) {
  return [=](SmallPrefecture& in) {
    in.must(county_project(), kCounty);
    in.must(schema::ProjectTerminated{"P1", "示例原因"}, kCounty);
    return in.send(stated, kCounty);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Article9, NegotiationRefusal,
    testing::Values(Refused{"ChainUnknown",
                            on_project(schema::ProjectChainAssigned{"P1", "nothing"}),
                            Kind::not_found, "chain-unknown", "9", "/chainId"},
                    Refused{"SameChain", on_project(schema::ProjectChainAssigned{"P1", "textile"}),
                            Kind::wrong_state, "already-in-chain", "9", "/chainId"},
                    Refused{"ChainChangedWhileEvaluated",
                            [](SmallPrefecture& in) {
                              in.must(county_project(), kCounty);
                              in.must(some_evaluation(), kCounty);
                              return in.send(schema::ProjectChainAssigned{"P1", "orphan"}, kCounty);
                            },
                            Kind::wrong_state, "evaluation-open", "9", "/projectId"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    Article21Notes, NegotiationRefusal,
    testing::Values(Refused{"NoteOfAnotherUnit",
                            on_project(schema::ProjectNegotiationNoted{"P1", "示例"},
                                       acting_for("county-b")),
                            Kind::not_your_unit, "not-your-unit", "21", ""},
                    Refused{"EmptyNote", on_project(schema::ProjectNegotiationNoted{"P1", ""}),
                            Kind::invalid, "text-empty", "21", "/note"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    EndedProject, NegotiationRefusal,
    testing::Values(Refused{"Chain", on_ended_project(schema::ProjectChainAssigned{"P1", "orphan"}),
                            Kind::wrong_state, "project-ended", "9", "/projectId"},
                    Refused{"Note", on_ended_project(schema::ProjectNegotiationNoted{"P1", "示例"}),
                            Kind::wrong_state, "project-ended", "21", "/projectId"},

                    Refused{"Evaluation", on_ended_project(some_evaluation()), Kind::wrong_state,
                            "project-ended", "20", "/projectId"},
                    Refused{"Contract", on_ended_project(some_contract()), Kind::wrong_state,
                            "project-ended", "22", "/projectId"},
                    Refused{"Twice", on_ended_project(schema::ProjectTerminated{"P1", "示例原因"}),
                            Kind::wrong_state, "project-ended", "20", "/projectId"}),
    name_of_row);

TEST(Project, DelegatedLeadIsToldOfItsProject) {
  SmallPrefecture in;
  delegate_lead(in);
  auto project = county_project();
  project.lead_id = "L1";
  const Decision decided = in.must(project, kCounty);
  ASSERT_EQ(decided.facts.size(), 2u);
  EXPECT_EQ(decided.facts[0], (Fact{"project/P1", project, "19", false}));
  EXPECT_EQ(decided.facts[1],
            (Fact{"lead/L1", schema::LeadNegotiationOpened{"L1", "P1"}, "19", true}));
  EXPECT_EQ(in.lead("L1").project_id, "P1");
}

TEST(Project, BranchThatFollowsALeadFindsItAPlace) {
  SmallPrefecture in;
  in.must(some_lead(), acting_for("branch"));
  in.must(schema::ClassifyLead{"L1", "ordinary", {}, {}, {}});
  in.must(schema::LeadDelegated{"L1", "branch", {}});
  auto project = county_project();
  project.lead_id = "L1";
  project.unit_id = "county-b";
  in.must(project, acting_for("branch"));
  EXPECT_EQ(in.project("P1").unit_id, "county-b");
}

schema::ProjectOpeningRecorded opening(schema::OpeningStage stage) {
  schema::ProjectOpeningRecorded event;
  event.project_id = "P1";
  event.name = "示例期初项目";
  event.unit_id = "county-a";
  event.stage = stage;
  event.status_text = "拟投产";
  event.source.title = "示例来源";
  return event;
}

TEST(OpeningProject, IsTakenAsItsSourceStatesIt) {
  SmallPrefecture in;
  const auto stated = opening(schema::OpeningStage::under_construction);
  const Decision decided = in.must(stated, kCounty);
  ASSERT_EQ(decided.facts.size(), 1u);
  EXPECT_EQ(decided.facts[0].event, schema::Event(stated));
  EXPECT_EQ(in.project("P1").status, Status::signed_);
  expect_refused(in.send(stated, kCounty), Kind::already_exists, "project-already-exists", "21",
                 "/projectId");
}

TEST(OpeningProject, OnlyTheOwnUnitRuleAndKnownUnitsApply) {
  SmallPrefecture in;
  auto stated = opening(schema::OpeningStage::producing);
  expect_refused(in.send(stated, acting_for("county-b")), Kind::not_your_unit, "not-your-unit",
                 "21", "");
  stated.unit_id = "nobody";
  expect_refused(in.send(stated, office()), Kind::not_found, "unit-unknown", "21", "/unitId");
  stated.unit_id = "county-new";  // founded later than what is told of it
  in.must(stated);
}

TEST(OpeningProject, PlannedOneSignsWithoutTheEvaluationItsClassWouldAskFor) {
  SmallPrefecture in;
  in.must(opening(schema::OpeningStage::planned), kCounty);
  EXPECT_EQ(in.project("P1").status, Status::negotiating);
  in.must(some_contract(), kCounty);
  EXPECT_EQ(in.project("P1").status, Status::signed_);
}

TEST(ProjectCorrection, IsTakenAfterTheEndAndNamesItsEvent) {
  SmallPrefecture in;
  in.must(opening(schema::OpeningStage::planned), kCounty);
  in.must(schema::ProjectTerminated{"P1", "示例原因"}, kCounty);
  schema::ProjectCorrected stated{"P1",
                                  schema::ProjectField::investor_name,
                                  schema::TextChange{"", "测试企业丁"},
                                  {2},
                                  "补充",
                                  "示例依据"};
  expect_refused(in.send(stated, kCounty), Kind::invalid, "corrects-another-event", "21",
                 "/corrects/position");
  stated.corrects.position = 1;
  in.must(stated, kCounty);
  EXPECT_EQ(in.project("P1").investor_name, "测试企业丁");
  EXPECT_TRUE(in.project("P1").ended());
  expect_refused(in.send(stated, kCounty), Kind::invalid, "corrects-another-event", "21",
                 "/corrects/position");
}

TEST(ProjectCorrection, TextHasTheLengthOfItsField) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  const auto rename = [&](std::size_t bytes) {
    return in.send(
        schema::ProjectCorrected{"P1",
                                 schema::ProjectField::content,
                                 schema::TextChange{"示例建设内容", std::string(bytes, 'a')},
                                 {1},
                                 "更正",
                                 "示例依据"},
        kCounty);
  };
  expect_refused(rename(4097), Kind::invalid, "text-too-long", "21", "/change/becomes");
  EXPECT_TRUE(rename(4096).has_value());
}

}  // namespace
}  // namespace silkledger::domain
