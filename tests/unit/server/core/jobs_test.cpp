// The long work of administrators: one at a time, told, cancelled, and never in the commands' way.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <set>

#include "eventstore/backup/backup_reader.h"
#include "server/core/jobs/reason.h"
#include "tests/contract/eventstore/scratch_folder.h"
#include "tests/support/core_harness.h"

namespace silkledger::server {
namespace {

using testing::CoreHarness;

const std::string kStoreId = "00112233445566778899aabbccddeeff";

boost::json::object parsed(const HttpResponse& response) {
  return boost::json::parse(response.body).as_object();
}

std::string text(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : "";
}

std::string code(const HttpResponse& response) {
  const auto type = text(parsed(response), "type");
  return type.substr(type.rfind(':') + 1);
}

class JobsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    harness.set_up();
    harness.grant("clerk", "653101", "county-clerk");
    for (int i = 0; i < 30; ++i) report("L" + std::to_string(i));
  }

  void report(const std::string& id) {
    const auto answer = harness.command(
        "clerk", "report-lead",
        R"({"leadId":")" + id +
            R"(","investorName":"测试企业","origin":"outsideRegion","reportingUnit":"653101",)" +
            R"("content":"示例","contactName":"测试·联系人","contactPhone":"00000000000"})");
    reported = answer.status;
  }
  HttpResponse act(const std::string& person, const std::string& action, NamedValues query = {}) {
    HttpRequest request;
    request.method = "POST";
    request.path = "/api/v1/jobs/" + action;
    request.query = std::move(query);
    return harness.send(person, request);
  }
  boost::json::object job(const std::string& name) {
    return parsed(harness.get("admin", "/api/v1/jobs/" + name));
  }
  // Lets the background work to its end and the core hear of it.
  void finish() {
    harness.background.run_until_idle();
    harness.run();
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(scratch.path())) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  eventstore::BackupSummary summary(const std::string& name) const {
    auto read = eventstore::read_backup_summary(scratch.path() / name);
    if (auto* error = std::get_if<eventstore::StoreError>(&read)) ADD_FAILURE() << error->detail;
    return std::get<eventstore::BackupSummary>(read);
  }

  testing::ScratchFolder scratch;
  CoreHarness harness{1, {}, BackupPlace{scratch.path(), kStoreId}};
  int reported = 0;
};

TEST_F(JobsTest, ABackupIsWrittenReadBackAndTold) {
  auto admin = harness.open_live("admin");
  admin.say(R"({"type":"subscribeJobs"})");
  const auto head = harness.log->head();
  EXPECT_EQ(act("clerk", "backup/start").status, 403);
  const auto started = act("admin", "backup/start");
  ASSERT_EQ(started.status, 202) << started.body;
  finish();
  const auto state = job("backup");
  EXPECT_EQ(text(state, "phase"), "done") << boost::json::serialize(state);
  EXPECT_TRUE(state.at("verified").as_bool());
  EXPECT_EQ(text(state, "last"), std::to_string(head.position));
  EXPECT_EQ(text(state, "root"), eventstore::to_hex(head.root));
  ASSERT_EQ(files(), std::vector<std::string>{text(state, "file")});
  EXPECT_EQ(summary(files().front()).header.root, head.root);
  std::vector<std::string> phases;
  for (const auto& frame : admin.outlet->frames) {
    const auto object = boost::json::parse(frame).as_object();
    if (text(object, "type") != "job") continue;
    EXPECT_EQ(text(object, "job"), "backup");
    phases.push_back(text(object.at("body").as_object(), "phase"));
  }
  EXPECT_EQ(phases, (std::vector<std::string>{"writing", "syncing", "verifying", "done"}));
}

TEST_F(JobsTest, CommandsGoOnWhileABackupIsTaken) {
  const auto head = harness.log->head();
  ASSERT_EQ(act("admin", "backup/start").status, 202);
  for (int i = 0; harness.background.run_one(); ++i) {
    report("during-" + std::to_string(i));
    ASSERT_EQ(reported, 200);
  }
  harness.run();
  EXPECT_EQ(text(job("backup"), "last"), std::to_string(head.position));
  EXPECT_GT(harness.log->head().position, head.position);

  ASSERT_EQ(act("admin", "backup/start", {{"incremental", "true"}}).status, 202);
  finish();
  const auto state = job("backup");
  EXPECT_EQ(text(state, "phase"), "done") << boost::json::serialize(state);
  EXPECT_EQ(text(state, "first"), std::to_string(head.position + 1));
  EXPECT_EQ(text(state, "last"), std::to_string(harness.log->head().position));
  const auto names = files();
  ASSERT_EQ(names.size(), 2U);
  const auto error = follows(summary(names[0]), summary(names[1]).header);
  EXPECT_FALSE(error) << error->detail;
}

