// Kill -9 under load, again and again: nothing that was acknowledged is lost, nothing has two
// effects. Every third time the kill comes while the views are rebuilt as well.
//
// The process dies, the machine does not: what the disk does with its cache is beyond this drill.
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

#include "tests/drills/drill.h"

namespace silkledger::testing {
namespace {

constexpr int kClients = 4;
constexpr int kCyclesMin = 5;

// Counts acknowledgements over all clients; the drill waits for the one at which it kills.
class Acknowledgements {
 public:
  void add() {
    const std::lock_guard lock(mutex_);
    ++count_;
    changed_.notify_all();
  }
  bool wait_for(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(30), [&] { return count_ >= count; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int count_ = 0;
};

class Kill9 : public Drill {
 protected:
  // All clients send until the server is killed; it is killed at a random acknowledgement.
  void load_and_kill(int cycle) {
    Acknowledgements acknowledged;
    std::vector<Sender> senders;
    std::vector<std::thread> threads;
    for (int i = 0; i < kClients; ++i) {
      senders.push_back(
          {.history = history,
           .unit = unit,
           .name = std::to_string(seed) + "-" + std::to_string(cycle) + "-" + std::to_string(i),
           .on_stored = [&acknowledged] { acknowledged.add(); }});
    }
    for (std::size_t i = 0; i < kClients; ++i) {
      threads.emplace_back([&, i] {
        if (i % 2 == 0) {
          senders[i].over_http(server->endpoint(kClerk));
        } else {
          senders[i].over_websocket(server->endpoint(kClerk));
        }
      });
    }
    const int moment = std::uniform_int_distribution<int>(1, 150)(random);
    const bool reached = acknowledged.wait_for(moment);
    if (cycle % 3 == 2) as("demo-admin").post("/api/v1/jobs/rebuild/start");
    server->kill9();
    for (auto& thread : threads) thread.join();
    EXPECT_TRUE(reached) << "the clients did not get so far: " << moment;
    for (const auto& sender : senders) {
      for (const auto& refused : sender.refused) ADD_FAILURE() << refused.body;
    }
  }
};

TEST_F(Kill9, NothingAcknowledgedIsLost) {
  start_server();
  Cycles cycles(kCyclesMin);
  while (cycles.next() && !HasFailure()) {
    SCOPED_TRACE("cycle " + std::to_string(cycles.done()));
    load_and_kill(cycles.done());
    server->start();
    expect_nothing_lost();
    expect_views_equal_a_fresh_fold();
  }
  std::printf("%d cycles, %zu commands sent, %zu unanswered at a kill, %zu of them stored\n",
              cycles.done(), history.facts().sent.size(), unanswered, stored_unanswered);
  EXPECT_EQ(server->stop(), 0);
}

}  // namespace
}  // namespace silkledger::testing
