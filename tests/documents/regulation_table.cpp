#include "tests/documents/regulation_table.h"

#include <charconv>
#include <stdexcept>

namespace silkledger::testing {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r";
  const auto from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  std::size_t from = 1;  // behind the first stroke
  for (auto stroke = line.find('|', from); stroke != std::string_view::npos;
       stroke = line.find('|', from)) {
    cells.push_back(trimmed(line.substr(from, stroke - from)));
    from = stroke + 1;
  }
  return cells;
}

std::set<std::string> quoted(std::string_view cell) {
  std::set<std::string> names;
  for (auto open = cell.find('`'); open != std::string_view::npos; open = cell.find('`', open)) {
    const auto close = cell.find('`', open + 1);
    if (close == std::string_view::npos) {
      throw std::runtime_error("a backtick is not closed: " + std::string(cell));
    }
    names.emplace(cell.substr(open + 1, close - open - 1));
    open = close + 1;
  }
  return names;
}

}  // namespace

std::vector<ArticleRow> read_regulation_table(std::string_view markdown) {
  std::vector<ArticleRow> rows;
  while (!markdown.empty()) {
    const auto end = markdown.find('\n');
    const std::string_view line = markdown.substr(0, end);
    markdown.remove_prefix(end == std::string_view::npos ? markdown.size() : end + 1);
    // Other tables of the page do not begin with a number.
    if (!line.starts_with("| ") || line.size() < 3 || line[2] < '0' || line[2] > '9') continue;
    const auto cells = cells_of(line);
    ArticleRow row;
    const auto number = cells.empty() ? std::string_view() : cells.front();
    const auto read = std::from_chars(number.data(), number.data() + number.size(), row.article);
    if (cells.size() != 8 || read.ec != std::errc() || read.ptr != number.data() + number.size()) {
      throw std::runtime_error("not a row of eight cells: " + std::string(line));
    }
    row.says_what_it_asks = !cells[1].empty();
    row.commands = quoted(cells[2]);
    row.events = quoted(cells[3]);
    row.views = quoted(cells[4]);
    row.settings = quoted(cells[5]);
    row.tests = quoted(cells[6]);
    row.says_what_is_left_to_people = !cells[7].empty();
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace silkledger::testing
