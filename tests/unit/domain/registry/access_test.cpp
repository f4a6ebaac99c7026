#include "domain/registry/access.h"

#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

const std::string kSecret(32, 's');
const CivilDate kDay = day("2024-06-01");

// zhang: clerk of county-a until 2024-06-30, with a token until 2024-12-31.
Given with_clerk() {
  return example::prefecture().happened(
      day("2024-01-01"),
      {example::person("zhang"), example::person("li"),
       example::role("zhang", "county-a", "clerk", "2024-01-01", day("2024-06-30")),
       schema::TokenIssued{"zhang", "t1", kSecret, day("2024-12-31")}});
}

Result<Actor> ask(const Given& ledger, std::string_view command,
                  std::optional<std::string> unit = {}, std::optional<std::string> behalf = {}) {
  const Grants grants = grants_of_person(ledger.reference(), "zhang", kDay);
  return authorise(ledger.reference(), grants, command, unit, behalf, kDay);
}

TEST(TokenOnADay, WorksThroughItsLastDay) {
  Given ledger = with_clerk();
  ledger.happened(kDay, {example::role("zhang", "county-b", "clerk", "2024-07-01")});
  const Reference& reference = ledger.reference();
  EXPECT_TRUE(grants_of_token(reference, kSecret, day("2024-12-31")));
  EXPECT_FALSE(grants_of_token(reference, kSecret, day("2025-01-01")));
  EXPECT_FALSE(grants_of_token(reference, std::string(32, 'x'), kDay));
  ledger.happened(kDay, {schema::TokenRevoked{"zhang", "t1", "遗失"}});
  EXPECT_FALSE(grants_of_token(ledger.reference(), kSecret, kDay));
}

TEST(TokenOnADay, IsWorthNothingWithoutARole) {
  const Given ledger = with_clerk();
  EXPECT_FALSE(grants_of_token(ledger.reference(), kSecret, day("2023-12-31")));
  EXPECT_TRUE(grants_of_token(ledger.reference(), kSecret, day("2024-01-01")));
  EXPECT_TRUE(grants_of_token(ledger.reference(), kSecret, day("2024-06-30")));
  EXPECT_FALSE(grants_of_token(ledger.reference(), kSecret, day("2024-07-01")));
}

TEST(RoleOnADay, EndsWithItsUnit) {
  Given ledger = with_clerk();
  ledger.happened(kDay, {schema::UnitClosed{"county-a", day("2024-06-15"), "示例"}});
  EXPECT_TRUE(grants_of_token(ledger.reference(), kSecret, day("2024-06-15")));
  EXPECT_FALSE(grants_of_token(ledger.reference(), kSecret, day("2024-06-16")));
}

TEST(ActingUnit, IsTheOnlyOneWhoseRoleAllowsTheCommand) {
  const Given ledger = with_clerk();
  const Result<Actor> actor = ask(ledger, "report-lead");
  ASSERT_TRUE(actor.has_value());
  EXPECT_EQ(*actor, (Actor{"zhang", "county-a", "", false}));
}

TEST(ActingUnit, MustBeStatedWhenThereAreSeveral) {
  Given ledger = with_clerk();
  ledger.happened(kDay, {example::role("zhang", "branch", "clerk")});
  const Result<Actor> unclear = ask(ledger, "report-lead");
  ASSERT_TRUE(unclear.has_error());
  EXPECT_EQ(unclear.error().code, "acting-unit-needed");
  EXPECT_EQ(unclear.error().pointer, "/actingUnit");
  EXPECT_NE(unclear.error().remedy.zh.find("branch"), std::string::npos);
  EXPECT_EQ(ask(ledger, "report-lead", "branch")->unit, "branch");
}

TEST(Authorisation, NamesTheRolesThatWouldBeAllowed) {
  const Given ledger = with_clerk();
  const Result<Actor> refused = ask(ledger, "verify-fund");
  ASSERT_TRUE(refused.has_error());
  EXPECT_EQ(refused.error().kind, Rejection::Kind::not_permitted);
  EXPECT_EQ(refused.error().code, "role-not-allowed");
  EXPECT_EQ(refused.error().rule_set, "example-1");
  EXPECT_NE(refused.error().remedy.zh.find("登记员"), std::string::npos);
  EXPECT_NE(refused.error().remedy.en.find("Registrar"), std::string::npos);
}

