#pragma once

#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/source_tree.h"

namespace silkledger::tidy {

inline constexpr int kFolderDepthMax = 4;        // folders below a top-level one
inline constexpr int kModulesPerFolderMax = 20;  // x.h and x.cpp are one module

Findings check_folders(const std::vector<SourceFile>& files);

// Every .cpp of domain/, eventstore/ and projections/ is reached by a test: tests/ holds
// <name>_test.cpp, or a test includes the header that it implements (the first one it includes), or
// a tested neighbour in the same folder includes that header.
Findings check_test_twins(const std::vector<SourceFile>& files);

}  // namespace silkledger::tidy
