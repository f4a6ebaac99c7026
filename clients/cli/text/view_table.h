// Rows of the server's views as tables: which columns, under which heads, in which words.
//
// Values, pure. Amounts are shown in 万元 with two decimals, with the word of their qualifier.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/text/catalogue.h"
#include "clients/cli/text/names.h"
#include "clients/cli/text/table.h"
#include "clients/cli/text/words.h"

namespace silkledger::cli {

// Borrowed by whoever renders; must outlive it.
struct ViewWords {
  const Catalogue& catalogue;
  const UnitNames& units;
  Lang lang = Lang::zh;
};

// Where people spend time the columns are chosen by hand; any other view, a newer server's too,
// shows the first fields of its rows under the names that the server's description gives them.
std::vector<TableColumn> view_heads(std::string_view view, const ViewWords& words);
TableRow view_row(std::string_view view, const boost::json::value& row, const ViewWords& words);

// The key of a row: its first field.
std::string row_key(std::string_view view, const boost::json::value& row,
                    const Catalogue& catalogue);

// Every field of one row, "name  value" a line, in the order of the schema; nested ones indented.
std::vector<std::string> row_lines(std::string_view view, const boost::json::value& row,
                                   const ViewWords& words);

// {"fen":"12000000000","qualifier":"about"} → "约12,000.00" (万元); "" when there is none.
std::string money_cell(const boost::json::value* money, Lang lang);
std::string count_cell(const boost::json::value* count, Lang lang);

// Whether a field holds the id of a unit, or several.
bool names_a_unit(std::string_view field);

// "● 绿", "▲ yellow": colour, shape and word.
TableCell light_cell(const std::string& light, Lang lang);

// "截至位置 42 / 账本 44（视图落后 2）", or "…（回溯）" of an answer that was asked for as of then.
std::string position_line(const boost::json::value& answer, Lang lang, bool as_of = false);

}  // namespace silkledger::cli
