// Subscribers over real sockets: each sees each event it may see exactly once, in order.
#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>
#include <future>
#include <map>
#include <thread>

#include "tests/e2e/live_subscriber.h"
#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

using Positions = std::vector<std::uint64_t>;

// Where the server is at present: it changes at a restart.
class Address {
 public:
  void set(const ServerProcess& server) { port_ = server.port(); }
  client::Endpoint endpoint(const std::string& token) const { return {"127.0.0.1", port_, token}; }

 private:
  std::atomic<std::uint16_t> port_{0};
};

// Follows events as the protocol advises: after a break it asks from the last position plus one.
class Subscriber {
 public:
  struct Habits {
    std::string token;
    std::size_t reconnect_every = 0;         // events; 0: never by itself
    int pause_ms = 0;                        // between two frames
    std::shared_future<void> begin_reading;  // takes nothing before, when valid
  };

  Subscriber(const Address& address, Habits habits)
      : address_(address), habits_(std::move(habits)), thread_([this] { run(); }) {}
  ~Subscriber() {
    give_up_ = true;
    if (thread_.joinable()) thread_.join();
  }
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  // Reads on until this position was seen or the time is up, then a little more: nothing may
  // follow.
  Positions finish(std::uint64_t last) {
    last_ = last;
    thread_.join();
    return seen_;
  }
  std::size_t connections() const { return connections_; }

 private:
  static constexpr std::chrono::seconds kLimit{60};

  bool finished() const { return last_ != 0 && !seen_.empty() && seen_.back() >= last_; }

  void run() {
    const auto deadline = std::chrono::steady_clock::now() + kLimit;
    bool all = false;
    while (!all && !give_up_ && std::chrono::steady_clock::now() < deadline) {
      client::LiveClient live(address_.endpoint(habits_.token));
      if (live.connect() ||
          live.send(R"({"type":"subscribeEvents","from":")" +
                    std::to_string(seen_.empty() ? 1 : seen_.back() + 1) + "\"}")) {
        ::poll(nullptr, 0, 50);  // the server is being started again
        continue;
      }
      ++connections_;
      if (habits_.begin_reading.valid()) habits_.begin_reading.wait();
      all = follow(live, deadline);
    }
  }

  // True when everything was seen; false when the connection ended or this subscriber left it.
  bool follow(client::LiveClient& live, std::chrono::steady_clock::time_point deadline) {
    std::size_t events = 0;
    while (!give_up_ && std::chrono::steady_clock::now() < deadline) {
      const bool may_be_last = finished();
      const auto text = live.receive(std::chrono::milliseconds(may_be_last ? 300 : 200));
      if (!text) {
        if (live.error().kind != client::ErrorKind::timeout) return false;
        if (may_be_last) return true;
        continue;
      }
      const auto frame = boost::json::parse(*text).as_object();
      if (text_of(frame, "type") != "event") continue;
      seen_.push_back(number_of(frame, "position"));
      if (habits_.pause_ms > 0) ::poll(nullptr, 0, habits_.pause_ms);
      if (++events == habits_.reconnect_every) return false;
    }
    return true;
  }

  const Address& address_;
  Habits habits_;
  Positions seen_;
  std::atomic<std::uint64_t> last_{0};
  std::atomic<bool> give_up_{false};
  std::atomic<std::size_t> connections_{0};
  std::thread thread_;
};

Positions from_to(std::uint64_t first, std::uint64_t last) {
  Positions all;
  for (auto position = first; position <= last; ++position) all.push_back(position);
  return all;
}

class Live : public OnS0 {
 protected:
  // Leads of two units at the same time, from one client each.
  void report(const std::string& name, int leads) {
    const auto send = [&](const char* token, const char* unit) {
      auto clerk = as(token);
      for (int i = 0; i < leads; ++i) {
        const auto id = "E-" + name + "-" + unit + "-" + std::to_string(i);
        EXPECT_EQ(clerk.command("report-lead", id, lead_body(id, unit)).status, 200);
      }
    };
    std::thread other([&] { send(kOtherBranchClerk, kOtherBranch); });
    send(kBranchClerk, kBranch);
    other.join();
  }
};

TEST_F(Live, EverySubscriberSeesEachEventOnce) {
  Address address;
  address.set(*server);
  std::promise<void> slow_may_read;
  Subscriber steady(address, {kAuditor, 0, 0, {}});
  Subscriber slow(address, {kAuditor, 0, 0, slow_may_read.get_future().share()});
  Subscriber unhurried(address, {kRegistrar, 0, 1, {}});
  Subscriber restless(address, {kAuditor, 7, 0, {}});
  Subscriber own_unit(address, {kBranchClerk, 0, 0, {}});

  report("before", 60);
  server->kill9();
  server->start();
  address.set(*server);
  report("after", 60);
  slow_may_read.set_value();

  const auto head = as(kAuditor).stand().head;
  Positions visible;
  for (const auto& event : as(kBranchClerk).events())
    visible.push_back(number_of(event, "position"));
  ASSERT_FALSE(visible.empty());
  ASSERT_LT(visible.size(), head);

  EXPECT_EQ(steady.finish(head), from_to(1, head));
  EXPECT_EQ(slow.finish(head), from_to(1, head));
  EXPECT_EQ(unhurried.finish(head), from_to(1, head));
  EXPECT_EQ(restless.finish(head), from_to(1, head));
  EXPECT_EQ(own_unit.finish(visible.back()), visible);
  EXPECT_GE(steady.connections(), 2u) << "one restart breaks every connection";
  EXPECT_GT(restless.connections(), head / 8);
}

TEST_F(Live, ABoardShowsEveryLeadAsItIsInTheEnd) {
  client::LiveClient live(server->endpoint(kAuditor));
  ASSERT_FALSE(live.connect());
  ASSERT_FALSE(live.send(R"({"type":"subscribeRows","topic":"b1","view":"lead",)"
                         R"("filters":[{"field":"reportingUnit","value":")" +
                         std::string(kBranch) + R"("}]})"));
  report("board", 10);
  const auto head = as(kAuditor).stand().head;
  std::map<std::string, boost::json::object> board;
  std::uint64_t applied = 0;
  while (applied < head ||
         board.size() < as(kAuditor).rows("lead", std::string("reportingUnit=") + kBranch).size()) {
    const auto frame = next_frame(live);
    if (text_of(frame, "type") != "rows") continue;
    applied = number_of(frame, "applied");
    for (const auto& row : frame.at("rows").as_array())
      board[text_of(row.as_object(), "leadId")] = row.as_object();
  }
  for (const auto& row : as(kAuditor).rows("lead", std::string("reportingUnit=") + kBranch))
    EXPECT_EQ(board.at(text_of(row, "leadId")), row);
}

}  // namespace
}  // namespace silkledger::testing
