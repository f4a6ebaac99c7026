// A file of published projects as rows of named columns, whether it was CSV or NDJSON.
//
// Columns are found by the name in the head, English or Chinese, in any order. Columns that hold
// somebody's judgement of the row (scope, row_kind) are not read, on purpose. Values, pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/import/csv.h"
#include "clients/cli/import/remark.h"
#include "domain/kernel/money_text.h"

namespace silkledger::cli {

enum class Column : std::uint8_t {
  name,
  unit,
  industry,
  investor,
  amount,
  jobs,
  content,
  status,
  status_date,
  in_place,
  source_url,
  source_date,
  source_kind,
  source_title,
  note,
};
inline constexpr std::size_t kColumns = 15;
inline constexpr std::size_t kTitleRowsMost = 5;  // rows above the heads, such as a merged title

struct SheetRow {
  std::size_t row = 0;  // as a spreadsheet or an editor counts
  std::array<std::string, kColumns> cells;
  // What the head says of numbers without a unit; each line of NDJSON has heads of its own.
  AmountUnit amount_unit = AmountUnit::yi_yuan;
  AmountUnit in_place_unit = AmountUnit::yi_yuan;
  std::vector<Remark> remarks;  // what could not be read
  const std::string& operator[](Column column) const {
    return cells[static_cast<std::size_t>(column)];
  }
};

struct Sheet {
  bool is_csv = true;
  std::array<std::optional<std::size_t>, kColumns> places;  // of the heads, from 1; CSV only
  AmountUnit amount_unit = AmountUnit::yi_yuan;
  AmountUnit in_place_unit = AmountUnit::yi_yuan;
  std::vector<std::string> not_read;  // heads that mean nothing here
  std::vector<SheetRow> rows;
  std::vector<Remark> faults;  // of the file: nothing of it may be imported

  std::string address(Column column, std::size_t row) const;  // "E7"; "7:jobs" in NDJSON
};

Sheet read_csv_sheet(std::string_view text, const CsvLimits& limits = {});
// One JSON object a line, with the same names as keys; numbers keep the digits they were written
// in.
Sheet read_ndjson_sheet(std::string_view text, const CsvLimits& limits = {});

std::string_view column_name(Column column);  // "total_investment_yi"

// Which column a head names, and the unit that it gives to its numbers.
struct HeadMeaning {
  Column column = Column::name;
  AmountUnit unit = AmountUnit::yi_yuan;
};
std::optional<HeadMeaning> head_meaning(std::string_view head);

}  // namespace silkledger::cli
