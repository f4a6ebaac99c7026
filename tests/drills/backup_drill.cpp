// Backups under load, each restored and compared, again and again: what was acknowledged up to a
// backup is in the log made of it, a repeated command is known there, and nothing else is.
//
// Each cycle goes on with the server on the restored log, so epochs add up.
//
// And backups whose server is killed: at each call to the file system that a backup makes, what is
// left passes for no backup, what is named one is whole, and the next one holds.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <thread>

#include "tests/drills/drill.h"
#include "tests/drills/faults/fault_page.h"
#include "tests/support/command_load.h"

namespace silkledger::testing {
namespace {

constexpr int kConnections = 4;
constexpr int kInFlight = 16;
constexpr int kReplayed = 25;  // commands sent again in each cycle
constexpr int kTests = 2;      // that share the time
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
  Cycles cycles(1, kTests);
  while (cycles.next()) {
    SCOPED_TRACE("cycle " + std::to_string(cycles.done()));
    cycle(cycles.done());
    if (HasFailure()) break;
  }
  std::printf("%d cycles, %zu backups under load, %zu commands acknowledged meanwhile\n",
              cycles.done(), backups, commands);
  EXPECT_EQ(server->stop(), 0);
}

class KilledBackup : public BackupDrill {
 protected:
  static constexpr std::uint64_t kHeaderWrites = 4;  // before the last, nobody can tell whose it is

  struct Point {
    faults::Call call;
    const char* name;
    std::uint64_t nth;
  };
  // Of a backup of this size: magic, three parts of each of three sections; then two syncs.
  std::vector<Point> points() {
    std::vector<Point> all = {{faults::Call::open, "open", 1},
                              {faults::Call::fsync, "sync of the file", 1},
                              {faults::Call::fsync, "sync of the folder", 2}};
    for (std::uint64_t nth = 1; nth <= 10; ++nth)
      all.push_back({faults::Call::write, "write", nth});
    std::shuffle(all.begin(), all.end(), random);
    return all;
  }

  bool verifies(const std::filesystem::path& file) {
    return run_program({SILKLEDGER_SERVER_PROGRAM, "verify-backup", file.string()}).code == 0;
  }

  void acknowledge(const std::string& name, int count) {
    for (int i = 0; i < count; ++i) {
      const auto id = "K-" + name + "-" + std::to_string(i);
      history.sent(id);
      const auto answer = as(kClerk).command("report-lead", id, lead_body(id, unit));
      ASSERT_EQ(answer.status, 200) << answer.raw;
      history.stored(id, number_of(answer.object(), "position"));
    }
  }

  // The server dies at this call of its backup.
  void kill_at(const Point& point) {
    page.state().call = static_cast<std::uint32_t>(point.call);
    page.state().error = faults::kKill;
    page.state().nth = point.nth;
    as(kAdministrator).post("/api/v1/jobs/backup/start");
    EXPECT_EQ(server->wait_for_exit(), -1);
    EXPECT_EQ(page.state().fired, 1u) << point.name << ' ' << point.nth;
  }

  // How many halves there are; whatever bears the name of a backup is one.
  std::size_t halves() {
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::directory_iterator(server->data() + "/backups")) {
      const bool named = entry.path().extension() == ".backup";
      if (named) {
        EXPECT_TRUE(verifies(entry.path())) << entry.path();
      } else {
        ++found;
      }
    }
    return found;
  }

  faults::FaultPage page{folder.file("faults"), data() + "/backups"};
};

TEST_F(KilledBackup, PassesForNoneAndTheNextOneHolds) {
  const auto all = points();
  std::size_t left = 0;
  std::size_t cut = 0;
  Cycles cycles(3, kTests);
  while (cycles.next() && !HasFailure()) {
    const auto& point = all[static_cast<std::size_t>(cycles.done()) % all.size()];
    SCOPED_TRACE(std::string(point.name) + " " + std::to_string(point.nth));
    page.reset();
    start_server(page.words(SILKLEDGER_FAULTS_LIBRARY));
    acknowledge("before-" + std::to_string(cycles.done()), 5);
    kill_at(point);
    if (HasFailure()) break;
    left += halves();
    start_server();
    expect_nothing_lost();
    acknowledge("after-" + std::to_string(cycles.done()), 1);
    const auto backup = back_up(false);
    EXPECT_TRUE(verifies(server->data() + "/backups/" + text_of(backup, "file")));
    cut += point.call == faults::Call::write && point.nth <= kHeaderWrites ? 1 : 0;
    EXPECT_LE(halves(), cut) << "one that does not say whose it is may stay, no other";
    EXPECT_EQ(server->stop(), 0);
  }
  std::printf("%d kills during a backup, %zu halves left and seen through\n", cycles.done(), left);
}

}  // namespace
}  // namespace silkledger::testing
