// Risks, the list of major projects and lights set by hand as people see them (Art. 21, 27).
#include <gtest/gtest.h>

#include "domain/schema/view.values.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

using Names = std::vector<std::string>;
using schema::Light;

class AttentionViews : public ::testing::Test {
 protected:
  AttentionViews() {
    history.set_up();
    history.open_project("p1");
  }

  template <class Event>
  void project_event(Event event) {
    history.record("project/p1", schema::Event(std::move(event)));
  }
  void raise(const std::string& risk_id) {
    project_event(
        schema::ProjectRiskRaised{"p1", risk_id, schema::RiskKind::energy, "示例风险"});
  }
  void set_light(Light light, std::optional<CivilDate> until) {
    project_event(schema::ProjectLightOverridden{"p1", light, "示例原因", until});
  }
  schema::ProjectRow project() { return served.row<schema::ProjectRow>("project", "p1").value(); }
  std::optional<schema::ProgressRow> progress() {
    return served.row<schema::ProgressRow>("progress", "p1");
  }
  schema::RiskRow risk(const std::string& risk_id) {
    return served.row<schema::RiskRow>("risk", "p1~" + risk_id).value();
  }

  History history;
  Served served{history};
};

TEST_F(AttentionViews, ARiskHasARowAndIsCountedWhileItIsOpen) {
  raise("r1");
  raise("r2");
  EXPECT_EQ(project().open_risks, 2);
  EXPECT_EQ(progress()->open_risks, 2);
  history.begin_day(4);
  project_event(schema::ProjectRiskCleared{"p1", "r1", "示例化解"});
  EXPECT_EQ(project().open_risks, 1);
  EXPECT_EQ(progress()->open_risks, 1);
  EXPECT_EQ(project().version, 4U);
  const auto row = risk("r1");
  EXPECT_TRUE(row.cleared);
  EXPECT_EQ(row.how, "示例化解");
  EXPECT_EQ(row.raised_on, day());
  EXPECT_EQ(row.cleared_on, day(4));
  EXPECT_EQ(row.project_name, "测试项目 p1");
  EXPECT_EQ(row.units, (Names{"county-b"}));
  EXPECT_FALSE(risk("r2").cleared);
}

TEST_F(AttentionViews, ARiskFollowsTheChainOfItsProject) {
  raise("r1");
  project_event(schema::ProjectChainAssigned{"p1", "textile"});
  EXPECT_EQ(risk("r1").units, (Names{"commerce", "county-b"}));
  history.record("chain/textile", schema::ChainLeadAssigned{"textile", "industry", day(1)});
  history.begin_day(1);
  EXPECT_EQ(risk("r1").units, (Names{"county-b", "industry"}));
}

TEST_F(AttentionViews, AMajorProjectSaysWhyItIsListed) {
  project_event(schema::ProjectMajorListed{"p1", "示例原因"});
  EXPECT_TRUE(project().major);
  EXPECT_EQ(project().major_reason, "示例原因");
  EXPECT_TRUE(progress()->major);
  project_event(schema::ProjectMajorDelisted{"p1", "示例原因"});
  EXPECT_FALSE(project().major);
  EXPECT_FALSE(project().major_reason);
  EXPECT_FALSE(progress()->major);
}

TEST_F(AttentionViews, ALightSetByHandStandsBesideTheComputedOneUntilItsLastDay) {
  history.plan("p1", {{"n1", day(30)}});
  set_light(Light::red, day(2));
  auto row = progress().value();
  EXPECT_EQ(row.light, Light::green);
  ASSERT_TRUE(row.overridden);
  EXPECT_EQ(row.overridden->light, Light::red);
  EXPECT_EQ(row.overridden->reason, "示例原因");
  EXPECT_EQ(row.overridden->by, "person-1");
  EXPECT_EQ(row.overridden->set_on, day());
  history.begin_day(2);
  EXPECT_TRUE(progress()->overridden);
  history.begin_day(1);
  EXPECT_FALSE(progress()->overridden);
  EXPECT_EQ(progress()->light, Light::green);
}

TEST_F(AttentionViews, ALightWithoutALastDayStandsUntilItIsReleased) {
  set_light(Light::yellow, std::nullopt);
  EXPECT_EQ(progress()->light, Light::grey);
  history.begin_day(500);
  EXPECT_EQ(progress()->overridden->light, Light::yellow);
  set_light(Light::green, day(600));
  EXPECT_EQ(progress()->overridden->light, Light::green);
  project_event(schema::ProjectLightReleased{"p1", "示例原因"});
  EXPECT_FALSE(progress()->overridden);
}

}  // namespace
}  // namespace silkledger::projections
