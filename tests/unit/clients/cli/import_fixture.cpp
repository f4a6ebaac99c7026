#include "tests/unit/clients/cli/import_fixture.h"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <sstream>

#include "clients/cli/import/csv.h"

namespace silkledger::testing {
namespace {

namespace js = boost::json;

std::string as_answer(js::array rows) {
  return js::serialize(js::object{{"view", "unit"}, {"rows", std::move(rows)}});
}

}  // namespace

std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

cli::UnitBook published_units() {
  std::istringstream lines(file_text("domain/rules/units.ndjson"));
  js::array rows;
  for (std::string line; std::getline(lines, line);) {
    js::object row = js::parse(line).at("body").as_object();
    const js::string kind = row.at("kind").as_string();
    row["receives"] = kind == "zone" || kind == "county";
    rows.push_back(std::move(row));
  }
  cli::UnitBook units;
  EXPECT_TRUE(units.add(as_answer(std::move(rows))));
  return units;
}

cli::UnitBook made_up_units() {
  cli::UnitBook units;
  EXPECT_TRUE(units.add(R"({"view":"unit","rows":[
    {"unitId":"u-1","name":"示例县","receives":true,"aliases":["示县"]},
    {"unitId":"u-2","name":"样本市","receives":true,"aliases":[]},
    {"unitId":"u-3","name":"重名县","receives":true,"aliases":[]},
    {"unitId":"u-4","name":"另一县","receives":true,"aliases":["重名县"]},
    {"unitId":"u-5","name":"关闭县","receives":true,"validUntil":"2020-01-01","aliases":[]},
    {"unitId":"u-6","name":"示例办公室","receives":false,"aliases":[]}]})"));
  return units;
}

cli::ImportPlan plan_of(std::string_view csv) {
  const cli::Sheet sheet = cli::read_csv_sheet(csv);
  EXPECT_TRUE(sheet.faults.empty());
  return cli::plan_import(sheet, made_up_units(), "");
}

std::string one_row(std::initializer_list<std::string_view> cells) {
  std::map<std::string, std::string> row = {{"project_name", "测试项目"},
                                            {"unit", "示例县"},
                                            {"investor", "测试企业"},
                                            {"total_investment_yi", "3"},
                                            {"jobs", ""},
                                            {"content", "测试内容"},
                                            {"status", "已签约"},
                                            {"status_date", "2024-03"},
                                            {"in_place_yi", ""},
                                            {"source_url", "https://example.test/a"},
                                            {"source_date", "2024-03-01"},
                                            {"source_kind", "media"},
                                            {"note", ""}};
  for (const std::string_view cell : cells) {
    const std::size_t equals = cell.find('=');
    row[std::string(cell.substr(0, equals))] = cell.substr(equals + 1);
  }
  std::string heads;
  std::string line;
  for (const auto& [head, text] : row) {
    heads += (heads.empty() ? "" : ",") + head;
    line += (line.empty() ? "" : ",") + ('"' + text + '"');
  }
  return heads + '\n' + line + '\n';
}

}  // namespace silkledger::testing
