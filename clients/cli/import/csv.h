// CSV by RFC 4180, strictly: quotes, embedded line breaks, CRLF or LF, a byte-order mark.
//
// Total: every text gives records and faults, never a guess. A fault in one record leaves the
// others readable; only an open quote loses what follows it. Values, pure.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/text.h"

namespace silkledger::cli {

struct CsvLimits {
  std::size_t file_bytes_max = 16u << 20;
  std::size_t rows_count_max = 20'000;
  std::size_t columns_count_max = 64;
  std::size_t field_bytes_max = 16u << 10;
};

struct CsvFault {
  std::size_t column = 0;  // from 1; 0 is the row as a whole
  Text why;
  Text help = {};
};

struct CsvRecord {
  std::size_t row = 0;  // from 1, as spreadsheets count: a line break in quotes begins no new row
  std::vector<std::string> fields;
  std::vector<CsvFault> faults;
};

struct CsvText {
  std::vector<CsvRecord> records;  // without blank lines, which keep their number
  std::vector<CsvFault> faults;    // of the file: nothing of it may be used
};

CsvText read_csv(std::string_view text, const CsvLimits& limits = {});

std::string column_letters(std::size_t column);                 // 1 → "A", 27 → "AA"
std::string cell_address(std::size_t column, std::size_t row);  // "E7"; column 0: "7"

// One field for writing: quoted where needed. What a spreadsheet would take for a formula
// (= + - @, tab, carriage return first) gets an apostrophe in front.
std::string csv_field(std::string_view text);

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace silkledger::cli
