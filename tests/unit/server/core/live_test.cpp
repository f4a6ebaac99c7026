#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

using testing::CoreHarness;
using testing::FakeOutlet;

boost::json::object parsed(const std::string& text) { return boost::json::parse(text).as_object(); }

std::string type_of(const std::string& frame) {
  return std::string(parsed(frame).at("type").as_string());
}

std::vector<std::uint64_t> positions(const FakeOutlet& outlet) {
  std::vector<std::uint64_t> found;
  for (const auto& frame : outlet.frames) {
    if (type_of(frame) == "event")
      found.push_back(std::stoull(std::string(parsed(frame).at("position").as_string())));
  }
  return found;
}

std::vector<std::uint64_t> from_to(std::uint64_t first, std::uint64_t last) {
  std::vector<std::uint64_t> all;
  for (auto position = first; position <= last; ++position) all.push_back(position);
  return all;
}

class LiveTest : public ::testing::Test {
 protected:
  void SetUp() override {
    harness.set_up();
    harness.grant("clerk", "653101", "county-clerk");
    harness.grant("neighbour", "653121", "county-clerk");
    harness.grant("auditor", "office", "auditor");
  }

  void report(const std::string& id, const std::string& unit = "653101",
              const std::string& person = "clerk") {
    const auto answer =
        harness.command(person, "report-lead",
                        R"({"leadId":")" + id +
                            R"(","investorName":"测试企业","origin":"foreign","reportingUnit":")" +
                            unit + R"(","content":"示例"})");
    ASSERT_EQ(answer.status, 200) << answer.body;
  }
  std::uint64_t head() { return harness.log->head().position; }

  CoreHarness harness;
};

TEST_F(LiveTest, CatchUpAndLiveFollowEachOtherWithoutASeam) {
  auto live = harness.open_live("auditor");
  live.say(R"({"type":"subscribeEvents","from":"1"})");
  for (int i = 0; i < 5; ++i) report("L" + std::to_string(i));
  harness.run();
  auto seen = positions(*live.outlet);
  // What belongs to other persons alone is not shown; an auditor reads everything.
  EXPECT_EQ(seen, from_to(1, head()));
}

TEST_F(LiveTest, ASubscriberResumesWhereItWas) {
  report("L1");
  const auto at = head();
  auto live = harness.open_live("auditor");
  live.say(R"({"type":"subscribeEvents","from":")" + std::to_string(at + 1) + R"("})");
  report("L2");
  harness.run();
  EXPECT_EQ(positions(*live.outlet), from_to(at + 1, head()));
}

TEST_F(LiveTest, APositionBeyondTheLogIsRefusedSinceTheLogMayHaveBeenRestored) {
  auto live = harness.open_live("auditor");
  live.say(R"({"type":"subscribeEvents","from":"999999"})");
  harness.run();
  EXPECT_EQ(type_of(live.outlet->frames.back()), "problem");
}

TEST_F(LiveTest, OnlyEventsOfOnesOwnUnitsArePushed) {
  auto mine = harness.open_live("clerk");
  auto theirs = harness.open_live("neighbour");
  const auto next = std::to_string(head() + 1);
  mine.say(R"({"type":"subscribeEvents","from":")" + next + R"("})");
  theirs.say(R"({"type":"subscribeEvents","from":")" + next + R"("})");
  report("L1");
  harness.run();
  EXPECT_EQ(positions(*mine.outlet).size(), 1u);
  EXPECT_TRUE(positions(*theirs.outlet).empty());
}

TEST_F(LiveTest, AFilterBySubjectLetsNothingElseThrough) {
  auto live = harness.open_live("auditor");
  live.say(R"({"type":"subscribeEvents","from":"1","subjects":["lead/L2"]})");
  report("L1");
  report("L2");
  harness.run();
  EXPECT_EQ(positions(*live.outlet), (std::vector<std::uint64_t>{head()}));
}

