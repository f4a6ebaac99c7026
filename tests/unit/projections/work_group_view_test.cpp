// Working groups, and the projects that should have one, as supervision sees them (Art. 22).
#include <gtest/gtest.h>

#include "domain/schema/view.values.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

using Names = std::vector<std::string>;

class WorkGroupView : public ::testing::Test {
 protected:
  WorkGroupView() {
    history.set_up();
    history.open_project("p1");
  }

  void sign(std::int32_t number) {
    history.sign("p1", "c1", 100'000'000);
    tier(number);
  }
  void tier(std::int32_t number) {
    schema::ContractTierDetermined event;
    event.contract_id = "c1";
    event.project_id = "p1";
    event.tier = number;
    history.record("contract/c1", event);
  }
  template <class Event>
  void group(Event event) {
    history.record("work-group/p1", schema::Event(std::move(event)));
  }
  void form() {
    group(schema::WorkGroupFormed{"p1",
                                  "leader",
                                  schema::SponsorLevel::county_principal,
                                  "planning",
                                  {"industry", "commerce"},
                                  {}});
  }
  std::optional<schema::WorkGroupRow> row() {
    return served.row<schema::WorkGroupRow>("work-group", "p1");
  }

  History history;
  Served served{history};
};

TEST_F(WorkGroupView, ShowsASignedProjectOfATierThatHasNone) {
  EXPECT_FALSE(row());
  history.begin_day(2);
  sign(1);
  ASSERT_TRUE(row());
  EXPECT_EQ(row()->status, schema::WorkGroupStatus::none);
  EXPECT_TRUE(row()->missing);
  EXPECT_EQ(row()->missing_since, day(2));
  EXPECT_EQ(row()->tier, 1);
  EXPECT_EQ(row()->units, (Names{"county-b"}));
  // The tier fell away before there was a group.
  tier(0);
  EXPECT_FALSE(row());
  tier(2);
  EXPECT_TRUE(row()->missing);
}

TEST_F(WorkGroupView, LeavesOutAProjectBelowEveryTier) {
  sign(0);
  EXPECT_FALSE(row());
}

TEST_F(WorkGroupView, ShowsTheGroupAndLetsItsUnitsTakePart) {
  sign(2);
  form();
  auto now = row().value();
  EXPECT_EQ(now.status, schema::WorkGroupStatus::formed);
  EXPECT_FALSE(now.missing);
  EXPECT_FALSE(now.missing_since);
  EXPECT_EQ(now.sponsor, "leader");
  EXPECT_EQ(now.sponsor_level, "countyPrincipal");
  EXPECT_EQ(now.lead_service_unit, "planning");
  EXPECT_EQ(now.members.size(), 2U);
  EXPECT_EQ(now.units, (Names{"commerce", "county-b", "industry", "planning"}));
  EXPECT_EQ(now.formed_on, day());
  EXPECT_EQ(now.version, 1U);
  group(schema::WorkGroupMemberRemoved{"p1", "commerce", "示例原因", "示例说明"});
  group(schema::WorkGroupMemberSet{"p1", "industry", "agent-1", {}});
  group(schema::WorkGroupLeadServiceUnitSet{"p1", "industry"});
  group(schema::WorkGroupLeaderSet{"p1", "other", schema::SponsorLevel::county_leader, "说明二"});
  now = row().value();
  EXPECT_EQ(now.units, (Names{"county-b", "industry"}));
  EXPECT_EQ(now.members.front().contact, "agent-1");
  EXPECT_EQ(now.sponsor_level, "countyLeader");
  EXPECT_EQ(now.deviations, (Names{"示例说明", "说明二"}));
}

TEST_F(WorkGroupView, KeepsTheGroupWhenTheTierFallsAndMissesItWhenItIsDissolved) {
  sign(2);
  form();
  tier(0);
  EXPECT_EQ(row()->status, schema::WorkGroupStatus::formed);
  EXPECT_EQ(row()->tier, 0);
  EXPECT_FALSE(row()->missing);
  tier(1);
  history.begin_day(3);
  group(schema::WorkGroupDissolved{"p1", "示例原因"});
  EXPECT_EQ(row()->status, schema::WorkGroupStatus::dissolved);
  EXPECT_EQ(row()->dissolved_on, day(3));
  EXPECT_EQ(row()->reason, "示例原因");
  EXPECT_TRUE(row()->missing);
  EXPECT_EQ(row()->missing_since, day(3));
  EXPECT_EQ(row()->units, (Names{"county-b"}));
  form();
  EXPECT_FALSE(row()->missing);
  EXPECT_FALSE(row()->dissolved_on);
}

TEST_F(WorkGroupView, MissesNoGroupOnceAProjectProducesOrHasEnded) {
  sign(1);
  history.record("project/p1",
                 schema::ProjectMilestoneReached{"p1", schema::Milestone::construction_started,
                                                 day(), std::nullopt});
  EXPECT_TRUE(row()->missing);
  history.record("project/p1",
                 schema::ProjectMilestoneReached{"p1", schema::Milestone::production_started, day(),
                                                 std::nullopt});
  EXPECT_FALSE(row()->missing);
  history.open_project("p2");
  history.sign("p2", "c2", 100'000'000);
  schema::ContractTierDetermined second;
  second.contract_id = "c2";
  second.project_id = "p2";
  second.tier = 1;
  history.record("contract/c2", second);
  EXPECT_TRUE(served.row<schema::WorkGroupRow>("work-group", "p2")->missing);
  history.record("project/p2", schema::ProjectTerminated{"p2", "示例原因"});
  EXPECT_FALSE(served.row<schema::WorkGroupRow>("work-group", "p2")->missing);
}

TEST_F(WorkGroupView, FollowsTheChainOfItsProject) {
  sign(1);
  history.record("project/p1", schema::ProjectChainAssigned{"p1", "textile"});
  EXPECT_EQ(row()->units, (Names{"commerce", "county-b"}));
}

}  // namespace
}  // namespace silkledger::projections
