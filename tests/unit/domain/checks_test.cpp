#include "domain/checks.h"

#include <gtest/gtest.h>

#include "tests/unit/domain/projects/small_prefecture.h"

namespace silkledger::domain {
namespace {

TEST(Checks, UnitBelongsToItselfToThoseAboveItAndToThePrefecture) {
  SmallPrefecture in;
  const auto refused = [&](const Actor& actor, const char* unit) {
    const Context context = in.context(actor);
    return Checks(context, "19").own_unit(unit).has_value();
  };
  EXPECT_FALSE(refused(acting_for("county-a"), "county-a"));
  EXPECT_FALSE(refused(acting_for("county-a"), "bureau-a"));
  EXPECT_TRUE(refused(acting_for("bureau-a"), "county-a"));
  EXPECT_TRUE(refused(acting_for("county-b"), "county-a"));
  EXPECT_FALSE(refused(office(), "county-a"));
}

TEST(Checks, PrefectureActsThroughItsOfficeOrByTheSystem) {
  SmallPrefecture in;
  const auto refused = [&](const Actor& actor) {
    const Context context = in.context(actor);
    return Checks(context, "19").prefecture_acts().has_value();
  };
  EXPECT_FALSE(refused(office()));
  EXPECT_FALSE(refused({std::string(kSystemActor), "", "", false}));
  EXPECT_TRUE(refused(acting_for("county-a")));
}

TEST(Checks, ChainIsThereFromItsFirstDay) {
  SmallPrefecture in;
  const Actor actor = office();
  const auto refused = [&](const char* chain, CivilDate on) {
    const Context context = in.context(actor, on);
    return Checks(context, "9").chain_exists(chain, "/chainId").has_value();
  };
  EXPECT_TRUE(refused("textile", days_ago(2001)));
  EXPECT_FALSE(refused("textile", days_ago(2000)));
  EXPECT_TRUE(refused("nothing", kToday));
}

TEST(Checks, ProjectsGoToUnitsOfReceivingKindsOnly) {
  SmallPrefecture in;
  const Actor actor = office();
  const Context context = in.context(actor);
  const Checks check(context, "19");
  EXPECT_FALSE(check.unit_receives("county-a", "/unitId").has_value());
  for (const char* unit : {"office", "branch", "bureau-a", "chain-lead", "command", "county-new"}) {
    EXPECT_TRUE(check.unit_receives(unit, "/unitId").has_value()) << unit;
  }
}

TEST(Checks, RejectionNamesArticleRuleSetAndField) {
  SmallPrefecture in;
  const Actor actor = office();
  const Context context = in.context(actor);
  const auto no =
      Checks(context, "19").exists(false, {"投资方类别", "lead class"}, "x", "/leadClass");
  ASSERT_TRUE(no.has_value());
  EXPECT_EQ(no->code, "lead-class-unknown");
  EXPECT_EQ(no->article, "19");
  EXPECT_EQ(no->rule_set, "test-1");
  EXPECT_EQ(no->pointer, "/leadClass");
  EXPECT_EQ(no->kind, Rejection::Kind::not_found);
}

}  // namespace
}  // namespace silkledger::domain
