// Backups under load, each restored and compared, again and again: what was acknowledged up to a
// backup is in the log made of it, a repeated command is known there, and nothing else is.
//
// Each cycle goes on with the server on the restored log, so epochs add up.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

#include "tests/drills/drill.h"
#include "tests/support/command_load.h"

namespace silkledger::testing {
namespace {

constexpr int kConnections = 4;
constexpr int kInFlight = 16;
constexpr int kReplayed = 25;  // commands sent again in each cycle
constexpr const char* kAdministrator = "demo-admin";
constexpr const char* kAuditor = "demo-auditor";
constexpr std::chrono::seconds kJobLimit{120};

class BackupDrill : public Drill {
 protected:
  boost::json::object back_up(bool incremental) {
    auto admin = as(kAdministrator);
    const auto started = admin.post(std::string("/api/v1/jobs/backup/start") +
                                    (incremental ? "?incremental=true" : ""));
    EXPECT_EQ(started.status, 202) << started.raw;
    const auto end = std::chrono::steady_clock::now() + kJobLimit;
    while (std::chrono::steady_clock::now() < end) {
      auto state = admin.get("/api/v1/jobs/backup").object();
      const auto phase = text_of(state, "phase");
      if (phase == "done") return state;
      if (phase == "failed") break;
      std::this_thread::yield();
    }
    ADD_FAILURE() << "the backup failed: " << admin.get("/api/v1/jobs/backup").raw;
    return {};
  }

  // A full backup and one or two that follow it, all while commands come in. The state of the last.
  boost::json::object chain_under_load(int cycle, CommandLoad& load,
                                       std::vector<std::string>& files) {
    boost::json::object last;
    const int length = 2 + static_cast<int>(random() % 2);
    for (int i = 0; i < length; ++i) {
      const auto goal = load.answered() + 20 + random() % 200;
      while (load.answered() < goal && load.unexpected().empty()) std::this_thread::yield();
      last = back_up(i > 0);
      files.push_back(server->data() + "/backups/" + text_of(last, "file"));
      EXPECT_TRUE(std::filesystem::exists(files.back())) << "cycle " << cycle;
    }
    return last;
  }

  void restore(const std::vector<std::string>& files, const std::string& target) {
    std::vector<std::string> words = {
        SILKLEDGER_SERVER_PROGRAM, "restore", "--data", target, "--from", files.front()};
    for (std::size_t i = 1; i < files.size(); ++i) {
      words.emplace_back("--then");
      words.push_back(files[i]);
    }
    const auto ran = run_program(words, std::chrono::seconds(300));
    ASSERT_EQ(ran.code, 0) << ran.err;
    std::filesystem::copy(current + "/keys/personal.key", target + "/keys/personal.key");
  }

  void expect_what_was_acknowledged(const CommandLoad& load, std::uint64_t last) {
    std::map<std::string, std::uint64_t> position_of;
    std::uint64_t seen = 0;
    for (const auto& event : as(kAuditor).events()) {
      EXPECT_EQ(number_of(event, "position"), ++seen);
      if (number_of(event, "commandIndex") == 0) position_of[text_of(event, "commandId")] = seen;
    }
    int again = 0;
    for (const auto& [id, receipt] : load.receipts()) {
      const auto position = number_of(receipt, "position");
      const auto found = position_of.find(id);
      ASSERT_EQ(found != position_of.end(), position <= last) << id << " at " << position;
      if (position > last) continue;
      ASSERT_EQ(found->second, position) << id;
      if (++again > kReplayed) continue;
      const auto answer = as(kClerk).command("report-lead", id, lead_body(id, unit));
      ASSERT_EQ(answer.status, 200) << answer.raw;
      ASSERT_TRUE(answer.object().at("repeated").as_bool()) << id;
      ASSERT_EQ(number_of(answer.object(), "position"), position);
    }
    commands += load.receipts().size();
  }

  void cycle(int number) {
    const auto name = std::to_string(seed) + "-" + std::to_string(number);
    CommandLoad load(server->endpoint(kClerk), unit, name, kConnections, kInFlight);
    std::vector<std::string> files;
    const auto backup = chain_under_load(number, load, files);
    load.stop();
    ASSERT_EQ(load.unexpected(), "");
    ASSERT_FALSE(backup.empty());
    const auto last = number_of(backup, "last");
    EXPECT_EQ(server->stop(), 0);
    const auto target = folder.file("data-" + std::to_string(number + 2));
    restore(files, target);
    if (HasFatalFailure()) return;
    server = std::make_unique<ServerProcess>(SILKLEDGER_SERVER_PROGRAM, target);
    const auto live = as(kAuditor).stand();
    EXPECT_GT(live.head, last);
    expect_what_was_acknowledged(load, last);
    if (HasFatalFailure()) return;
    EXPECT_EQ(as(kAuditor).events("kind=epochBegan").size(), static_cast<std::size_t>(number + 1));
    EXPECT_EQ(as(kAdministrator).rebuild(), "switched");
    std::filesystem::remove_all(current);
    current = target;
    backups += files.size();
  }

  std::string current = data();  // the folder that the server serves
  std::size_t commands = 0;
  std::size_t backups = 0;
};

TEST_F(BackupDrill, WhatABackupHoldsIsWhatARestoreGives) {
  start_server();
  Cycles cycles(1);
  while (cycles.next()) {
    SCOPED_TRACE("cycle " + std::to_string(cycles.done()));
    cycle(cycles.done());
    if (HasFailure()) break;
  }
  std::printf("%d cycles, %zu backups under load, %zu commands acknowledged meanwhile\n",
              cycles.done(), backups, commands);
  EXPECT_EQ(server->stop(), 0);
}

}  // namespace
}  // namespace silkledger::testing
