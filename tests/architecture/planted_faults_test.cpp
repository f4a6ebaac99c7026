// The alarm works: each file of planted/ holds a fault and the exact message that it must raise.
//
//   planted := "path: " PATH LF { "expect: " MESSAGE LF } "---" LF CODE
//
// They are texts, so that neither the compiler nor the rules take them for code of ours.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tools/tidy/code_text.h"
#include "tools/tidy/exceptions.h"
#include "tools/tidy/folders.h"
#include "tools/tidy/functions.h"
#include "tools/tidy/layers.h"
#include "tools/tidy/report.h"

namespace silkledger::tidy {
namespace {

struct Planted {
  std::string path;
  std::string code;
  std::vector<std::string> expected;
};

Planted read_planted(const std::filesystem::path& file) {
  Planted planted;
  std::ifstream input(file);
  std::string line;
  while (std::getline(input, line) && line != "---") {
    if (line.starts_with("path: ")) planted.path = line.substr(6);
    if (line.starts_with("expect: ")) planted.expected.push_back(line.substr(8));
  }
  while (std::getline(input, line)) planted.code += line + "\n";
  return planted;
}

std::vector<std::filesystem::path> planted_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator("tests/architecture/planted")) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> messages(const Findings& findings) {
  std::vector<std::string> texts;
  for (const Finding& finding : findings) texts.push_back(to_text(finding));
  return texts;
}

TEST(PlantedFault, RaisesExactlyItsMessage) {
  const auto files = planted_files();
  ASSERT_GE(files.size(), 10U);
  for (const auto& file : files) {
    SCOPED_TRACE(file.string());
    const Planted planted = read_planted(file);
    EXPECT_EQ(messages(check_file(make_source_file(planted.path, planted.code))), planted.expected);
  }
}

TEST(PlantedFault, AFourthUnitWithBeastIsOneTooMany) {
  std::vector<SourceFile> files;
  for (const std::string name : {"a", "b", "c", "d"}) {
    files.push_back(
        make_source_file("server/http/" + name + ".cpp", "#include <boost/beast/core.hpp>\n"));
  }
  const Findings findings = check_beast(files);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(to_text(findings.front()),
            "server/http/d.cpp:1: beast: Beast is in more than 3 .cpp files; move this work into "
            "one of those that have it");
}

TEST(PlantedFault, BeastInAHeaderIsFound) {
  const Findings findings = check_beast(
      {make_source_file("server/http/session.h", "\n#include <boost/beast/core.hpp>\n")});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().line, 2);
}

TEST(PlantedFault, CodeThatNoTestReachesIsFound) {
  const SourceFile code =
      make_source_file("domain/leads/lead.cpp", "#include \"domain/leads/lead.h\"\n");
  const SourceFile other =
      make_source_file("domain/leads/rule.cpp", "#include \"domain/leads/rule.h\"\n");
  const SourceFile twin = make_source_file("tests/unit/domain/lead_test.cpp", "");
  const SourceFile user =
      make_source_file("tests/golden/all_test.cpp", "#include \"domain/leads/lead.h\"\n");
  EXPECT_EQ(check_test_twins({code, other}).size(), 2U);
  EXPECT_EQ(check_test_twins({code, other, twin}).size(), 1U);
  EXPECT_EQ(check_test_twins({code, other, user}).size(), 1U);
  // A neighbour that a tested module uses is tested through it.
  const SourceFile uses =
      make_source_file("domain/leads/lead.h", "#include \"domain/leads/rule.h\"\n");
  EXPECT_TRUE(check_test_twins({code, other, user, uses}).empty());
}

TEST(PlantedFault, AFolderTooDeepTooFullOrWithoutAMeaningIsFound) {
  EXPECT_EQ(check_folders({make_source_file("domain/a/b/c/d/e/f.cpp", "")}).size(), 1U);
  EXPECT_EQ(check_folders({make_source_file("server/util/text.cpp", "")}).size(), 1U);
  std::vector<SourceFile> crowd;
  for (int index = 0; index <= kModulesPerFolderMax; ++index) {
    crowd.push_back(make_source_file("domain/leads/rule_" + std::to_string(index) + ".cpp", ""));
  }
  EXPECT_EQ(check_folders(crowd).size(), 1U);
  crowd.pop_back();
  EXPECT_TRUE(check_folders(crowd).empty());
}

TEST(Exceptions, ExcuseAsManyFindingsAsTheySayAndNoMore) {
  const Findings two = {{"a.cpp", 1, "columns", "x"}, {"a.cpp", 2, "columns", "x"}};
  EXPECT_TRUE(apply_exceptions(two, parse_exceptions("# why\ncolumns a.cpp 2\n")).empty());
  EXPECT_EQ(apply_exceptions(two, parse_exceptions("columns a.cpp 1\n")).size(), 2U);
  EXPECT_EQ(apply_exceptions(two, parse_exceptions("columns b.cpp 2\n")).size(), 3U);
}

TEST(Exceptions, ThatAreNoLongerNeededAreFindingsThemselves) {
  const Findings findings = apply_exceptions({}, parse_exceptions("columns a.cpp 2\n"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(to_text(findings.front()),
            "tools/tidy/exceptions.txt:1: exception: a.cpp needs 0 now, not 2; remove the line");
}

TEST(CodeText, BlanksCommentsAndLiteralsInPlace) {
  const auto code = blank_prose({"int a = 1'000; // now(", "f(\"now(\", '\"', 2); /* rand(",
                                 "rand( */ g();", "h(R\"x(", "\")\", detached", ")x\");"});
  EXPECT_EQ(code[0], "int a = 1'000;        ");
  EXPECT_EQ(code[1], "f(\"    \", ' ', 2);         ");
  EXPECT_EQ(code[2], "         g();");
  EXPECT_EQ(code[4].find("detached"), std::string::npos);
  EXPECT_EQ(code[0].size(), std::string("int a = 1'000; // now(").size());
}

TEST(Functions, AreFoundThroughNamespacesClassesAndInitialisers) {
  const SourceFile file = make_source_file("domain/leads/lead.cpp",
                                           "namespace a {\n"
                                           "Store::Store(int x)\n"
                                           "    : a_{x}, b_{2} {\n"
                                           "  if (x) { go(); }\n"
                                           "}\n"
                                           "struct Case {\n"
                                           "  int f() const { return 1; }\n"
                                           "  int table[2] = {1, 2};\n"
                                           "};\n"
                                           "struct Case find_case(int n) {\n"
                                           "}\n"
                                           "}\n");
  const auto functions = find_functions(file);
  ASSERT_EQ(functions.size(), 3U);
  EXPECT_EQ(functions[0].first_line, 2);
  EXPECT_EQ(functions[0].last_line, 5);
  EXPECT_EQ(functions[1].head, "int f() const");
  EXPECT_EQ(functions[2].first_line, 10);
}

}  // namespace
}  // namespace silkledger::tidy
