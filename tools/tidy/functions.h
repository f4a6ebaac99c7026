#pragma once

#include <string>
#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/source_tree.h"

namespace silkledger::tidy {

// An outermost function with its body, as lines from 1. Lambdas belong to the function they stand
// in.
struct Function {
  std::string head;  // everything before the body, on one line
  int first_line = 0;
  int last_line = 0;

  int length() const { return last_line - first_line + 1; }
};

// Finds functions by counting braces: a block whose head holds a ')' and does not open a type or
// namespace is a function.
std::vector<Function> find_functions(const SourceFile& file);

inline constexpr int kFunctionLinesMax = 60;
inline constexpr int kTestFunctionLinesMax = 120;  // a test may hold its table of cases

Findings check_function_lengths(const SourceFile& file);

}  // namespace silkledger::tidy
