// Logs made out of backups: the same records, indexes and tree, one epoch on.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "eventstore/backup/backup_task.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/restore.h"
#include "tests/contract/eventstore/contract_fixture.h"
#include "tests/contract/eventstore/scratch_folder.h"
#include "tests/support/queue_executor.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;
using Kind = StoreError::Kind;
using Files = std::vector<std::filesystem::path>;

constexpr int kCommands = 400;  // more records than one subtree that is stored has leaves

class Restore : public ::testing::Test {
 protected:
  void SetUp() override {
    RocksOptions options;
    options.mode = RocksOptions::Mode::kCreate;
    options.sync = false;
    log_ = value_of(RocksEventStore::open(path("log"), options, executor_, clock_));
    fill(0, kCommands);
  }

  std::filesystem::path path(const std::string& name) const { return scratch_.path() / name; }

  AppendOutcome append(RocksEventStore& log, Append append, Epoch epoch = 0) {
    std::optional<AppendOutcome> outcome;
    log.append(epoch == 0 ? log.epoch() : epoch, std::move(append),
               [&outcome](AppendOutcome got) { outcome = std::move(got); });
    EXPECT_TRUE(executor_.run_until([&outcome] { return outcome.has_value(); }));
    return outcome.value_or(Unknown{});
  }
  // Command i writes one record to a stream that many share, and two to one of its own.
  static Append command(int i) {
    Append made = several("c-" + std::to_string(i), "project/" + std::to_string(i), 0, 2);
    made.fingerprint = sha256(made.command.id);
    const std::string shared = "lead/" + std::to_string(i % 7);
    made.records.insert(made.records.begin() + 1, {shared, payload("shared")});
    made.expected.push_back({shared, static_cast<Version>(i / 7)});
    return made;
  }
  void fill(int from, int until) {
    for (int i = from; i < until; ++i) {
      ASSERT_TRUE(std::holds_alternative<Stored>(append(*log_, command(i)))) << i;
    }
  }

  std::filesystem::path back_up(const std::string& name, const std::string& follows = {}) {
    BackupPlan plan{log_->store_id(), log_->head(), path(name), {}, 1};
    if (!follows.empty()) plan.follows = value_of(read_backup_summary(path(follows)));
    const auto task = value_of(BackupTask::begin(*log_, std::move(plan)));
    while (task->progress().phase != BackupPhase::done) {
      const auto error = task->step();
      EXPECT_FALSE(error) << error->detail;
      if (error) break;
    }
    return path(name);
  }
  std::optional<StoreError> restore(const Files& backups, const std::string& name,
                                    Epoch epoch_min = 0) {
    auto begun = RestoreTask::begin({backups, path(name), epoch_min}, executor_, clock_);
    if (auto* error = std::get_if<StoreError>(&begun)) return *error;
    auto& task = *std::get<0>(begun);
    while (task.progress().phase != RestorePhase::done) {
      if (auto error = task.step()) return error;
    }
    return std::nullopt;
  }
  std::unique_ptr<RocksEventStore> open(const std::string& name) {
    return value_of(RocksEventStore::open(path(name), {}, executor_, clock_));
  }

  ScratchFolder scratch_;
  QueueExecutor executor_;
  VirtualExecutor clock_;
  std::unique_ptr<RocksEventStore> log_;
};

