#include "domain/registry/reference.h"

#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

TEST(Within, LooksUpwardsOnly) {
  const Given ledger = example::prefecture();
  const Reference& reference = ledger.reference();
  EXPECT_TRUE(reference.within("bureau-a", "bureau-a"));
  EXPECT_TRUE(reference.within("bureau-a", "county-a"));
  EXPECT_FALSE(reference.within("county-a", "bureau-a"));
  EXPECT_FALSE(reference.within("bureau-a", "county-b"));
  EXPECT_FALSE(reference.within("unheard-of", "county-a"));
}

// No decider lets it happen; a fold has to end all the same.
TEST(Within, EndsOnACircle) {
  Given ledger = example::prefecture();
  ledger.happened(day("2024-01-01"),
                  {example::unit("a", "county", "b"), example::unit("b", "county", "a")});
  EXPECT_FALSE(ledger.reference().within("a", "county-a"));
  EXPECT_EQ(ledger.reference().calendar_layers("a").front(), "national");
}

TEST(CalendarLayers, RunFromTheNationToTheUnit) {
  const Given ledger = example::prefecture();
  EXPECT_EQ(ledger.reference().calendar_layers("bureau-a"),
            (std::vector<std::string>{"national", "region", "county-a", "bureau-a"}));
  EXPECT_EQ(ledger.reference().calendar_layers("unheard-of"),
            (std::vector<std::string>{"national", "region"}));
}

TEST(Calendar, IsFoldedByLayer) {
  Given ledger = example::prefecture();
  const CivilDate friday = day("2024-04-12");
  const schema::CalendarDay feast{friday, schema::DayKind::holiday, "示例节"};
  const schema::CalendarDay work{friday, schema::DayKind::workday, "示例上班"};
  ledger.happened(day("2024-01-01"), {schema::CalendarDaysSet{"region", 2024, {feast}, "示例"},
                                      schema::CalendarDaysSet{"county-a", 2024, {work}, "示例"}});
  const Reference& reference = ledger.reference();
  const auto works = [&](std::string_view unit) {
    return reference.calendar().is_working(friday, reference.calendar_layers(unit));
  };
  EXPECT_FALSE(works("county-b"));
  EXPECT_TRUE(works("county-a"));
  EXPECT_TRUE(works("bureau-a"));
}

TEST(Reference, IgnoresEventsOfIdsThatWereNeverRegistered) {
  Given ledger = example::prefecture();
  ledger.happened(day("2024-01-01"), {schema::UnitRenamed{"x", "甲", "A", day("2024-01-01")},
                                      schema::UnitClosed{"x", day("2024-01-01"), "示例"},
                                      example::role("nobody", "office", "registrar"),
                                      schema::RoleRevoked{"nobody", "office", "registrar", "示例"},
                                      schema::TokenRevoked{"nobody", "t", "示例"},
                                      schema::ChainLeadAssigned{"x", "office", day("2024-01-01")},
                                      schema::RuleSetRenewed{"x", day("2030-01-01"), "示例"}});
  EXPECT_EQ(ledger.reference().unit("x"), nullptr);
  EXPECT_EQ(ledger.reference().person("nobody"), nullptr);
  EXPECT_FALSE(ledger.reference().has_administrator());
}

TEST(Reference, RemembersThatSomebodyAdministered) {
  Given ledger = example::prefecture();
  ledger.happened(day("2024-01-01"),
                  {example::person("zhang"), example::role("zhang", "office", "registrar")});
  EXPECT_FALSE(ledger.reference().has_administrator());
  ledger.happened(day("2024-01-02"), {example::role("zhang", "office", "administrator")});
  EXPECT_TRUE(ledger.reference().has_administrator());
}

}  // namespace
}  // namespace silkledger::domain
