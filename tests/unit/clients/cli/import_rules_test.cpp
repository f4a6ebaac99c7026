// The rules of the import on made-up rows: what goes in, what is refused, and where.
#include <gtest/gtest.h>

#include "clients/cli/import/wording.h"
#include "domain/schema/projects.json.h"
#include "tests/unit/clients/cli/import_fixture.h"

namespace silkledger::testing {
namespace {

using cli::ImportPlan;
using cli::Outcome;
using cli::Reason;
using cli::Remark;

TEST(ImportRules, AClearRowBecomesTheEntryThatItSays) {
  const ImportPlan plan = plan_of(one_row(
      {"total_investment_yi=１．２", "jobs=300余人", "status=在建(主体封顶)", "in_place_yi=0.5"}));
  ASSERT_EQ(plan.accepted(), 1U);
  const auto read = json::from_json<schema::ProjectOpeningRecorded>(plan.rows[0].body);
  const auto* sent = std::get_if<schema::ProjectOpeningRecorded>(&read);
  ASSERT_NE(sent, nullptr);
  EXPECT_EQ(*sent, plan.rows[0].judged.opening);
  EXPECT_EQ(sent->unit_id, "u-1");
  EXPECT_EQ(sent->stage, schema::OpeningStage::under_construction);
  EXPECT_EQ(sent->status_text, "在建(主体封顶)");
  EXPECT_EQ(sent->status_date, "2024-03");
  EXPECT_EQ(sent->amount, (schema::Money{12'000'000'000, schema::Qualifier::exact}));
  EXPECT_EQ(sent->jobs, (schema::Count{300, schema::Qualifier::over}));
  EXPECT_EQ(sent->in_place, (schema::Money{5'000'000'000, schema::Qualifier::exact}));
  EXPECT_EQ(sent->source.title, "example.test");
  EXPECT_EQ(sent->project_id, plan.rows[0].project_id);
  EXPECT_EQ(sent->batch, std::nullopt);
}

struct RefusedCase {
  std::string_view cell;
  Reason reason;
  std::string_view column;
};

TEST(ImportRules, WhatIsAmbiguousOrOutsideIsRefusedAtItsCell) {
  const RefusedCase cases[] = {
      {"unit=", Reason::unit, "unit"},
      {"unit=示例", Reason::unit, "unit"},
      {"unit=示例县城", Reason::unit, "unit"},
      {"unit=重名县", Reason::unit, "unit"},
      {"unit=关闭县", Reason::unit, "unit"},
      {"unit=示例办公室", Reason::unit, "unit"},
      {"unit=示例县、样本市", Reason::bundle, "unit"},
      {"unit=和田地区某县", Reason::outside, "unit"},
      {"unit=兵团第三师", Reason::outside, "unit"},
      {"project_name=", Reason::format, "project_name"},
      {"project_name=12个集中开工项目", Reason::bundle, "project_name"},
      {"project_name=绝密★10年测试项目", Reason::format, "project_name"},
      {"investor=8家企业", Reason::bundle, "investor"},
      {"note=三县打捆实施", Reason::bundle, "note"},
      {"content=含四个子项目", Reason::bundle, "content"},
      {"status=框架协议", Reason::framework, "status"},
      {"note=双方签订战略合作协议", Reason::framework, "note"},
      {"note=财政资金建设的办公楼", Reason::not_promotion, "note"},
      {"note=不可重复计数，见总项目", Reason::phase, "note"},
      {"note=疑似重复", Reason::duplicate, "note"},
      {"note=属地存疑", Reason::unit, "note"},
      {"status=", Reason::status, "status"},
      {"status=顺利", Reason::status, "status"},
      {"status=计划投产", Reason::status, "status"},
      {"status_date=9/20/2023", Reason::format, "status_date"},
      {"total_investment_yi=数亿", Reason::format, "total_investment_yi"},
      {"total_investment_yi=3亿美元", Reason::format, "total_investment_yi"},
      {"total_investment_yi=1-2", Reason::format, "total_investment_yi"},
      {"total_investment_yi=0", Reason::value, "total_investment_yi"},
      {"total_investment_yi=30000", Reason::value, "total_investment_yi"},
      {"jobs=若干", Reason::format, "jobs"},
      {"jobs=100000", Reason::value, "jobs"},
      {"source_url=example.test/a", Reason::source, "source_url"},
  };
  for (const RefusedCase& wanted : cases) {
    const std::string csv = one_row({wanted.cell});
    const cli::Sheet sheet = cli::read_csv_sheet(csv);
    const auto plan = cli::plan_import(sheet, made_up_units(), "");
    const Remark* refusal = plan.rows[0].judged.refusal();
    ASSERT_NE(refusal, nullptr) << wanted.cell;
    EXPECT_EQ(refusal->reason, wanted.reason) << wanted.cell << ": " << refusal->why.zh;
    const auto column = cli::head_meaning(wanted.column)->column;
    EXPECT_EQ(refusal->address, sheet.address(column, 2)) << wanted.cell;
    EXPECT_FALSE(refusal->why.zh.empty() || refusal->why.en.empty()) << wanted.cell;
    EXPECT_TRUE(plan.rows[0].body.empty()) << wanted.cell;
  }
}

TEST(ImportRules, EveryFaultOfARowIsTold) {
  const ImportPlan plan = plan_of(one_row({"unit=某地", "jobs=若干", "status_date=昨天"}));
  std::size_t refused = 0;
  for (const Remark& remark : plan.rows[0].judged.remarks) refused += remark.refuses ? 1 : 0;
  EXPECT_EQ(refused, 3U);
}

TEST(ImportRules, WordsBehindANegationDoNotCount) {
  for (const char* note : {"note=非打捆项目", "note=不是框架协议", "note=与邻县项目同日开工",
                           "note=5个项目合计16.6亿元之一", "note=一家企业投资"}) {
    EXPECT_EQ(plan_of(one_row({note})).accepted(), 1U) << note;
  }
}

TEST(ImportRules, TheNotesQualifierOfTheSameNumberIsKept) {
  const auto amount = [](std::string_view cell, std::string_view note) {
    const auto plan = plan_of(one_row({cell, note}));
    return plan.rows[0].judged.refused() ? std::optional<schema::Money>()
                                         : plan.rows[0].judged.opening.amount;
  };
  using schema::Money;
  using schema::Qualifier;
  constexpr std::int64_t kTenYi = 100'000'000'000;
  EXPECT_EQ(amount("total_investment_yi=10", "note=投资写作“超10亿元”"),
            (Money{kTenYi, Qualifier::over}));
  EXPECT_EQ(amount("total_investment_yi=10", "note=总投资约10亿元"),
            (Money{kTenYi, Qualifier::about}));
  EXPECT_EQ(amount("total_investment_yi=10", "note=投资10亿元以上"),
            (Money{kTenYi, Qualifier::at_least}));
  EXPECT_EQ(amount("total_investment_yi=10", "note=另有约8亿元贷款"),
            (Money{kTenYi, Qualifier::exact}));
  EXPECT_EQ(amount("total_investment_yi=约10", "note=约10亿元"), (Money{kTenYi, Qualifier::about}));
  EXPECT_EQ(amount("total_investment_yi=约10", "note=超10亿元"), std::nullopt) << "two claims";
  EXPECT_EQ(amount("total_investment_yi=12", "note=投资写作“超10亿元”"), std::nullopt)
      << "contradiction";
  EXPECT_EQ(amount("total_investment_yi=4", "note=与另一企业合计投资4亿元，未分列"), std::nullopt);
  EXPECT_EQ(amount("total_investment_yi=16.6", "note=5个项目合计16.6亿元之一"), std::nullopt);
}

TEST(ImportRules, AmountsThatWereNotSplitMayStayEmpty) {
  const ImportPlan plan = plan_of(one_row(
      {"total_investment_yi=", "jobs=", "note=与另一企业合计投资4亿元、岗位6000余个，未分列"}));
  ASSERT_EQ(plan.accepted(), 1U);
  EXPECT_EQ(plan.rows[0].judged.opening.amount, std::nullopt);
}

TEST(ImportRules, WhatIsOnlyDoubtfulGoesInWithAWarning) {
  struct Case {
    std::string_view cell, note;
  };
  const Case cases[] = {{"jobs=1000", "note=就业为上下游带动数"},
                        {"status_date=2012-12", "note=年份据上下文推定"},
                        {"status=已竣工", "note="},
                        {"in_place_yi=4", "note="},
                        {"jobs=", "note=名称未核实"}};
  for (const Case& one : cases) {
    const ImportPlan plan = plan_of(one_row({one.cell, one.note}));
    EXPECT_EQ(plan.accepted(), 1U) << one.cell;
    EXPECT_EQ(plan.rows[0].judged.remarks.size(), 1U) << one.cell;
  }
  EXPECT_EQ(plan_of(one_row({"jobs=1000", "note=就业为上下游带动数"})).rows[0].judged.opening.jobs,
            std::nullopt);
}

TEST(ImportRules, ARowTwiceGoesInOnceAndUnequalTwinsNotAtAll) {
  const std::string heads = "project_name,unit,status,source_kind,note\n";
  const auto same = plan_of(heads + "测试项目,示例县,在建,media,\n测试项目,示例县,在建,media,\n");
  EXPECT_EQ(same.accepted(), 1U);
  EXPECT_EQ(same.rows[1].judged.refusal()->reason, Reason::duplicate);
  const auto twins =
      plan_of(heads + "测试（项目）,示例县,在建,media,\n测试项目,示县,已投产,media,\n");
  EXPECT_EQ(twins.accepted(), 0U);
  EXPECT_NE(twins.rows[0].judged.refusal()->why.zh.find("第 3 行"), std::string::npos);
  const auto elsewhere =
      plan_of(heads + "测试项目,示例县,在建,media,\n测试项目,样本市,在建,media,\n");
  EXPECT_EQ(elsewhere.accepted(), 2U);
  EXPECT_NE(elsewhere.rows[0].project_id, elsewhere.rows[1].project_id);
}

TEST(ImportRules, PhasesBesideTheirTotalAreRefusedAndPhasesAloneAreNot) {
  const std::string heads = "project_name,unit,investor,status,source_kind,note\n";
  const auto beside =
      plan_of(heads + "测试电站,示例县,甲,在建,media,\n测试电站一期,示例县,甲,在建,media,\n");
  EXPECT_FALSE(beside.rows[0].judged.refused());
  EXPECT_EQ(beside.rows[1].judged.refusal()->reason, Reason::phase);
  EXPECT_EQ(plan_of(heads + "测试电站一期,示例县,甲,在建,media,\n").accepted(), 1U);
  EXPECT_EQ(
      plan_of(heads + "测试电站一期,示例县,甲,在建,media,\n测试电站二期,示例县,甲,在建,media,\n")
          .accepted(),
      2U);
}

TEST(ImportRules, ASuspectedDoubleIsFoundByItsQuotedName) {
  const auto plan = plan_of(
      "project_name,unit,status,source_kind,note\n测试砖厂,示例县,在建,media,\n"
      "测试建材,示例县,在建,media,与“测试砖厂”疑为同一项目\n");
  EXPECT_EQ(plan.accepted(), 1U);
  EXPECT_NE(plan.rows[1].judged.remarks.back().why.zh.find("第 2 行"), std::string::npos);
}

TEST(ImportRules, AnotherBatchIsAnotherCommandForTheSameProject) {
  const cli::Sheet sheet = cli::read_csv_sheet(one_row({}));
  const auto first = cli::plan_import(sheet, made_up_units(), "");
  const auto second = cli::plan_import(sheet, made_up_units(), "b-2");
  EXPECT_EQ(first.rows[0].project_id, second.rows[0].project_id);
  EXPECT_NE(first.rows[0].command_id, second.rows[0].command_id);
  EXPECT_EQ(second.rows[0].judged.opening.batch, "b-2");
}

TEST(ImportRules, NdjsonRowsAreJudgedLikeCsvRows) {
  const cli::Sheet sheet = cli::read_ndjson_sheet(
      "{\"project_name\":\"测试项目\",\"unit\":\"示县\",\"status\":\"在建\",\"source_kind\":"
      "\"media\","
      "\"总投资(万元)\":\"约5000\"}\n"
      "{\"project_name\":\"二号\",\"unit\":\"示县\",\"status\":\"在建\",\"source_kind\":\"media\","
      "\"jobs\":1.5}\n");
  const auto plan = cli::plan_import(sheet, made_up_units(), "");
  EXPECT_EQ(plan.rows[0].judged.opening.amount,
            (schema::Money{5'000'000'000, schema::Qualifier::about}));
  EXPECT_EQ(plan.rows[1].judged.refusal()->address, "2:jobs");
}

TEST(ImportReport, HoldsEveryRowAndNoFormula) {
  const auto plan = plan_of(one_row({"project_name=@测试,项目", "unit=某地"}));
  const std::string csv = cli::report_csv(plan, {{Outcome::refused, {}, {}}});
  EXPECT_TRUE(csv.starts_with(cli::kByteOrderMark));
  const cli::CsvText read = cli::read_csv(csv);
  ASSERT_EQ(read.records.size(), 2U);
  EXPECT_EQ(read.records[0].fields.size(), read.records[1].fields.size());
  EXPECT_EQ(read.records[1].fields[0], "2");
  EXPECT_EQ(read.records[1].fields[1], "'@测试,项目");
  EXPECT_EQ(read.records[1].fields[3], "refused");
}

TEST(ImportReport, SumsUpByOutcomeAndReason) {
  const auto plan = plan_of(one_row({"unit=某地"}));
  const auto zh = cli::summary_lines(plan, {{Outcome::refused, {}, {}}}, cli::Lang::zh);
  ASSERT_EQ(zh.size(), 2U);
  EXPECT_EQ(zh[0], "共 1 行");
  EXPECT_EQ(zh[1], "  未录入 1（承接单位 1）");
  EXPECT_EQ(cli::summary_lines(plan, {{Outcome::refused, {}, {}}}, cli::Lang::en)[0], "1 row");
}

TEST(Wording, AmountsInTextsAreReadAsLongAsTheyGo) {
  const auto found = cli::written_amounts("5个项目合计16.6亿元之一，其中“1亿多元”，另2600万元");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].text, "16.6亿元");
  EXPECT_EQ(found[1].amount.qualifier, Qualifier::over);
  EXPECT_EQ(found[2].amount.fen, 2'600'000'000);
}

}  // namespace
}  // namespace silkledger::testing
