#include "domain/projects/tier_rule.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/small_prefecture.h"

namespace silkledger::domain {
namespace {

struct TierCase {
  const char* name;
  std::int64_t fen;
  std::int32_t jobs;  // below zero: none stated
  TierOutcome then;
};

class TierRule : public testing::TestWithParam<TierCase> {};

TEST_P(TierRule, IncludesTheNumberAndTakesEither) {
  const TierCase& given = GetParam();
  TierGround ground{.total_investment = {given.fen, {}}, .fixed_assets = {}, .jobs = {}};
  if (given.jobs >= 0) ground.jobs = people(given.jobs);
  EXPECT_EQ(determine_tier(ground, small_rules()), given.then);
}

constexpr std::int64_t k100M = 10'000'000'000;  // fen
constexpr std::int64_t k300M = 30'000'000'000;  // fen

INSTANTIATE_TEST_SUITE_P(
    Article22, TierRule,
    testing::Values(
        TierCase{"ExactlyOneHundredMillion", k100M, -1, {1, true, false, k100M, 0}},
        TierCase{"OneFenBelowWith299Jobs", k100M - 1, 299, {0, false, false, k100M - 1, 299}},
        TierCase{"OneFenBelowWith300Jobs", k100M - 1, 300, {1, false, true, k100M - 1, 300}},
        TierCase{"OneHundredMillionWith300Jobs", k100M, 300, {1, true, true, k100M, 300}},
        TierCase{"OneFenBelowThreeHundredMillion", k300M - 1, 0, {1, true, false, k300M - 1, 0}},
        TierCase{"ExactlyThreeHundredMillion", k300M, 0, {2, true, false, k300M, 0}},
        TierCase{"LittleMoneyWith499Jobs", 1, 499, {1, false, true, 1, 499}},
        TierCase{"LittleMoneyWith500Jobs", 1, 500, {2, false, true, 1, 500}},
        // Tier 2 by its sum alone: 300 jobs would reach only tier 1.
        TierCase{"ThreeHundredMillionWith300Jobs", k300M, 300, {2, true, false, k300M, 300}},
        TierCase{"BothReachTierTwo", k300M, 500, {2, true, true, k300M, 500}},
        TierCase{"NothingAtAll", 0, -1, {0, false, false, 0, 0}}),
    [](const auto& tested) { return tested.param.name; });

TEST(TierRuleQualifiers, CountTheNumberThatIsStated) {
  for (const auto qualifier : {schema::Qualifier::exact, schema::Qualifier::about,
                               schema::Qualifier::over, schema::Qualifier::at_least}) {
    const TierGround below{
        .total_investment = {k100M - 1, qualifier}, .fixed_assets = {}, .jobs = {}};
    const TierGround at{.total_investment = {k100M, qualifier}, .fixed_assets = {}, .jobs = {}};
    EXPECT_EQ(determine_tier(below, small_rules()).tier, 0);
    EXPECT_EQ(determine_tier(at, small_rules()).tier, 1);
  }
}

TEST(TierRuleBasis, FixedAssetsCountWhereTheRulesSaySo) {
  auto rules = small_rules();
  rules.tier_amount_basis = schema::TierAmountBasis::fixed_assets;
  const TierGround ground{
      .total_investment = {k300M, {}}, .fixed_assets = schema::Money{k100M, {}}, .jobs = {}};
  EXPECT_EQ(determine_tier(ground, rules), (TierOutcome{1, true, false, k100M, 0}));
  EXPECT_EQ(determine_tier(ground, small_rules()).tier, 2);
}

TEST(TierRuleOrder, DoesNotDependOnTheOrderOfTheRules) {
  auto rules = small_rules();
  std::swap(rules.tiers[0], rules.tiers[1]);
  for (const std::int32_t jobs : {299, 300, 499, 500}) {
    const TierGround ground{.total_investment = {0, {}}, .fixed_assets = {}, .jobs = people(jobs)};
    EXPECT_EQ(determine_tier(ground, rules), determine_tier(ground, small_rules()));
  }
}

}  // namespace
}  // namespace silkledger::domain
