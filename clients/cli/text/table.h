// A table for people: columns aligned by display width, cut with "…" where the terminal is narrow.
//
// Values, pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "clients/cli/text/paint.h"

namespace silkledger::cli {

enum class Align { left, right };

struct TableColumn {
  std::string head;
  Align align = Align::left;
};

struct TableCell {
  std::string text = {};
  Colour colour = Colour::plain;
};

using TableRow = std::vector<TableCell>;

inline constexpr std::size_t kCellColumnsLeast = 6;    // no column is made narrower, unless
inline constexpr std::size_t kCellColumnsCramped = 2;  // the terminal leaves no other way

// One line a row, heads first, no line ends. `columns` 0: as wide as it gets (a pipe or a file).
// Rows may be shorter than the heads.
std::vector<std::string> table_lines(const std::vector<TableColumn>& heads,
                                     const std::vector<TableRow>& rows, std::size_t columns,
                                     const Paint& paint);

}  // namespace silkledger::cli
