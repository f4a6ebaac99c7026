#include "domain/landing/work_group.h"

#include "tests/support/landed_project.h"

namespace silkledger::domain {
namespace {

using schema::SponsorLevel;
using Units = std::vector<std::string>;

const CivilDate kDay = day("2024-03-04");
const Actor kCounty = clerk_of("county-a");

schema::ContractTierDetermined tier(std::int32_t tier) { return {"C1", "P1", tier, {}, true}; }

schema::WorkGroupFormed form(SponsorLevel level = SponsorLevel::county_leader,
                             Units departments = {"bureau-a", "land"}) {
  return {"P1", "leader", level, "bureau-a", std::move(departments), {}};
}

// P1 of county-a, of that tier.
Given of_tier(std::int32_t number) {
  Given ledger = example::landed(day("2024-01-10"));
  ledger.happened(day("2024-01-10"),
                  {tier(number), example::person("leader"), example::person("other"),
                   example::unit("land", "department", "county-a"),
                   example::unit("water", "department", "county-a"),
                   example::unit("power", "department", "county-a")});
  return ledger;
}
Given formed(std::int32_t number = 1) { return of_tier(number).happened(kDay, {form()}); }

TEST(WorkGroup, IsFormedForASignedProjectWithATier) {
  of_tier(0).when(form(), kCounty, kDay).then_rejected("project-without-tier", "22");
  Given ledger = of_tier(1);
  const auto refused = [&](auto change, const char* code, const char* pointer,
                           const Actor& actor = kCounty) {
    schema::WorkGroupFormed stated = form();
    change(stated);
    ledger.when(stated, actor, kDay).then_rejected(code, "22");
    EXPECT_EQ(ledger.rejection().pointer, pointer);
  };
  refused([](auto& g) { g.project_id = "P9"; }, "project-unknown", "/projectId");
  refused([](auto& g) { g.project_id = "TALKS"; }, "project-not-signed", "/projectId");
  refused([](auto& g) { g.project_id = "OVER"; }, "project-ended", "/projectId");
  // From before the ledger: nobody knows its agreement.
  refused([](auto& g) { g.project_id = "OLD"; }, "project-without-tier", "/projectId");
  refused([](auto&) {}, "not-your-unit", "", clerk_of("county-b"));
  refused([](auto&) {}, "not-your-unit", "", clerk_of("bureau-a"));
  refused([](auto& g) { g.sponsor = "nobody"; }, "person-unknown", "/sponsor");
  refused([](auto& g) { g.lead_service_unit = "nowhere"; }, "unit-unknown", "/leadServiceUnit");
  refused([](auto& g) { g.departments.clear(); }, "no-department", "/departments");
  refused([](auto& g) { g.departments[1] = "bureau-a"; }, "unit-named-twice", "/departments/1");
  refused([](auto& g) { g.deviation = " "; }, "text-empty", "/deviation");
  ledger.when(form(), kCounty, kDay).then({form()});
  refused([](auto&) {}, "work-group-already-formed", "/projectId");
}

struct Deviating {
  std::int32_t tier;
  SponsorLevel level;
  std::size_t departments;
  bool deviates;
};

// Art. 22: county leader and principal leader, two or three departments, "in principle".
TEST(WorkGroup, TakesADeviationFromTheRulesOnlyWithAReason) {
  const Units all = {"bureau-a", "land", "water", "power"};
  for (const Deviating& one : {Deviating{1, SponsorLevel::county_leader, 1, true},
                               Deviating{1, SponsorLevel::county_leader, 2, false},
                               Deviating{1, SponsorLevel::county_leader, 3, false},
                               Deviating{1, SponsorLevel::county_leader, 4, true},
                               Deviating{1, SponsorLevel::prefecture_leader, 2, false},
                               Deviating{2, SponsorLevel::county_leader, 2, true},
                               Deviating{2, SponsorLevel::county_principal, 2, false},
                               Deviating{2, SponsorLevel::county_principal, 4, true},
                               Deviating{3, SponsorLevel::county_leader, 2, true}}) {
    SCOPED_TRACE(std::to_string(one.tier) + " " + std::to_string(one.departments));
    Given ledger = of_tier(one.tier);
    const auto count = static_cast<std::ptrdiff_t>(one.departments);
    schema::WorkGroupFormed stated = form(one.level, Units(all.begin(), all.begin() + count));
    if (one.deviates) {
      ledger.when(stated, kCounty, kDay).then_rejected("deviation-needs-reason", "22");
      stated.deviation = "县域部门合并办公";
    }
    ledger.when(stated, kCounty, kDay).then({stated});
  }
}

TEST(WorkGroup, FollowsTheSettingsOfTheRules) {
  schema::RuleSet rules = example::rules();
  EXPECT_EQ(work_group_rule(rules, 0), std::nullopt);
  EXPECT_EQ(work_group_rule(rules, 1)->sponsor, SponsorLevel::county_leader);
  EXPECT_EQ(work_group_rule(rules, 2)->sponsor, SponsorLevel::county_principal);
  rules.work_groups = {{2, SponsorLevel::prefecture_leader, 3, 5}};
  EXPECT_EQ(work_group_rule(rules, 1), std::nullopt);
  EXPECT_EQ(work_group_rule(rules, 3)->departments_least, 3);
  rules.work_groups.emplace();
  EXPECT_EQ(work_group_rule(rules, 2), std::nullopt);
}

TEST(WorkGroup, ChangesItsSponsorWithAReasonWhereTheLevelFallsShort) {
  Given ledger = formed();
  const auto to = [](std::string sponsor, SponsorLevel level) {
    return schema::WorkGroupLeaderSet{"P1", std::move(sponsor), level, {}};
  };
  ledger.when(to("leader", SponsorLevel::county_leader), kCounty, kDay)
      .then_rejected("nothing-changed", "22");
  ledger.when(to("nobody", SponsorLevel::county_leader), kCounty, kDay)
      .then_rejected("person-unknown", "22");
  ledger.when(to("other", SponsorLevel::county_leader), clerk_of("county-b"), kDay)
      .then_rejected("not-your-unit", "22");
  ledger.when(to("other", SponsorLevel::county_leader), kCounty, kDay).then_accepted();
  // The contract was amended to tier 2: the group stays, its next sponsor is of the new tier.
  ledger.happened(kDay, {tier(2)});
  schema::WorkGroupLeaderSet lower = to("leader", SponsorLevel::county_leader);
  ledger.when(lower, kCounty, kDay).then_rejected("deviation-needs-reason", "22");
  lower.deviation = "主要领导空缺";
  ledger.when(lower, kCounty, kDay).then({lower});
}

TEST(WorkGroup, AddsAndRemovesDepartmentsWithinTheRange) {
  Given ledger = formed();
  const auto add = [](std::string unit, std::optional<std::string> contact = {},
                      std::optional<std::string> why = {}) {
    return schema::WorkGroupMemberSet{"P1", std::move(unit), std::move(contact), std::move(why)};
  };
  const auto take_out = [](std::string unit, std::optional<std::string> why = {}) {
    return schema::WorkGroupMemberRemoved{"P1", std::move(unit), "职能调整", std::move(why)};
  };
  ledger.when(add("nowhere"), kCounty, kDay).then_rejected("unit-unknown", "22");
  ledger.when(add("land", "nobody"), kCounty, kDay).then_rejected("person-unknown", "22");
  ledger.when(add("land"), kCounty, kDay).then_rejected("nothing-changed", "22");
  ledger.when(add("land", "other"), kCounty, kDay).then({add("land", "other")});
  ledger.when(add("water"), kCounty, kDay).then({add("water")});
  ledger.when(add("power"), kCounty, kDay).then_rejected("deviation-needs-reason", "22");
  ledger.when(add("power", {}, "用电量大"), kCounty, kDay).then_accepted();
  ledger.when(take_out("county-b"), kCounty, kDay).then_rejected("not-a-member", "22");
  ledger.when(take_out("power"), kCounty, kDay).then({take_out("power")});
  ledger.when(take_out("water"), kCounty, kDay).then_accepted();
  ledger.when(take_out("land"), kCounty, kDay).then_rejected("deviation-needs-reason", "22");
  ledger.when(take_out("land", "待确定接替部门"), kCounty, kDay).then_accepted();
  ledger.when(take_out("bureau-a", "示例"), kCounty, kDay).then_rejected("last-department", "22");
}

TEST(WorkGroup, HasOneLeadServiceUnit) {
  Given ledger = formed();
  const auto to = [](std::string unit) {
    return schema::WorkGroupLeadServiceUnitSet{"P1", std::move(unit)};
  };
  ledger.when(to("bureau-a"), kCounty, kDay).then_rejected("nothing-changed", "22");
  ledger.when(to("nowhere"), kCounty, kDay).then_rejected("unit-unknown", "22");
  ledger.when(to("land"), kCounty, kDay).then({to("land")});
  of_tier(1).when(to("land"), kCounty, kDay).then_rejected("no-work-group", "22");
}

TEST(WorkGroup, StaysWhenTheTierFallsUntilItIsDissolved) {
  Given ledger = formed();
  ledger.happened(kDay, {tier(0)});
  const schema::WorkGroupMemberSet added{"P1", "water", {}, {}};
  ledger.when(added, kCounty, kDay).then({added});
  ledger.when(schema::WorkGroupDissolved{"P1", ""}, kCounty, kDay)
      .then_rejected("text-empty", "22");
  const schema::WorkGroupDissolved dissolved{"P1", "协议变更后不再需要"};
  ledger.when(dissolved, clerk_of("county-b"), kDay).then_rejected("not-your-unit", "22");
  ledger.when(dissolved, kCounty, kDay).then({dissolved});
  ledger.when(dissolved, kCounty, kDay).then_rejected("no-work-group", "22");
  ledger.when(added, kCounty, kDay).then_rejected("no-work-group", "22");
  ledger.when(form(), kCounty, kDay).then_rejected("project-without-tier", "22");
  ledger.happened(kDay, {tier(1)});
  ledger.when(form(), kCounty, kDay).then_accepted();
  EXPECT_EQ(ledger.states().get<WorkGroupState>("P1").members.size(), 2u);
}

TEST(WorkGroupRules, HaveOneRowForATierWithASoundRange) {
  Given ledger = example::prefecture();
  const auto refused = [&](std::vector<schema::WorkGroupRule> rows) {
    schema::RuleSetPublished published{example::rules()};
    published.rules.version = "example-2";
    published.rules.work_groups = std::move(rows);
    ledger.when(published, office_clerk(), kDay).then_rejected("work-groups-unsound", "32");
  };
  refused({{1, SponsorLevel::county_leader, 3, 2}});
  refused({{1, SponsorLevel::county_leader, 2, 3}, {1, SponsorLevel::county_principal, 2, 3}});
}

}  // namespace
}  // namespace silkledger::domain
