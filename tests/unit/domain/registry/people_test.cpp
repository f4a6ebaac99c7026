#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

const std::string kSecret(32, 's');

Given with_person() {
  return example::prefecture().happened(day("2024-01-01"), {example::person("zhang")});
}

TEST(Person, IsRegisteredOnceUnderAnIdThatIsNotTheSystems) {
  Given ledger = with_person();
  const CivilDate now = day("2024-02-01");
  ledger.when(example::person("zhang"), the_system(), now)
      .then_rejected("person-already-exists", "5");
  ledger.when(example::person("system"), the_system(), now)
      .then_rejected("person-already-exists", "5");
  schema::PersonRegistered nameless = example::person("li");
  nameless.name.ciphertext.clear();
  ledger.when(nameless, the_system(), now).then_rejected("text-empty", "5");
  ledger.when(example::person("li"), the_system(), now).then({example::person("li")});
}

struct Grant {
  const char* name;
  schema::RoleGranted stated;
  const char* code;  // empty: accepted
};

class RoleWindow : public testing::TestWithParam<Grant> {};

// The role is held from 2024-03-01 until 2024-05-31.
TEST_P(RoleWindow, MayTouchButNotOverlap) {
  Given ledger = with_person();
  ledger.happened(day("2024-01-01"),
                  {example::role("zhang", "county-a", "clerk", "2024-03-01", day("2024-05-31"))});
  ledger.when(GetParam().stated, the_system(), day("2024-02-01"));
  if (*GetParam().code == '\0') {
    ledger.then({GetParam().stated});
  } else {
    ledger.then_rejected(GetParam().code, "5");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Article5, RoleWindow,
    testing::Values(
        Grant{"EndsTheDayBefore",
              example::role("zhang", "county-a", "clerk", "2024-01-01", day("2024-02-29")), ""},
        Grant{"EndsOnItsFirstDay",
              example::role("zhang", "county-a", "clerk", "2024-01-01", day("2024-03-01")),
              "role-overlaps"},
        Grant{"BeginsOnItsLastDay", example::role("zhang", "county-a", "clerk", "2024-05-31"),
              "role-overlaps"},
        Grant{"BeginsTheDayAfter", example::role("zhang", "county-a", "clerk", "2024-06-01"), ""},
        Grant{"HasNoEnd", example::role("zhang", "county-a", "clerk", "2024-01-01"),
              "role-overlaps"},
        Grant{"InAnotherUnit", example::role("zhang", "county-b", "clerk", "2024-03-01"), ""},
        Grant{"EndsBeforeItBegins",
              example::role("zhang", "county-b", "clerk", "2024-03-02", day("2024-03-01")),
              "dates-out-of-order"},
        Grant{"OfNobody", example::role("wang", "county-a", "clerk"), "person-unknown"},
        Grant{"InNoUnit", example::role("zhang", "county-z", "clerk"), "unit-unknown"},
        Grant{"BeforeTheUnit", example::role("zhang", "county-b", "clerk", "2019-12-31"),
              "unit-not-in-existence"},
        Grant{"OfAnUnknownRole", example::role("zhang", "county-a", "king"), "role-unknown"},
        Grant{"InAUnitOfAnotherKind", example::role("zhang", "office", "clerk"),
              "role-not-for-this-unit"},
        Grant{"OfARoleForAnyKind", example::role("zhang", "station", "auditor"), ""}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(RoleRevocation, CountsFromItsOwnDay) {
  Given ledger = with_person();
  ledger.happened(day("2024-01-01"), {example::role("zhang", "county-a", "clerk"),
                                      example::role("zhang", "county-b", "clerk", "2024-09-01")});
  const schema::RoleRevoked revoked{"zhang", "county-a", "clerk", "调离"};
  ledger.when(revoked, the_system(), day("2024-06-15"), day("2024-06-10")).then({revoked});
  const RoleHeld& held = ledger.reference().person("zhang")->roles[0];
  EXPECT_TRUE(held.held_on(day("2024-06-09")));
  EXPECT_FALSE(held.held_on(day("2024-06-10")));
  ledger.when(revoked, the_system(), day("2024-06-15")).then_rejected("role-not-held", "5");
  // What never began is gone.
  const schema::RoleRevoked early{"zhang", "county-b", "clerk", "不再派出"};
  ledger.when(early, the_system(), day("2024-06-15")).then({early});
  EXPECT_EQ(ledger.reference().person("zhang")->roles.size(), 1u);
}

TEST(RoleRevocation, LeavesAnAdministrator) {
  Given ledger = with_person();
  ledger.happened(day("2024-01-01"),
                  {example::person("li"), example::role("zhang", "office", "administrator")});
  const Actor admin{"zhang", "office", "", false};
  const schema::RoleRevoked revoked{"zhang", "office", "administrator", "交接"};
  ledger.when(revoked, admin, day("2024-06-01")).then_rejected("last-administrator", "5");
  ledger.happened(day("2024-06-01"),
                  {example::role("li", "office", "administrator", "2024-06-02")});
  ledger.when(revoked, admin, day("2024-06-01")).then_rejected("last-administrator", "5");
  ledger.when(revoked, admin, day("2024-06-02")).then({revoked});
}

TEST(Token, IsKnownByA32ByteDigestThatWasNeverUsed) {
  Given ledger = with_person();
  const CivilDate now = day("2024-02-01");
  ledger.when(schema::TokenIssued{"wang", "t1", kSecret, day("2024-03-01")}, the_system(), now)
      .then_rejected("person-unknown", "5");
  ledger
      .when(schema::TokenIssued{"zhang", "t1", std::string(31, 's'), day("2024-03-01")},
            the_system(), now)
      .then_rejected("token-digest-malformed", "5");
  // Its last day has to lie after today.
  ledger.when(schema::TokenIssued{"zhang", "t1", kSecret, now}, the_system(), now)
      .then_rejected("token-expired-at-issue", "5");
  const schema::TokenIssued issued{"zhang", "t1", kSecret, day("2024-02-02")};
  ledger.when(issued, the_system(), now).then({issued});
  ledger.when(issued, the_system(), now).then_rejected("token-already-exists", "5");
  ledger.when(schema::TokenIssued{"zhang", "t2", kSecret, day("2024-03-01")}, the_system(), now)
      .then_rejected("token-secret-used", "5");
}

TEST(Token, IsRevokedOnceAndOnlyForItsPerson) {
  Given ledger = with_person();
  const CivilDate now = day("2024-02-01");
  ledger.happened(
      now, {example::person("li"), schema::TokenIssued{"zhang", "t1", kSecret, day("2024-12-31")}});
  ledger.when(schema::TokenRevoked{"li", "t1", "遗失"}, the_system(), now)
      .then_rejected("token-unknown", "5");
  const schema::TokenRevoked revoked{"zhang", "t1", "遗失"};
  ledger.when(revoked, the_system(), now).then({revoked});
  ledger.when(revoked, the_system(), now).then_rejected("token-already-revoked", "5");
}

}  // namespace
}  // namespace silkledger::domain
