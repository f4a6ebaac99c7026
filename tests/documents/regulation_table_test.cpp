// docs/regulation.md against the product: what a row names must exist, and what exists must have a
// row.
#include <capnp/schema.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "domain/schema/command.meta.h"
#include "domain/schema/event.meta.h"
#include "domain/schema/registry.capnp.h"
#include "projections/view.h"
#include "tests/documents/regulation_table.h"

namespace silkledger::testing {
namespace {

using Names = std::set<std::string>;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::vector<ArticleRow>& rows() {
  static const auto read = read_regulation_table(text_of("docs/regulation.md"));
  return read;
}

Names named(Names ArticleRow::*cell) {
  Names all;
  for (const ArticleRow& row : rows()) all.insert((row.*cell).begin(), (row.*cell).end());
  return all;
}

void expect_equal(const Names& said, const Names& real, const char* what) {
  for (const auto& name : said)
    EXPECT_TRUE(real.contains(name)) << "no such " << what << ": " << name;
  for (const auto& name : real)
    EXPECT_TRUE(said.contains(name)) << what << " without a row: " << name;
}

// "kashgar-2023" is a value; what can be set is the fields.
Names fields_of_rule_set() {
  Names names;
  for (const auto field : capnp::Schema::from<wire::RuleSet>().getFields()) {
    names.emplace(field.getProto().getName().cStr());
  }
  return names;
}

// "Suite.Name" of every test macro below tests/.
Names tests_of_the_tree() {
  static const std::regex kMacro(R"((?:TYPED_)?TEST(?:_[FP])?\(\s*(\w+),\s*(\w+)\))");
  Names names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator("tests")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = text_of(entry.path());
    for (std::sregex_iterator at(text.begin(), text.end(), kMacro), end; at != end; ++at) {
      names.insert((*at)[1].str() + "." + (*at)[2].str());
    }
  }
  return names;
}

TEST(RegulationTable, HasOneRowForEachOfThe33Articles) {
  ASSERT_EQ(rows().size(), 33u);
  for (std::size_t index = 0; index < rows().size(); ++index) {
    EXPECT_EQ(rows()[index].article, static_cast<int>(index) + 1);
    EXPECT_TRUE(rows()[index].says_what_it_asks) << rows()[index].article;
    EXPECT_TRUE(rows()[index].says_what_is_left_to_people) << rows()[index].article;
  }
}

TEST(RegulationTable, NamesEveryCommandAndNoOther) {
  Names real;
  for (const auto& arm : schema::command_arms()) real.emplace(arm.kebab);
  expect_equal(named(&ArticleRow::commands), real, "command");
}

TEST(RegulationTable, NamesEveryEventAndNoOther) {
  Names real;
  for (const auto& arm : schema::event_arms()) real.emplace(arm.name);
  expect_equal(named(&ArticleRow::events), real, "event");
}

// The article that the schema names, which every decision cites.
TEST(RegulationTable, PutsEachCommandAndEventUnderTheArticleItCites) {
  const auto row_of = [](std::string_view article) -> const ArticleRow* {
    const auto row =
        std::ranges::find(rows(), std::stoi(std::string(article)), &ArticleRow::article);
    return row == rows().end() ? nullptr : &*row;
  };
  for (const auto& arm : schema::command_arms()) {
    const ArticleRow* row = row_of(arm.type->article);
    EXPECT_TRUE(row && row->commands.contains(std::string(arm.kebab)))
        << arm.kebab << " belongs to article " << arm.type->article;
  }
  for (const auto& arm : schema::event_arms()) {
    const ArticleRow* row = row_of(arm.type->article);
    EXPECT_TRUE(row && row->events.contains(std::string(arm.name)))
        << arm.name << " belongs to article " << arm.type->article;
  }
}

TEST(RegulationTable, NamesEveryViewAndNoOther) {
  Names real;
  for (const auto& view : projections::catalogue()) real.insert(view.name);
  expect_equal(named(&ArticleRow::views), real, "view");
}

TEST(RegulationTable, NamesEverySettingOfTheRulesAndNoOther) {
  // What a rule set is called and how long it holds are no settings.
  Names real = fields_of_rule_set();
  for (const char* own : {"version", "title", "titleEn", "validFrom", "validUntil"})
    real.erase(own);
  expect_equal(named(&ArticleRow::settings), real, "setting");
}

TEST(RegulationTable, NamesTestsThatExist) {
  const Names real = tests_of_the_tree();
  for (const ArticleRow& row : rows()) {
    for (const auto& name : row.tests) {
      EXPECT_TRUE(real.contains(name)) << "article " << row.article << ": no such test: " << name;
    }
    if (row.commands.empty()) continue;
    EXPECT_FALSE(row.tests.empty()) << "article " << row.article << " has commands and no test";
  }
}

TEST(RegulationTable, IsReadCellByCell) {
  const auto read = read_regulation_table(
      "# heading\n| 条 | a |\n|---|---|\n"
      "| 9 | asks | `a-b`, `c` | `e` |  | `s` | `T.N` | people |\nother text | 1\n");
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].article, 9);
  EXPECT_EQ(read[0].commands, (Names{"a-b", "c"}));
  EXPECT_EQ(read[0].events, Names{"e"});
  EXPECT_TRUE(read[0].views.empty());
  EXPECT_EQ(read[0].settings, Names{"s"});
  EXPECT_EQ(read[0].tests, Names{"T.N"});
  EXPECT_THROW(read_regulation_table("| 9 | asks | `a` |\n"), std::runtime_error);
  EXPECT_THROW(read_regulation_table("| 9 | asks | `a | | | | | |\n"), std::runtime_error);
}

}  // namespace
}  // namespace silkledger::testing
