// The repository keeps its own rules: layers of includes, lengths, words, folders, test twins,
// titles.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "tools/tidy/exceptions.h"
#include "tools/tidy/report.h"

namespace silkledger::tidy {
namespace {

// Tests run in the root of the repository.
const std::filesystem::path kRoot = ".";

std::string exceptions_text() {
  std::ifstream file(kRoot / "tools/tidy/exceptions.txt");
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string report(const Findings& findings) {
  std::string text;
  for (const Finding& finding : findings) text += to_text(finding) + "\n";
  return text;
}

// Findings of the whole tree, the layer rule apart, so that each kind fails under its own name.
Findings findings_of(bool layers) {
  Findings chosen;
  for (const Finding& finding : check_tree(read_tree(kRoot), exceptions_text())) {
    const bool is_layer = finding.rule == "layer" || finding.rule == "beast";
    if (is_layer == layers) chosen.push_back(finding);
  }
  return chosen;
}

TEST(Architecture, TheTreeIsReadFromTheRootOfTheRepository) {
  const auto files = read_tree(kRoot);
  const auto has = [&files](std::string_view path) {
    return std::ranges::find(files, path, &SourceFile::path) != files.end();
  };
  EXPECT_TRUE(has("eventstore/event_store.h"));
  EXPECT_TRUE(has("domain/decision.h"));
  EXPECT_TRUE(has("README.md"));
}

TEST(Architecture, EveryIncludePointsDownward) {
  const Findings findings = findings_of(true);
  EXPECT_TRUE(findings.empty()) << report(findings);
}

TEST(Architecture, TheHouseRulesHold) {
  const Findings findings = findings_of(false);
  EXPECT_TRUE(findings.empty()) << report(findings);
}

// The ratchet: new exceptions are refused here, and the tool refuses exceptions that are no longer
// needed.
TEST(Architecture, TheListOfExceptionsOnlyShrinks) {
  constexpr std::size_t kExceptionsMax = 0;
  EXPECT_LE(parse_exceptions(exceptions_text()).size(), kExceptionsMax)
      << "mend the fault that the new line of tools/tidy/exceptions.txt excuses";
}

}  // namespace
}  // namespace silkledger::tidy
