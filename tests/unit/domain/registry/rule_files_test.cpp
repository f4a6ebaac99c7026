// The commands of domain/rules/, read as the server reads them and decided on an empty ledger.
#include <algorithm>
#include <boost/json.hpp>
#include <fstream>

#include "domain/registry/access.h"
#include "domain/schema/command.json.h"
#include "domain/schema/command.meta.h"
#include "tests/support/given.h"

namespace silkledger::domain {
namespace {

const CivilDate kToday = day("2026-11-24");

void send_file(Given& ledger, const std::string& name) {
  std::ifstream file("domain/rules/" + name + ".ndjson");
  ASSERT_TRUE(file) << name;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    SCOPED_TRACE(name + ":" + std::to_string(++number));
    const auto value = boost::json::parse(line).as_object();
    const std::string command_name(value.at("name").as_string());
    auto command = json::command_from_json(command_name, boost::json::serialize(value.at("body")));
    if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&command)) {
      FAIL() << errors->front().pointer << ": " << errors->front().en;
    }
    ledger.when(std::get<schema::Command>(command), the_system(), kToday).then_accepted();
  }
  EXPECT_GT(number, 0u);
}

const Given& set_up() {
  static const Given ledger = [] {
    Given fresh;
    for (const char* name : {"rule-set", "units", "calendar", "approval-items"}) {
      send_file(fresh, name);
    }
    return fresh;
  }();
  return ledger;
}

std::size_t counties_on(CivilDate on) {
  const auto& units = set_up().reference().units();
  return static_cast<std::size_t>(std::ranges::count_if(units, [&](const auto& entry) {
    return entry.second.kind == "county" && entry.second.exists_on(on);
  }));
}

TEST(RuleFiles, AreAllAcceptedByAnEmptyLedgerInOrder) {
  EXPECT_EQ(set_up().last_position(), 2u + 28u + 8u + 50u);
}

TEST(RuleFiles, ShowTwelveCountiesAndCitiesIn2023AndThirteenIn2026) {
  EXPECT_EQ(counties_on(day("2023-10-07")), 12u);
  EXPECT_EQ(counties_on(day("2026-03-25")), 12u);
  EXPECT_EQ(counties_on(day("2026-03-26")), 13u);
}

TEST(RuleFiles, KeepTheTrialsEndAndItsAssumedRenewal) {
  const Reference& reference = set_up().reference();
  EXPECT_EQ(reference.rules_on(day("2023-10-06")), nullptr);
  const schema::RuleSet* rules = reference.rules_on(kToday);
  ASSERT_NE(rules, nullptr);
  EXPECT_EQ(rules->version, "kashgar-2023");
  EXPECT_FALSE(reference.lapsed(*rules, day("2027-10-06")));
  EXPECT_TRUE(reference.lapsed(*rules, day("2027-10-07")));
  EXPECT_EQ(std::ranges::count_if(rules->lead_classes, &schema::LeadClass::prefecture_decides), 6);
  EXPECT_EQ(rules->criteria.size(), 8u);
}

// Every command of the business is somebody's, or nobody could ever send it.
TEST(RuleFiles, GiveEveryCommandButTheSystemsToSomeRole) {
  const schema::RuleSet& rules = *set_up().reference().rules_on(kToday);
  for (std::size_t arm = 0; arm < schema::kCommandArms; ++arm) {
    const std::string name(schema::command_arms()[arm].kebab);
    const bool given_to_somebody = std::ranges::any_of(rules.roles, [&](const schema::Role& role) {
      return std::ranges::find(role.commands, name) != role.commands.end();
    });
    EXPECT_EQ(given_to_somebody, !is_systems_command(name)) << name;
  }
}

TEST(RuleFiles, CountTheSwappedWeekendsAndTheRegionsFeasts) {
  const Reference& reference = set_up().reference();
  const auto works = [&](std::string_view text) {
    return reference.calendar().is_working(day(text), reference.calendar_layers("653126"));
  };
  EXPECT_FALSE(works("2022-12-31"));
  EXPECT_TRUE(works("2026-10-10"));
  EXPECT_FALSE(works("2026-10-11"));
  EXPECT_FALSE(works("2026-05-29"));  // 古尔邦节, the region's
  EXPECT_TRUE(reference.calendar().national().is_working(day("2026-05-29")));
}

TEST(RuleFiles, HoldItemsOfEveryKindOfLimit) {
  const Reference& reference = set_up().reference();
  EXPECT_EQ(reference.item("eia-report")->days, schema::ItemDays::calendar);
  EXPECT_EQ(reference.item("eia-report")->statutory_days, 60);
  EXPECT_EQ(reference.item("company-registration")->statutory_days, 3);
  EXPECT_EQ(reference.item("investment-filing")->days, schema::ItemDays::instant);
  EXPECT_EQ(reference.item("power-connection")->days, schema::ItemDays::none);
  EXPECT_EQ(reference.item("power-connection")->statutory_days, std::nullopt);
}

}  // namespace
}  // namespace silkledger::domain