TEST_F(LiveTest, CatchUpInManySmallBuffersRepeatsAndSkipsNothing) {
  CoreLimits small;
  small.catch_up_bytes = 1;
  small.catch_up_records_max = 7;
  small.ring_bytes_max = 1;
  CoreHarness tight(1, small);
  tight.set_up();
  auto live = tight.open_live("admin");
  live.say(R"({"type":"subscribeEvents","from":"1"})");
  tight.world.advance(std::chrono::seconds(5));
  const auto seen = positions(*live.outlet);
  ASSERT_GT(seen.size(), 20u);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end()) << "repeated";
  EXPECT_EQ(seen.back(), tight.log->head().position);
}

// Clients that follow all events, and a clerk who reports without waiting for answers.
class WaveTest : public ::testing::Test {
 protected:
  void serve(CoreLimits limits, std::size_t followers) {
    harness.emplace(1, limits);
    harness->set_up();
    harness->grant("clerk", "653101", "county-clerk");
    harness->grant("auditor", "office", "auditor");
    clerk = harness->open_live("clerk");
    sent_at.resize(followers);
    for (std::size_t i = 0; i < followers; ++i) {
      auto live = harness->open_live("auditor");
      live.say(R"({"type":"subscribeEvents","from":")" + std::to_string(head() + 1) + R"("})");
      all.push_back(live);
    }
    harness->world.advance(std::chrono::seconds(1));
    for (std::size_t i = 0; i < followers; ++i) {
      all[i].outlet->frames.clear();
      all[i].outlet->on_send = [this, i] { sent_at[i].push_back(harness->world.elapsed()); };
    }
  }
  void report() {
    const auto id = "W" + std::to_string(++reported);
    clerk.say(R"({"type":"command","commandId":")" + id +
              R"(","request":{"command":{"type":"reportLead","leadId":")" + id +
              R"(","investorName":"测试企业","origin":"foreign","reportingUnit":"653101",)" +
              R"("content":"示例"}}})");
  }
  std::uint64_t head() { return harness->log->head().position; }

  std::optional<CoreHarness> harness;
  CoreHarness::Live clerk;
  std::vector<CoreHarness::Live> all;
  std::vector<std::vector<std::chrono::microseconds>> sent_at;
  int reported = 0;
};

TEST_F(WaveTest, TheFirstEventLeavesAtOnceAndTheNextOnesTogetherAfterThePause) {
  serve({}, 1);
  const auto first = head() + 1;
  const auto start = harness->world.elapsed();
  report();
  harness->world.advance(std::chrono::milliseconds(5));
  for (int i = 0; i < 3; ++i) report();
  harness->world.advance(std::chrono::milliseconds(50));
  ASSERT_EQ(sent_at[0].size(), 2u);
  EXPECT_LT(sent_at[0][0] - start, std::chrono::milliseconds(5));
  EXPECT_EQ(sent_at[0][1] - sent_at[0][0], std::chrono::milliseconds(10));
  EXPECT_EQ(positions(*all[0].outlet), from_to(first, first + 3));
}

TEST_F(WaveTest, TheMoreClientsTheLongerThePause) {
  struct Case {
    std::size_t followers;  // and the clerk
    std::chrono::milliseconds pause;
  };
  CoreLimits limits;
  limits.wave_us_per_client = 4'000;
  for (const auto& [followers, pause] :
       {Case{1, std::chrono::milliseconds(10)}, Case{3, std::chrono::milliseconds(16)},
        Case{9, std::chrono::milliseconds(20)}}) {
    all.clear();
    sent_at.clear();
    clerk = {};
    serve(limits, followers);
    for (int i = 0; i < 100; ++i) {
      report();
      harness->world.advance(std::chrono::milliseconds(1));
    }
    ASSERT_GT(sent_at[0].size(), 3u);
    for (std::size_t i = 1; i < sent_at[0].size(); ++i) {
      EXPECT_EQ(sent_at[0][i] - sent_at[0][i - 1], pause) << followers;
    }
  }
}

