// Whole scripts: the same bytes every time, readable, in order, without anything that could be
// taken for real.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "domain/kernel/uscc.h"
#include "domain/schema/event.meta.h"
#include "domain/schema/script/script.json.h"
#include "tools/generator/digest.h"
#include "tools/generator/generate.h"

namespace silkledger::generator {
namespace {

constexpr const char* kRules = "domain/rules";

Product made(std::string_view size, std::uint64_t seed = 1) {
  auto product =
      generate({.size = *size_named(size), .seed = seed, .rules = kRules, .progress = {}});
  if (const auto* fault = std::get_if<std::string>(&product)) {
    ADD_FAILURE() << *fault;
    return {};
  }
  return std::get<Product>(std::move(product));
}

std::string file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<schema::ScriptLine> lines_of(const std::string& script) {
  std::vector<schema::ScriptLine> lines;
  std::istringstream in(script);
  json::PlainText plain;
  for (std::string text; std::getline(in, text);) {
    auto line = json::from_json<schema::ScriptLine>(text, {{}, &plain});
    if (const auto* errors = std::get_if<std::vector<json::JsonError>>(&line)) {
      ADD_FAILURE() << errors->front().pointer << " " << errors->front().en << "\n" << text;
      return lines;
    }
    lines.push_back(std::get<schema::ScriptLine>(std::move(line)));
  }
  return lines;
}

constexpr const char* kRefresh =
    "If the change is meant: silkledger-generate --size s0 --out tests/data/s0/script.ndjson "
    "--expected tests/data/s0/expected.json --truth tests/data/s0/truth.json, and put the digest "
    "of the script into "
    "tests/data/s0/script.sha256";

TEST(AScript, IsTheSameForTheSameOrder) {
  for (const char* size : {"tiny", "s0"}) {
    const Product first = made(size, 42);
    const Product second = made(size, 42);
    EXPECT_EQ(sha256_hex(first.script), sha256_hex(second.script)) << size;
    EXPECT_EQ(first.expected, second.expected) << size;
    EXPECT_EQ(first.truth, second.truth) << size;
  }
}

TEST(AScript, IsAnotherForAnotherSeed) {
  EXPECT_NE(made("tiny", 1).script, made("tiny", 2).script);
}

TEST(TheScriptOfS0, IsTheOneInTheRepository) {
  const Product product = made("s0");
  EXPECT_EQ(sha256_hex(product.script) + "\n", file("tests/data/s0/script.sha256")) << kRefresh;
  EXPECT_TRUE(product.script == file("tests/data/s0/script.ndjson")) << kRefresh;
  EXPECT_EQ(product.expected, file("tests/data/s0/expected.json")) << kRefresh;
  EXPECT_EQ(product.truth, file("tests/data/s0/truth.json")) << kRefresh;
}

// Ids, lengths and ranges are checked by the schema's own decoder.
TEST(AScript, ConsistsOfLinesThatTheSchemaAccepts) {
  for (const char* size : {"tiny", "s0", "demo"})
    EXPECT_GT(lines_of(made(size).script).size(), 300U) << size;
}

TEST(AScript, NeverGoesBackInTime) {
  for (const char* size : {"tiny", "s0", "demo"}) {
    Instant last{0};
    for (const schema::ScriptLine& line : lines_of(made(size).script)) {
      ASSERT_LE(last, line.at) << line.command_id;
      ASSERT_LE(*line.request.occurred_on, beijing_date(line.at)) << line.command_id;
      last = line.at;
    }
  }
}

TEST(AScript, BeginsEveryDayOnceAndBeforeItsBusiness) {
  for (const char* name : {"tiny", "s0", "demo"}) {
    const Size size = *size_named(name);
    CivilDate next = size.first;
    for (const schema::ScriptLine& line : lines_of(made(name).script)) {
      const auto* began = std::get_if<schema::DayBegan>(&line.request.command);
      if (began == nullptr) {
        if (next > size.first) {
          ASSERT_EQ(beijing_date(line.at).days + 1, next.days) << line.command_id;
        }
        continue;
      }
      ASSERT_EQ(began->date, next);
      ASSERT_EQ(line.command_id, "begin-day-" + to_string(next));
      ASSERT_EQ(line.principal, "system");
      ++next.days;
    }
    EXPECT_EQ(next.days, size.last.days + 1) << name;
  }
}

TEST(AScript, NamesEachCommandOnce) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const schema::ScriptLine& line : lines_of(made("demo").script)) {
    ASSERT_TRUE(seen.insert({line.principal, line.command_id}).second) << line.command_id;
  }
}

