// The import over the published projects, against what a person judged each row to be.
#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <set>

#include "tests/unit/clients/cli/import_fixture.h"

namespace silkledger::testing {
namespace {

using cli::ImportPlan;
using cli::PlannedRow;
using cli::Reason;

struct Judgement {
  std::string scope, kind;
};

class PublishedProjects : public ::testing::Test {
 protected:
  void SetUp() override {
    text_ = file_text("tests/data/published/projects.csv");
    const cli::Sheet sheet = cli::read_csv_sheet(text_);
    ASSERT_TRUE(sheet.faults.empty());
    not_read_ = sheet.not_read;
    plan_ = cli::plan_import(sheet, published_units(), "");
    const cli::CsvText csv = cli::read_csv(text_);
    for (std::size_t i = 1; i < csv.records.size(); ++i) {
      const auto& fields = csv.records[i].fields;
      judged_.push_back({fields[fields.size() - 2], fields[fields.size() - 1]});
    }
    ASSERT_EQ(judged_.size(), plan_.rows.size());
  }

  static std::string why(const PlannedRow& row) {
    std::string text = row.judged.name;
    for (const std::string& line : cli::remark_lines(row.judged, cli::Lang::zh))
      text += "\n  " + line;
    return text;
  }

  const PlannedRow& row_named(const std::string& name) const {
    for (const PlannedRow& row : plan_.rows) {
      if (row.judged.name == name) return row;
    }
    ADD_FAILURE() << name;
    return plan_.rows.front();
  }

