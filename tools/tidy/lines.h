#pragma once

#include "tools/tidy/finding.h"
#include "tools/tidy/source_tree.h"

namespace silkledger::tidy {

inline constexpr int kFileLinesMax = 400;
inline constexpr int kTestFileLinesMax = 800;
inline constexpr int kColumnsMax = 100;       // of C++, where clang-format breaks lines
inline constexpr int kProseColumnsMax = 120;  // of pages, schemas and scripts, which people break
inline constexpr int kReadmeLinesMax = 60;    // of a README below the root

// Length of the file, width of its lines, no blanks at their ends. Rows of tables and lines with an
// address may be wide.
Findings check_lines(const SourceFile& file);

// Exactly one title per Markdown page.
Findings check_titles(const SourceFile& file);

}  // namespace silkledger::tidy