TEST(Authorisation, RefusesForeignUnitsAndUnknownPrincipals) {
  const Given ledger = with_clerk();
  EXPECT_EQ(ask(ledger, "report-lead", "county-b").error().code, "acting-unit-not-yours");
  EXPECT_EQ(ask(ledger, "report-lead", {}, "nobody").error().code, "on-behalf-of-unknown");
  EXPECT_EQ(ask(ledger, "report-lead", {}, "li")->on_behalf_of, "li");
  EXPECT_EQ(ask(ledger, "report-lead", {}, "county-b")->on_behalf_of, "county-b");
}

TEST(Authorisation, GivesThePrefecturesWordOnlyByTheRoleThatIsUsed) {
  Given ledger = with_clerk();
  ledger.happened(kDay, {example::role("zhang", "office", "registrar")});
  EXPECT_TRUE(ask(ledger, "verify-fund")->everything);
  EXPECT_TRUE(ask(ledger, "report-lead", "office")->everything);
  EXPECT_FALSE(ask(ledger, "report-lead", "county-a")->everything);
}

TEST(Authorisation, NeedsARuleSet) {
  const Given ledger = with_clerk();
  const Grants grants = grants_of_person(ledger.reference(), "zhang", kDay);
  const auto early =
      authorise(ledger.reference(), grants, "report-lead", {}, {}, day("2023-10-06"));
  ASSERT_TRUE(early.has_error());
  EXPECT_EQ(early.error().code, "no-rule-set");
}

struct Reading {
  const char* role;
  const char* unit;
  const char* row_unit;
  bool may;
};

class RowScope : public testing::TestWithParam<Reading> {};

TEST_P(RowScope, IsTheOwnUnitsAndWhatStandsBelow) {
  Given ledger = example::prefecture();
  ledger.happened(
      kDay, {example::person("zhang"), example::role("zhang", GetParam().unit, GetParam().role)});
  const Grants grants = grants_of_person(ledger.reference(), "zhang", kDay);
  const std::vector<std::string> units{GetParam().row_unit};
  EXPECT_EQ(may_read(ledger.reference(), grants, units), GetParam().may);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RowScope,
    testing::Values(Reading{"clerk", "county-a", "county-a", true},
                    Reading{"clerk", "county-a", "bureau-a", true},
                    Reading{"clerk", "county-a", "county-b", false},
                    Reading{"agent", "bureau-a", "county-a", false},
                    Reading{"registrar", "office", "county-b", true},
                    Reading{"auditor", "station", "county-b", true},
                    // Administering carries no right to read business data, not even the office's.
                    Reading{"administrator", "office", "office", false}));

TEST(Reading, IsNothingForWhoOnlyAdministers) {
  Given ledger = example::prefecture();
  ledger.happened(kDay, {example::person("zhang"), example::person("li"), example::person("wang"),
                         example::role("zhang", "office", "administrator"),
                         example::role("li", "county-a", "clerk"),
                         example::role("wang", "station", "auditor")});
  const auto reads_any = [&](std::string_view person) {
    return may_read_any(grants_of_person(ledger.reference(), person, kDay));
  };
  EXPECT_FALSE(reads_any("zhang"));
  EXPECT_TRUE(reads_any("li"));
  EXPECT_TRUE(reads_any("wang"));
  ledger.happened(kDay, {example::role("zhang", "county-a", "clerk")});
  EXPECT_TRUE(reads_any("zhang"));
}

TEST(System, SetsUpUntilSomebodyAdministersThenOnlyBeginsDays) {
  Given ledger = example::prefecture();
  ledger.happened(kDay, {example::person("zhang")});
  ledger.when(example::unit("county-c", "county"), the_system(), kDay).then_accepted();
  ledger.when(example::role("zhang", "office", "registrar"), the_system(), kDay).then_accepted();
  ledger.when(schema::FundRejected{"f1", "示例"}, the_system(), kDay)
      .then_rejected("system-not-allowed", "5");
  ledger.when(example::role("zhang", "office", "administrator"), the_system(), kDay)
      .then_accepted();
  ledger.when(example::unit("county-d", "county"), the_system(), kDay)
      .then_rejected("system-not-allowed", "5");
  ledger.when(schema::DayBegan{kDay}, the_system(), kDay).then_accepted();
}

}  // namespace
}  // namespace silkledger::domain
