// Backup and restore of the real server: taken under load, restored, and nothing missing.
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "clients/cpp/event_follower.h"
#include "tests/e2e/live_subscriber.h"
#include "tests/e2e/world.h"
#include "tests/support/command_load.h"

namespace silkledger::testing {
namespace {

constexpr int kConnections = 4;
constexpr int kInFlight = 16;  // of each: 64 commands in flight
constexpr std::chrono::seconds kJobLimit{60};
const std::vector<std::string> kViews = {
    "lead",       "project", "progress", "approval",    "fund",  "audit",     "unit",      "person",
    "evaluation", "item",    "chain",    "chain-graph", "offer", "unit-plan", "enterprise"};

class BackupOfS0 : public OnS0 {
 protected:
  // Starts a backup, waits for its end, and gives its state.
  boost::json::object back_up(const std::string& query = {}) {
    auto admin = as(kAdministrator);
    const auto started = admin.post("/api/v1/jobs/backup/start" + query);
    EXPECT_EQ(started.status, 202) << started.raw;
    const auto end = std::chrono::steady_clock::now() + kJobLimit;
    while (std::chrono::steady_clock::now() < end) {
      auto state = admin.get("/api/v1/jobs/backup").object();
      if (const auto phase = text_of(state, "phase"); phase == "done" || phase == "failed") {
        EXPECT_EQ(phase, "done") << boost::json::serialize(state);
        return state;
      }
      std::this_thread::yield();
    }
    ADD_FAILURE() << "the backup does not end";
    return {};
  }
  std::string path_of(const boost::json::object& backup) const {
    return server->data() + "/backups/" + text_of(backup, "file");
  }
  // A data folder restored from backups, with the key put back.
  std::string restore(const std::vector<std::string>& files, const std::string& name) {
    const auto data = folder.file(name);
    std::vector<std::string> words = {kServerProgram, "restore", "--data",
                                      data,           "--from",  files.front()};
    for (std::size_t i = 1; i < files.size(); ++i) {
      words.emplace_back("--then");
      words.push_back(files[i]);
    }
    const auto ran = run_program(words, std::chrono::seconds(120));
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("personal.key"), std::string::npos) << ran.out;
    std::filesystem::copy(folder.file("data") + "/keys/personal.key", data + "/keys/personal.key");
    return data;
  }
  void serve(const std::string& data) {
    server.reset();
    server = std::make_unique<ServerProcess>(kServerProgram, data);
    as(kAuditor).stand();
  }
  std::map<std::string, std::string> views_at(std::uint64_t position) {
    std::map<std::string, std::string> views;
    for (const auto& view : kViews) {
      for (const auto& row : as(kAuditor).rows(view, "asOf=" + std::to_string(position))) {
        views[view] += boost::json::serialize(row) + "\n";
      }
    }
    return views;
  }
  std::vector<std::string> events_to(std::uint64_t position) {
    std::vector<std::string> events;
    for (const auto& event : as(kAuditor).events()) {
      if (number_of(event, "position") <= position) events.push_back(boost::json::serialize(event));
    }
    return events;
  }
};

TEST_F(BackupOfS0, TakenUnderLoadIsRestoredWhole) {
  CommandLoad load(server->endpoint(kBranchClerk), kBranch, "load", kConnections, kInFlight);
  while (load.answered() < 200 && load.unexpected().empty()) std::this_thread::yield();
  const auto full = back_up();
  const auto during = load.answered();
  while (load.answered() < during + 200 && load.unexpected().empty()) std::this_thread::yield();
  const auto next = back_up("?incremental=true");
  load.stop();
  ASSERT_EQ(load.unexpected(), "");
  const auto last = number_of(next, "last");
  EXPECT_EQ(number_of(next, "first"), number_of(full, "last") + 1);
  EXPECT_GT(last, number_of(full, "last"));
  EXPECT_TRUE(next.at("verified").as_bool());
  const auto views = views_at(last);
  const auto events = events_to(last);
  const std::vector<std::string> files = {path_of(full), path_of(next)};
  const auto verified = run_program({kServerProgram, "verify-backup", files[0], files[1]});
  EXPECT_EQ(verified.code, 0) << verified.err;
  EXPECT_NE(verified.out.find(text_of(next, "root")), std::string::npos) << verified.out;
  EXPECT_EQ(server->stop(), 0);

  serve(restore(files, "restored"));
  EXPECT_EQ(views_at(last), views);
  EXPECT_EQ(events_to(last), events);
  // What was acknowledged up to there is known; what came later is not, and can be sent again.
  auto clerk = as(kBranchClerk);
  const auto send_again = [&](const std::string& id, const boost::json::object& receipt,
                              bool repeated) {
    const auto again = clerk.command("report-lead", id, lead_body(id, kBranch));
    ASSERT_EQ(again.status, 200) << again.raw;
    ASSERT_EQ(again.object().at("repeated").as_bool(), repeated) << id;
    if (!repeated) return;
    for (const auto* key : {"stream", "version", "epoch", "position", "recordedAt"}) {
      EXPECT_EQ(again.object().at(key), receipt.at(key)) << id << " " << key;
    }
  };
  std::size_t known = 0;
  std::size_t unknown = 0;
  for (const auto& [id, receipt] : load.receipts()) {
    const bool repeated = number_of(receipt, "position") <= last;
    auto& count = repeated ? known : unknown;
    if (count < (repeated ? 100U : 1U)) {
      send_again(id, receipt, repeated);
      ++count;
    }
  }
  EXPECT_GT(known, 50U);
  const auto stored = clerk.command("report-lead", "after", lead_body("E-after", kBranch));
  ASSERT_EQ(stored.status, 200) << stored.raw;
  EXPECT_EQ(text_of(stored.object(), "epoch"), "2");
  const auto began = as(kAuditor).events("kind=epochBegan");
  ASSERT_EQ(began.size(), 1U);
  EXPECT_EQ(number_of(began[0], "position"), last + 1);
  EXPECT_EQ(as(kAdministrator).rebuild(), "switched");
}

TEST_F(BackupOfS0, ViewsOfTheOldLogBesideARestoredOneAreBegunAgain) {
  const auto backup = back_up();
  ASSERT_EQ(as(kBranchClerk).command("report-lead", "lost", lead_body("E-lost", kBranch)).status,
            200);
  as(kAuditor).stand();
  EXPECT_EQ(server->stop(), 0);
  const auto old = server->data();
  const auto data = restore({path_of(backup)}, "restored");
  copy_folder(old + "/views", data + "/views");
  serve(data);
  EXPECT_NE(server->log().find("views_begin_again"), std::string::npos) << server->log();
  EXPECT_EQ(as(kAuditor).get("/api/v1/views/lead/E-lost").status, 404);
  const auto live = as(kAuditor).stand();
  EXPECT_EQ(as(kAdministrator).rebuild(), "switched");
  EXPECT_EQ(as(kAuditor).stand(), live);
}

TEST_F(BackupOfS0, ASubscriberLearnsThatTheLogWasRestored) {
  const auto backup = back_up();
  const auto last = number_of(backup, "last");
  auto clerk = as(kBranchClerk);
  for (const auto* id : {"lost-1", "lost-2", "lost-3"}) {
    ASSERT_EQ(clerk.command("report-lead", id, lead_body(id, kBranch)).status, 200);
  }
  client::FollowOptions options;
  options.from = last + 1;
  client::EventFollower follower(server->endpoint(kAuditor), options);
  while (follower.position() < last + 3) ASSERT_TRUE(follower.next(kJobLimit));
  EXPECT_EQ(server->stop(), 0);
  serve(restore({path_of(backup)}, "restored"));
  for (const auto* id : {"new-1", "new-2", "new-3", "new-4"}) {
    ASSERT_EQ(as(kBranchClerk).command("report-lead", id, lead_body(id, kBranch)).status, 200);
  }
  follower.move_to(server->endpoint(kAuditor));
  EXPECT_FALSE(follower.next(kJobLimit)) << "what it saw is void";
  EXPECT_EQ(follower.error().status, 409);
  EXPECT_NE(follower.error().body.find(":epoch-changed"), std::string::npos);
  client::LiveClient live(server->endpoint(kAuditor));
  ASSERT_FALSE(live.connect());
  ASSERT_FALSE(live.send(R"({"type":"subscribeEvents","epoch":"1","from":")" +
                         std::to_string(last + 4) + "\"}"));
  const auto refused = next_frame(live);
  ASSERT_EQ(text_of(refused, "type"), "problem") << boost::json::serialize(refused);
  const auto& problem = refused.at("body").as_object();
  EXPECT_TRUE(text_of(problem, "type").ends_with(":epoch-changed"));
  EXPECT_EQ(number_of(problem, "continuesFrom"), last + 1);
  ASSERT_FALSE(live.send(R"({"type":"subscribeEvents","epoch":"1","from":")" +
                         std::to_string(last + 1) + "\"}"));
  EXPECT_EQ(text_of(next_frame(live), "type"), "subscribed");
  EXPECT_EQ(number_of(next_frame(live), "epoch"), 2U);
}

TEST_F(BackupOfS0, TheCommandLineTakesOne) {
  const auto run = [&](const std::string& token, std::vector<std::string> words) {
    words.insert(words.begin(),
                 {kCliProgram, "--server", server->url(), "--token", token, "--lang", "en"});
    return run_program(words);
  };
  const auto taken = run(kAdministrator, {"backup"});
  EXPECT_EQ(taken.code, 0) << taken.err;
  EXPECT_NE(taken.out.find("Read back and checked"), std::string::npos) << taken.out;
  EXPECT_EQ(run(kAuditor, {"backup"}).code, 1) << "backups are for administrators";
  EXPECT_EQ(run(kAdministrator, {"backup", "--cancel"}).code, 1) << "there is nothing to cancel";
  const auto unknown = run(kAdministrator, {"rebuild", "leeds"});
  EXPECT_EQ(unknown.code, 1);
  EXPECT_NE(unknown.err.find("\"leeds\""), std::string::npos) << unknown.err;
}

}  // namespace
}  // namespace silkledger::testing
