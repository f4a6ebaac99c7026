// A bad network between clients and server: connections are slow, come in single bytes, are cut,
// reset and half closed. Clients do what the protocol asks of them — the same command id again, the
// next position on — and each command has one effect, each subscriber sees each event once.
#include <poll.h>

#include <cstdio>
#include <thread>

#include "tests/drills/drill.h"
#include "tests/drills/fault_proxy.h"
#include "tests/e2e/live_subscriber.h"

namespace silkledger::testing {
namespace {

constexpr int kTests = 2;
constexpr int kCyclesMin = 2;
constexpr int kWriters = 3;
constexpr int kSubscribers = 4;
constexpr int kCommands = 20;  // of each writer and cycle
constexpr int kPauseMs = 10;   // before trying again
constexpr int kKilledAfterMs = 200;
constexpr std::chrono::seconds kAnswer{3};
constexpr std::chrono::seconds kPatience{60};

class Net : public Drill {
 protected:
  client::Endpoint through_proxy(const std::string& token) const {
    return {"127.0.0.1", proxy.port(), token};
  }
  static client::ClientLimits impatient() {
    client::ClientLimits limits;
    limits.connect_timeout = kAnswer;
    limits.request_timeout = kAnswer;
    return limits;
  }

  void start() {
    start_server();
    proxy.lead_to(server->port());
  }

  // Sends each command until it is answered, always under the same id.
  void write(const std::string& name) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (int i = 0; i < kCommands; ++i) {
      const auto id = name + "-" + std::to_string(i);
      history.sent(id);
      while (true) {
        ApiClient client(through_proxy(kClerk), impatient());
        const auto answer = client.command("report-lead", id, lead_body(id, unit));
        if (answer.status == 200 && answer.body.is_object()) {
          history.stored(id, number_of(answer.object(), "position"));
          if (answer.object().at("repeated").as_bool()) ++repeated;
          break;
        }
        ASSERT_EQ(answer.status, 0) << answer.raw;
        ASSERT_LT(std::chrono::steady_clock::now(), end) << "no answer came through";
        ++retries;
        ::poll(nullptr, 0, kPauseMs);
      }
    }
  }

  // Follows the log from `next` on to `last`, resuming wherever a connection ended.
  void follow(std::uint64_t next, const std::atomic<std::uint64_t>& last) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (last == 0 || next <= last) {
      ASSERT_LT(std::chrono::steady_clock::now(), end) << "stands at " << next;
      client::LiveClient live(through_proxy("demo-auditor"), impatient());
      if (live.connect()) {
        ::poll(nullptr, 0, kPauseMs);
        continue;
      }
      ++subscriptions;
      if (live.send(R"({"type":"subscribeEvents","from":")" + std::to_string(next) + "\"}"))
        continue;
      while (last == 0 || next <= last) {
        const auto text = live.receive(kAnswer);
        if (!text) break;
        const auto frame = boost::json::parse(*text).as_object();
        if (text_of(frame, "type") != "event") continue;
        ASSERT_EQ(number_of(frame, "position"), next) << "skipped or repeated";
        ++next;
      }
    }
  }

  void write_from_all(int cycle) {
    std::vector<std::thread> writers;
    for (int i = 0; i < kWriters; ++i) {
      writers.emplace_back([this, cycle, i] {
        write(std::to_string(seed) + "-" + std::to_string(cycle) + "-" + std::to_string(i));
      });
    }
    for (auto& writer : writers) writer.join();
  }

  void tell(int cycles) const {
    const auto counts = proxy.counts();
    std::printf(
        "%d cycles, %zu commands, %d sent again, %d of them stored already, %d subscriptions\n"
        "%llu connections: %llu cut, %llu reset, %llu half closed; %llu bytes\n",
        cycles, history.facts().sent.size(), retries.load(), repeated.load(), subscriptions.load(),
        static_cast<unsigned long long>(counts.connections),
        static_cast<unsigned long long>(counts.cut), static_cast<unsigned long long>(counts.reset),
        static_cast<unsigned long long>(counts.half_closed),
        static_cast<unsigned long long>(counts.bytes));
  }

  FaultProxy proxy{seed};
  std::atomic<int> retries{0}, repeated{0}, subscriptions{0};
};

TEST_F(Net, ARetryHasOneEffect) {
  start();
  Cycles cycles(kCyclesMin, kTests);
  while (cycles.next() && !HasFailure()) {
    SCOPED_TRACE("cycle " + std::to_string(cycles.done()));
    write_from_all(cycles.done());
    expect_nothing_lost();
  }
  tell(cycles.done());
  EXPECT_EQ(server->stop(), 0);
}

// The server dies and comes back in the middle, too.
TEST_F(Net, EverySubscriberSeesEachEventOnce) {
  start();
  Cycles cycles(kCyclesMin, kTests);
  while (cycles.next() && !HasFailure()) {
    SCOPED_TRACE("cycle " + std::to_string(cycles.done()));
    const auto head = as("demo-auditor").stand().head;
    std::atomic<std::uint64_t> last{0};
    std::vector<std::thread> subscribers;
    for (std::uint64_t i = 0; i < kSubscribers; ++i) {
      subscribers.emplace_back([&, i] { follow(head + 1 - std::min(head, 10 * i), last); });
    }
    std::thread writers([&] { write_from_all(cycles.done()); });
    ::poll(nullptr, 0, kKilledAfterMs);
    server->kill9();
    server->start();
    proxy.lead_to(server->port());
    writers.join();
    last = as("demo-auditor").stand().head;
    for (auto& subscriber : subscribers) subscriber.join();
    expect_nothing_lost();
  }
  tell(cycles.done());
  EXPECT_EQ(server->stop(), 0);
}

}  // namespace
}  // namespace silkledger::testing
