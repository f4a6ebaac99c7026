// The live board from sample frames, as the server pushes them.
#include "clients/cli/text/board.h"

#include <gtest/gtest.h>

#include "clients/cli/text/width.h"
#include "tests/unit/clients/cli/import_fixture.h"

namespace silkledger::testing {
namespace {

using cli::Board;
using cli::Lang;
using cli::Paint;

std::string row(const std::string& id, const std::string& unit, const std::string& light,
                int position) {
  return R"({"projectId":")" + id + R"(","name":"项目)" + id + R"(","unitId":")" + unit +
         R"(","stage":"construction","tier":1,"light":")" + light +
         R"(","nodes":[{},{}],"nodesReached":1,"nodesDue":1,"daysOverdue":0,"position":")" +
         std::to_string(position) + R"("})";
}

std::string rows(const std::string& content, const std::string& more) {
  return R"({"type":"rows","topic":"progress","view":"progress","applied":"9","head":"12",)" +
         more + R"("rows":[)" + content + "]}";
}

const std::string kWhole = R"("snapshot":true,"first":true,"complete":true,)";

class LiveBoard : public ::testing::Test {
 protected:
  LiveBoard() { units_.add(R"({"rows":[{"unitId":"u-1","name":"示例县","nameEn":"Example"}]})"); }

  std::string shown(std::size_t columns = 0, std::size_t most = 0) const {
    std::string text;
    for (const std::string& line : board_.render(columns, most)) text += line + '\n';
    return text;
  }

  cli::Catalogue catalogue_ = *cli::Catalogue::read(file_text("server/api/openapi.json"));
  cli::UnitNames units_;
  cli::ViewWords words_{catalogue_, units_, Lang::zh};
  Board board_{words_, Paint()};
};

TEST_F(LiveBoard, GroupsByUnitWithMarksOfShapeAndWord) {
  const auto step =
      board_.take(rows(row("P1", "u-1", "red", 3) + "," + row("P2", "u-1", "green", 4) + "," +
                           row("P3", "u-2", "yellow", 5),
                       kWhole));
  EXPECT_TRUE(step.is_update);
  EXPECT_TRUE(step.needs_redraw);
  const std::string text = shown();
  EXPECT_NE(text.find("示例县  ■ 1  ▲ 0  ● 1  ○ 0"), std::string::npos) << text;
  EXPECT_NE(text.find("u-2  ■ 0  ▲ 1  ● 0  ○ 0"), std::string::npos) << text;
  EXPECT_NE(text.find("■ 红"), std::string::npos);
  EXPECT_NE(text.find("● 绿"), std::string::npos);
  EXPECT_NE(text.find("1/2"), std::string::npos) << "nodes reached of all";
  EXPECT_EQ(step.lines.size(), board_.render(0, 0).size()) << "a pipe gets the whole board once";
  EXPECT_EQ(board_.applied(), 9U);
  EXPECT_EQ(board_.head(), 12U);
}

TEST_F(LiveBoard, TellsOfAPipeOnlyWhatChanged) {
  board_.take(rows(row("P1", "u-1", "green", 3), kWhole));
  const auto step =
      board_.take(rows(row("P1", "u-1", "red", 14), R"("snapshot":false,"gone":[],)"));
  ASSERT_EQ(step.lines.size(), 1U);
  EXPECT_NE(step.lines[0].find("● 绿 → ■ 红"), std::string::npos) << step.lines[0];
  EXPECT_TRUE(step.lines[0].starts_with("#14 "));
  const auto gone = board_.take(rows("", R"("snapshot":false,"gone":["P1","P9"],)"));
  ASSERT_EQ(gone.lines.size(), 1U);
  EXPECT_NE(gone.lines[0].find("P1"), std::string::npos);
  EXPECT_NE(shown().find("没有内容"), std::string::npos);
}

