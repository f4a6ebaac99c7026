// Kill -9 under load, again and again: nothing that was acknowledged is lost, nothing has two
// effects. Each client keeps a journal outside the server of what it sent and what was
// acknowledged.
//
// The process dies, the machine does not: what the disk does with its cache is beyond this drill.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <sstream>
#include <thread>

#include "tests/e2e/live_subscriber.h"
#include "tests/support/server_process.h"

namespace silkledger::testing {
namespace {

constexpr int kClients = 4;
constexpr int kCyclesMin = 20;
constexpr int kDefaultSeconds = 60;
constexpr const char* kToken = "demo-branch-clerk";

int from_environment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text ? std::atoi(text) : otherwise;
}

// One line a fact, written before the next step is taken: "sent <id>", "stored <id> <position>".
class Journal {
 public:
  explicit Journal(const std::string& path)
      : path_(path), descriptor_(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600)) {}
  ~Journal() { ::close(descriptor_); }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  void sent(const std::string& id) { add("sent " + id + "\n"); }
  void stored(const std::string& id, std::uint64_t position) {
    add("stored " + id + " " + std::to_string(position) + "\n");
  }

  struct Facts {
    std::vector<std::string> sent;
    std::map<std::string, std::uint64_t> stored;
  };
  Facts read() const {
    Facts facts;
    std::istringstream in(contents_of(path_));
    std::string word;
    std::string id;
    while (in >> word >> id) {
      if (word == "sent") {
        facts.sent.push_back(id);
      } else {
        in >> facts.stored[id];
      }
    }
    return facts;
  }

 private:
  void add(const std::string& line) {
    if (::write(descriptor_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
      throw std::runtime_error("the journal cannot be written");
    }
  }
  std::string path_;
  int descriptor_;
};

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

// Sends until the connection breaks; `name` makes the ids of its commands and leads unique.
struct Sender {
  Journal& journal;
  Acknowledgements& acknowledged;
  std::string unit;
  std::string name;
  std::string unexpected;

  void over_http(const client::Endpoint& endpoint) {
    ApiClient client(endpoint);
    for (int i = 0;; ++i) {
      const auto id = name + "-" + std::to_string(i);
      journal.sent(id);
      const auto answer = client.command("report-lead", id, lead_body(id, unit));
      if (answer.status == 0) return;
      if (answer.status != 200) {
        unexpected = answer.raw;
        return;
      }
      journal.stored(id, number_of(answer.object(), "position"));
      acknowledged.add();
    }
  }

