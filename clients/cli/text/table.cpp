#include "clients/cli/text/table.h"

#include <algorithm>

#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

constexpr std::size_t kGap = 2;

std::vector<std::size_t> natural_widths(const std::vector<TableColumn>& heads,
                                        const std::vector<TableRow>& rows) {
  std::vector<std::size_t> widths;
  for (const TableColumn& head : heads) widths.push_back(display_width(head.head));
  for (const TableRow& row : rows) {
    for (std::size_t i = 0; i < row.size() && i < widths.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i].text));
    }
  }
  return widths;
}

// Takes from the widest column, a step at a time, until the line fits or all are at the least.
void squeeze(std::vector<std::size_t>& widths, std::size_t columns, std::size_t least) {
  if (widths.empty()) return;
  std::size_t total = kGap * (widths.size() - 1);
  for (const std::size_t width : widths) total += width;
  while (total > columns) {
    const auto widest = std::ranges::max_element(widths);
    if (*widest <= least) return;
    --*widest;
    --total;
  }
}

std::string aligned(const std::string& text, std::size_t width, Align align, bool last) {
  if (align == Align::right) return pad_left(text, width);
  return last ? text : pad_right(text, width);
}

}  // namespace

std::vector<std::string> table_lines(const std::vector<TableColumn>& heads,
                                     const std::vector<TableRow>& rows, std::size_t columns,
                                     const Paint& paint) {
  std::vector<std::size_t> widths = natural_widths(heads, rows);
  if (columns > 0) {
    squeeze(widths, columns, kCellColumnsLeast);
    squeeze(widths, columns, kCellColumnsCramped);
  }
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (i > 0) line.append(kGap, ' ');
    line +=
        aligned(cut(heads[i].head, widths[i]), widths[i], heads[i].align, i + 1 == heads.size());
  }
  while (line.ends_with(' ')) line.pop_back();
  lines.push_back(paint(Colour::bold, line));
  for (const TableRow& row : rows) {
    line.clear();
    for (std::size_t i = 0; i < heads.size(); ++i) {
      const TableCell cell = i < row.size() ? row[i] : TableCell{};
      if (i > 0) line.append(kGap, ' ');
      const bool last = i + 1 == heads.size();
      line +=
          paint(cell.colour, aligned(cut(cell.text, widths[i]), widths[i], heads[i].align, last));
    }
    while (line.ends_with(' ')) line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

}  // namespace silkledger::cli
