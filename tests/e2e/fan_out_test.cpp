// Thousands of subscribers over real sockets: nobody misses or repeats an event, whoever stalls
// costs a bounded amount and may come back.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include "clients/cpp/event_follower.h"
#include "tests/e2e/live_subscriber.h"
#include "tests/e2e/world.h"
#include "tests/support/subscriber_swarm.h"

namespace silkledger::testing {
namespace {

constexpr std::chrono::seconds kLimit{120};
constexpr std::size_t kSubscribers = 5'000;

// As many as the hard limit on descriptors lets one process have.
std::size_t subscribers_here() {
  const std::size_t count = std::min(kSubscribers, sockets_allowed());
  if (count < kSubscribers)
    std::printf("only %zu subscribers: the limit on open files is low\n", count);
  return count;
}

class FanOut : public ::testing::Test {
 protected:
  void serve(std::vector<std::string> limits) {
    copy_folder(seeded_s0(), folder.file("data"));
    limits.insert(limits.begin(), {"connections_per_person_max=100000",
                                   "connections_per_address_max=100000", "connections_max=100000"});
    server = std::make_unique<ServerProcess>(kServerProgram, folder.file("data"), true,
                                             std::vector<std::string>{}, false);
    server->set_limits(std::move(limits));
    server->start();
    head_ = as(kAuditor).stand().head;
  }
  void TearDown() override {
    if (HasFailure() && server) std::printf("%s", server->log().substr(0, 4000).c_str());
  }
  ApiClient as(const std::string& token) const { return ApiClient(server->endpoint(token)); }

  // Appends leads, each one event or more, while `swarm` is served; then everybody hears the last.
  void report_while_serving(const std::string& name, int leads, SubscriberSwarm& swarm) {
    std::atomic<bool> reported{false};
    std::thread clerk([&] {
      auto client = as(kBranchClerk);
      for (int i = 0; i < leads; ++i) {
        const auto id = "F-" + name + "-" + std::to_string(i);
        EXPECT_EQ(client.command("report-lead", id, lead_body(id, kBranch)).status, 200);
      }
      reported = true;
    });
    EXPECT_TRUE(swarm.run_until([&] { return reported.load(); }, kLimit));
    clerk.join();
    head_ = as(kAuditor).stand().head;
    EXPECT_TRUE(swarm.run_until([&] { return swarm.all_at(head_); }, kLimit))
        << "not everybody got to " << head_;
  }

  static void expect_each_event_once(const SubscriberSwarm& swarm, std::uint64_t first,
                                     std::uint64_t last) {
    std::size_t wrong = 0;
    for (const auto& one : swarm.subscribers()) {
      if (!one.reading) continue;
      const bool right = one.events == last - first + 1 && one.repeated == 0 && one.skipped == 0;
      wrong += right ? 0 : 1;
    }
    EXPECT_EQ(wrong, 0u) << "of " << swarm.subscribers().size();
  }

  double metric(const std::string& name) const {
    const auto text = client::Client(server->endpoint(kAuditor)).request("GET", "/metrics").body;
    const auto line = text.find("\n" + name + " ");
    if (line == std::string::npos) return -1;
    return std::strtod(text.c_str() + line + 1 + name.size(), nullptr);
  }

  SubscriberSwarm::Habits readers(std::size_t count) const {
    SubscriberSwarm::Habits habits;
    habits.port = server->port();
    habits.token = kAuditor;
    habits.count = count;
    habits.from = head_ + 1;
    return habits;
  }

