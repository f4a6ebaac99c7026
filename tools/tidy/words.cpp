#include "tools/tidy/words.h"

#include <algorithm>
#include <string>

#include "tools/tidy/code_text.h"

namespace silkledger::tidy {
namespace {

using Folders = std::vector<std::string_view>;

const Folders kPure = {"domain", "projections/views"};
const Folders kFolds = {"domain", "projections"};
const Folders kTests = {"tests"};
// A JSON parser has to name the number type it refuses, and looks keys up without walking them.
const Folders kJson = {"domain/schema/json"};

constexpr std::string_view kTime =
    "time comes in as an argument: the context of a command, or DayBegan in a fold";
constexpr std::string_view kChance =
    "chance comes in as an argument, or the same history would decide differently";
constexpr std::string_view kMoney =
    "money is integer fen (std::int64_t); ratios compare by multiplication";
constexpr std::string_view kOrder =
    "its order differs between builds; use std::map, or a sorted vector";
constexpr std::string_view kWorld =
    "the domain and folds are pure: no thread, stream, log, locale or environment";
constexpr std::string_view kSleep =
    "tests do not sleep: move virtual time, or poll for the condition with a limit";
constexpr std::string_view kSkipped = "a skipped test is counted as passed; mend it or delete it";
constexpr std::string_view kDetached =
    "it swallows what escapes; start the work in a task_group, which joins it";
constexpr std::string_view kUnfinished = "finish it, or write it down as an issue";
constexpr std::string_view kThisMachine =
    "paths of one machine do not belong here; write them relative to the repository";
bool applies(const BannedWord& banned, const SourceFile& file) {
  const auto holds = [&](std::string_view folder) { return file.within(folder); };
  if (std::ranges::any_of(banned.except, holds)) return false;
  return banned.where.empty() || std::ranges::any_of(banned.where, holds);
}

bool stands_in(const BannedWord& banned, const SourceFile& file, std::size_t index) {
  if (!banned.prose) {
    return file.kind == Kind::cpp &&
           find_word(file.code[index], banned.word) != std::string_view::npos;
  }
  return find_word(file.lines[index], banned.word) != std::string_view::npos;
}

// This file has to spell what it forbids.
bool spells_the_rules(const SourceFile& file) {
  return file.path == "tools/tidy/words.cpp" || file.within("tests/architecture");
}

}  // namespace

const std::vector<BannedWord>& banned_words() {
  static const std::vector<BannedWord> kWords = {
      {"now(", kPure, kTime},
      {"system_clock", kFolds, kTime},
      {"steady_clock", kPure, kTime},
      {"time(nullptr", kFolds, kTime},
      {"rand(", kFolds, kChance},
      {"random_device", kFolds, kChance},
      {"mt19937", kFolds, kChance},
      {"mt19937_64", kFolds, kChance},
      {"float", kFolds, kMoney, false, kJson},
      {"double", kFolds, kMoney, false, kJson},
      {"unordered_map", kPure, kOrder, false, kJson},
      {"unordered_set", kPure, kOrder, false, kJson},
      {"getenv(", kFolds, kWorld},
      {"printf(", kFolds, kWorld},
      {"cout", kFolds, kWorld},
      {"cerr", kFolds, kWorld},
      {"spdlog", kPure, kWorld},
      {"setlocale(", {}, kWorld},
      {"sleep_for", kTests, kSleep},
      {"sleep_until", kTests, kSleep},
      {"usleep(", kTests, kSleep},
      {"GTEST_SKIP", kTests, kSkipped},
      {"detached", {"server", "clients", "tests"}, kDetached},
      {"TODO", {}, kUnfinished, true},
      {"FIXME", {}, kUnfinished, true},
      {"XXX", {}, kUnfinished, true},
      {"/home/", {}, kThisMachine, true},
      {"/root/", {}, kThisMachine, true},
  };
  return kWords;
}

Findings check_words(const SourceFile& file) {
  if (spells_the_rules(file)) return {};
  Findings findings;
  for (const BannedWord& banned : banned_words()) {
    if (!applies(banned, file)) continue;
    for (std::size_t index = 0; index < file.lines.size(); ++index) {
      if (!stands_in(banned, file, index)) continue;
      findings.push_back({file.path, static_cast<int>(index) + 1, "word",
                          "\"" + std::string(banned.word) + "\": " + std::string(banned.remedy)});
    }
  }
  return findings;
}

}  // namespace silkledger::tidy
