// What is doubtful about a credit code, as rows say it: "uscc-check-digit". Pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace silkledger::projections {

// Empty when nothing is, or when no code was stated.
std::vector<std::string> uscc_warnings(const std::optional<std::string>& uscc);

}  // namespace silkledger::projections
