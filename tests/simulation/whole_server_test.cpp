// The whole server in one thread under virtual time, from a seed: people send commands, repeat
// them, get them wrong; subscribers read slowly and break off; the process is killed at any moment
// and starts again. Whoever watched from outside keeps a journal, and in the end the journal and
// the log must agree.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <map>

#include "tests/support/core_harness.h"

namespace silkledger::testing {
namespace {

using server::HttpResponse;

constexpr std::uint64_t kPeople = 4;
constexpr int kSubscribers = 3;
constexpr int kSteps = 400;

// What a client knows of a command it sent.
struct Sent {
  std::string person;
  std::string name;
  std::string body;
  int answers = 0;
  std::optional<std::string> position;  // acknowledged there
  bool refused = false;
};

// A subscriber outside the server: its cursor and everything it was ever sent.
struct Subscriber {
  CoreHarness::Live live;
  std::vector<std::uint64_t> seen;
  std::size_t read = 0;  // frames of the present connection already looked at
};

class Simulation {
 public:
  explicit Simulation(std::uint64_t seed) : harness(seed), random(seed ^ 0x5EEDULL) {
    harness.set_up();
    for (std::uint64_t i = 0; i < kPeople; ++i)
      harness.grant(clerk(i), i % 2 == 0 ? "653101" : "653121", "county-clerk");
    harness.grant("registrar", "office", "registrar");
    harness.grant("auditor", "office", "auditor");
    for (auto& subscriber : subscribers) connect(subscriber);
  }

  void run() {
    for (int step = 0; step < kSteps; ++step) {
      switch (random.below(12)) {
        case 0:
          crash();
          break;
        case 1:
          retry();
          break;
        case 2:
          break_off();
          break;
        case 3:
        case 4:
          classify();
          break;
        default:
          report();
          break;
      }
      harness.world.advance(std::chrono::microseconds(random.below(2'000)));
      read_all();
    }
    settle();
  }

  void settle() {
    for (auto& [id, sent] : journal) {
      if (sent.answers == 0) send(id);
    }
    for (int round = 0; round < 1'000; ++round) {
      harness.world.advance(std::chrono::milliseconds(20));
      read_all();
    }
  }

  CoreHarness harness;
  std::map<std::string, Sent> journal;
  std::array<Subscriber, kSubscribers> subscribers;
  int crashes = 0;

 private:
  static std::string clerk(std::uint64_t i) { return "clerk-" + std::to_string(i); }

  void report() {
    const auto who = random.below(kPeople);
    // Few ids, so that some are taken already and must be refused.
    const std::string lead = "L" + std::to_string(random.below(200));
    const std::string unit = who % 2 == 0 ? "653101" : "653121";
    note(clerk(who), "report-lead",
         R"({"leadId":")" + lead +
             R"(","investorName":"测试企业","origin":"foreign","reportingUnit":")" + unit +
             R"(","content":"示例"})");
  }

  void classify() {
    note("registrar", "classify-lead",
         R"({"leadId":"L)" + std::to_string(random.below(200)) + R"(","leadClass":"other"})");
  }

  void note(const std::string& person, const std::string& name, const std::string& body) {
    const std::string id = "sim-" + std::to_string(journal.size());
    journal.emplace(id, Sent{person, name, body, 0, {}, false});
    send(id);
  }

  void retry() {
    if (journal.empty()) return;
    auto chosen = journal.begin();
    std::advance(chosen, static_cast<long>(random.below(journal.size())));
    send(chosen->first);
  }

  void send(const std::string& id) {
    const auto& sent = journal.at(id);
    server::HttpRequest request;
    request.method = "POST";
    request.path = "/api/v1/commands/" + sent.name;
    request.headers = {{"idempotency-key", id}, {"content-type", "application/json"}};
    request.body = sent.body;
    request.token = CoreHarness::token_of(sent.person);
    harness.core->handle(std::move(request),
                         [this, id](const HttpResponse& response) { answered(id, response); });
  }

  void answered(const std::string& id, const HttpResponse& response) {
    auto& sent = journal.at(id);
    ++sent.answers;
    const auto body = boost::json::parse(response.body).as_object();
    if (response.status != 200) {
      sent.refused = true;
      return;
    }
    const std::string position(body.at("position").as_string());
    if (sent.position) {
      EXPECT_EQ(*sent.position, position) << id << " was acknowledged at two positions";
    }
    sent.position = position;
  }

  void connect(Subscriber& subscriber) {
    const std::uint64_t next = subscriber.seen.empty() ? 1 : subscriber.seen.back() + 1;
    subscriber.live = harness.open_live("auditor", 2'000 + random.below(20'000));
    subscriber.read = 0;
    subscriber.live.say(R"({"type":"subscribeEvents","from":")" + std::to_string(next) + R"("})");
  }

