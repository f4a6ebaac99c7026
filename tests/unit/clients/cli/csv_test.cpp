// CSV by RFC 4180, and sheets of named columns from CSV and NDJSON.
#include "clients/cli/import/csv.h"

#include <gtest/gtest.h>

#include "clients/cli/import/dates.h"
#include "clients/cli/import/sheet.h"

namespace silkledger::testing {
namespace {

using cli::Column;
using cli::CsvText;
using cli::read_csv;
using Fields = std::vector<std::string>;

TEST(Csv, ReadsQuotesLineBreaksAndBothLineEnds) {
  const CsvText csv = read_csv(
      "\xEF\xBB\xBF"
      "a,b,c\r\n\"x,1\",\"he said \"\"no\"\"\",\"two\r\nlines\"\n,,\n\nlast,1,2");
  ASSERT_TRUE(csv.faults.empty());
  ASSERT_EQ(csv.records.size(), 4U);
  EXPECT_EQ(csv.records[0].fields, (Fields{"a", "b", "c"}));
  EXPECT_EQ(csv.records[1].fields, (Fields{"x,1", "he said \"no\"", "two\r\nlines"}));
  EXPECT_EQ(csv.records[2].fields, (Fields{"", "", ""}));
  EXPECT_EQ(csv.records[3].fields, (Fields{"last", "1", "2"}));
  EXPECT_EQ(csv.records[3].row, 5U) << "a blank line keeps its number";
}

TEST(Csv, NamesTheCellAtFaultAndGoesOn) {
  const CsvText csv = read_csv("a,b\n1,x\"y\n\"q\"z,2\n1,\r2\n3,4\n");
  ASSERT_EQ(csv.records.size(), 5U);
  const auto address = [&](std::size_t record) {
    EXPECT_EQ(csv.records[record].faults.size(), 1U);
    return cli::cell_address(csv.records[record].faults[0].column, csv.records[record].row);
  };
  EXPECT_EQ(address(1), "B2");
  EXPECT_EQ(address(2), "A3");
  EXPECT_EQ(address(3), "B4");
  EXPECT_TRUE(csv.records[4].faults.empty());
}

TEST(Csv, AnOpenQuoteIsToldWhereItBegan) {
  const CsvText csv = read_csv("a,b\n1,2\n3,\"open\n4,5\n");
  ASSERT_EQ(csv.records.size(), 3U);
  ASSERT_EQ(csv.records[2].faults.size(), 1U);
  EXPECT_EQ(csv.records[2].faults[0].column, 2U);
  EXPECT_EQ(csv.records[2].row, 3U);
}

TEST(Csv, LimitsAreNamed) {
  const cli::CsvLimits limits{100, 3, 2, 5};
  EXPECT_EQ(read_csv(std::string(101, 'a'), limits).faults.size(), 1U);
  EXPECT_EQ(read_csv("1\n2\n3\n4\n", limits).faults.size(), 1U);
  EXPECT_EQ(read_csv("1\n2\n3\n", limits).faults.size(), 0U);
  const CsvText wide = read_csv("1,2,3,4\n1,2\n", limits);
  EXPECT_EQ(wide.records[0].faults.size(), 1U);
  EXPECT_TRUE(wide.records[1].faults.empty());
  EXPECT_EQ(read_csv("123456,1\n", limits).records[0].faults.size(), 1U);
  EXPECT_NE(read_csv("123456,1\n", limits).records[0].faults[0].why.en.find("5 bytes"),
            std::string::npos);
}

TEST(Csv, OnlyUtf8IsRead) {
  const CsvText csv = read_csv("a\nb\n\xCF\xEE\xC4\xBF\n");
  ASSERT_EQ(csv.faults.size(), 1U);
  EXPECT_NE(csv.faults[0].why.zh.find("第 3 行"), std::string::npos);
}

TEST(Csv, EveryTextEnds) {
  // All texts of up to six of these characters: the reader must come to an end on each.
  constexpr std::string_view kAlphabet = "\"a,\n\r";
  for (std::size_t number = 0; number < 15'625; ++number) {
    std::string text;
    for (std::size_t rest = number, i = 0; i < 6; ++i, rest /= 5) text += kAlphabet[rest % 5];
    EXPECT_LE(read_csv(text).records.size(), 7U) << text;
  }
}

TEST(Csv, AddressesAreThoseOfSpreadsheets) {
  EXPECT_EQ(cli::cell_address(5, 7), "E7");
  EXPECT_EQ(cli::cell_address(26, 1), "Z1");
  EXPECT_EQ(cli::cell_address(27, 1), "AA1");
  EXPECT_EQ(cli::cell_address(703, 2), "AAA2");
  EXPECT_EQ(cli::cell_address(0, 9), "9");
}

TEST(Csv, WhatIsWrittenIsNoFormulaAndReadsBack) {
  EXPECT_EQ(cli::csv_field("=1+1"), "'=1+1");
  EXPECT_EQ(cli::csv_field("@x"), "'@x");
  EXPECT_EQ(cli::csv_field("-3"), "'-3");
  EXPECT_EQ(cli::csv_field("a,\"b\""), "\"a,\"\"b\"\"\"");
  EXPECT_EQ(read_csv(cli::csv_field("a,\"b\"\nc") + ",x\n").records[0].fields,
            (Fields{"a,\"b\"\nc", "x"}));
}

TEST(Sheet, FindsColumnsByNameInAnyOrderAndLanguage) {
  const cli::Sheet sheet = cli::read_csv_sheet(
      "全县项目一览表,,,\r\n状 "
      "态,项目名称,总投资（万元）,承接单位,随便\r\n在建,测试项目,30000,示例县,x\r\n");
  ASSERT_TRUE(sheet.faults.empty());
  ASSERT_EQ(sheet.rows.size(), 1U);
  EXPECT_EQ(sheet.rows[0][Column::name], "测试项目");
  EXPECT_EQ(sheet.rows[0][Column::status], "在建");
  EXPECT_EQ(sheet.rows[0].amount_unit, AmountUnit::wan_yuan);
  EXPECT_EQ(sheet.address(Column::amount, 3), "C3");
  EXPECT_EQ(sheet.not_read, (Fields{"随便"}));
}

TEST(Sheet, HeadsThatAreMissingOrTwiceRefuseTheFile) {
  EXPECT_EQ(cli::read_csv_sheet("a,b\n1,2\n").faults.size(), 1U);
  EXPECT_EQ(cli::read_csv_sheet("").faults.size(), 1U);
  const cli::Sheet twice = cli::read_csv_sheet("project_name,unit,status,状态\n1,2,3,4\n");
  ASSERT_EQ(twice.faults.size(), 1U);
  EXPECT_EQ(twice.faults[0].address, "D1");
}

TEST(Sheet, ARowOfAnotherLengthIsRefusedAsARow) {
  const cli::Sheet sheet = cli::read_csv_sheet("project_name,unit,status\na,b\na,b,c\n");
  EXPECT_EQ(sheet.rows[0].remarks.size(), 1U);
  EXPECT_EQ(sheet.rows[0].remarks[0].address, "2");
  EXPECT_TRUE(sheet.rows[1].remarks.empty());
}

TEST(Sheet, ReadsNdjsonWithTheSameNamesAndTheDigitsAsWritten) {
  const cli::Sheet sheet = cli::read_ndjson_sheet(
      "{\"project_name\":\"测试项目\",\"unit\":\"示例县\",\"status\":\"在建\","
      "\"total_investment_yi\":0.10,\"jobs\":null}\n\n"
      "{\"项目名称\":\"二\",\"总投资(万元)\":\"500\",\"jobs\":[1]}\n[]\n{\"unit\":\n");
  ASSERT_EQ(sheet.rows.size(), 4U);
  EXPECT_EQ(sheet.rows[0][Column::amount], "0.10");
  EXPECT_EQ(sheet.rows[0][Column::jobs], "");
  EXPECT_TRUE(sheet.rows[0].remarks.empty());
  EXPECT_EQ(sheet.rows[1].amount_unit, AmountUnit::wan_yuan);
  ASSERT_EQ(sheet.rows[1].remarks.size(), 1U);
  EXPECT_EQ(sheet.rows[1].remarks[0].address, "3:jobs");
  EXPECT_EQ(sheet.rows[2].remarks.size(), 1U);
  EXPECT_EQ(sheet.rows[3].remarks.size(), 1U);
  EXPECT_EQ(sheet.address(Column::amount, 1), "1:total_investment_yi");
}

TEST(Dates, WhatIsClearIsReadAndWhatIsNotIsLeft) {
  const auto date = [](std::string_view text) { return cli::partial_date(text).value_or("—"); };
  EXPECT_EQ(date("2023-09-20"), "2023-09-20");
  EXPECT_EQ(date("2023年9月20日"), "2023-09-20");
  EXPECT_EQ(date("２０２３．９"), "2023-09");
  EXPECT_EQ(date("2023/9/2"), "2023-09-02");
  EXPECT_EQ(date("2012年"), "2012");
  for (const char* unclear : {"9/20/2023", "45189", "2023-13", "2023-02-30", "去年九月", "23-09",
                              "2023-", "2023--09", "2023-9-2-1", ""}) {
    EXPECT_EQ(date(unclear), unclear == std::string_view("2023-") ? "2023" : "—") << unclear;
  }
}

}  // namespace
}  // namespace silkledger::testing
