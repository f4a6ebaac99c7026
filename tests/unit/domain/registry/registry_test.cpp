// Units, chains, calendar, items, days and epochs.
#include <functional>

#include "domain/registry/calendar.h"
#include "domain/registry/chains.h"
#include "domain/registry/days.h"
#include "domain/registry/epochs.h"
#include "domain/registry/items.h"
#include "domain/registry/units.h"
#include "tests/support/example_prefecture.h"

namespace silkledger::domain {
namespace {

const CivilDate kDay = day("2024-06-03");

template <class Stated>
Stated with(Stated stated, const std::function<void(Stated&)>& change) {
  change(stated);
  return stated;
}

struct Refused {
  const char* code;
  const char* article;
  schema::Command stated;
};

class RegistryRefusal : public testing::TestWithParam<Refused> {};

TEST_P(RegistryRefusal, SaysWhatIsWrongUnderItsArticle) {
  Given ledger = example::prefecture();
  ledger.happened(day("2024-01-01"),
                  {schema::ChainDefined{"textile", "示例链", "Example chain", day("2024-01-01")},
                   schema::ChainLeadAssigned{"textile", "county-a", day("2024-02-01")},
                   schema::UnitClosed{"county-b", day("2024-05-31"), "示例"}});
  ledger.when(GetParam().stated, the_system(), kDay)
      .then_rejected(GetParam().code, GetParam().article);
}

using schema::UnitRegistered;

INSTANTIATE_TEST_SUITE_P(
    Article2Units, RegistryRefusal,
    testing::Values(
        Refused{"unit-already-exists", "2", example::unit("county-a", "county")},
        Refused{"unit-kind-unknown", "2", example::unit("x", "palace")},
        Refused{"unit-unknown", "2", example::unit("x", "department", "nowhere")},
        Refused{"unit-not-in-existence", "2",
                example::unit("x", "department", "county-b", "2024-06-01")},
        Refused{"text-empty", "2",
                with<UnitRegistered>(example::unit("x", "county"), [](auto& u) { u.name = ""; })},
        Refused{"division-code-malformed", "2",
                with<UnitRegistered>(example::unit("x", "county"),
                                     [](auto& u) { u.division_code = "65310"; })},
        Refused{"division-code-malformed", "2",
                with<UnitRegistered>(example::unit("x", "county"),
                                     [](auto& u) { u.division_code = "65310A"; })},
        Refused{"unit-unknown", "2", schema::UnitRenamed{"x", "新名", "New", kDay}},
        Refused{"date-in-the-future", "2",
                schema::UnitRenamed{"county-a", "新名", "New", {kDay.days + 1}}},
        Refused{"dates-out-of-order", "2",
                schema::UnitRenamed{"county-a", "新名", "New", day("2019-12-31")}},
        Refused{"unit-already-so-named", "2",
                schema::UnitRenamed{"county-a", "示例county-a", "Example county-a", kDay}},
        Refused{"unit-already-closed", "2", schema::UnitClosed{"county-b", kDay, "示例"}},
        Refused{"dates-out-of-order", "2",
                schema::UnitClosed{"county-a", day("2019-12-31"), "示例"}},
        Refused{"unit-has-units-below", "2", schema::UnitClosed{"county-a", kDay, "示例"}},
        Refused{"text-empty", "2", schema::UnitClosed{"station", kDay, ""}}));

INSTANTIATE_TEST_SUITE_P(
    Article4And9Chains, RegistryRefusal,
    testing::Values(
        Refused{"chain-already-exists", "4", schema::ChainDefined{"textile", "链", "Chain", kDay}},
        Refused{"text-empty", "4", schema::ChainDefined{"food", "", "Food", kDay}},
        Refused{"chain-unknown", "9", schema::ChainLeadAssigned{"food", "county-a", kDay}},
        Refused{"unit-unknown", "9", schema::ChainLeadAssigned{"textile", "x", kDay}},
        Refused{"dates-out-of-order", "9",
                schema::ChainLeadAssigned{"textile", "branch", day("2023-12-31")}},
        Refused{"chain-already-led", "9", schema::ChainLeadAssigned{"textile", "county-a", kDay}}));

schema::CalendarDaysSet list(std::string layer, std::int32_t year,
                             std::vector<std::string_view> days) {
  schema::CalendarDaysSet set{std::move(layer), year, {}, "示例来源"};
  for (const std::string_view text : days) {
    set.days.push_back({day(text), schema::DayKind::holiday, "示例节"});
  }
  return set;
}

schema::ApprovalItemDefined item(schema::ItemDays days, std::optional<std::int32_t> limit) {
  return {"permit", "建设", "示例许可", "示例部门", days, limit, {}, {}};
}

INSTANTIATE_TEST_SUITE_P(
    Article23CalendarAndItems, RegistryRefusal,
    testing::Values(Refused{"calendar-layer-unknown", "23", list("moon", 2025, {"2025-01-01"})},
                    Refused{"calendar-empty", "23", list("national", 2025, {})},
                    Refused{"calendar-list-unsound", "23",
                            list("national", 2025, {"2025-01-01", "2025-01-01"})},
                    Refused{"calendar-list-unsound", "23", list("region", 2025, {"2024-06-01"})},
                    Refused{"statutory-days-missing", "23", item(schema::ItemDays::working, {})},
                    Refused{"statutory-days-missing", "23", item(schema::ItemDays::calendar, {})},
                    Refused{"statutory-days-without-unit", "23",
                            item(schema::ItemDays::instant, 1)},
                    Refused{"statutory-days-without-unit", "23", item(schema::ItemDays::none, 20)},
                    Refused{"day-not-yet-come", "23", schema::DayBegan{{kDay.days + 1}}}));

TEST(UnitRename, KeepsTheOldNameForRecognition) {
  Given ledger = example::prefecture();
  ledger.when(schema::UnitRenamed{"county-a", "新示例县", "New Example", kDay}, the_system(), kDay)
      .then_accepted();
  const Unit& unit = *ledger.reference().unit("county-a");
  EXPECT_EQ(unit.name, "新示例县");
  EXPECT_EQ(unit.aliases, std::vector<std::string>{"示例county-a"});
}

TEST(ChainLead, ChangesOnItsDay) {
  Given ledger = example::prefecture();
  ledger.happened(day("2024-01-01"),
                  {schema::ChainDefined{"textile", "示例链", "Example", day("2024-01-01")},
                   schema::ChainLeadAssigned{"textile", "county-b", day("2024-06-01")},
                   schema::ChainLeadAssigned{"textile", "county-a", day("2024-02-01")}});
  const Reference& reference = ledger.reference();
  EXPECT_EQ(reference.chain_lead("textile", day("2024-01-31")), std::nullopt);
  EXPECT_EQ(reference.chain_lead("textile", day("2024-02-01")), "county-a");
  EXPECT_EQ(reference.chain_lead("textile", day("2024-05-31")), "county-a");
  EXPECT_EQ(reference.chain_lead("textile", day("2024-06-01")), "county-b");
}

TEST(ApprovalItem, IsReplacedByAnotherDefinitionButNotByTheSame) {
  Given ledger = example::prefecture();
  const auto first = item(schema::ItemDays::working, 20);
  ledger.when(first, the_system(), kDay).then({first});
  ledger.when(first, the_system(), kDay).then_rejected("approval-item-already-exists", "23");
  const auto second = item(schema::ItemDays::calendar, 15);
  ledger.when(second, the_system(), kDay).then({second});
  EXPECT_EQ(*ledger.reference().item("permit"), second);
}

TEST(Days, BeginOneAfterTheOtherAndBySystemOnly) {
  Given ledger = example::prefecture();
  ledger.when(schema::DayBegan{kDay}, office_clerk(), kDay)
      .then_rejected("days-begin-by-themselves", "23");
  // The first may be any day that has come.
  const CivilDate first = day("2024-05-31");
  ledger.when(schema::DayBegan{first}, the_system(), kDay).then({schema::DayBegan{first}});
  EXPECT_EQ(ledger.reference().current_day(), first);
  ledger.when(schema::DayBegan{first}, the_system(), kDay).then_rejected("day-already-began", "23");
  ledger.when(schema::DayBegan{day("2024-06-02")}, the_system(), kDay)
      .then_rejected("day-skipped", "23");
  ledger.when(schema::DayBegan{day("2024-06-01")}, the_system(), kDay).then_accepted();
}

TEST(Epochs, BeginAfterARestoreAndBySystemOnly) {
  Given ledger = example::prefecture();
  EXPECT_EQ(ledger.reference().epoch(), 1U);
  const schema::EpochBegan second{2, 40, std::string(32, 'r'), Instant{1}};
  ledger.when(second, office_clerk(), kDay).then_rejected("epochs-begin-by-themselves", "30");
  ledger.when(schema::EpochBegan{1, 40, std::string(32, 'r'), {}}, the_system(), kDay)
      .then_rejected("epoch-already-began", "30");
  ledger.when(second, the_system(), kDay).then({second});
  EXPECT_EQ(ledger.reference().epoch(), 2U);
  ledger.when(second, the_system(), kDay).then_rejected("epoch-already-began", "30");
  // A backup of a later life may be restored at any time, so numbers may be left out.
  ledger.when(schema::EpochBegan{5, 60, std::string(32, 'r'), {}}, the_system(), kDay)
      .then_accepted();
  ASSERT_EQ(ledger.reference().epochs().size(), 2U);
  EXPECT_EQ(ledger.reference().epochs().front(), second);
}

TEST(BusinessDay, IsNeverAfterToday) {
  Given ledger = example::prefecture();
  ledger.when(example::unit("x", "county"), the_system(), kDay, CivilDate{kDay.days + 1})
      .then_rejected("occurred-in-the-future", "");
  EXPECT_EQ(ledger.rejection().pointer, "/occurredOn");
}

}  // namespace
}  // namespace silkledger::domain