TEST_F(JobsTest, WhereNothingWasRecordedSinceTheLastOneNoneIsWritten) {
  ASSERT_EQ(act("admin", "backup/start").status, 202);
  finish();
  const auto before = files();
  ASSERT_EQ(act("admin", "backup/start", {{"incremental", "true"}}).status, 202);
  finish();
  const auto state = job("backup");
  EXPECT_EQ(text(state, "phase"), "done") << boost::json::serialize(state);
  EXPECT_TRUE(state.at("nothingNew").as_bool());
  EXPECT_EQ(text(state, "file"), before.front());
  EXPECT_EQ(files(), before);
}

TEST_F(JobsTest, WhatAKilledBackupLeftGoesWithTheNextOneAndWhatIsOthersStays) {
  ASSERT_EQ(act("admin", "backup/start").status, 202);
  finish();
  const auto whole = scratch.path() / files().at(0);
  const auto half = scratch.path() / "killed.backup.part";
  std::filesystem::copy_file(whole, half);
  std::filesystem::resize_file(half, std::filesystem::file_size(whole) / 2);
  std::ofstream(scratch.path() / "unknown.part") << "of somebody else";
  report("L-next");
  ASSERT_EQ(act("admin", "backup/start").status, 202);
  finish();
  EXPECT_EQ(text(job("backup"), "phase"), "done");
  EXPECT_FALSE(std::filesystem::exists(half));
  EXPECT_TRUE(std::filesystem::exists(whole));
  EXPECT_TRUE(std::filesystem::exists(scratch.path() / "unknown.part"));
}

TEST_F(JobsTest, ACancelledBackupLeavesNothing) {
  ASSERT_EQ(act("admin", "backup/cancel").status, 409);
  ASSERT_EQ(act("admin", "backup/start").status, 202);
  harness.background.run_one();
  EXPECT_EQ(files().size(), 1U);
  EXPECT_EQ(act("admin", "backup/cancel").status, 202);
  finish();
  EXPECT_EQ(text(job("backup"), "phase"), "cancelled");
  EXPECT_TRUE(files().empty());
}

TEST_F(JobsTest, ABackupThatCannotBeWrittenSaysWhy) {
  ASSERT_EQ(act("admin", "backup/start", {{"incremental", "true"}}).status, 202);
  finish();
  EXPECT_EQ(text(job("backup"), "phase"), "failed");
  EXPECT_NE(text(job("backup"), "reason").find("full one first"), std::string::npos);
  EXPECT_NE(text(job("backup"), "reasonZh").find("请先做一次全量备份"), std::string::npos);

  CoreHarness without;
  without.set_up();
  HttpRequest request;
  request.method = "POST";
  request.path = "/api/v1/jobs/backup/start";
  EXPECT_EQ(code(without.send("admin", request)), "no-backup-folder");
}

TEST_F(JobsTest, ARebuildThatIsCancelledSaysWhyInBothLanguages) {
  ASSERT_EQ(act("admin", "rebuild/start", {{"switch", "false"}}).status, 202);
  ASSERT_EQ(act("admin", "rebuild/cancel").status, 202);
  EXPECT_EQ(text(job("rebuild"), "phase"), "cancelled");
  EXPECT_EQ(text(job("rebuild"), "reason"), "cancelled by an administrator");
  EXPECT_EQ(text(job("rebuild"), "reasonZh"), "管理员取消");
}

TEST(JobReasons, AreSaidInBothLanguagesWhateverWentWrong) {
  using Kind = eventstore::StoreError::Kind;
  using Phase = eventstore::CheckPhase;
  const std::string detail = "position 7 of \"x.backup\"";
  std::vector<Text> reasons = {reason_of_rebuild(detail)};
  for (const auto kind :
       {Kind::corrupt, Kind::io, Kind::not_found, Kind::wrong_format, Kind::locked, Kind::reopen}) {
    reasons.push_back(reason_of(eventstore::StoreError{kind, detail, 7}));
  }
  for (const auto phase : {Phase::kRecords, Phase::kTrees, Phase::kStreams, Phase::kCommands}) {
    reasons.push_back(reason_of(eventstore::CheckFinding{7, detail, phase}));
  }
  std::set<std::string> zh;
  for (const auto& reason : reasons) {
    EXPECT_EQ(reason.en, detail);
    EXPECT_TRUE(reason.zh.ends_with("（" + detail + "）")) << reason.zh;
    zh.insert(reason.zh);
  }
  EXPECT_EQ(zh.size(), reasons.size()) << "each says what it is";
}

TEST_F(JobsTest, OneWorksAtATime) {
  ASSERT_EQ(act("admin", "backup/start").status, 202);
  for (const auto* action : {"backup/start", "rebuild/start"}) {
    const auto refused = act("admin", action);
    EXPECT_EQ(refused.status, 409) << action;
    EXPECT_EQ(code(refused), "job-under-way") << action;
    EXPECT_NE(text(parsed(refused), "detail").find("backup"), std::string::npos);
  }
  finish();
  EXPECT_EQ(act("admin", "rebuild/start").status, 202);
}

