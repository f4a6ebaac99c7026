#include "clients/cli/import/sheet.h"

#include <algorithm>
#include <utility>

#include "clients/cli/text/words.h"
#include "domain/schema/json/node.h"

namespace silkledger::cli {
namespace {

struct Head {
  std::string_view name;
  Column column;
  AmountUnit unit = AmountUnit::yi_yuan;
};

// Names in lower case, half width and without blanks.
constexpr std::array kHeads = {
    Head{"project_name", Column::name},
    Head{"项目名称", Column::name},
    Head{"项目", Column::name},
    Head{"名称", Column::name},
    Head{"unit", Column::unit},
    Head{"县市", Column::unit},
    Head{"承接单位", Column::unit},
    Head{"县(市)", Column::unit},
    Head{"县市区", Column::unit},
    Head{"落地单位", Column::unit},
    Head{"industry", Column::industry},
    Head{"行业", Column::industry},
    Head{"产业", Column::industry},
    Head{"所属行业", Column::industry},
    Head{"investor", Column::investor},
    Head{"投资方", Column::investor},
    Head{"投资企业", Column::investor},
    Head{"投资主体", Column::investor},
    Head{"投资单位", Column::investor},
    Head{"total_investment_yi", Column::amount},
    Head{"总投资", Column::amount, AmountUnit::none},
    Head{"总投资(亿元)", Column::amount},
    Head{"总投资(万元)", Column::amount, AmountUnit::wan_yuan},
    Head{"总投资额", Column::amount, AmountUnit::none},
    Head{"总投资额(亿元)", Column::amount},
    Head{"总投资额(万元)", Column::amount, AmountUnit::wan_yuan},
    Head{"投资额(亿元)", Column::amount},
    Head{"投资额(万元)", Column::amount, AmountUnit::wan_yuan},
    Head{"jobs", Column::jobs},
    Head{"就业岗位", Column::jobs},
    Head{"就业", Column::jobs},
    Head{"就业人数", Column::jobs},
    Head{"岗位", Column::jobs},
    Head{"带动就业", Column::jobs},
    Head{"content", Column::content},
    Head{"建设内容", Column::content},
    Head{"内容", Column::content},
    Head{"status", Column::status},
    Head{"状态", Column::status},
    Head{"进展", Column::status},
    Head{"项目状态", Column::status},
    Head{"status_date", Column::status_date},
    Head{"状态日期", Column::status_date},
    Head{"进展日期", Column::status_date},
    Head{"in_place_yi", Column::in_place},
    Head{"到位资金", Column::in_place, AmountUnit::none},
    Head{"到位资金(亿元)", Column::in_place},
    Head{"到位资金(万元)", Column::in_place, AmountUnit::wan_yuan},
    Head{"source_url", Column::source_url},
    Head{"来源网址", Column::source_url},
    Head{"网址", Column::source_url},
    Head{"来源链接", Column::source_url},
    Head{"source_date", Column::source_date},
    Head{"来源日期", Column::source_date},
    Head{"发布日期", Column::source_date},
    Head{"source_kind", Column::source_kind},
    Head{"来源类别", Column::source_kind},
    Head{"source_title", Column::source_title},
    Head{"来源标题", Column::source_title},
    Head{"来源", Column::source_title},
    Head{"note", Column::note},
    Head{"备注", Column::note},
    Head{"说明", Column::note},
};

std::string normal_head(std::string_view head) {
  std::string normal;
  for (const char c : half_width(trimmed(head))) {
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t') continue;
    normal += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return normal;
}

constexpr std::array<Column, 3> kRequired = {Column::name, Column::unit, Column::status};

bool is_head_row(const CsvRecord& record) {
  std::array<bool, kColumns> seen{};
  for (const std::string& field : record.fields) {
    if (const auto meaning = head_meaning(field))
      seen[static_cast<std::size_t>(meaning->column)] = true;
  }
  return std::ranges::all_of(kRequired,
                             [&](Column column) { return seen[static_cast<std::size_t>(column)]; });
}

Remark file_fault(std::string address, Text why, Text help) {
  return {true, Reason::format, std::move(address), {}, std::move(why), std::move(help)};
}

void take_unit(const HeadMeaning& meaning, AmountUnit& amount, AmountUnit& in_place) {
  if (meaning.column == Column::amount) amount = meaning.unit;
  if (meaning.column == Column::in_place) in_place = meaning.unit;
}

// Where each column stands; a head that names a column a second time is a fault of the file.
void place_columns(const CsvRecord& heads, Sheet& sheet) {
  for (std::size_t i = 0; i < heads.fields.size(); ++i) {
    const auto meaning = head_meaning(heads.fields[i]);
    if (!meaning) {
      if (!trimmed(heads.fields[i]).empty()) sheet.not_read.push_back(heads.fields[i]);
      continue;
    }
    auto& place = sheet.places[static_cast<std::size_t>(meaning->column)];
    if (place) {
      sheet.faults.push_back(file_fault(cell_address(i + 1, heads.row),
                                        {"表头与 " + cell_address(*place, heads.row) + " 重复",
                                         "the same column as " + cell_address(*place, heads.row)},
                                        {"请只保留一列", "keep one of them"}));
      continue;
    }
    place = i + 1;
    take_unit(*meaning, sheet.amount_unit, sheet.in_place_unit);
  }
}

SheetRow sheet_row(const CsvRecord& record, std::size_t columns, const Sheet& sheet) {
  SheetRow row;
  row.row = record.row;
  row.amount_unit = sheet.amount_unit;
  row.in_place_unit = sheet.in_place_unit;
  for (const CsvFault& fault : record.faults) {
    row.remarks.push_back(
        {true, Reason::format, cell_address(fault.column, record.row), {}, fault.why, fault.help});
  }
  if (record.fields.size() != columns && record.faults.empty()) {
    row.remarks.push_back({true,
                           Reason::format,
                           cell_address(0, record.row),
                           {},
                           {"有 " + std::to_string(record.fields.size()) + " 个单元格，表头有 " +
                                std::to_string(columns) + " 个",
                            counted(record.fields.size(), "cell", "cells") +
                                " where the heads have " + std::to_string(columns)},
                           {"含逗号的文字须加引号", "quote texts that hold a comma"}});
  }
  for (std::size_t i = 0; i < kColumns; ++i) {
    const auto& place = sheet.places[i];
    if (place && *place <= record.fields.size()) row.cells[i] = record.fields[*place - 1];
  }
  return row;
}

Remark no_heads() {
  return file_fault(
      {},
      {"找不到表头：须有 项目名称（project_name）、承接单位（unit）、状态（status）三列",
       "no heads found: project_name, unit and status are needed"},
      {"请检查前 " + std::to_string(kTitleRowsMost + 1) + " 行",
       "look at the first " + std::to_string(kTitleRowsMost + 1) + " rows"});
}

}  // namespace

std::optional<HeadMeaning> head_meaning(std::string_view head) {
  const std::string normal = normal_head(head);
  const auto found = std::ranges::find(kHeads, std::string_view(normal), &Head::name);
  if (found == kHeads.end()) return std::nullopt;
  return HeadMeaning{found->column, found->unit};
}

std::string_view column_name(Column column) {
  return std::ranges::find(kHeads, column, &Head::column)->name;
}

std::string Sheet::address(Column column, std::size_t row) const {
  if (!is_csv) return std::to_string(row) + ':' + std::string(column_name(column));
  return cell_address(places[static_cast<std::size_t>(column)].value_or(0), row);
}

Sheet read_csv_sheet(std::string_view text, const CsvLimits& limits) {
  Sheet sheet;
  const CsvText csv = read_csv(text, limits);
  for (const CsvFault& fault : csv.faults) {
    sheet.faults.push_back(file_fault({}, fault.why, fault.help));
  }
  if (!sheet.faults.empty()) return sheet;
  const auto begin = csv.records.begin();
  const auto searched =
      begin + static_cast<std::ptrdiff_t>(std::min(csv.records.size(), kTitleRowsMost + 1));
  const auto heads = std::find_if(begin, searched, is_head_row);
  if (heads == searched) {
    sheet.faults.push_back(no_heads());
    return sheet;
  }
  for (const CsvFault& fault : heads->faults) {
    sheet.faults.push_back(
        file_fault(cell_address(fault.column, heads->row), fault.why, fault.help));
  }
  place_columns(*heads, sheet);
  for (auto record = heads + 1; record != csv.records.end(); ++record) {
    sheet.rows.push_back(sheet_row(*record, heads->fields.size(), sheet));
  }
  return sheet;
}

namespace {

// One line's object into cells; what is no text and no number is a fault of its cell.
void take_members(const json::Node& object, Sheet& sheet, SheetRow& row) {
  std::array<bool, kColumns> taken{};
  for (const json::Node* member = object.first; member != nullptr; member = member->next) {
    const auto meaning = head_meaning(member->key);
    if (!meaning) {
      if (std::ranges::find(sheet.not_read, member->key) == sheet.not_read.end()) {
        sheet.not_read.push_back(member->key);
      }
      continue;
    }
    const auto index = static_cast<std::size_t>(meaning->column);
    const std::string address = std::to_string(row.row) + ':' + member->key;
    const auto refuse = [&](Text why, Text help) {
      row.remarks.push_back(
          {true, Reason::format, address, member->text, std::move(why), std::move(help)});
    };
    if (std::exchange(taken[index], true)) {
      refuse({"同一列写了两次", "the same column twice"}, {"请只保留一个", "keep one"});
    } else if (member->kind == json::Node::Kind::string ||
               member->kind == json::Node::Kind::number) {
      row.cells[index] = member->text;
      take_unit(*meaning, row.amount_unit, row.in_place_unit);
    } else if (member->kind != json::Node::Kind::null) {
      refuse({"须为文字、数字或 null", "must be a text, a number or null"}, {});
    }
  }
}

}  // namespace

Sheet read_ndjson_sheet(std::string_view text, const CsvLimits& limits) {
  Sheet sheet;
  sheet.is_csv = false;
  if (text.size() > limits.file_bytes_max) {
    const std::string most = std::to_string(limits.file_bytes_max >> 20) + " MiB";
    sheet.faults.push_back(file_fault({}, {"文件超过 " + most, "the file is larger than " + most},
                                      {"请拆分为多个文件", "split the file"}));
    return sheet;
  }
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) continue;
    if (sheet.rows.size() == limits.rows_count_max) {
      const std::string most = std::to_string(limits.rows_count_max);
      sheet.faults.push_back(file_fault({},
                                        {"超过 " + most + " 行", "more than " + most + " lines"},
                                        {"请拆分为多个文件", "split the file"}));
      return sheet;
    }
    SheetRow row;
    row.row = number;
    std::vector<json::JsonError> errors;
    const json::Document document(line, {}, errors);
    for (const json::JsonError& error : errors) {
      row.remarks.push_back(
          {true, Reason::format, std::to_string(number), error.pointer, {error.zh, error.en}, {}});
    }
    if (errors.empty() && document.root().kind != json::Node::Kind::object) {
      row.remarks.push_back({true,
                             Reason::format,
                             std::to_string(number),
                             {},
                             {"须为 JSON 对象", "must be a JSON object"},
                             {}});
    } else if (errors.empty()) {
      take_members(document.root(), sheet, row);
    }
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

}  // namespace silkledger::cli
