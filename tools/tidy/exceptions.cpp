#include "tools/tidy/exceptions.h"

#include <algorithm>
#include <sstream>

namespace silkledger::tidy {
namespace {

constexpr std::string_view kExceptionsPath = "tools/tidy/exceptions.txt";

bool matches(const Finding& finding, const Exception& exception) {
  return finding.rule == exception.rule && finding.path == exception.path;
}

}  // namespace

std::vector<Exception> parse_exceptions(std::string_view text) {
  std::vector<Exception> exceptions;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    Exception exception;
    exception.line = number;
    std::istringstream words(line);
    words >> exception.rule >> exception.path >> exception.count;
    exceptions.push_back(exception);
  }
  return exceptions;
}

Findings apply_exceptions(const Findings& findings, const std::vector<Exception>& exceptions) {
  Findings remaining;
  for (const Finding& finding : findings) {
    const auto found = std::ranges::find_if(
        exceptions, [&](const Exception& exception) { return matches(finding, exception); });
    const auto like_it = std::ranges::count_if(findings, [&](const Finding& other) {
      return other.rule == finding.rule && other.path == finding.path;
    });
    if (found == exceptions.end() || like_it > found->count) remaining.push_back(finding);
  }
  for (const Exception& exception : exceptions) {
    const auto count = std::ranges::count_if(
        findings, [&](const Finding& finding) { return matches(finding, exception); });
    if (count >= exception.count && exception.count > 0) continue;
    remaining.push_back({std::string(kExceptionsPath), exception.line, "exception",
                         exception.path + " needs " + std::to_string(count) + " now, not " +
                             std::to_string(exception.count) + "; " +
                             (count == 0 ? "remove the line" : "lower the number")});
  }
  return remaining;
}

}  // namespace silkledger::tidy
