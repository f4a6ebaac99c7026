#include "eventstore/rocksdb/key_layout.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "eventstore/ledger/merkle_tree.h"

namespace silkledger::eventstore::keys {
namespace {

std::string hex(std::string_view bytes) {
  std::string text;
  char digits[3];
  for (const char byte : bytes) {
    std::snprintf(digits, sizeof digits, "%02x", static_cast<unsigned char>(byte));
    text += digits;
  }
  return text;
}

// Lines of the form "    name = hex hex …" in docs/formats/keys.md, with blanks inside the hex
// dropped.
std::map<std::string, std::string> documented_examples() {
  std::ifstream file("docs/formats/keys.md");
  EXPECT_TRUE(file) << "run from the repository root";
  std::map<std::string, std::string> examples;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.find("<!-- key-examples") != std::string::npos) inside = true;
    const auto equals = line.find(" = ");
    if (!inside || equals == std::string::npos) continue;
    std::istringstream name(line.substr(0, equals));
    std::istringstream words(line.substr(equals + 3));
    std::string key;
    name >> key;
    for (std::string word; words >> word;) examples[key] += word;
  }
  return examples;
}

TEST(KeyLayout, WritesTheBytesThatTheFormatShows) {
  const auto examples = documented_examples();
  EXPECT_EQ(hex(view(record(258))), examples.at("record_key"));
  EXPECT_EQ(hex(tree(9, 1)), examples.at("tree_key"));
  EXPECT_EQ(hex(meta("epoch")), examples.at("meta_key"));
  EXPECT_EQ(hex(name("lead/1")), examples.at("name_key"));
  EXPECT_EQ(hex(name_value(258)), examples.at("name_value"));
  EXPECT_EQ(hex(run("lead/1", 3)), examples.at("run_key"));
  EXPECT_EQ(hex(run_value(300, 2)), examples.at("run_value"));
  EXPECT_EQ(hex(command({"u1", "c-9"})), examples.at("command_key"));
  EXPECT_EQ(hex(command_value({300, 2, empty_root()})), examples.at("command_value"));
  EXPECT_EQ(hex(head_value({300, empty_root()})), examples.at("head_value"));
  EXPECT_EQ(hex(continues_value({300, empty_root(), 1})), examples.at("continues_value"));
  EXPECT_EQ(read_continues_value(continues_value({300, empty_root(), 1})),
            (Continuation{300, empty_root(), 1}));
  EXPECT_EQ(hex(followed(kSm3Algorithm)), examples.at("followed_key"));
  EXPECT_EQ(hex(followed_value({2, {empty_root()}})), examples.at("followed_value"));
  EXPECT_EQ(hex(followed_tree(kSm3Algorithm, 9, 1)), examples.at("followed_tree_key"));
  EXPECT_EQ(examples.size(), 14U);
}

TEST(KeyLayout, RecordsSortByPosition) {
  const Position positions[] = {1, 255, 256, 65535, 65536, 1ULL << 40U, UINT64_MAX};
  for (std::size_t i = 1; i < std::size(positions); ++i) {
    EXPECT_LT(view(record(positions[i - 1])), view(record(positions[i])));
  }
  EXPECT_EQ(read_record_key(view(record(1ULL << 40U))), 1ULL << 40U);
  EXPECT_EQ(read_record_key("short"), std::nullopt);
}

TEST(KeyLayout, RunsOfAStreamStandTogetherWhateverOtherNamesBeginLikeIt) {
  EXPECT_LT(run("lead/1", 255), run("lead/1", 256));
  EXPECT_LT(run("lead/1", UINT64_MAX), run("lead/1!", 1));
  EXPECT_LT(run("lead/1", UINT64_MAX), run("lead/10", 1));
  EXPECT_FALSE(run("lead/10", 1).starts_with(run_prefix("lead/1")));
}

