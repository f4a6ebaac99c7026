#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/tidy/finding.h"

namespace silkledger::tidy {

// What may break a rule for the time being: tools/tidy/exceptions.txt, a line each, `rule path
// count`. The count is how many findings of the rule the file may have. The list only shrinks: a
// line that allows more than there is, is a finding itself.
struct Exception {
  std::string rule;
  std::string path;
  int count = 0;
  int line = 0;  // in exceptions.txt
};

std::vector<Exception> parse_exceptions(std::string_view text);

// What remains of `findings` when the exceptions are taken out, and what is wrong with the
// exceptions.
Findings apply_exceptions(const Findings& findings, const std::vector<Exception>& exceptions);

}  // namespace silkledger::tidy