  void break_off() {
    auto& subscriber = subscribers[random.below(kSubscribers)];
    read(subscriber);
    subscriber.live.connection->on_closed();
    connect(subscriber);
  }

  void crash() {
    ++crashes;
    read_all();
    harness.crash();
    for (auto& subscriber : subscribers) subscriber.live.connection.reset();
    harness.restart();
    for (auto& subscriber : subscribers) connect(subscriber);
  }

  // Takes what arrived, sometimes; a client that does not read leaves its outbox full.
  void read_all() {
    for (auto& subscriber : subscribers) {
      if (random.below(3) == 0) read(subscriber);
    }
  }

  void read(Subscriber& subscriber) {
    auto& outlet = *subscriber.live.outlet;
    for (; subscriber.read < outlet.frames.size(); ++subscriber.read) {
      const auto frame = boost::json::parse(outlet.frames[subscriber.read]).as_object();
      if (frame.at("type").as_string() != "event") continue;
      subscriber.seen.push_back(std::stoull(std::string(frame.at("position").as_string())));
    }
    outlet.queued = 0;
    subscriber.live.connection->on_writable();
  }

  VirtualExecutor
      random;  // a second source, so that the clients' choices do not hang on the server's
};

std::vector<std::uint64_t> one_to(std::uint64_t last) {
  std::vector<std::uint64_t> all(last);
  for (std::uint64_t i = 0; i < last; ++i) all[i] = i + 1;
  return all;
}

boost::json::value digests(CoreHarness& harness) {
  return boost::json::parse(harness.get("admin", "/api/v1/head").body).as_object().at("views");
}

class WholeServer : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(WholeServer, KeepsItsPromisesThroughCrashes) {
  Simulation simulation(GetParam());
  simulation.run();
  auto& harness = simulation.harness;
  const auto head = harness.log->head().position;
  ASSERT_GT(simulation.crashes, 5);

  // NothingAcknowledgedIsLost and ARetryHasOneEffect: each command stands where it was
  // acknowledged, and only there.
  std::map<std::string, std::vector<std::uint64_t>> in_log;
  std::uint64_t expected = 1;
  for (std::uint64_t from = 1; from <= head;) {
    auto read = harness.log->read(from, {}, {});
    auto& batch = std::get<eventstore::ReadBatch>(read);
    for (const auto& record : batch.records) {
      EXPECT_EQ(record.header.position, expected++) << "PositionsAreDense";
      in_log[record.header.command.id].push_back(record.header.position);
    }
    from = batch.next;
  }
  EXPECT_EQ(expected, head + 1);
  for (const auto& [id, sent] : simulation.journal) {
    EXPECT_GT(sent.answers, 0) << id << " was never answered";
    if (sent.position) {
      ASSERT_TRUE(in_log.contains(id)) << id << " was acknowledged and is lost";
      EXPECT_EQ(std::to_string(in_log.at(id).front()), *sent.position);
      EXPECT_EQ(in_log.at(id).size(), 1u) << id;
    }
  }

  // EverySubscriberSeesEachEventOnce, in order, across reconnects, slow reading and restarts.
  for (const auto& subscriber : simulation.subscribers) EXPECT_EQ(subscriber.seen, one_to(head));

  // ViewsAreAFunctionOfTheLog: the views folded through all of this equal those folded from the log
  // alone.
  const auto live = digests(harness);
  harness.crash();
  harness.views.reset();
  harness.restart();
  harness.world.advance(std::chrono::seconds(1));
  EXPECT_EQ(digests(harness), live);
}

TEST_P(WholeServer, TheSameSeedGivesTheSameHistory) {
  Simulation one(GetParam());
  one.run();
  Simulation two(GetParam());
  two.run();
  EXPECT_EQ(one.harness.log->head(), two.harness.log->head());
}

INSTANTIATE_TEST_SUITE_P(Seeds, WholeServer, ::testing::Range<std::uint64_t>(1, 7),
                         [](const auto& one) { return "seed" + std::to_string(one.param); });

}  // namespace
}  // namespace silkledger::testing