TEST(KeyLayout, CommandsOfTwoPrincipalsNeverShareAKey) {
  EXPECT_NE(command({"ab", "c"}), command({"a", "bc"}));
  EXPECT_NE(command({"", "abc"}), command({"abc", ""}));
}

TEST(KeyLayout, ValuesReadBack) {
  for (const std::uint64_t number : {1ULL, 127ULL, 128ULL, 1ULL << 35U, ~0ULL}) {
    const auto run_read = read_run(run_prefix("s"), run("s", number), run_value(number, 77));
    ASSERT_TRUE(run_read);
    EXPECT_EQ(run_read->first_version, number);
    EXPECT_EQ(run_read->first_position, number);
    EXPECT_EQ(run_read->records, 77U);
    const auto value = read_command_value(command_value({number, 256, empty_root()}));
    ASSERT_TRUE(value);
    EXPECT_EQ(value->first, number);
    EXPECT_EQ(value->records, 256U);
    EXPECT_EQ(value->fingerprint, empty_root());
  }
  const auto head = read_head_value(head_value({9, empty_root()}));
  ASSERT_TRUE(head);
  EXPECT_EQ(head->position, 9U);
  EXPECT_EQ(head->root, empty_root());
  EXPECT_EQ(read_name_value(name_value(12)), 12U);
}

TEST(KeyLayout, SubtreesAndRunsTellWhoseTheyAre) {
  EXPECT_EQ(read_subtree_end("tree/", tree(8, 0)), 256U);
  EXPECT_EQ(read_subtree_end("tree/", tree(9, 1)), 1024U);
  EXPECT_FALSE(read_subtree_end("tree/", tree(9, 1) + "x"));
  EXPECT_FALSE(read_subtree_end("tree/", followed_tree(kSm3Algorithm, 8, 0)));
  EXPECT_EQ(read_subtree_end(followed(kSm3Algorithm) + '/', followed_tree(kSm3Algorithm, 8, 1)),
            512U);
  const std::string key = run("lead/1", 3);
  const auto read = read_any_run(key, run_value(300, 2));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->first, "lead/1");
  EXPECT_EQ(read->second.first_version, 3U);
  EXPECT_FALSE(read_any_run(name("lead/1"), name_value(300)));
  EXPECT_FALSE(read_any_run(key.substr(1), run_value(300, 2)));
  const auto tree_value = read_followed_value(followed_value({5, {empty_root(), Hash{}}}));
  ASSERT_TRUE(tree_value);
  EXPECT_EQ(tree_value->position, 5U);
  EXPECT_EQ(tree_value->peaks, (std::vector<Hash>{empty_root(), Hash{}}));
}

TEST(KeyLayout, BytesThatBreakTheGrammarAreRefused) {
  EXPECT_FALSE(read_followed_value("short"));
  EXPECT_FALSE(read_followed_value(followed_value({2, {empty_root()}}) + "x"));
  EXPECT_FALSE(read_followed_value(followed_value({2, {empty_root()}}).substr(0, 39)));
  const std::string value = command_value({300, 2, empty_root()});
  for (std::size_t size = 0; size < value.size(); ++size) {
    EXPECT_FALSE(read_command_value(value.substr(0, size)));
  }
  EXPECT_FALSE(read_command_value(value + "x"));
  EXPECT_FALSE(read_run("rs", run("s", 1), run_value(1, 1)));
  EXPECT_FALSE(read_run(run_prefix("s"), run("s", 0), run_value(1, 1))) << "versions start at 1";
  EXPECT_FALSE(read_run(run_prefix("s"), run("s", 1), ""));
  EXPECT_FALSE(read_run(run_prefix("s"), run("s", 1), run_value(1, 1) + "x"));
  EXPECT_FALSE(read_run(run_prefix("s"), run("s", 1), run_value(0, 1)));
  EXPECT_FALSE(read_run(run_prefix("s"), run("s", 1), std::string(20, '\xFF'))) << "endless number";
  EXPECT_FALSE(read_head_value("x"));
}

}  // namespace
}  // namespace silkledger::eventstore::keys