TEST_F(WaveTest, WhatIsFoldedWhileAWaveIsUnderWayComesToEverybodyInOneSendWithTheNext) {
  constexpr std::chrono::microseconds kCommit{200};  // until an append is durable in this world
  constexpr std::size_t kFollowers = 16;
  CoreLimits limits;
  limits.wave_clients_max = 1;
  serve(limits, kFollowers);
  const auto first = head() + 1;
  report();
  harness->world.advance(std::chrono::milliseconds(5));
  report();
  const auto next_wave = sent_at[0].at(0) + std::chrono::milliseconds(10);
  harness->world.advance(next_wave - kCommit - harness->world.elapsed());
  // Durable at the very moment when the wave begins, and folded at once, since it is waited for.
  report();
  const auto awaited = harness->core->runner().wait_applied(first + 2, [] {});
  harness->world.advance(kCommit);
  ASSERT_EQ(harness->core->runner().applied(), first + 2);
  for (std::size_t i = 0; i < kFollowers; ++i) {
    EXPECT_EQ(positions(*all[i].outlet), from_to(first, first + 1)) << i;
  }
  harness->world.advance(std::chrono::milliseconds(50));
  for (std::size_t i = 0; i < kFollowers; ++i) {
    EXPECT_EQ(positions(*all[i].outlet), from_to(first, first + 2)) << i;
    EXPECT_EQ(sent_at[i].size(), 3u) << i;
  }
}

TEST_F(LiveTest, ASlowClientGetsEverythingInTheEndAndIsNotPushedMeanwhile) {
  auto live = harness.open_live("auditor", 600);
  live.say(R"({"type":"subscribeEvents","from":"1"})");
  for (int i = 0; i < 10; ++i) report("L" + std::to_string(i));
  harness.run();
  EXPECT_LT(positions(*live.outlet).size(), head());
  for (int i = 0; i < 10'000 && positions(*live.outlet).size() < head(); ++i) {
    live.outlet->queued = 0;
    live.connection->on_writable();
  }
  EXPECT_EQ(positions(*live.outlet), from_to(1, head()));
}

TEST_F(LiveTest, ABoardShowsItsRowsAndThenEveryChange) {
  report("L1");
  harness.run();
  auto live = harness.open_live("clerk");
  live.say(R"({"type":"subscribeRows","topic":"b1","view":"lead"})");
  harness.run();
  ASSERT_FALSE(live.outlet->frames.empty());
  auto first = parsed(live.outlet->frames.front());
  EXPECT_TRUE(first.at("snapshot").as_bool());
  EXPECT_TRUE(first.at("complete").as_bool());
  EXPECT_EQ(first.at("rows").as_array().size(), 1u);
  report("L2");
  harness.run();
  auto change = parsed(live.outlet->frames.back());
  EXPECT_FALSE(change.at("snapshot").as_bool());
  EXPECT_EQ(change.at("rows").as_array().at(0).as_object().at("leadId").as_string(), "L2");
}

TEST_F(LiveTest, ABoardTellsNothingOfOthersRowsNotEvenTheirKeys) {
  auto live = harness.open_live("neighbour");
  live.say(R"({"type":"subscribeRows","topic":"b1","view":"lead"})");
  harness.run();
  const auto frames = live.outlet->frames.size();
  report("L1");
  harness.run();
  EXPECT_EQ(live.outlet->frames.size(), frames);
}

TEST_F(LiveTest, AnUnknownViewIsRefusedByItsTopic) {
  auto live = harness.open_live("clerk");
  live.say(R"({"type":"subscribeRows","topic":"b1","view":"weather"})");
  harness.run();
  const auto answer = parsed(live.outlet->frames.back());
  EXPECT_EQ(answer.at("type").as_string(), "problem");
  EXPECT_EQ(answer.at("topic").as_string(), "b1");
}

