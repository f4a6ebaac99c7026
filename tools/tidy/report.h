#pragma once

#include <string_view>
#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/source_tree.h"

namespace silkledger::tidy {

// Every rule over every file, ordered by path and line; `exceptions` is the text of
// tools/tidy/exceptions.txt.
Findings check_tree(const std::vector<SourceFile>& files, std::string_view exceptions);

// The rules that look at one file alone; check_tree is these and what takes several files to see.
Findings check_file(const SourceFile& file);

}  // namespace silkledger::tidy
