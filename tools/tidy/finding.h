#pragma once

#include <string>
#include <vector>

namespace silkledger::tidy {

// One place that breaks one rule. `remedy` says what to do about it, not only what is wrong.
struct Finding {
  std::string path;
  int line = 0;  // from 1
  std::string rule;
  std::string remedy;

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

// "domain/leads/lead.cpp:12: layer: …"
std::string to_text(const Finding& finding);

}  // namespace silkledger::tidy