  // Several commands at a time on one connection.
  void over_websocket(const client::Endpoint& endpoint) {
    constexpr int kInFlight = 8;
    client::LiveClient live(endpoint);
    if (live.connect()) return;
    int in_flight = 0;
    for (int i = 0;;) {
      for (; in_flight < kInFlight; ++in_flight, ++i) {
        const auto id = name + "-" + std::to_string(i);
        journal.sent(id);
        if (live.send(command_frame(id, "reportLead", lead_body(id, unit)))) return;
      }
      const auto text = live.receive(std::chrono::seconds(30));
      if (!text) return;
      const auto frame = boost::json::parse(*text).as_object();
      if (text_of(frame, "type") != "answer" || number_of(frame, "status") != 200) {
        unexpected = *text;
        return;
      }
      journal.stored(text_of(frame, "commandId"),
                     number_of(frame.at("body").as_object(), "position"));
      acknowledged.add();
      --in_flight;
    }
  }
};

class Kill9 : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto script = folder.file("script.ndjson");
    const auto made = run_program({SILKLEDGER_GENERATE_PROGRAM, "--size", "tiny", "--out", script});
    ASSERT_EQ(made.code, 0) << made.err;
    const auto seeded = run_program(
        {SILKLEDGER_SERVER_PROGRAM, "seed", "--data", folder.file("data"), "--script", script});
    ASSERT_EQ(seeded.code, 0) << seeded.err;
    server = std::make_unique<ServerProcess>(SILKLEDGER_SERVER_PROGRAM, folder.file("data"));
    const auto me = as(kToken).get("/api/v1/me");
    ASSERT_EQ(me.status, 200) << me.raw;
    unit = text_of(me.object().at("roles").as_array().at(0).as_object(), "unitId");
    for (int i = 0; i < kClients; ++i) {
      journals.push_back(std::make_unique<Journal>(folder.file("journal-" + std::to_string(i))));
    }
  }
  void TearDown() override {
    if (HasFailure() && server) std::printf("%s", server->log().c_str());
  }

  ApiClient as(const std::string& token) const { return ApiClient(server->endpoint(token)); }

  // All clients send until the server is killed; it is killed at a random acknowledgement.
  void load_and_kill(int cycle) {
    Acknowledgements acknowledged;
    std::vector<Sender> senders;
    std::vector<std::thread> threads;
    for (int i = 0; i < kClients; ++i) {
      const auto name =
          std::to_string(seed) + "-" + std::to_string(cycle) + "-" + std::to_string(i);
      senders.push_back({*journals[static_cast<std::size_t>(i)], acknowledged, unit, name, {}});
    }
    for (int i = 0; i < kClients; ++i) {
      threads.emplace_back([&, i] {
        auto& sender = senders[static_cast<std::size_t>(i)];
        if (i % 2 == 0) {
          sender.over_http(server->endpoint(kToken));
        } else {
          sender.over_websocket(server->endpoint(kToken));
        }
      });
    }
    const int moment = std::uniform_int_distribution<int>(1, 150)(random);
    const bool reached = acknowledged.wait_for(moment);
    server->kill9();
    for (auto& thread : threads) thread.join();
    EXPECT_TRUE(reached) << "the clients did not get so far: " << moment;
    for (const auto& sender : senders) EXPECT_EQ(sender.unexpected, "");
  }

  // The log from its first position on: without gaps, each command once.
  struct Log {
    std::map<std::string, std::uint64_t> position_of;
    std::map<std::string, std::string> lead_of;
    std::uint64_t last = 0;
  };
  Log read_log() {
    Log log;
    auto auditor = as("demo-auditor");
    const auto head = auditor.stand().head;
    for (const auto& event : auditor.events()) {
      EXPECT_EQ(number_of(event, "position"), ++log.last) << "a gap, or twice";
      if (number_of(event, "commandIndex") != 0) continue;
      const auto id = text_of(event, "commandId");
      const bool first = log.position_of.emplace(id, log.last).second;
      if (text_of(event, "stream").starts_with("lead/")) {
        EXPECT_TRUE(first) << id << " has two effects";
        log.lead_of[id] = text_of(event, "stream") + boost::json::serialize(event.at("stored"));
      }
    }
    EXPECT_EQ(log.last, head);
    return log;
  }

  void expect_nothing_lost() {
    const auto log = read_log();
    std::size_t unanswered_here = 0;
    for (const auto& journal : journals) {
      const auto facts = journal->read();
      for (const auto& [id, position] : facts.stored) {
        const auto found = log.position_of.find(id);
        ASSERT_NE(found, log.position_of.end()) << id << " was acknowledged and is lost";
        EXPECT_EQ(found->second, position) << id;
        const auto& lead = log.lead_of.at(id);
        EXPECT_TRUE(lead.starts_with("lead/" + id + "{")) << lead;
        EXPECT_NE(lead.find("示例 " + id + "\""), std::string::npos) << lead;
      }
      for (const auto& id : facts.sent) {
        if (facts.stored.contains(id)) continue;
        send_again(id, log, *journal);
        ++unanswered_here;
      }
      // A few that were answered, too.
      for (int i = 0; i < 3 && !facts.stored.empty(); ++i) {
        std::uniform_int_distribution<std::size_t> offset(0, facts.stored.size() - 1);
        send_again(
            std::next(facts.stored.begin(), static_cast<std::ptrdiff_t>(offset(random)))->first,
            log, *journal);
      }
    }
    unanswered += unanswered_here;
  }

  // The same command id again: stored now, or known to be stored already.
  void send_again(const std::string& id, const Log& log, Journal& journal) {
    const auto answer = as(kToken).command("report-lead", id, lead_body(id, unit));
    ASSERT_EQ(answer.status, 200) << id << ": " << answer.raw;
    const auto& receipt = answer.object();
    const auto found = log.position_of.find(id);
    EXPECT_EQ(receipt.at("repeated").as_bool(), found != log.position_of.end()) << id;
    if (found != log.position_of.end()) {
      EXPECT_EQ(number_of(receipt, "position"), found->second) << id;
      stored_unanswered += 1;
    }
    journal.stored(id, number_of(receipt, "position"));
  }

  const std::uint32_t seed =
      static_cast<std::uint32_t>(from_environment("SILKLEDGER_DRILL_SEED", 20'260'501));
  std::mt19937 random{seed};
  TemporaryFolder folder;
  std::unique_ptr<ServerProcess> server;
  std::vector<std::unique_ptr<Journal>> journals;
  std::string unit;
  std::size_t unanswered = 0;
  std::size_t stored_unanswered = 0;
};

TEST_F(Kill9, NothingAcknowledgedIsLost) {
  const int seconds = from_environment("SILKLEDGER_DRILL_SECONDS", kDefaultSeconds);
  const int wanted = from_environment("SILKLEDGER_DRILL_CYCLES", 0);
  const int least = wanted > 0 ? wanted : seconds >= kCyclesMin ? kCyclesMin : 1;
  std::printf("seed %u, at least %d cycles, %d s\n", seed, least, seconds);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
  int cycles = 0;
  while (cycles < least || (wanted == 0 && std::chrono::steady_clock::now() < end)) {
    SCOPED_TRACE("cycle " + std::to_string(cycles));
    load_and_kill(cycles++);
    server->start();
    expect_nothing_lost();
    const auto live = as("demo-auditor").stand();
    EXPECT_EQ(as("demo-admin").rebuild(), "switched");
    EXPECT_EQ(as("demo-auditor").stand(), live) << "views differ from a rebuild";
    if (HasFailure()) break;
  }
  std::size_t sent = 0;
  for (const auto& journal : journals) sent += journal->read().sent.size();
  std::printf("%d cycles, %zu commands sent, %zu unanswered at a kill, %zu sent again and known\n",
              cycles, sent, unanswered, stored_unanswered);
  EXPECT_EQ(server->stop(), 0);
}

}  // namespace
}  // namespace silkledger::testing
