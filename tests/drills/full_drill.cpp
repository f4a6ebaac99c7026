// The disk is full and has room again, over and over, under load. While it is full the server takes
// no commands and says so, and everything that reads goes on; with room it writes again by itself;
// nothing that was acknowledged is lost.
//
// Every other time the file system tells that room runs out, so that the server can stop writing
// before a write fails; the other times a commit fails in the middle of a record first.
#include <poll.h>

#include <cstdio>

#include "tests/drills/drill.h"
#include "tests/drills/faults/fault_page.h"

namespace silkledger::testing {
namespace {

constexpr int kCyclesMin = 2;
constexpr int kCommandsMax = 3'000;  // far more than the room that is left takes
constexpr int kCommandsBefore = 20;
constexpr std::int64_t kRoomLeastBytes = 4'096;
constexpr std::int64_t kRoomMostBytes = 65'536;
constexpr std::chrono::seconds kComesBack{30};
constexpr int kAskAgainMs = 100;

class Full : public Drill {
 protected:
  Sender sender(const std::string& name, int commands) {
    return {.history = history, .unit = unit, .name = name, .commands_max = commands};
  }

  void expect_unharmed_writes(const std::string& name) {
    auto before = sender(name, kCommandsBefore);
    before.over_http(server->endpoint(kClerk));
    for (const auto& refused : before.refused) ADD_FAILURE() << refused.body;
  }

  // Sends until the disk is full; what is refused is refused with the reason.
  void fill(const std::string& name) {
    Refused last;
    for (int i = 0; i < kCommandsMax && last.status == 0; ++i) {
      auto one = sender(name + "-" + std::to_string(i), 1);
      one.over_http(server->endpoint(kClerk));
      if (!one.refused.empty()) last = one.refused.front();
    }
    EXPECT_EQ(last.status, 503) << "the disk was never full: " << last.body;
  }

  void expect_read_only() {
    auto clerk = as(kClerk);
    const auto answer = clerk.command("report-lead", "full", lead_body("full", unit));
    EXPECT_EQ(answer.status, 503) << answer.raw;
    EXPECT_NE(answer.raw.find("urn:silkledger:problem:unavailable"), std::string::npos)
        << answer.raw;
    const auto ready = clerk.get("/readyz");
    EXPECT_EQ(ready.status, 503) << ready.raw;
    EXPECT_TRUE(ready.raw.starts_with("log: ")) << ready.raw;
    EXPECT_EQ(clerk.get("/healthz").status, 200);
    EXPECT_EQ(clerk.get("/api/v1/views/lead?limit=5").status, 200);
    EXPECT_EQ(as("demo-auditor").get("/api/v1/history?limit=5").status, 200);
  }

  void wait_until_ready() {
    const auto end = std::chrono::steady_clock::now() + kComesBack;
    while (as(kClerk).get("/readyz").status != 200) {
      if (std::chrono::steady_clock::now() > end) {
        FAIL() << "there is room again, and it does not write: " << as(kClerk).get("/readyz").raw;
      }
      ::poll(nullptr, 0, kAskAgainMs);
    }
  }

  faults::FaultPage page{folder.file("faults"), folder.file("data")};
};

TEST_F(Full, AFullDiskIsReadOnlyWithAReasonAndWritesAgainWhenThereIsRoom) {
  start_server(page.words(SILKLEDGER_FAULTS_LIBRARY));
  Cycles cycles(kCyclesMin);
  while (cycles.next()) {
    const bool told = cycles.done() % 2 == 0;
    const auto room =
        std::uniform_int_distribution<std::int64_t>(kRoomLeastBytes, kRoomMostBytes)(random);
    const auto name = std::to_string(seed) + "-" + std::to_string(cycles.done());
    SCOPED_TRACE("cycle " + std::to_string(cycles.done()) + ", room for " + std::to_string(room) +
                 " bytes, " + (told ? "told" : "not told"));
    expect_unharmed_writes(name + "-a");
    page.state().room_is_told = told;
    page.state().room_bytes = room;
    fill(name + "-f");
    page.state().room_is_told = true;
    expect_read_only();
    if (HasFailure()) return;
    page.reset();
    wait_until_ready();
    if (HasFailure()) return;
    expect_unharmed_writes(name + "-b");
    expect_nothing_lost();
    expect_views_equal_a_fresh_fold();
  }
  const auto facts = history.facts();
  std::printf("%d times full; %zu commands sent, %zu of those not stored at once found stored\n",
              cycles.done(), facts.sent.size(), stored_unanswered);
  EXPECT_EQ(server->stop(), 0);
  start_server();
  expect_nothing_lost();
  EXPECT_EQ(server->stop(), 0);
}

}  // namespace
}  // namespace silkledger::testing
