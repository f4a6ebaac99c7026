// Widths, tables, bars, ids, addresses, refusals: what the command line says and how it looks.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "clients/cli/text/bar.h"
#include "clients/cli/text/event_line.h"
#include "clients/cli/text/identity.h"
#include "clients/cli/text/job_text.h"
#include "clients/cli/text/problem_text.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/rebuild_text.h"
#include "clients/cli/text/row_difference.h"
#include "clients/cli/text/table.h"
#include "clients/cli/text/target.h"
#include "clients/cli/text/view_table.h"
#include "clients/cli/text/width.h"
#include "tests/unit/clients/cli/import_fixture.h"

namespace silkledger::testing {
namespace {

using cli::Lang;
using cli::Paint;

TEST(Width, EastAsianCharactersAreTwoColumns) {
  EXPECT_EQ(cli::display_width("abc"), 3U);
  EXPECT_EQ(cli::display_width("叶城县"), 6U);
  EXPECT_EQ(cli::display_width("𠮷某"), 4U);
  EXPECT_EQ(cli::display_width("e\u0301"), 1U);
  EXPECT_EQ(cli::display_width("●▲■○…·"), 6U);
  EXPECT_EQ(cli::display_width("（）"), 4U);
}

TEST(Width, CutsNeverSplitACharacterNorExceedTheWidth) {
  EXPECT_EQ(cli::cut("叶城县光伏", 10), "叶城县光伏");
  EXPECT_EQ(cli::cut("叶城县光伏", 9), "叶城县光…");
  EXPECT_EQ(cli::cut("叶城县光伏", 8), "叶城县…");
  EXPECT_EQ(cli::cut("ab", 1), "…");
  EXPECT_EQ(cli::cut("ab", 0), "");
  for (std::size_t width = 0; width < 12; ++width) {
    EXPECT_LE(cli::display_width(cli::cut("示例a县b光伏", width)), width);
  }
}

TEST(Width, NothingFromALedgerSteersTheTerminal) {
  EXPECT_EQ(cli::printable("a\x1b[31mb"), "a\uFFFD[31mb");
  EXPECT_EQ(cli::printable("a\nb\tc"), "a b c");
  EXPECT_EQ(cli::printable("a\xFF"
                           "b"),
            "a\uFFFDb");
  EXPECT_EQ(cli::printable("a\u202Eb"), "a\uFFFDb");
}

TEST(Table, AlignsByWidthAndCutsTheWidestColumn) {
  const std::vector<cli::TableColumn> heads = {{"单位"}, {"金额", cli::Align::right}, {"名称"}};
  const std::vector<cli::TableRow> rows = {
      {{"叶城县"}, {"1,200.00"}, {"一个名字很长很长的测试项目"}}, {{"x"}, {"3.00"}}};
  const auto wide = cli::table_lines(heads, rows, 0, Paint());
  EXPECT_EQ(wide[0], "单位        金额  名称");
  EXPECT_EQ(wide[1], "叶城县  1,200.00  一个名字很长很长的测试项目");
  EXPECT_EQ(wide[2], "x           3.00");
  const auto narrow = cli::table_lines(heads, rows, 30, Paint());
  for (const std::string& line : narrow) EXPECT_LE(cli::display_width(line), 30U) << line;
  EXPECT_NE(narrow[1].find("…"), std::string::npos);
}

TEST(Table, ColoursOnlyWhereTheyAreWanted) {
  EXPECT_EQ(Paint(false)(cli::Colour::red, "x"), "x");
  EXPECT_EQ(Paint(true)(cli::Colour::red, "x"), "\x1b[31mx\x1b[0m");
}

TEST(Bar, ShowsShareRateAndTimeLeft) {
  EXPECT_EQ(cli::bar_line("导入", {50, 200, {}, {}}, Lang::zh, 4), "导入 █░░░  25%  50/200");
  EXPECT_EQ(cli::bar_line("x", {300, 200, 1'234, 125}, Lang::en, 2),
            "x ██ 100%  200/200  1,234/s  left 2m05s");
  EXPECT_EQ(cli::bar_line("x", {7, 0, {}, {}}, Lang::zh), "x 7");
  EXPECT_EQ(cli::duration(3'725, Lang::zh), "1小时02分");
  EXPECT_EQ(cli::grouped(1'234'567), "1,234,567");
}

TEST(Words, LanguageComesFromTheOptionThenTheEnvironment) {
  EXPECT_EQ(cli::language("en", "zh_CN.UTF-8", ""), Lang::en);
  EXPECT_EQ(cli::language("", "en_GB.UTF-8", "zh_CN.UTF-8"), Lang::en);
  EXPECT_EQ(cli::language("", "", "en_GB.UTF-8"), Lang::en);
  EXPECT_EQ(cli::language("", "", "C.UTF-8"), Lang::zh);
  EXPECT_EQ(cli::language("", "", ""), Lang::zh);
}

TEST(Words, OneIsNotMany) {
  EXPECT_EQ(cli::counted(1, "row", "rows"), "1 row");
  EXPECT_EQ(cli::counted(0, "row", "rows"), "0 rows");
  EXPECT_EQ(cli::spaced("underConstruction"), "under construction");
  EXPECT_EQ(cli::trimmed("　 叶城县\t"), "叶城县");
}

TEST(Identity, AUuidSortsByTimeAndSaysItsVersion) {
  const std::array<std::uint8_t, 10> random = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                               0xFF, 0xFF, 0xFF, 0xFF, 0xFF};
  // The example of RFC 9562, appendix A.6, in its time.
  EXPECT_EQ(cli::uuid_v7(0x017F22E279B0, random), "017f22e2-79b0-7fff-bfff-ffffffffffff");
  EXPECT_LT(cli::uuid_v7(1'000, random), cli::uuid_v7(1'001, {}));
}

TEST(Identity, ATokenIs43CharactersOfBase64Url) {
  std::array<std::uint8_t, 32> random{};
  random.fill(0xFB);
  const std::string token = cli::token_of(random);
  EXPECT_EQ(token.size(), 4U + 43U);
  EXPECT_TRUE(token.starts_with("slt_"));
  EXPECT_EQ(token.find_first_of("+/="), std::string::npos);
  EXPECT_EQ(cli::sha256_hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Target, ServersAreReadStrictly) {
  const auto good = cli::parse_server("http://[::1]:8420/");
  ASSERT_TRUE(std::holds_alternative<cli::ServerAddress>(good));
  EXPECT_EQ(std::get<cli::ServerAddress>(good).host, "::1");
  EXPECT_EQ(std::get<cli::ServerAddress>(cli::parse_server("http://localhost")).port, 80);
  for (const char* bad : {"localhost:8420", "https://a", "http://", "http://a:0", "http://a:70000",
                          "http://a/b", "http://u@a", "ftp://a", "http://[::1"}) {
    EXPECT_TRUE(std::holds_alternative<Text>(cli::parse_server(bad))) << bad;
  }
}

TEST(Target, QueriesAreEscaped) {
  EXPECT_EQ(cli::target("/p", {{"unit", "叶 城"}, {"a&b", "c=d"}}),
            "/p?unit=%E5%8F%B6%20%E5%9F%8E&a%26b=c%3Dd");
}

TEST(Problems, SayDetailBasisRemedyAndField) {
  const auto problem = cli::read_problem(
      422, R"({"type":"urn:silkledger:problem:too-low","title":"Not valid","titleZh":"不符合",
      "status":422,"detail":"Too low.","detailZh":"太低。","article":"22","ruleSet":"r-1",
      "remedy":"Raise it.","remedyZh":"请提高。","pointer":"/amount"})");
  EXPECT_EQ(problem.code, "too-low");
  const std::vector<std::string> zh = cli::problem_lines(problem, Lang::zh, Paint());
  EXPECT_EQ(zh, (std::vector<std::string>{"不符合 (422)：太低。", "  依据：第22条，规则集 r-1",
                                          "  办法：请提高。", "  字段：/amount"}));
  const std::vector<std::string> en = cli::problem_lines(problem, Lang::en, Paint());
  EXPECT_EQ(en[1], "  basis: Art. 22, rule set r-1");
}

TEST(Problems, EveryFaultOfADocumentAndForeignAnswersAreTold) {
  const auto faults = cli::read_problem(
      400,
      R"({"detail":"d","detailZh":"细","errors":[{"code":"x","pointer":"/a","zh":"甲","en":"one"},
      {"code":"y","pointer":"","zh":"乙","en":"two"}]})");
  const auto lines = cli::problem_lines(faults, Lang::zh, Paint());
  EXPECT_EQ(lines[1], "  /a  甲");
  EXPECT_EQ(lines[2], "  /  乙");
  const auto foreign = cli::read_problem(502, "<html>\x1b[2J");
  EXPECT_EQ(cli::problem_lines(foreign, Lang::en, Paint())[0],
            "Unexpected answer (502): Status 502: <html>\uFFFD[2J");
}

TEST(Views, RowsAreShownInPeoplesWords) {
  const auto catalogue = *cli::Catalogue::read(file_text("server/api/openapi.json"));
  cli::UnitNames units;
  units.add(R"({"rows":[{"unitId":"u-1","name":"示例县","nameEn":"Example county"}]})");
  const cli::ViewWords zh{catalogue, units, Lang::zh};
  const auto row = cli::parse_json(
      R"({"projectId":"P1","name":"测试项目","stage":"construction","unitId":"u-1","tier":1,
      "amount":{"fen":"12000000000","qualifier":"about"},"fundsVerifiedFen":"0","units":["u-1"],
      "source":{"title":"测试"},"opening":true})");
  std::string shown;
  for (const auto& cell : cli::view_row("project", row, zh)) shown += cell.text + "|";
  EXPECT_EQ(shown, "P1|测试项目|示例县|在建|1|约12,000.00||0.00|");
  const auto lines = cli::row_lines("project", row, zh);
  std::string all;
  for (const std::string& line : lines) all += line + '\n';
  EXPECT_NE(all.find("约12,000.00 万元"), std::string::npos) << all;
  EXPECT_NE(all.find("示例县 (u-1)"), std::string::npos) << all;
  EXPECT_NE(all.find("\n  标题"), std::string::npos) << all;
  EXPECT_NE(all.find("期初录入            是"), std::string::npos) << all;
  for (const std::string& view : catalogue.views()) {
    EXPECT_GE(cli::view_heads(view, zh).size(), 4U) << view;
  }
}

TEST(Views, PositionsAreAlwaysTold) {
  const auto line = [](const char* json, Lang lang, bool as_of = false) {
    return cli::position_line(cli::parse_json(json), lang, as_of);
  };
  EXPECT_EQ(line(R"({"applied":"42","head":"42"})", Lang::zh), "截至位置 42 / 账本 42");
  EXPECT_EQ(line(R"({"applied":"40","head":"42"})", Lang::en),
            "as of position 40 / ledger 42 (2 behind)");
  EXPECT_EQ(line(R"({"applied":"7","head":"42"})", Lang::zh, true), "截至位置 7 / 账本 42（回溯）");
}

TEST(Events, StandOnOneLineWithTheirMomentInBeijing) {
  const auto event = cli::parse_json(
      R"({"position":"42","recordedAt":"2026-03-05T16:30:00.000000Z","zh":"某事","en":"a thing"})");
  EXPECT_EQ(cli::event_line(event, Lang::zh, Paint()), "#42 2026-03-06 00:30:00  某事");
}

TEST(Rebuild, RestsWhereNothingHappensByItself) {
  const auto state = [](const char* phase) {
    return boost::json::value{{"phase", phase}, {"position", "5"}, {"head", "10"}};
  };
  EXPECT_FALSE(cli::rebuild_rests(state("building"), false));
  EXPECT_FALSE(cli::rebuild_rests(state("following"), false));
  EXPECT_TRUE(cli::rebuild_rests(state("following"), true));
  EXPECT_TRUE(cli::rebuild_rests(state("differs"), true));
  EXPECT_FALSE(cli::rebuild_succeeded(state("differs"), true));
  EXPECT_TRUE(cli::rebuild_succeeded(state("switched"), false));
  EXPECT_NE(cli::rebuild_line(state("building"), Lang::zh).find("50%"), std::string::npos);
}

TEST(Rebuild, SaysHowToGoOnOnlyWhereSomethingWasKept) {
  const auto last_line = [](bool resumable) {
    return cli::rebuild_summary({{"phase", "cancelled"}, {"resumable", resumable}}, Lang::en,
                                Paint())
        .back();
  };
  EXPECT_NE(last_line(true).find("--resume"), std::string::npos);
  EXPECT_EQ(last_line(false).find("--resume"), std::string::npos);
}

TEST(Backups, ShowWhatTheyWriteAndThenWhatTheyHold) {
  boost::json::value state = {
      {"phase", "writing"}, {"first", "101"},           {"last", "200"},
      {"position", "150"},  {"file", "x.backup"},       {"root", "ab"},
      {"epoch", "2"},       {"recordsPerSecond", "50"}, {"secondsLeft", "1"}};
  EXPECT_FALSE(cli::job_rests(state));
  EXPECT_NE(cli::backup_line(state, Lang::zh).find("50%  50/100"), std::string::npos)
      << cli::backup_line(state, Lang::zh);
  state.as_object()["phase"] = "done";
  EXPECT_TRUE(cli::job_rests(state));
  EXPECT_TRUE(cli::backup_succeeded(state));
  std::string text;
  for (const auto& line : cli::backup_summary(state, Lang::en, Paint())) text += line + "\n";
  EXPECT_NE(text.find("file: x.backup"), std::string::npos) << text;
  EXPECT_NE(text.find("positions: 101–200, epoch 2"), std::string::npos) << text;
  EXPECT_NE(text.find("key of personal fields is not in it"), std::string::npos) << text;
  state = {{"phase", "failed"}, {"reason", "the disk is full"}, {"reasonZh", "磁盘已满"}};
  EXPECT_FALSE(cli::backup_succeeded(state));
  EXPECT_EQ(cli::backup_summary(state, Lang::en, Paint()).at(1), "  reason: the disk is full");
  EXPECT_EQ(cli::backup_summary(state, Lang::zh, Paint()).at(1), "  原因：磁盘已满");
}

TEST(Checks, SucceedOnlyWhenNothingWasFound) {
  boost::json::value state = {{"phase", "done"},      {"head", "200"}, {"root", "ab"},
                              {"findingsCount", "0"}, {"done", "600"}, {"total", "600"}};
  EXPECT_TRUE(cli::check_succeeded(state));
  state.as_object()["findingsCount"] = "1";
  state.as_object()["findings"] = {
      {{"position", "7"}, {"what", "its bytes changed"}, {"whatZh", "字节已变"}}};
  EXPECT_FALSE(cli::check_succeeded(state));
  std::string text;
  for (const auto& line : cli::check_summary(state, Lang::en, Paint())) text += line + "\n";
  EXPECT_NE(text.find("#7  its bytes changed"), std::string::npos) << text;
  text.clear();
  for (const auto& line : cli::check_summary(state, Lang::zh, Paint())) text += line + "\n";
  EXPECT_NE(text.find("#7  字节已变"), std::string::npos) << text;
}

TEST(Differences, ListWhatChangedBetweenThenAndNow) {
  const auto catalogue = *cli::Catalogue::read(file_text("server/api/openapi.json"));
  const auto then = cli::parse_json(
      R"([{"projectId":"P1","stage":"signed","position":"3"},{"projectId":"P2","stage":"signed"}])");
  const auto now = cli::parse_json(
      R"([{"projectId":"P1","stage":"construction","position":"9"},{"projectId":"P3"}])");
  EXPECT_EQ(cli::list_difference("project", then, now, catalogue, Lang::en, Paint()),
            (std::vector<std::string>{"P1", "  stage: signed → construction", "P2", "  only then",
                                      "P3", "  only now"}));
}

}  // namespace
}  // namespace silkledger::testing