// The system may set a ledger up only until somebody administers it.
TEST(AScript, LeavesEverythingButDaysToPeopleOnceThereIsAnAdministrator) {
  bool administered = false;
  for (const schema::ScriptLine& line : lines_of(made("tiny").script)) {
    const bool is_system = line.principal == "system";
    const bool is_day = std::holds_alternative<schema::DayBegan>(line.request.command);
    if (administered) {
      ASSERT_EQ(is_system, is_day) << line.command_id;
    }
    if (std::holds_alternative<schema::RoleGranted>(line.request.command)) administered = true;
  }
  EXPECT_TRUE(administered);
}

// A number of eleven digits, neither part of a digest nor an amount in fen.
bool could_be_a_telephone(const std::string& script, std::size_t at, std::size_t end) {
  const auto is_hex = [&](std::size_t place) {
    return script[place] >= 'a' && script[place] <= 'f';
  };
  const std::string before = script.substr(at - 8, 8);
  const bool is_amount =
      before.ends_with("en\":\"") || before.ends_with("was\":\"") || before.ends_with("comes\":\"");
  return end - at == 11 && !is_amount && !is_hex(at - 1) && !is_hex(end);
}

TEST(AScript, HoldsNoTelephoneNumberThatCouldBeSomebodys) {
  const std::string script = made("demo").script;
  int telephones = 0;
  for (std::size_t at = 10; at < script.size();) {
    std::size_t end = at;
    while (end < script.size() && script[end] >= '0' && script[end] <= '9') ++end;
    if (could_be_a_telephone(script, at, end)) {
      ++telephones;
      ASSERT_EQ(script.substr(at, 3), "129") << script.substr(at - 10, 40);
    }
    at = end + 1;
  }
  EXPECT_GT(telephones, 100);
}

TEST(AScript, HoldsOnlyCodesOfTheDivisionThatIsNoneAndOneWrongOne) {
  int wrong = 0;
  int right = 0;
  for (const schema::ScriptLine& line : lines_of(made("demo").script)) {
    const auto* lead = std::get_if<schema::LeadReported>(&line.request.command);
    if (lead == nullptr || !lead->uscc) continue;
    EXPECT_EQ(lead->uscc->substr(2, 6), "999999");
    ++(check_uscc(*lead->uscc).empty() ? right : wrong);
  }
  EXPECT_EQ(wrong, 1);
  EXPECT_GT(right, 100);
}

TEST(AScript, PlantsRefusalsOfSeveralKinds) {
  std::set<std::string> codes;
  for (const schema::ScriptLine& line : lines_of(made("s0").script)) {
    if (line.expect_refusal) codes.insert(*line.expect_refusal);
  }
  EXPECT_GE(codes.size(), 8U);
}

// So that whatever is tested on S0 is tested on everything that can happen.
TEST(TheScriptOfS0, LeadsToEveryKindOfEvent) {
  const std::string expected = made("s0").expected;
  const std::string events = expected.substr(expected.find("\"events\": {"));
  for (const schema::ArmMeta& arm : schema::event_arms()) {
    if (arm.name == std::string_view("epochBegan")) continue;  // of a restored ledger only
    EXPECT_NE(events.find("\"" + std::string(arm.name) + "\": "), std::string::npos) << arm.name;
  }
}

TEST(AGenerator, SaysWhichFolderItCannotRead) {
  const auto product =
      generate({.size = *size_named("tiny"), .seed = 1, .rules = "no/such/folder", .progress = {}});
  ASSERT_TRUE(std::holds_alternative<std::string>(product));
  EXPECT_NE(std::get<std::string>(product).find("no/such/folder/rule-set.ndjson"),
            std::string::npos);
}

TEST(AGenerator, KnowsItsSizesAndNoOther) {
  EXPECT_TRUE(size_named("demo"));
  EXPECT_FALSE(size_named("s9"));
}

}  // namespace
}  // namespace silkledger::generator