  TemporaryFolder folder;
  std::unique_ptr<ServerProcess> server;
  std::uint64_t head_ = 0;
};

TEST_F(FanOut, ThousandsSeeEachEventOnceInOrderWhileOneStalls) {
  const std::size_t count = subscribers_here();
  serve({});
  SubscriberSwarm swarm(readers(count));
  ASSERT_TRUE(swarm.run_until([&] { return swarm.caught_up() == count; }, kLimit)) << swarm.open();
  swarm.set_reading(0, false);
  const auto first = head_ + 1;
  report_while_serving("many", 100, swarm);
  expect_each_event_once(swarm, first, head_);
  EXPECT_EQ(metric("silkledger_live_connections"), static_cast<double>(count));
  swarm.set_reading(0, true);
  EXPECT_TRUE(swarm.run_until([&] { return swarm.all_at(head_); }, kLimit));
  expect_each_event_once(swarm, first, head_);
}

TEST_F(FanOut, EverySubscriberSeesEachEventOnceThoughAllAreCutAtOnce) {
  const std::size_t count = subscribers_here();
  serve({});
  auto habits = readers(count);
  habits.reconnects = true;
  SubscriberSwarm swarm(habits);
  ASSERT_TRUE(swarm.run_until([&] { return swarm.caught_up() == count; }, kLimit));
  const auto first = head_ + 1;
  report_while_serving("before", 20, swarm);
  server->ask_to_stop();
  EXPECT_TRUE(swarm.run_until([&] { return swarm.open() == 0; }, kLimit));
  EXPECT_EQ(server->wait_for_exit(), 0);
  server->start();
  swarm.set_port(server->port());
  report_while_serving("after", 20, swarm);
  EXPECT_TRUE(swarm.run_until([&] { return swarm.caught_up() == count; }, kLimit));
  expect_each_event_once(swarm, first, head_);
  for (const auto& one : swarm.subscribers()) {
    if (one.close_code != 1001) ADD_FAILURE() << "closed with " << one.close_code;
    if (one.connections < 2) ADD_FAILURE() << "was never cut";
  }
}

TEST_F(FanOut, WhoeverIsTooManyIsToldToComeLaterAndThenGetsIn) {
  serve({"connections_max=40"});
  auto habits = readers(30);
  auto first = std::make_unique<SubscriberSwarm>(habits);
  ASSERT_TRUE(first->run_until([&] { return first->caught_up() == 30; }, kLimit));
  habits.reconnects = true;
  SubscriberSwarm second(habits);
  const auto refused = [&] {
    std::size_t count = 0;
    for (const auto& one : second.subscribers()) count += one.refused_status == 503 ? 1 : 0;
    return count;
  };
  EXPECT_TRUE(second.run_until([&] { return refused() >= 20; }, kLimit)) << refused();
  for (const auto& one : second.subscribers()) {
    EXPECT_TRUE(one.refused_status == 0 || one.retry_after) << one.refused_status;
  }
  first.reset();
  EXPECT_TRUE(second.run_until([&] { return second.caught_up() == 30; }, kLimit));
}

TEST_F(FanOut, ASlowClientCostsBoundedMemory) {
  constexpr double kOutboxBytes = 64 * 1024;
  constexpr double kCatchUpBytes = 16 * 1024;
  constexpr std::size_t kSlow = 50;
  serve({"live_outbox_bytes_max=65536", "catch_up_bytes=16384", "ring_bytes_max=262144",
         "socket_send_buffer_bytes=16384", "live_stalled_ms_max=600000"});
  auto habits = readers(kSlow);
  habits.receive_buffer_bytes = 4096;
  habits.from = 1;
  const auto before = metric("silkledger_live_outbox_bytes");
  EXPECT_EQ(before, 0);
  SubscriberSwarm slow(habits);
  ASSERT_TRUE(slow.run_until([&] { return slow.open() == kSlow; }, kLimit));
  for (std::size_t i = 0; i < kSlow; ++i) slow.set_reading(i, false);
  auto brisk_habits = readers(10);
  SubscriberSwarm brisk(brisk_habits);
  report_while_serving("slow", 150, brisk);
  const double queued = metric("silkledger_live_outbox_bytes");
  EXPECT_GT(queued, kSlow * kOutboxBytes / 4) << "they should be behind";
  EXPECT_LE(queued, kSlow * (kOutboxBytes + 2 * kCatchUpBytes));
  // What is shared is bounded as well, whatever the slow ones have not seen yet.
  EXPECT_LE(metric("silkledger_live_ring_bytes"), 262'144 + 16'384);
  for (std::size_t i = 0; i < kSlow; ++i) slow.set_reading(i, true);
  EXPECT_TRUE(slow.run_until([&] { return slow.all_at(head_); }, kLimit));
  expect_each_event_once(slow, 1, head_);
}

TEST_F(FanOut, WhoTakesNothingIsClosedWithThePositionToResumeFromAndResumes) {
  serve({"live_outbox_bytes_max=32768", "catch_up_bytes=8192", "socket_send_buffer_bytes=8192",
         "live_stalled_ms_max=500", "live_close_ms_max=60000"});
  auto habits = readers(1);
  habits.receive_buffer_bytes = 4096;
  habits.from = 1;
  SubscriberSwarm stalled(habits);
  ASSERT_TRUE(stalled.run_until([&] { return stalled.open() == 1; }, kLimit));
  stalled.set_reading(0, false);
  // Served meanwhile: the server's own clock decides when it has waited long enough.
  SubscriberSwarm other(readers(1));
  ASSERT_TRUE(other.run_until(
      [&] { return server->log().find("live.stalled") != std::string::npos; }, kLimit));
  stalled.set_reading(0, true);
  ASSERT_TRUE(stalled.run_until([&] { return stalled.open() == 0; }, kLimit));
  const auto seen = stalled.subscribers()[0];
  EXPECT_EQ(seen.close_code, 4408);
  EXPECT_GT(seen.last, 0u);
  EXPECT_LT(seen.last, head_);
  EXPECT_EQ(seen.close_reason, "stalled; resume events from " + std::to_string(seen.last + 1));
  EXPECT_EQ(seen.events, seen.last);
  habits.receive_buffer_bytes = 0;
  habits.from = seen.last + 1;
  SubscriberSwarm resumed(habits);
  EXPECT_TRUE(resumed.run_until([&] { return resumed.all_at(head_); }, kLimit));
  expect_each_event_once(resumed, seen.last + 1, head_);
}

TEST_F(FanOut, AFollowerOfTheClientLibraryResumesAcrossRestarts) {
  serve({});
  for (const auto encoding : {client::Encoding::json, client::Encoding::binary}) {
    client::FollowOptions options;
    options.encoding = encoding;
    options.pauses.most = std::chrono::milliseconds(200);
    client::EventFollower follower(server->endpoint(kAuditor), options);
    std::uint64_t expected = 1;
    const auto read_to = [&](std::uint64_t last) {
      while (expected <= last) {
        const auto event = follower.next(kLimit);
        ASSERT_TRUE(event) << follower.error().message;
        ASSERT_EQ(event->position, expected++);
      }
    };
    read_to(head_ / 2);
    server->kill9();
    server->start();
    follower.move_to(server->endpoint(kAuditor));
    read_to(head_);
    EXPECT_EQ(follower.connections(), 2u);
    EXPECT_FALSE(follower.next(std::chrono::milliseconds(50)));
  }
  client::EventFollower stranger(server->endpoint("no-such-token"));
  EXPECT_FALSE(stranger.next(kLimit));
  EXPECT_EQ(stranger.error().status, 401);
}

TEST_F(FanOut, ABoardHearsOnceOfARowThatChangedOftenBetweenTwoWaves) {
  constexpr int kChanges = 40;
  serve({"wave_ms_min=1000", "wave_ms_max=1000"});
  client::LiveClient board(server->endpoint(kAuditor));
  ASSERT_FALSE(board.connect());
  ASSERT_FALSE(board.send(R"({"type":"subscribeRows","topic":"b1","view":"unit"})"));
  while (!next_frame(board).at("complete").as_bool()) {
  }
  client::LiveClient administrator(server->endpoint(kAdministrator));
  ASSERT_FALSE(administrator.connect());
  const double waves = metric("silkledger_live_waves_total");
  const auto name_of = [](int change) { return "示例分局" + std::to_string(change); };
  for (int i = 1; i <= kChanges; ++i) {
    const auto body = std::string(R"({"unitId":")") + kBranch + R"(","name":")" + name_of(i) +
                      R"(","nameEn":"Example bureau","from":"2026-05-31"})";
    ASSERT_FALSE(administrator.send(command_frame("rename-" + std::to_string(i), "renameUnit", body,
                                                  R"("actingUnit":"office",)")));
  }
  for (int i = 0; i < kChanges; ++i) {
    const auto answer = next_frame(administrator);
    ASSERT_EQ(answer.at("status").as_int64(), 200) << boost::json::serialize(answer);
  }
  int told = 0;
  std::string shown;
  while (shown != name_of(kChanges)) {
    const auto frame = next_frame(board);
    for (const auto& row : frame.at("rows").as_array()) {
      if (text_of(row.as_object(), "unitId") != kBranch) continue;
      shown = text_of(row.as_object(), "name");
      ++told;
    }
  }
  EXPECT_GT(told, 0);
  EXPECT_LE(told, metric("silkledger_live_waves_total") - waves) << "once a wave";
  EXPECT_LT(told, kChanges);
}

TEST_F(FanOut, BinaryAndTextAreServedSideBySide) {
  serve({});
  auto habits = readers(20);
  SubscriberSwarm texts(habits);
  habits.encoding = client::Encoding::binary;
  habits.from = 1;
  SubscriberSwarm binaries(habits);
  ASSERT_TRUE(texts.run_until([&] { return texts.caught_up() == 20; }, kLimit));
  const auto first = head_ + 1;
  report_while_serving("both", 20, texts);
  EXPECT_TRUE(binaries.run_until([&] { return binaries.all_at(head_); }, kLimit));
  expect_each_event_once(texts, first, head_);
  expect_each_event_once(binaries, 1, head_);
}

}  // namespace
}  // namespace silkledger::testing
