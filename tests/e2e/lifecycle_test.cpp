// How the server starts, refuses to start, stops, and says how it is.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <thread>

#include "tests/e2e/live_subscriber.h"
#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

class Lifecycle : public OnS0 {};

// Sends leads over HTTP until the server goes.
struct Sender {
  std::map<std::string, std::uint64_t> acknowledged;  // command id, position
  std::string unanswered;
  int broken_status = 0;  // an answer that was neither 200 nor the closing of the connection

  void run(ApiClient client, const std::string& name, std::atomic<int>& answers) {
    for (int i = 0;; ++i) {
      const auto id = "E-" + name + "-" + std::to_string(i);
      const auto answer = client.command("report-lead", id, lead_body(id, kBranch));
      if (answer.status == 200) {
        acknowledged[id] = number_of(answer.object(), "position");
        ++answers;
        continue;
      }
      unanswered = id;
      broken_status = answer.status;
      return;
    }
  }
};

TEST_F(Lifecycle, AGracefulStopFinishesWhatItBegan) {
  constexpr int kSenders = 3;
  constexpr int kAnswersBeforeTheStop = 60;
  client::LiveClient live(server->endpoint(kAuditor));
  ASSERT_FALSE(live.connect());
  ASSERT_FALSE(live.send(R"({"type":"subscribeEvents","from":"1848"})"));
  std::atomic<int> answers{0};
  std::vector<Sender> senders(kSenders);
  std::vector<std::thread> threads;
  for (int i = 0; i < kSenders; ++i) {
    threads.emplace_back([&, i] {
      senders[static_cast<std::size_t>(i)].run(as(kBranchClerk), "stop-" + std::to_string(i),
                                               answers);
    });
  }
  for (int seen = 0; seen < kAnswersBeforeTheStop;) {
    if (text_of(next_frame(live), "type") == "event") ++seen;
  }
  server->ask_to_stop();
  while (live.receive(kFrameLimit)) {
  }
  EXPECT_EQ(live.error().close_code, 1001) << live.error().message;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(server->wait_for_exit(), 0);

  const auto began = std::chrono::steady_clock::now();
  server->start();
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
  std::map<std::string, std::uint64_t> stored;
  for (const auto& event : as(kAuditor).events("from=1848"))
    stored[text_of(event, "commandId")] = number_of(event, "position");
  for (const auto& sender : senders) {
    // Closed without an answer, or told that it stops; never a broken answer.
    EXPECT_TRUE(sender.broken_status == 0 || sender.broken_status == 503) << sender.broken_status;
    for (const auto& [id, position] : sender.acknowledged) EXPECT_EQ(stored[id], position) << id;
    const auto& last = sender.unanswered;
    const auto again = as(kBranchClerk).command("report-lead", last, lead_body(last, kBranch));
    EXPECT_EQ(again.status, 200) << again.raw;
    EXPECT_EQ(again.object().at("repeated").as_bool(), stored.contains(last) && stored[last] != 0);
  }
}

TEST_F(Lifecycle, StartsOnlyOnItsOwnData) {
  const auto serve = [&](const std::string& data) {
    return run_program({kServerProgram, "serve", "--data", data, "--port", "0"});
  };
  const auto missing = serve(folder.file("nowhere"));
  EXPECT_NE(missing.code, 0);
  EXPECT_NE((missing.err + missing.out).find(folder.file("nowhere")), std::string::npos)
      << missing.err;
  EXPECT_FALSE(std::filesystem::exists(folder.file("nowhere"))) << "a typing error makes no ledger";

  std::filesystem::create_directory(folder.file("empty"));
  const auto empty = serve(folder.file("empty"));
  EXPECT_NE(empty.code, 0);
  EXPECT_FALSE(empty.err.empty());

  const auto second = serve(server->data());
  EXPECT_NE(second.code, 0);
  EXPECT_NE((second.err + second.out).find("another process"), std::string::npos) << second.err;
  EXPECT_EQ(as(kAuditor).get("/api/v1/head").status, 200) << "the first is not disturbed";

  const auto over = run_program({kServerProgram, "seed", "--data", server->data(), "--script",
                                 std::string(kS0) + "script.ndjson"});
  EXPECT_NE(over.code, 0);
  EXPECT_NE(over.err.find("holds a ledger already"), std::string::npos) << over.err;

  EXPECT_EQ(server->stop(), 0);
  std::filesystem::remove_all(server->data() + "/keys");
  const auto no_key = serve(server->data());
  EXPECT_NE(no_key.code, 0);
  EXPECT_NE((no_key.err + no_key.out).find("key"), std::string::npos) << no_key.err;
}

