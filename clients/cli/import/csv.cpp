#include "clients/cli/import/csv.h"

#include <algorithm>

#include "domain/kernel/code_points.h"

namespace silkledger::cli {
namespace {

class Reader {
 public:
  Reader(std::string_view text, const CsvLimits& limits) : rest_(text), limits_(limits) {}

  CsvText read() {
    CsvText csv;
    for (std::size_t row = 1; !rest_.empty(); ++row) {
      CsvRecord record = read_record(row);
      const bool blank = record.fields.size() == 1 && record.fields[0].empty();
      if (blank && record.faults.empty()) continue;
      if (csv.records.size() == limits_.rows_count_max) {
        const std::string most = std::to_string(limits_.rows_count_max);
        csv.faults.push_back({0,
                              {"超过 " + most + " 行", "more than " + most + " rows"},
                              {"请拆分为多个文件", "split the file"}});
        return csv;
      }
      csv.records.push_back(std::move(record));
    }
    return csv;
  }

 private:
  bool at_line_end() const {
    return rest_.empty() || rest_[0] == '\n' || rest_.starts_with("\r\n");
  }

  void skip_line_end() {
    if (rest_.starts_with("\r\n")) {
      rest_.remove_prefix(2);
    } else if (!rest_.empty()) {
      rest_.remove_prefix(1);
    }
  }

  CsvRecord read_record(std::size_t row) {
    CsvRecord record;
    record.row = row;
    for (;;) {
      std::string field = rest_.starts_with('"') ? quoted(record) : plain(record);
      if (field.size() > limits_.field_bytes_max) {
        const std::string most = std::to_string(limits_.field_bytes_max);
        fault(record,
              {"单元格超过 " + most + " 字节", "the cell is longer than " + most + " bytes"},
              {"请缩短", "shorten it"});
        field.clear();
      }
      if (record.fields.size() < limits_.columns_count_max) {
        record.fields.push_back(std::move(field));
      } else if (!too_many_) {
        too_many_ = true;
        const std::string most = std::to_string(limits_.columns_count_max);
        record.faults.push_back(
            {0, {"超过 " + most + " 列", "more than " + most + " columns"}, {}});
      }
      if (at_line_end()) break;
      rest_.remove_prefix(1);  // the comma
    }
    too_many_ = false;
    skip_line_end();
    return record;
  }

  static void fault(CsvRecord& record, Text why, Text help) {
    record.faults.push_back({record.fields.size() + 1, std::move(why), std::move(help)});
  }

  std::string plain(CsvRecord& record) {
    std::string field;
    bool told = false;
    while (!at_line_end() && rest_[0] != ',') {
      const char c = rest_[0];
      if ((c == '"' || c == '\r') && !told) {
        told = true;
        if (c == '"') {
          fault(record, {"引号出现在未加引号的单元格中", "a quote inside a cell without quotes"},
                {"请用引号包住整个单元格，其中的引号写两遍",
                 "quote the whole cell and double its quotes"});
        } else {
          fault(record, {"单独的回车符", "a carriage return without a line feed"},
                {"请以 CRLF 或 LF 换行另存", "save the file with CRLF or LF line ends"});
        }
      }
      field += c;
      rest_.remove_prefix(1);
    }
    return field;
  }

  std::string quoted(CsvRecord& record) {
    std::string field;
    rest_.remove_prefix(1);
    for (;;) {
      if (rest_.empty()) {
        fault(record,
              {"引号没有闭合，其后内容无法辨认", "the quote is never closed; what follows is lost"},
              {"请补上引号", "close the quote"});
        return field;
      }
      const char c = rest_[0];
      rest_.remove_prefix(1);
      if (c != '"') {
        field += c;
      } else if (rest_.starts_with('"')) {
        field += '"';
        rest_.remove_prefix(1);
      } else {
        break;
      }
    }
    if (!at_line_end() && rest_[0] != ',') {
      fault(record, {"引号闭合后还有文字", "text behind the closing quote"},
            {"单元格内的引号须写两遍", "a quote inside the cell is written twice"});
      field += plain_rest();
    }
    return field;
  }

  std::string plain_rest() {
    std::string rest;
    while (!at_line_end() && rest_[0] != ',') {
      rest += rest_[0];
      rest_.remove_prefix(1);
    }
    return rest;
  }

  std::string_view rest_;
  const CsvLimits& limits_;
  bool too_many_ = false;
};

}  // namespace

CsvText read_csv(std::string_view text, const CsvLimits& limits) {
  CsvText refused;
  if (text.size() > limits.file_bytes_max) {
    const std::string most = std::to_string(limits.file_bytes_max >> 20) + " MiB";
    refused.faults.push_back({0,
                              {"文件超过 " + most, "the file is larger than " + most},
                              {"请拆分为多个文件", "split the file"}});
    return refused;
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (const auto bad = decode_utf8(text).bad_byte) {
    const auto line = std::to_string(
        1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n'));
    refused.faults.push_back(
        {0,
         {"第 " + line + " 行不是 UTF-8 文字", "line " + line + " is not UTF-8"},
         {"请另存为“CSV UTF-8”", "save it as \"CSV UTF-8\""}});
    return refused;
  }
  return Reader(text, limits).read();
}

std::string column_letters(std::size_t column) {
  std::string letters;
  for (; column > 0; column = (column - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (column - 1) % 26));
  }
  return letters;
}

std::string cell_address(std::size_t column, std::size_t row) {
  return column_letters(column) + std::to_string(row);
}

std::string csv_field(std::string_view text) {
  std::string field(text);
  if (!field.empty() && std::string_view("=+-@\t\r").find(field[0]) != std::string_view::npos) {
    field.insert(0, 1, '\'');
  }
  if (field.find_first_of("\",\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace silkledger::cli