TEST_F(LiveTest, ACommandOverTheLiveChannelIsAnsweredWithItsReceipt) {
  auto live = harness.open_live("clerk");
  live.say(
      R"({"type":"command","commandId":"x1","request":{"command":{"type":"reportLead","leadId":"L1","investorName":"测试企业","origin":"foreign","reportingUnit":"653101","content":"示例"}}})");
  EXPECT_TRUE(live.outlet->frames.empty()) << "an answer leaves when the event is durable";
  harness.run();
  const auto answer = parsed(live.outlet->frames.back());
  EXPECT_EQ(answer.at("type").as_string(), "answer");
  EXPECT_EQ(answer.at("commandId").as_string(), "x1");
  EXPECT_EQ(answer.at("status").as_int64(), 200);
}

TEST_F(LiveTest, WhatIsNotAMessageIsAnsweredWithEveryFault) {
  auto live = harness.open_live("clerk");
  for (const std::string bad :
       {"", "[]", "{}", R"({"type":"dance"})", R"({"type":"subscribeEvents","from":1})"}) {
    live.say(bad);
    harness.run();
    EXPECT_EQ(parsed(live.outlet->frames.back()).at("status").as_int64(), 400) << bad;
  }
}

TEST_F(LiveTest, ARevokedTokenEndsTheConnectionAtTheNextThingItWouldSee) {
  auto live = harness.open_live("clerk");
  live.say(R"({"type":"subscribeEvents","from":"1"})");
  harness.run();
  EXPECT_FALSE(live.outlet->closed);
  harness.command("admin", "revoke-token",
                  R"({"personId":"clerk","tokenId":"clerk-token","reason":"示例"})");
  harness.run();
  EXPECT_EQ(live.outlet->closed, CloseCode::unauthorised);
}

TEST_F(LiveTest, OneEventSubscriptionAConnection) {
  auto live = harness.open_live("clerk");
  live.say(R"({"type":"subscribeEvents","from":"1"})");
  live.say(R"({"type":"subscribeEvents","from":"1"})");
  harness.run();
  int problems = 0;
  for (const auto& frame : live.outlet->frames) problems += type_of(frame) == "problem" ? 1 : 0;
  EXPECT_EQ(problems, 1);
}

TEST_F(LiveTest, OnlyAdministratorsFollowJobs) {
  auto clerk = harness.open_live("clerk");
  clerk.say(R"({"type":"subscribeJobs"})");
  auto admin = harness.open_live("admin");
  admin.say(R"({"type":"subscribeJobs"})");
  HttpRequest start;
  start.method = "POST";
  start.path = "/api/v1/jobs/rebuild/start";
  harness.send("admin", start);
  harness.world.advance(std::chrono::seconds(2));
  EXPECT_EQ(type_of(clerk.outlet->frames.back()), "problem");
  EXPECT_EQ(type_of(admin.outlet->frames.back()), "job");
}

TEST_F(LiveTest, ConnectionsOfOnePersonAreCounted) {
  CoreLimits small;
  small.connections_per_person_max = 2;
  CoreHarness tight(1, small);
  tight.set_up();
  std::vector<CoreHarness::Live> open;
  for (int i = 0; i < 2; ++i) open.push_back(tight.open_live("admin"));
  EXPECT_FALSE(tight.open_live("admin").connection);
  open[0].connection->on_closed();
  open[0].connection.reset();
  EXPECT_TRUE(tight.open_live("admin").connection);
}

TEST_F(LiveTest, WhoAsksWithoutReadingIsClosed) {
  CoreLimits small;
  small.unsent_frames_max = 8;
  CoreHarness tight(1, small);
  tight.set_up();
  auto live = tight.open_live("admin", 1);
  for (int i = 0; i < 20; ++i) live.say("nonsense");
  EXPECT_EQ(live.outlet->closed, CloseCode::policy);
}

}  // namespace
}  // namespace silkledger::server
