#include "domain/projects/project.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/refusal_table.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using schema::Milestone;

const Actor kCounty = acting_for("county-a");

class ProgressRefusal : public testing::TestWithParam<Refused> {};

TEST_P(ProgressRefusal, SaysWhatWhereAndUnderWhichArticle) { expect_row(GetParam()); }

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

schema::ProjectPlanSet plan(std::vector<std::string> ids) {
  schema::ProjectPlanSet plan{"P1", {}};
  for (const std::string& id : ids) plan.nodes.push_back({id, "节点" + id, in_days(30), {}});
  return plan;
}

schema::ProjectNodeReached reach(const char* node, CivilDate day = kToday) {
  return {"P1", node, day, {}};
}

template <class Stated>
auto on_plan(Stated stated, CivilDate on = kToday) {
  return [=](SmallPrefecture& in) {
    in.must(county_project(), kCounty);
    in.must(plan({"n1", "n2"}), kCounty);
    in.must(reach("n1"), kCounty);
    return in.send(stated, kCounty, on);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Article21, ProgressRefusal,
    testing::Values(
        Refused{"ProjectUnknown",
                [](SmallPrefecture& in) { return in.send(plan({"n1"}), kCounty); }, Kind::not_found,
                "project-unknown", "21", "/projectId"},

        Refused{"PlanWithoutNode", on_project(plan({})), Kind::invalid, "plan-empty", "21",
                "/nodes"},
        Refused{"NodeTwice", on_project(plan({"n1", "n2", "n1"})), Kind::invalid, "node-twice",
                "21", "/nodes/2/nodeId"},
        Refused{"PlanDropsReachedNode", on_plan(plan({"n2", "n3"})), Kind::invalid,
                "reached-node-dropped", "21", "/nodes"},
        Refused{"UnknownNodeReached", on_plan(reach("n9")), Kind::not_found, "node-unknown", "21",
                "/nodeId"},
        Refused{"NodeReachedTwice", on_plan(reach("n1")), Kind::wrong_state, "node-already-reached",
                "21", "/nodeId"},
        Refused{"NodeReachedTomorrow", on_plan(reach("n2", in_days(1))), Kind::invalid,
                "date-in-the-future", "21", "/reachedOn"},
        Refused{"NodeReachedAfterTheBusinessDate", on_plan(reach("n2", days_ago(1)), days_ago(2)),
                Kind::invalid, "date-in-the-future", "21", "/reachedOn"},
        Refused{"ReachedNodeSlips",
                on_plan(schema::ProjectNodeSlipped{"P1", "n1", in_days(60), "示例原因"}),
                Kind::wrong_state, "node-already-reached", "21", "/nodeId"},
        Refused{"NodeSlipsNowhere",
                on_plan(schema::ProjectNodeSlipped{"P1", "n2", in_days(30), "示例原因"}),
                Kind::invalid, "date-unchanged", "21", "/plannedOn"},
        Refused{"NodeSlipsWithoutReason",
                on_plan(schema::ProjectNodeSlipped{"P1", "n2", in_days(31), " "}), Kind::invalid,
                "text-empty", "21", "/reason"}),
    name_of_row);

schema::ProjectMilestoneReached milestone(Milestone milestone, CivilDate day) {
  return {"P1", milestone, day, {}};
}

// Construction started ten days ago.
auto on_started_project(Milestone reached, CivilDate day, CivilDate on = kToday) {
  return [=](SmallPrefecture& in) {
    in.must(county_project(), kCounty);
    in.must(some_contract(), kCounty);
    in.must(milestone(Milestone::construction_started, days_ago(10)), kCounty);
    return in.send(milestone(reached, day), kCounty, on);
  };
}

INSTANTIATE_TEST_SUITE_P(
    Article21Milestones, ProgressRefusal,
    testing::Values(Refused{"BeforeSigning", on_project(milestone(Milestone::land_secured, kToday)),
                            Kind::wrong_state, "project-not-signed", "21", "/projectId"},
                    Refused{"AfterAFrameworkAgreementOnly",
                            [](SmallPrefecture& in) {
                              in.must(county_project(), kCounty);
                              auto contract = some_contract();
                              contract.kind = schema::ContractKind::framework;
                              in.must(contract, kCounty);
                              return in.send(milestone(Milestone::land_secured, kToday), kCounty);
                            },
                            Kind::wrong_state, "project-not-signed", "21", "/projectId"},
                    Refused{"ProductionWithoutConstruction",
                            [](SmallPrefecture& in) {
                              in.must(county_project(), kCounty);
                              in.must(some_contract(), kCounty);
                              return in.send(milestone(Milestone::production_started, kToday),
                                             kCounty);
                            },
                            Kind::wrong_state, "construction-not-started", "21", "/milestone"},
                    Refused{"ProductionADayBeforeConstruction",
                            on_started_project(Milestone::production_started, days_ago(11)),
                            Kind::invalid, "dates-out-of-order", "21", "/reachedOn"},
                    Refused{"Twice",
                            on_started_project(Milestone::construction_started, days_ago(9)),
                            Kind::wrong_state, "milestone-already-reached", "21", "/milestone"},
                    Refused{"Tomorrow", on_started_project(Milestone::land_secured, in_days(1)),
                            Kind::invalid, "date-in-the-future", "21", "/reachedOn"}),
    name_of_row);

INSTANTIATE_TEST_SUITE_P(
    EndedProject, ProgressRefusal,
    testing::Values(Refused{"Plan", on_ended_project(plan({"n1"})), Kind::wrong_state,
                            "project-ended", "21", "/projectId"},
                    Refused{"Milestone",
                            on_ended_project(milestone(Milestone::land_secured, kToday)),
                            Kind::wrong_state, "project-ended", "21", "/projectId"}),
    name_of_row);

TEST(Project, NewPlanKeepsWhatWasReached) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  in.must(plan({"n1", "n2"}), kCounty);
  in.must(reach("n1", days_ago(3)), kCounty);
  in.must(plan({"n3", "n1"}), kCounty);
  ASSERT_EQ(in.project("P1").nodes.size(), 2u);
  EXPECT_EQ(in.project("P1").node("n1")->reached_on, days_ago(3));
  EXPECT_EQ(in.project("P1").node("n3")->reached_on, std::nullopt);
  EXPECT_EQ(in.project("P1").node("n2"), nullptr);
}

TEST(Project, NodeMaySlipToAnEarlierDayToo) {
  SmallPrefecture in;
  in.must(county_project(), kCounty);
  in.must(plan({"n1"}), kCounty);
  in.must(schema::ProjectNodeSlipped{"P1", "n1", in_days(29), "示例原因"}, kCounty);
  EXPECT_EQ(in.project("P1").node("n1")->planned_on, in_days(29));
}

TEST(Project, ProductionMayStartOnTheDayOfConstruction) {
  SmallPrefecture in;
  EXPECT_TRUE(on_started_project(Milestone::production_started, days_ago(10))(in).has_value());
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

TEST(OpeningProject, UnderConstructionMayStartProduction) {
  SmallPrefecture in;
  in.must(opening(schema::OpeningStage::under_construction), kCounty);
  in.must(milestone(Milestone::production_started, days_ago(1)), kCounty);
  // The day on which construction started is found out later; it cannot be after production.
  expect_refused(in.send(milestone(Milestone::construction_started, kToday), kCounty),
                 Kind::invalid, "dates-out-of-order", "21", "/reachedOn");
  in.must(milestone(Milestone::construction_started, days_ago(900)), kCounty);
}

}  // namespace
}  // namespace silkledger::domain
