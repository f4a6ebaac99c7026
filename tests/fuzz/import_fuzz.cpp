// A file to import, CSV or NDJSON: every text gives rows and remarks, the same each time; what
// would be sent is a command that the server can read; and the report is CSV again.
#include <string>

#include "clients/cli/import/plan.h"
#include "domain/schema/projects.json.h"
#include "tests/fuzz/json_round_trip.h"

namespace silkledger::fuzz {
namespace {

using namespace cli;

// Small, so that they are reached.
constexpr CsvLimits kLimits{
    .file_bytes_max = 4000, .rows_count_max = 20, .columns_count_max = 20, .field_bytes_max = 300};

const UnitBook& units() {
  static const UnitBook book = [] {
    UnitBook made;
    expect(made.add(R"({"view":"unit","rows":[
      {"unitId":"u-1","name":"示例县","receives":true,"aliases":["示县"]},
      {"unitId":"u-3","name":"重名县","receives":true,"aliases":[]},
      {"unitId":"u-4","name":"另一县","receives":true,"aliases":["重名县"]}]})"),
           "the book of units is readable");
    return made;
  }();
  return book;
}

// What a spreadsheet would take for a formula gets an apostrophe, and that alone.
bool same_field(const std::string& written, const std::string& read) {
  return read == written || read == "'" + written;
}

void expect_written_again(const CsvText& csv) {
  for (const CsvRecord& record : csv.records) {
    if (!record.faults.empty()) continue;
    std::string line;
    for (const std::string& field : record.fields) {
      line += (line.empty() ? "" : ",") + csv_field(field);
      if (line.empty()) line = "\"\"";
    }
    const CsvText again = read_csv(line + "\r\n");
    expect(again.faults.empty() && again.records.size() <= 1, "a written record is one record");
    if (again.records.empty()) continue;  // blank lines are none
    expect(
        std::equal(record.fields.begin(), record.fields.end(), again.records.front().fields.begin(),
                   again.records.front().fields.end(), same_field),
        "fields come back from what was written");
  }
}

void expect_plan(const Sheet& sheet) {
  const ImportPlan plan = plan_import(sheet, units(), "");
  const ImportPlan again = plan_import(sheet, units(), "");
  expect(plan.rows.size() == sheet.rows.size(), "every row has a verdict");
  for (std::size_t i = 0; i < plan.rows.size(); ++i) {
    const PlannedRow& row = plan.rows[i];
    expect(row.body == again.rows[i].body && row.command_id == again.rows[i].command_id,
           "planning twice gives the same");
    expect(row.judged.refused() == row.body.empty(), "a refused row sends nothing");
    if (row.judged.refused()) {
      expect(!row.judged.refusal()->why.zh.empty() && !row.judged.refusal()->why.en.empty(),
             "a refused row has its reason");
    } else {
      expect(round_trip<schema::ProjectOpeningRecorded>(row.body),
             "the server can read the command");
    }
  }
  const CsvText report = read_csv(report_csv(plan, std::vector<RowResult>(plan.rows.size())),
                                  {.field_bytes_max = 1 << 20});
  expect(report.faults.empty(), "the report is readable");
  expect(report.records.size() == plan.rows.size() + 1, "the report has a line for each row");
}

void import(std::string_view text) {
  expect_written_again(read_csv(text, kLimits));
  for (const Sheet& sheet : {read_csv_sheet(text, kLimits), read_ndjson_sheet(text, kLimits)}) {
    expect(sheet.rows.size() <= kLimits.rows_count_max, "rows keep their limit");
    if (sheet.faults.empty()) expect_plan(sheet);
  }
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::import(silkledger::fuzz::text_of(data, size));
  return 0;
}