TEST_F(Lifecycle, ADemonstrationStaysOnItsLastDayAcrossRestarts) {
  const auto receipt =
      as(kBranchClerk).command("report-lead", "day-1", lead_body("E-day", kBranch));
  ASSERT_EQ(receipt.status, 200) << receipt.raw;
  // The last event of S0 was recorded five seconds after Beijing midnight of 2026-05-31.
  EXPECT_TRUE(text_of(receipt.object(), "recordedAt").starts_with("2026-05-30T16:")) << receipt.raw;
  const auto before = as(kAuditor).stand();
  EXPECT_EQ(server->stop(), 0);
  server->start();
  EXPECT_EQ(text_of(as(kAuditor).get("/api/v1/head").object(), "today"), "2026-05-31");
  EXPECT_EQ(as(kAuditor).stand(), before);
}

TEST_F(Lifecycle, HealthAndMetrics) {
  auto anybody = as("");
  EXPECT_EQ(anybody.get("/healthz").status, 200);
  EXPECT_EQ(anybody.get("/readyz").status, 200);
  EXPECT_EQ(anybody.get("/api/v1/openapi.json").object().contains("paths"), true);
  auto clerk = as(kBranchClerk);
  ASSERT_EQ(clerk.command("report-lead", "m1", lead_body("E-m1", kBranch)).status, 200);
  ASSERT_EQ(clerk.command("report-lead", "m2", lead_body("E-m1", kBranch)).status, 409);
  const auto metrics = anybody.get("/metrics");
  EXPECT_EQ(metrics.status, 200);
  EXPECT_NE(
      metrics.raw.find(R"(silkledger_commands_total{command="report-lead",outcome="stored"} 1)"),
      std::string::npos)
      << metrics.raw;
  EXPECT_NE(
      metrics.raw.find(R"(silkledger_commands_total{command="report-lead",outcome="refused"} 1)"),
      std::string::npos);
}

TEST(Init, ANewLedgerIsServedToItsAdministratorOnly) {
  const TemporaryFolder folder;
  const auto data = folder.file("data");
  const auto token_file = folder.file("token");
  const auto made = run_program({kServerProgram, "init", "--data", data, "--admin-name",
                                 "测试管理员", "--token-file", token_file});
  ASSERT_EQ(made.code, 0) << made.err;
  const auto permissions = std::filesystem::status(token_file).permissions();
  EXPECT_EQ(permissions & std::filesystem::perms(0077), std::filesystem::perms::none);
  auto token = contents_of(token_file);
  token.pop_back();
  ServerProcess server(kServerProgram, data, false);
  const auto me = ApiClient(server.endpoint(token)).get("/api/v1/me");
  ASSERT_EQ(me.status, 200) << me.raw;
  EXPECT_EQ(text_of(me.object(), "name"), "测试管理员");
  EXPECT_TRUE(me.object().at("administers").as_bool());
  EXPECT_EQ(ApiClient(server.endpoint(kAdministrator)).get("/api/v1/me").status, 401);
  EXPECT_EQ(server.stop(), 0);
  const auto again = run_program({kServerProgram, "init", "--data", data, "--admin-name", "测试"});
  EXPECT_NE(again.code, 0);
}

}  // namespace
}  // namespace silkledger::testing