TEST_F(Restore, GivesBackEveryRecordAndGoesOnInTheNextEpoch) {
  const auto error = restore({back_up("full")}, "restored");
  ASSERT_FALSE(error) << error->detail;
  const auto restored = open("restored");
  const Head head = log_->head();
  EXPECT_EQ(restored->head(), (Head{2, head.position, head.root}));
  EXPECT_EQ(restored->store_id(), log_->store_id());
  EXPECT_EQ(restored->continues(), (Continuation{head.position, head.root, 1}));
  const ReadLimit everything{100'000, 1U << 30U};
  const auto was = value_of(log_->read(1, everything, {}));
  const auto is = value_of(restored->read(1, everything, {}));
  ASSERT_EQ(is.records.size(), was.records.size());
  for (std::size_t i = 0; i < is.records.size(); ++i) {
    ASSERT_EQ(is.records[i].header, was.records[i].header);
    ASSERT_EQ(is.records[i].payload, was.records[i].payload);
  }
  for (const Position position : {Position{1}, Position{255}, Position{256}, Position{900}}) {
    EXPECT_EQ(value_of(restored->root_at(position)), value_of(log_->root_at(position))) << position;
  }
  const auto names = value_of(log_->list_streams("", "", 1000));
  EXPECT_EQ(value_of(restored->list_streams("", "", 1000)), names);
  for (const auto& stream : names) {
    EXPECT_EQ(value_of(restored->stream_version(stream)), value_of(log_->stream_version(stream)));
    const auto was_in = value_of(log_->read_stream(stream, 1, everything));
    const auto is_in = value_of(restored->read_stream(stream, 1, everything));
    ASSERT_EQ(is_in.records.size(), was_in.records.size());
    for (std::size_t i = 0; i < is_in.records.size(); ++i) {
      ASSERT_EQ(is_in.records[i].header, was_in.records[i].header);
    }
  }
}

TEST_F(Restore, ARetryHasOneEffect) {
  ASSERT_FALSE(restore({back_up("full")}, "restored"));
  const auto restored = open("restored");
  for (const int i : {0, 1, kCommands / 2, kCommands - 1}) {
    const auto first = std::get<Duplicate>(append(*log_, command(i))).receipt;
    const auto outcome = append(*restored, command(i));
    ASSERT_TRUE(std::holds_alternative<Duplicate>(outcome)) << i;
    EXPECT_EQ(std::get<Duplicate>(outcome).receipt, first);
    auto other = command(i);
    other.fingerprint = sha256("another body");
    EXPECT_TRUE(std::holds_alternative<CommandIdReused>(append(*restored, other)));
  }
}

TEST_F(Restore, WritersOfTheOldEpochAreFenced) {
  ASSERT_FALSE(restore({back_up("full")}, "restored"));
  const auto restored = open("restored");
  const auto late = append(*restored, command(kCommands), 1);
  ASSERT_TRUE(std::holds_alternative<Fenced>(late));
  EXPECT_EQ(std::get<Fenced>(late).current, 2U);
  const auto now = append(*restored, command(kCommands));
  ASSERT_TRUE(std::holds_alternative<Stored>(now));
  EXPECT_EQ(std::get<Stored>(now).receipt.epoch, 2U);
  EXPECT_EQ(std::get<Stored>(now).receipt.first, log_->head().position + 1);
}

TEST_F(Restore, ABackupRestoredBeforeCanBeGivenAnEpochThatWasNeverUsed) {
  const auto full = back_up("full");
  ASSERT_FALSE(restore({full}, "restored", 5));
  EXPECT_EQ(open("restored")->epoch(), 5U);
  ASSERT_FALSE(restore({full}, "again", 1));
  EXPECT_EQ(open("again")->epoch(), 2U) << "never the backup's own";
}

TEST_F(Restore, AChainGivesWhatItsLastBackupHolds) {
  const auto full = back_up("full");
  fill(kCommands, kCommands + 30);
  const auto second = back_up("second", "full");
  fill(kCommands + 30, kCommands + 31);
  const auto third = back_up("third", "second");
  ASSERT_FALSE(restore({full, second, third}, "restored"));
  EXPECT_EQ(open("restored")->head(), (Head{2, log_->head().position, log_->head().root}));

  // The restored log is backed up and restored in its turn: records of two epochs.
  log_ = open("restored");
  fill(kCommands + 31, kCommands + 40);
  ASSERT_FALSE(restore({back_up("again")}, "twice"));
  EXPECT_EQ(open("twice")->head(), (Head{3, log_->head().position, log_->head().root}));
  // And an incremental one of epoch 2 follows those of epoch 1.
  const auto fourth = back_up("fourth", "third");
  ASSERT_FALSE(restore({full, second, third, fourth}, "thrice"));
  EXPECT_EQ(open("thrice")->head(), open("twice")->head());
}

TEST_F(Restore, BackupsThatDoNotFollowEachOtherAreRefusedBeforeAnythingIsWritten) {
  const auto full = back_up("full");
  fill(kCommands, kCommands + 2);
  const auto second = back_up("second", "full");
  fill(kCommands + 2, kCommands + 4);
  const auto third = back_up("third", "second");
  for (const Files& wrong : {Files{second}, Files{full, third}, Files{full, third, second},
                             Files{full, full}, Files{}}) {
    const auto error = restore(wrong, "restored");
    ASSERT_TRUE(error);
    EXPECT_TRUE(error->kind == Kind::wrong_format || wrong.empty()) << error->detail;
  }
  EXPECT_FALSE(std::filesystem::exists(path("restored")));
  EXPECT_FALSE(std::filesystem::exists(path("restored.restoring")));
}

TEST_F(Restore, ADamagedBackupBecomesNoLog) {
  const auto full = back_up("full");
  const auto size = std::filesystem::file_size(full);
  std::fstream file(full, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(size / 2));
  file.put('!');
  file.close();
  const auto error = restore({full}, "restored");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, Kind::corrupt);
  EXPECT_FALSE(std::filesystem::exists(path("restored")));
}

TEST_F(Restore, ItNeverOverwritesAndBeginsAgainAfterAnInterruption) {
  const auto full = back_up("full");
  std::filesystem::create_directory(path("restored"));
  std::ofstream(path("restored") / "something") << "kept";
  auto error = restore({full}, "restored");
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, Kind::wrong_format);
  EXPECT_TRUE(std::filesystem::exists(path("restored") / "something"));

  std::filesystem::remove(path("restored") / "something");
  {
    auto interrupted =
        value_of(RestoreTask::begin({{full}, path("restored"), 0}, executor_, clock_));
    ASSERT_FALSE(interrupted->step());
  }
  EXPECT_TRUE(std::filesystem::is_empty(path("restored")));
  error = restore({full}, "restored");
  ASSERT_FALSE(error) << error->detail;
  EXPECT_EQ(open("restored")->head().position, log_->head().position);
}

}  // namespace
}  // namespace silkledger::testing