  std::string text_;
  std::vector<std::string> not_read_;
  std::vector<Judgement> judged_;
  ImportPlan plan_;
};

TEST_F(PublishedProjects, AreJudgedAsAPersonJudgedThem) {
  std::map<std::string, std::map<std::string, int>> confusion;
  for (std::size_t i = 0; i < judged_.size(); ++i) {
    const PlannedRow& row = plan_.rows[i];
    const bool in = !row.judged.refused();
    const std::string verdict =
        in ? "accepted" : cli::reason_words(row.judged.refusal()->reason).en;
    ++confusion[judged_[i].scope + "/" + judged_[i].kind][verdict];
    if (judged_[i].scope != "kashgar" || judged_[i].kind != "project") {
      EXPECT_FALSE(in) << why(row);
    }
  }
  for (const auto& [judgement, verdicts] : confusion) {
    std::cout << judgement << ":";
    for (const auto& [verdict, count] : verdicts) std::cout << "  " << verdict << " " << count;
    std::cout << '\n';
  }
  EXPECT_EQ(plan_.rows.size(), 83U);
  EXPECT_EQ(plan_.accepted(), 43U);
  // Two of the 45 are refused on purpose: see the next test.
  EXPECT_EQ((confusion["kashgar/project"]),
            (std::map<std::string, int>{{"accepted", 43}, {"status", 1}, {"unit", 1}}));
  EXPECT_EQ((confusion["kashgar/bundle"]), (std::map<std::string, int>{{"bundle", 2}}));
  EXPECT_EQ((confusion["kashgar/phase"]),
            (std::map<std::string, int>{{"phase of another row", 2}}));
  EXPECT_EQ((confusion["kashgar/framework"]),
            (std::map<std::string, int>{{"framework agreement", 1}}));
  EXPECT_EQ((confusion["kashgar/suspected_duplicate"]),
            (std::map<std::string, int>{{"duplicate", 1}}));
  EXPECT_EQ((confusion["kashgar/not_investment_promotion"]),
            (std::map<std::string, int>{{"not investment promotion", 4}}));
  for (const char* outside : {"xinjiang_other/project", "xinjiang_other/bundle",
                              "xinjiang_other/framework", "xpcc/project"}) {
    EXPECT_EQ(confusion[outside].size(), 1U) << outside;
    EXPECT_GT(confusion[outside]["outside the prefecture"], 0) << outside;
  }
}

TEST_F(PublishedProjects, WhatTheirAuthorPresumedIsNotEntered) {
  // The county was inferred from who aids whom.
  const PlannedRow& unit = row_named("Jining Zhongxing 手套服装车间");
  EXPECT_EQ(unit.judged.refusal()->reason, Reason::unit);
  // A plan to connect the plant tells neither that it was built nor that it was not.
  const PlannedRow& status = row_named("浙能国综塔什库尔干50兆瓦光伏发电项目");
  EXPECT_EQ(status.judged.refusal()->reason, Reason::status);
  EXPECT_EQ(status.judged.opening.unit_id, "653131") << "by its alias";
  // The year was inferred from the context.
  const PlannedRow& date = row_named("山水水泥英吉沙日产5000吨熟料生产线(两条)");
  EXPECT_FALSE(date.judged.refused()) << why(date);
  EXPECT_EQ(date.judged.opening.status_date, std::nullopt);
  EXPECT_NE(date.judged.opening.note, std::nullopt);
}

TEST_F(PublishedProjects, QualifiersOfTheNoteAreKeptAndForeignJobsLeftOut) {
  const auto& over = row_named("喀什经济开发区智慧物流港项目一期").judged.opening;
  EXPECT_EQ(over.amount, (schema::Money{100'000'000'000, schema::Qualifier::over}));
  const auto& more = row_named("义德隆太阳能产品生产制造基地").judged.opening;
  EXPECT_EQ(more.amount, (schema::Money{10'000'000'000, schema::Qualifier::over}));
  const auto& exact = row_named("叶城核桃深加工生产线").judged.opening;
  EXPECT_EQ(exact.amount, (schema::Money{1'000'000'000, schema::Qualifier::exact}));
  const auto& park = row_named("喀什生物医药大健康产业园").judged.opening;
  EXPECT_EQ(park.jobs, std::nullopt);
  const auto& port = row_named("远方国际物贸港").judged.opening;
  EXPECT_EQ(port.jobs, (schema::Count{6300, schema::Qualifier::exact}));
  EXPECT_EQ(port.source.url, std::nullopt);
  int qualified = 0;
  for (const PlannedRow& row : plan_.rows) {
    const auto& amount = row.judged.opening.amount;
    qualified += !row.judged.refused() && amount && amount->qualifier != schema::Qualifier::exact;
  }
  EXPECT_EQ(qualified, 2);
}

TEST_F(PublishedProjects, ARefusedPhaseNamesTheRowOfItsTotal) {
  const auto lines = why(row_named("山水水泥英吉沙一期"));
  EXPECT_NE(lines.find("总项目即第 18 行"), std::string::npos) << lines;
  const auto solar = why(row_named("特变电工疏附县20兆瓦光伏一期"));
  EXPECT_NE(solar.find("特变电工疏附县500兆瓦光伏二期项目"), std::string::npos) << solar;
}

TEST_F(PublishedProjects, IdsFollowFromTheRowsAloneAndAreAllDifferent) {
  const ImportPlan again = cli::plan_import(cli::read_csv_sheet(text_), published_units(), "");
  std::set<std::string> projects;
  std::set<std::string> commands;
  for (std::size_t i = 0; i < plan_.rows.size(); ++i) {
    EXPECT_EQ(plan_.rows[i].command_id, again.rows[i].command_id);
    EXPECT_EQ(plan_.rows[i].body, again.rows[i].body);
    if (plan_.rows[i].judged.refused()) continue;
    EXPECT_TRUE(projects.insert(plan_.rows[i].project_id).second) << plan_.rows[i].judged.name;
    EXPECT_TRUE(commands.insert(plan_.rows[i].command_id).second) << plan_.rows[i].judged.name;
  }
  EXPECT_EQ(projects.size(), 43U);
}

TEST_F(PublishedProjects, TheJudgementIsNeverRead) {
  EXPECT_EQ(not_read_, (std::vector<std::string>{"scope", "row_kind"}));
  std::string turned = text_;
  for (const auto& [from, to] : {std::pair{"kashgar,project", "xpcc,bundle"},
                                 std::pair{"xinjiang_other,project", "kashgar,project"}}) {
    for (std::size_t at = turned.find(from); at != std::string::npos;
         at = turned.find(from, at + 1)) {
      turned.replace(at, std::string_view(from).size(), to);
    }
  }
  ASSERT_NE(turned, text_);
  const ImportPlan other = cli::plan_import(cli::read_csv_sheet(turned), published_units(), "");
  for (std::size_t i = 0; i < plan_.rows.size(); ++i) {
    EXPECT_EQ(plan_.rows[i].body, other.rows[i].body);
  }
}

}  // namespace
}  // namespace silkledger::testing