TEST_F(JobsTest, ARebuildOfAnUnknownViewNamesItAndTheKnownOnes) {
  const auto refused = act("admin", "rebuild/start", {{"view", "progress"}, {"view", "leeds"}});
  EXPECT_EQ(refused.status, 404);
  EXPECT_EQ(code(refused), "unknown-view");
  const auto detail = text(parsed(refused), "detail");
  EXPECT_NE(detail.find("\"leeds\""), std::string::npos) << detail;
  EXPECT_NE(detail.find(" lead "), std::string::npos) << detail;
  EXPECT_EQ(text(job("rebuild"), "phase"), "idle");
}

TEST_F(JobsTest, WhatAnInterruptedRebuildLeftIsSaid) {
  EXPECT_EQ(code(act("admin", "rebuild/resume")), "nothing-to-resume");
  EXPECT_EQ(code(act("admin", "rebuild/roll-back")), "nothing-to-roll-back");
  EXPECT_FALSE(job("rebuild").at("resumable").as_bool());
  ASSERT_EQ(act("admin", "rebuild/start").status, 202);
  harness.world.advance(std::chrono::seconds(5));
  EXPECT_EQ(text(job("rebuild"), "phase"), "switched");
  EXPECT_TRUE(job("rebuild").at("canRollBack").as_bool());
}

TEST_F(JobsTest, AllAreListed) {
  const auto all = parsed(harness.get("admin", "/api/v1/jobs")).at("jobs").as_array();
  std::vector<std::string> names;
  for (const auto& one : all) names.push_back(text(one.as_object(), "job"));
  EXPECT_EQ(names, (std::vector<std::string>{"rebuild", "backup", "check"}));
  EXPECT_EQ(harness.get("admin", "/api/v1/jobs/unknown").status, 404);
  EXPECT_EQ(act("admin", "backup/hurry").status, 404);
}

// The log is as a restore leaves it: another epoch, and a word on where it came from.
TEST_F(JobsTest, ARestoredLogSaysSoOnceBeforeAnythingElse) {
  const auto before = harness.log->head();
  harness.crash();
  harness.begin_epoch(2);
  harness.continues = eventstore::Continuation{before.position, before.root, 1'000'000};
  harness.restart();
  const auto last = harness.log->head();
  ASSERT_GT(last.position, before.position);
  auto read = harness.log->read(before.position + 1, {1, 1'000'000}, {});
  const auto& record = std::get<eventstore::ReadBatch>(read).records.at(0);
  EXPECT_EQ(record.header.stream, "ledger/main");
  EXPECT_EQ(record.header.epoch, 2U);
  const auto events = parsed(harness.get("clerk", "/api/v1/history", {{"kind", "epochBegan"}}));
  ASSERT_EQ(events.at("events").as_array().size(), 1U) << boost::json::serialize(events);
  const auto zh = text(events.at("events").as_array()[0].as_object(), "zh");
  EXPECT_NE(zh.find("第 2 纪元"), std::string::npos) << zh;
  harness.crash();
  harness.restart();
  EXPECT_EQ(harness.log->head().position, last.position) << "it is said once";
}

TEST_F(JobsTest, ASubscriberOfALostHistoryIsToldWhereTheHistoriesPart) {
  const auto before = harness.log->head();
  harness.crash();
  harness.begin_epoch(2);
  harness.restart();
  for (int i = 0; i < 10; ++i) report("after-" + std::to_string(i));
  const auto subscribe = [&](std::uint64_t from, const std::string& epoch) {
    auto live = harness.open_live("clerk");
    live.say(R"({"type":"subscribeEvents","from":")" + std::to_string(from) + '"' + epoch + '}');
    return boost::json::parse(live.outlet->frames.at(0)).as_object();
  };
  // Seen up to three events that the backup did not hold.
  const auto refused = subscribe(before.position + 4, R"(,"epoch":"1")");
  EXPECT_EQ(text(refused, "type"), "problem");
  const auto body = refused.at("body").as_object();
  EXPECT_EQ(text(body, "type"), "urn:silkledger:problem:epoch-changed");
  EXPECT_NE(text(body, "detail").find("epoch 2"), std::string::npos);
  EXPECT_NE(text(body, "detail").find("position " + std::to_string(before.position + 1)),
            std::string::npos);
  // Seen no more than was kept, or of this epoch.
  EXPECT_EQ(text(subscribe(before.position + 1, R"(,"epoch":"1")"), "type"), "subscribed");
  EXPECT_EQ(text(subscribe(before.position + 4, R"(,"epoch":"2")"), "type"), "subscribed");
  const auto ahead = subscribe(before.position + 1'000, "");
  EXPECT_EQ(text(ahead.at("body").as_object(), "type"), "urn:silkledger:problem:position-ahead");
}

}  // namespace
}  // namespace silkledger::server