TEST_F(LiveBoard, PagesOfASnapshotAreShownOnceItIsComplete) {
  const auto first = board_.take(
      rows(row("P1", "u-1", "green", 3), R"("snapshot":true,"first":true,"complete":false,)"));
  EXPECT_FALSE(first.is_update);
  EXPECT_TRUE(first.lines.empty());
  const auto last = board_.take(
      rows(row("P2", "u-1", "green", 4), R"("snapshot":true,"first":false,"complete":true,)"));
  EXPECT_TRUE(last.is_update);
  EXPECT_NE(shown().find("项目P1"), std::string::npos);
  EXPECT_NE(shown().find("项目P2"), std::string::npos);
}

TEST_F(LiveBoard, ANewConnectionTellsWhatWasMissed) {
  board_.take(rows(row("P1", "u-1", "green", 3) + "," + row("P2", "u-1", "green", 4), kWhole));
  board_.begin_again();
  EXPECT_NE(shown().find("项目P1"), std::string::npos)
      << "the old board stays until the new is whole";
  const auto step = board_.take(rows(row("P1", "u-1", "yellow", 20), kWhole));
  ASSERT_EQ(step.lines.size(), 2U);
  EXPECT_NE(step.lines[0].find("→ ▲ 黄"), std::string::npos) << step.lines[0];
  EXPECT_NE(step.lines[1].find("P2"), std::string::npos);
}

TEST_F(LiveBoard, EventsAreLinesAndTellWhereToResume) {
  EXPECT_EQ(board_.next_event(), 0U);
  const auto step = board_.take(
      R"({"type":"event","position":"57","recordedAt":"2026-03-05T01:02:03.000004Z","zh":"示例","en":"x"})");
  EXPECT_TRUE(step.is_update);
  EXPECT_EQ(step.lines, (std::vector<std::string>{"#57 2026-03-05 09:02:03  示例"}));
  EXPECT_EQ(board_.next_event(), 58U);
  EXPECT_NE(shown().find("#57"), std::string::npos);
}

TEST_F(LiveBoard, ARestoredLogIsNoticedAndItsPositionsAreMeasuredAnew) {
  board_.take(R"({"type":"subscribed","topic":"events","applied":"50","head":"50","epoch":"1"})");
  board_.take(R"({"type":"event","position":"51","epoch":"1","zh":"某事","en":"a thing"})");
  EXPECT_EQ(board_.epoch(), 1U);
  EXPECT_EQ(board_.next_event(), 52U);
  board_.take(R"({"type":"subscribed","topic":"events","applied":"41","head":"42","epoch":"2"})");
  EXPECT_EQ(board_.epoch(), 2U);
  EXPECT_EQ(board_.head(), 42U);
  EXPECT_EQ(board_.applied(), 41U);
  board_.resume_events_at(41);
  EXPECT_EQ(board_.next_event(), 41U);
  // Events recorded before the restore are still of the epoch in which they were recorded.
  board_.take(R"({"type":"event","position":"40","epoch":"1","zh":"某事","en":"a thing"})");
  EXPECT_EQ(board_.epoch(), 2U);
}

TEST_F(LiveBoard, FitsTheScreen) {
  std::string many;
  for (int i = 0; i < 40; ++i)
    many += (i > 0 ? "," : "") + row("P" + std::to_string(i), "u-1", "grey", i);
  board_.take(rows(many, kWhole));
  const auto lines = board_.render(60, 10);
  ASSERT_EQ(lines.size(), 10U);
  EXPECT_EQ(lines.back(), "… 还有 33 行");
  for (const std::string& line : lines) EXPECT_LE(cli::display_width(line), 60U) << line;
}

TEST_F(LiveBoard, OtherFramesAndNonsenseChangeNothing) {
  for (const char* frame : {"", "no json", "[]", R"({"type":"answer"})", R"({"type":"rows"})"}) {
    EXPECT_TRUE(board_.take(frame).lines.empty()) << frame;
  }
}

}  // namespace
}  // namespace silkledger::testing
