// The graceful end, step by step under virtual time and once over real sockets.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "server/runtime/shutdown.h"
#include "tests/support/virtual_executor.h"
#include "tests/unit/server/net/edge_fixture.h"

namespace silkledger::testing {
namespace {

using Done = std::function<void()>;

struct Ending {
  std::vector<std::string> log;
  std::optional<bool> in_time;
};

server::Log log_into(Ending& ending) {
  return [&ending](server::LogLevel, std::string_view event, const server::LogFields& fields) {
    ending.log.push_back(std::string(event) + (fields.empty() ? "" : " " + fields[0].second));
  };
}

TEST(Shutdown, StepsRunInOrderAndEachIsLogged) {
  VirtualExecutor executor;
  Ending ending;
  const auto at_once = [](std::int64_t, Done done) { done(); };
  server::run_shutdown(executor, log_into(ending), {{"one", 100, at_once}, {"two", 100, at_once}},
                       [&](bool in_time) { ending.in_time = in_time; });
  executor.run_to_end();
  EXPECT_EQ(ending.in_time, true);
  EXPECT_EQ(ending.log,
            (std::vector<std::string>{"shutdown.step_started one", "shutdown.step_done one",
                                      "shutdown.step_started two", "shutdown.step_done two",
                                      "shutdown.finished"}));
}

TEST(Shutdown, ALateStepIsLeftBehindAndItsLaterWordChangesNothing) {
  VirtualExecutor executor;
  Ending ending;
  Done late;
  server::run_shutdown(executor, log_into(ending),
                       {{"stuck", 100, [&](std::int64_t, Done done) { late = std::move(done); }},
                        {"next", 100,
                         [&](std::int64_t, Done done) {
                           late();
                           done();
                         }}},
                       [&](bool in_time) { ending.in_time = in_time; });
  executor.run_to_end();
  EXPECT_EQ(ending.in_time, false);
  EXPECT_EQ(ending.log,
            (std::vector<std::string>{"shutdown.step_started stuck", "shutdown.step_late stuck",
                                      "shutdown.step_started next", "shutdown.step_done next",
                                      "shutdown.finished"}));
}

class EdgeShutdown : public EdgeTest {};

TEST_F(EdgeShutdown, LiveConnectionsGet1001AndRequestsUnderWayAreAnswered) {
  start();
  RawPeer idle(port());
  ASSERT_TRUE(idle.send("GET /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_EQ(status_of(idle.read_answer()), 200);
  RawPeer busy(port());
  ASSERT_TRUE(
      busy.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\nGET /echo HTTP/1.1\r\nHost: a\r\n\r\n"));
  RawPeer live(port());
  ASSERT_TRUE(live.send(upgrade_request()));
  EXPECT_EQ(status_of(live.read_answer()), 101);
  ASSERT_TRUE(application_.noted.wait([](const Noted& seen) { return seen.requests.size() == 2; }));

  std::thread client([&] {
    const std::string close = live.read_bytes(4);
    EXPECT_EQ(close.substr(0, 1), "\x88");
    EXPECT_EQ(close.substr(2), "\x03\xe9");  // 1001
    live.send(client_frame(0x88, "\x03\xe9"));
    live.read_to_end();
    application_.answer_later("finished");
    const auto answer = busy.read_to_end();
    ASSERT_TRUE(answer);
    EXPECT_EQ(status_of(*answer), 200);
    EXPECT_NE(answer->find("Connection: close\r\n"), std::string::npos);
    EXPECT_EQ(body_of(*answer), "finished");
    EXPECT_EQ(idle.read_to_end(), "");
  });
  bool drained = false;
  EXPECT_TRUE(shut_down([&](std::int64_t limit_ms, Done done) {
    EXPECT_GT(limit_ms, 0);
    drained = true;
    done();
  }));
  client.join();
  EXPECT_TRUE(drained);
  EXPECT_EQ(application_.noted.get().closed, 1u);
  EXPECT_TRUE(wait_for_log("shutdown.finished"));
  EXPECT_EQ(edge_->counters().connections_now, 0u);
}

TEST_F(EdgeShutdown, WhoConnectsDuringTheEndIsNotServed) {
  start();
  Done drained;
  std::thread late([&] {
    ASSERT_TRUE(wait_for_log("shutdown.step_started step=drain the application"));
    const int before = static_cast<int>(application_.noted.get().requests.size());
    EXPECT_EQ(before, 0);
    runtime_->core().post([&] { drained(); });
  });
  EXPECT_TRUE(shut_down([&](std::int64_t, Done done) { drained = std::move(done); }));
  late.join();
  EXPECT_EQ(edge_->counters().connections_accepted, 0u);
}

}  // namespace
}  // namespace silkledger::testing
