#include "tools/tidy/coroutines.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "tools/tidy/code_text.h"
#include "tools/tidy/functions.h"

namespace silkledger::tidy {
namespace {

// `[this](…) -> net::awaitable<void>` on one line, as clang-format leaves it.
bool captures_in_coroutine(std::string_view code) {
  const std::size_t result = code.find("-> net::awaitable");
  if (result == std::string_view::npos) return false;
  const std::size_t open = code.rfind('[', result);
  return open != std::string_view::npos && code.substr(open, 2) != "[]";
}

void check_parameters(const SourceFile& file, Findings& findings) {
  for (const Function& function : find_functions(file)) {
    const std::size_t result = function.head.find("awaitable<");
    const std::size_t open = function.head.find('(');
    if (result == std::string::npos || open == std::string::npos || result > open) continue;
    const std::string_view parameters = std::string_view(function.head).substr(open);
    for (const std::string_view borrowed : {"string_view", "span"}) {
      if (find_word(parameters, borrowed) == std::string_view::npos) continue;
      findings.push_back(
          {file.path, function.first_line, "coroutine",
           "a coroutine takes values: \"" + std::string(borrowed) +
               "\" may point into a buffer that is gone after the first suspension"});
    }
  }
}

void check_locks(const SourceFile& file, Findings& findings) {
  constexpr std::array<std::string_view, 3> kLocks = {"lock_guard", "unique_lock", "scoped_lock"};
  std::vector<int> held;  // depth of braces at which each lock was taken
  int depth = 0;
  for (std::size_t index = 0; index < file.code.size(); ++index) {
    const std::string& code = file.code[index];
    for (const std::string_view lock : kLocks) {
      if (find_word(code, lock) != std::string_view::npos) held.push_back(depth);
    }
    if (!held.empty() && find_word(code, "co_await") != std::string_view::npos) {
      findings.push_back({file.path, static_cast<int>(index) + 1, "coroutine",
                          "a lock is held over this co_await; copy under the lock in a plain "
                          "function, await outside"});
    }
    for (const char character : code) depth += character == '{' ? 1 : character == '}' ? -1 : 0;
    while (!held.empty() && depth < held.back()) held.pop_back();
  }
}

}  // namespace

Findings check_coroutines(const SourceFile& file) {
  if (file.kind != Kind::cpp) return {};
  Findings findings;
  for (std::size_t index = 0; index < file.code.size(); ++index) {
    if (!captures_in_coroutine(file.code[index])) continue;
    findings.push_back({file.path, static_cast<int>(index) + 1, "coroutine",
                        "a lambda coroutine must not capture; make it a member or a free function "
                        "with parameters"});
  }
  check_parameters(file, findings);
  check_locks(file, findings);
  return findings;
}

}  // namespace silkledger::tidy
