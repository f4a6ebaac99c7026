#include <functional>

#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

struct BadRules {
  const char* code;
  const char* pointer;
  std::function<void(schema::RuleSet&)> spoil;
};

class UnsoundRuleSet : public testing::TestWithParam<BadRules> {};

TEST_P(UnsoundRuleSet, IsRefusedUnderArticle32AndChangesNothing) {
  schema::RuleSet rules = example::rules();
  GetParam().spoil(rules);
  Given ledger;
  ledger.when(schema::RuleSetPublished{rules}, the_system(), day("2023-10-07"))
      .then_rejected(GetParam().code, "32");
  EXPECT_EQ(ledger.rejection().pointer, GetParam().pointer);
  EXPECT_EQ(ledger.rejection().rule_set, "none");
  EXPECT_EQ(ledger.reference().rules_on(day("2024-01-01")), nullptr);
}

INSTANTIATE_TEST_SUITE_P(
    Article32, UnsoundRuleSet,
    testing::Values(
        BadRules{"rule-set-already-exists", "/rules/version", [](auto& r) { r.version = "none"; }},
        BadRules{"dates-out-of-order", "/rules/validUntil",
                 [](auto& r) { r.valid_until = {r.valid_from.days - 1}; }},
        BadRules{"text-empty", "/rules/title", [](auto& r) { r.title = " "; }},
        BadRules{"code-twice", "/rules/unitKinds/5/code",
                 [](auto& r) { r.unit_kinds.push_back(r.unit_kinds[1]); }},
        BadRules{"code-twice", "/rules/roles/5/code",
                 [](auto& r) { r.roles.push_back(r.roles[0]); }},
        BadRules{"code-twice", "/rules/criteria/1/code",
                 [](auto& r) { r.criteria.push_back(r.criteria[0]); }},
        BadRules{"tiers-not-rising", "/rules/tiers", [](auto& r) { r.tiers[0].jobs = 299; }},
        BadRules{"tiers-not-rising", "/rules/tiers", [](auto& r) { r.tiers[1].tier = 2; }},
        BadRules{"tiers-not-rising", "/rules/tiers",
                 [](auto& r) {
                   r.tiers[0] = {2, r.tiers[1].amount_fen, r.tiers[1].jobs};
                 }},
        BadRules{"lights-not-rising", "/rules/lights",
                 [](auto& r) { r.lights.red_days_overdue = 29; }},
        BadRules{"role-command-unknown", "/rules/roles/0/commands/0",
                 [](auto& r) { r.roles[0].commands[0] = "rule-the-world"; }},
        BadRules{"role-command-unknown", "/rules/roles/4/commands/0",
                 [](auto& r) { r.roles[4].commands[0] = "begin-day"; }},
        BadRules{"role-command-unknown", "/rules/roles/4/commands/0",
                 [](auto& r) { r.roles[4].commands[0] = "begin-epoch"; }},
        BadRules{"role-unit-kind-unknown", "/rules/roles/1/unitKinds/0",
                 [](auto& r) { r.roles[1].unit_kinds[0] = "palace"; }},
        BadRules{"code-twice", "/rules/circles/1/code",
                 [](auto& r) {
                   r.circles = std::vector<schema::Circle>{{"a", "甲", "A", {"31"}, "示例"},
                                                           {"a", "乙", "B", {"32"}, "示例"}};
                 }},
        BadRules{
            "circle-prefix-malformed", "/rules/circles/0/prefixes/1",
            [](auto& r) {
              r.circles = std::vector<schema::Circle>{{"a", "甲", "A", {"3101", "310"}, "示例"}};
            }},
        BadRules{"circle-prefix-twice", "/rules/circles/1/prefixes/0",
                 [](auto& r) {
                   r.circles = std::vector<schema::Circle>{{"a", "甲", "A", {"31"}, "示例"},
                                                           {"b", "乙", "B", {"31"}, "示例"}};
                 }},
        BadRules{"no-role-administers", "/rules/roles",
                 [](auto& r) { r.roles[4].administers = false; }}));

TEST(RuleSetPublishing, TakesARuleSetValidForASingleDayAndEqualLights) {
  schema::RuleSet rules = example::rules();
  rules.valid_until = rules.valid_from;
  rules.lights = {30, 30, 90, 90};
  rules.tiers[0].jobs = rules.tiers[1].jobs;
  Given ledger;
  ledger.when(schema::RuleSetPublished{rules}, the_system(), day("2023-10-07"))
      .then({schema::RuleSetPublished{rules}});
}

TEST(RuleSetPublishing, NeverTakesAVersionTwice) {
  example::prefecture()
      .when(schema::RuleSetPublished{example::rules()}, the_system(), day("2023-11-01"))
      .then_rejected("rule-set-already-exists", "32");
}

TEST(RuleSetPublishing, KeepsTheKindsOfUnitsThatGoOn) {
  schema::RuleSet successor = example::rules();
  successor.version = "example-2";
  successor.valid_from = day("2024-10-07");
  successor.valid_until = day("2025-10-06");
  std::erase_if(successor.unit_kinds, [](const auto& kind) { return kind.code == "station"; });
  Given ledger = example::prefecture();
  ledger.when(schema::RuleSetPublished{successor}, the_system(), day("2024-09-01"))
      .then_rejected("unit-kind-in-use", "32");
  ledger.happened(day("2024-09-01"), {schema::UnitClosed{"station", day("2024-10-06"), "示例"}})
      .when(schema::RuleSetPublished{successor}, the_system(), day("2024-09-01"))
      .then_accepted();
}

TEST(RuleSetRenewal, OnlyExtends) {
  Given ledger = example::prefecture();
  const CivilDate now = day("2024-09-01");
  ledger.when(schema::RuleSetRenewed{"example-9", day("2027-10-06"), "示例依据"}, the_system(), now)
      .then_rejected("rule-set-unknown", "33");
  ledger.when(schema::RuleSetRenewed{"example-1", day("2024-10-06"), "示例依据"}, the_system(), now)
      .then_rejected("renewal-does-not-extend", "33");
  ledger.when(schema::RuleSetRenewed{"example-1", day("2024-10-07"), ""}, the_system(), now)
      .then_rejected("text-empty", "33");
  const schema::RuleSetRenewed renewed{"example-1", day("2024-10-07"), "示例依据"};
  ledger.when(renewed, the_system(), now).then({renewed});
  const Reference& reference = ledger.reference();
  const schema::RuleSet& rules = *reference.rules_on(now);
  EXPECT_FALSE(reference.lapsed(rules, day("2024-10-07")));
  EXPECT_TRUE(reference.lapsed(rules, day("2024-10-08")));
}

TEST(RuleSetInForce, IsTheLatestThatHasBegunAndStaysAfterItsLapse) {
  Given ledger = example::prefecture();
  schema::RuleSet successor = example::rules();
  successor.version = "example-2";
  successor.valid_from = day("2025-01-01");
  ledger.happened(day("2024-12-01"), {schema::RuleSetPublished{successor}});
  const Reference& reference = ledger.reference();
  EXPECT_EQ(reference.rules_on(day("2023-10-06")), nullptr);
  EXPECT_EQ(reference.rules_on(day("2023-10-07"))->version, "example-1");
  EXPECT_EQ(reference.rules_on(day("2024-12-31"))->version, "example-1");
  EXPECT_TRUE(reference.lapsed(*reference.rules_on(day("2024-12-31")), day("2024-12-31")));
  EXPECT_EQ(reference.rules_on(day("2025-01-01"))->version, "example-2");
}

}  // namespace
}  // namespace silkledger::domain
