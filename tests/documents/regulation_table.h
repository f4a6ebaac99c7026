// docs/regulation.md as data: one row for each article, each cell the names that it quotes in
// backticks.
//
// Reads the file's lines only; knows nothing of what the names mean. Throws std::runtime_error with
// the line when a row does not have its eight cells or an article number.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace silkledger::testing {

struct ArticleRow {
  int article = 0;
  std::set<std::string> commands;
  std::set<std::string> events;
  std::set<std::string> views;
  std::set<std::string> settings;
  std::set<std::string> tests;
  bool says_what_it_asks = false;
  bool says_what_is_left_to_people = false;
};

std::vector<ArticleRow> read_regulation_table(std::string_view markdown);

}  // namespace silkledger::testing
