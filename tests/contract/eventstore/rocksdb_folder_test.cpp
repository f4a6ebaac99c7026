// What RocksEventStore promises of its folder, beyond the port: opening, refusing, finding damage.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/rocksdb_event_store.h"
#include "tests/contract/eventstore/contract_fixture.h"
#include "tests/contract/eventstore/faulty_env.h"
#include "tests/contract/eventstore/raw_log.h"
#include "tests/contract/eventstore/scratch_folder.h"
#include "tests/support/queue_executor.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;
using Mode = RocksOptions::Mode;
using Kind = StoreError::Kind;

class RocksFolder : public ::testing::Test {
 protected:
  using Opened = StoreResult<std::unique_ptr<RocksEventStore>>;

  Opened open(Mode mode, rocksdb::Env* env = nullptr) {
    RocksOptions options;
    options.mode = mode;
    options.env = env;
    return RocksEventStore::open(folder_, options, executor_, clock_);
  }
  std::unique_ptr<RocksEventStore> must_open(Mode mode, rocksdb::Env* env = nullptr) {
    auto opened = open(mode, env);
    if (const auto* error = std::get_if<StoreError>(&opened)) ADD_FAILURE() << error->detail;
    return std::get<0>(std::move(opened));
  }
  StoreError must_fail(Mode mode) {
    auto opened = open(mode);
    EXPECT_TRUE(std::holds_alternative<StoreError>(opened));
    return std::holds_alternative<StoreError>(opened) ? std::get<StoreError>(opened) : StoreError{};
  }
  AppendOutcome append(RocksEventStore& store, Append append) {
    std::optional<AppendOutcome> outcome;
    store.append(store.epoch(), std::move(append),
                 [&outcome](AppendOutcome got) { outcome = std::move(got); });
    EXPECT_TRUE(executor_.run_until([&outcome] { return outcome.has_value(); }));
    return outcome.value_or(Unknown{});
  }
  // A closed log of `appends` appends of three records each.
  void make_log(int appends) {
    const auto store = must_open(Mode::kCreate);
    for (int i = 0; i < appends; ++i) {
      const auto outcome =
          append(*store, several("c-" + std::to_string(i), "s/1", static_cast<Version>(3 * i), 3));
      EXPECT_TRUE(std::holds_alternative<Stored>(outcome));
    }
  }

  ScratchFolder scratch_;
  std::filesystem::path folder_ = scratch_.path() / "log";
  QueueExecutor executor_;
  VirtualExecutor clock_;
};

TEST_F(RocksFolder, AMissingLogIsAnErrorAndIsNotCreated) {
  EXPECT_FALSE(RocksEventStore::exists(folder_));
  EXPECT_EQ(must_fail(Mode::kExisting).kind, Kind::not_found);
  EXPECT_FALSE(std::filesystem::exists(folder_));
  std::filesystem::create_directory(folder_);
  EXPECT_EQ(must_fail(Mode::kExisting).kind, Kind::not_found);
  EXPECT_TRUE(std::filesystem::is_empty(folder_));
}

TEST_F(RocksFolder, ALogThatLostItsCurrentFileIsNotReplacedByAnEmptyOne) {
  make_log(1);
  std::filesystem::remove(folder_ / "CURRENT");
  EXPECT_EQ(must_fail(Mode::kExisting).kind, Kind::not_found);
  EXPECT_EQ(must_fail(Mode::kCreate).kind, Kind::wrong_format);
}

TEST_F(RocksFolder, CreatingNeverTouchesALogThatIsThere) {
  make_log(1);
  EXPECT_EQ(must_fail(Mode::kCreate).kind, Kind::wrong_format);
  EXPECT_EQ(must_open(Mode::kExisting)->head().position, 3U);
}

TEST_F(RocksFolder, AnInterruptedCreationLeavesNoLogAndNoObstacle) {
  std::filesystem::create_directory(folder_.string() + ".new");
  std::ofstream(folder_.string() + ".new/CURRENT") << "half";
  EXPECT_EQ(must_fail(Mode::kExisting).kind, Kind::not_found);
  EXPECT_NE(must_open(Mode::kCreate), nullptr);
  EXPECT_FALSE(std::filesystem::exists(folder_.string() + ".new"));
}

TEST_F(RocksFolder, TheStoreIdStaysAndTellsLogsApart) {
  const std::string id = must_open(Mode::kCreate)->store_id();
  EXPECT_EQ(id.size(), 32U);
  EXPECT_EQ(must_open(Mode::kExisting)->store_id(), id);
  folder_ = scratch_.path() / "other";
  EXPECT_NE(must_open(Mode::kCreate)->store_id(), id);
}

TEST_F(RocksFolder, ASecondOpeningIsToldThatTheLogIsInUse) {
  const auto store = must_open(Mode::kCreate);
  const StoreError error = must_fail(Mode::kExisting);
  EXPECT_EQ(error.kind, Kind::locked);
  EXPECT_NE(error.detail.find(folder_.string()), std::string::npos);
}

TEST_F(RocksFolder, ANewerOrOlderFormatIsRefusedInClearWords) {
  make_log(1);
  RawLog(folder_).put("default", keys::meta("format_version"), "3");
  const StoreError newer = must_fail(Mode::kExisting);
  EXPECT_EQ(newer.kind, Kind::wrong_format);
  EXPECT_NE(newer.detail.find("version is 3"), std::string::npos) << newer.detail;
  EXPECT_NE(newer.detail.find("newer program"), std::string::npos) << newer.detail;
  RawLog(folder_).put("default", keys::meta("format_version"), "1");
  const StoreError older = must_fail(Mode::kExisting);
  EXPECT_EQ(older.kind, Kind::wrong_format);
  EXPECT_NE(older.detail.find("the program that wrote it"), std::string::npos) << older.detail;
}

TEST_F(RocksFolder, AnotherDatabaseIsNotTakenForALog) {
  make_log(1);
  RawLog(folder_).remove("default", keys::meta("format_version"));
  EXPECT_EQ(must_fail(Mode::kExisting).kind, Kind::wrong_format);
}

TEST_F(RocksFolder, AnUnknownTreeAlgorithmIsRefused) {
  make_log(1);
  RawLog(folder_).put("default", keys::meta("merkle_algorithm"), "rfc6962-sm3");
  EXPECT_EQ(must_fail(Mode::kExisting).kind, Kind::wrong_format);
}

struct Damage {
  const char* name;
  void (*inflict)(RawLog& log);
};

class RocksDamage : public RocksFolder, public ::testing::WithParamInterface<Damage> {};

// 300 records: a stored subtree of 256 leaves, and 44 leaves behind it.
TEST_P(RocksDamage, IsFoundWhenOpening) {
  make_log(100);
  {
    RawLog log(folder_);
    GetParam().inflict(log);
  }
  EXPECT_EQ(must_fail(Mode::kExisting).kind, Kind::corrupt);
}

INSTANTIATE_TEST_SUITE_P(
    Places, RocksDamage,
    ::testing::Values(
        Damage{"LastRecordGone",
               [](RawLog& log) { log.remove("records", keys::view(keys::record(300))); }},
        Damage{"RecordNearTheEndGone",
               [](RawLog& log) { log.remove("records", keys::view(keys::record(280))); }},
        Damage{"RecordNearTheEndExchanged",
               [](RawLog& log) {
                 log.put("records", keys::view(keys::record(280)),
                         log.get("records", keys::view(keys::record(281))));
               }},
        Damage{"RecordBeyondTheHead",
               [](RawLog& log) {
                 log.put("records", keys::view(keys::record(301)),
                         log.get("records", keys::view(keys::record(300))));
               }},
        Damage{"HeadGone", [](RawLog& log) { log.remove("default", keys::kHead); }},
        Damage{"HeadBack",
               [](RawLog& log) {
                 log.put("default", keys::kHead, keys::head_value({299, {}}));
               }},
        Damage{"RootChanged",
               [](RawLog& log) {
                 log.put("default", keys::kHead, keys::head_value({300, {}}));
               }},
        Damage{"SubtreeGone", [](RawLog& log) { log.remove("default", keys::tree(8, 0)); }},
        Damage{"SubtreeChanged",
               [](RawLog& log) { log.put("default", keys::tree(8, 0), std::string(32, 'x')); }},
        Damage{"StreamIndexBack",
               [](RawLog& log) { log.remove("streams", keys::run("s/1", 298)); }},
        Damage{"CommandIndexBack",
               [](RawLog& log) {
                 log.remove("commands", keys::command({"principal-1", "c-99"}));
               }}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST_F(RocksFolder, AnIndexThatNamesAnotherRecordIsCorrupt) {
  make_log(100);
  RawLog(folder_).put("streams", keys::run("s/1", 4), keys::run_value(7, 3));
  RawLog(folder_).put("commands", keys::command({"principal-1", "c-3"}),
                      keys::command_value({4, 3, fingerprint(1)}));
  const auto store = must_open(Mode::kExisting);
  const auto stream = store->read_stream("s/1", 1, {});
  ASSERT_TRUE(std::holds_alternative<StoreError>(stream));
  EXPECT_EQ(std::get<StoreError>(stream).kind, Kind::corrupt);
  const auto command = store->find_command({"principal-1", "c-3"});
  ASSERT_TRUE(std::holds_alternative<StoreError>(command));
  EXPECT_EQ(std::get<StoreError>(command).kind, Kind::corrupt);
  // The writer meets the same damage: it writes nothing and stops.
  EXPECT_TRUE(std::holds_alternative<ReadOnly>(append(*store, several("c-3", "s/1", 300, 1))));
  EXPECT_TRUE(std::holds_alternative<ReadOnly>(append(*store, several("new", "s/1", 300, 1))));
  EXPECT_EQ(store->head().position, 300U);
}

TEST_F(RocksFolder, AFullDiskIsReadOnlyWithAPlainReason) {
  FaultyEnv env;
  const auto store = must_open(Mode::kCreate, &env);
  EXPECT_TRUE(std::holds_alternative<Stored>(append(*store, one("c-1", "s/1", 0))));
  env.fail_next_sync(rocksdb::Status::NoSpace("no space left on device"));
  EXPECT_TRUE(std::holds_alternative<Unknown>(append(*store, one("c-2", "s/1", 1))));
  const auto outcome = append(*store, one("c-3", "s/1", 1));
  ASSERT_TRUE(std::holds_alternative<ReadOnly>(outcome));
  EXPECT_NE(std::get<ReadOnly>(outcome).reason.find("disk is full"), std::string::npos);
  EXPECT_EQ(store->head().position, 1U);
}

TEST_F(RocksFolder, AFlippedBitInTheWriteAheadLogIsRefusedWithItsPosition) {
  make_log(10);
  for (const auto& file : std::filesystem::directory_iterator(folder_)) {
    if (file.path().extension() != ".log" || file.file_size() == 0) continue;
    std::fstream wal(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    const auto middle = static_cast<std::streamoff>(file.file_size() / 2);
    wal.seekg(middle);
    const int byte = wal.get();
    wal.seekp(middle);
    wal.put(static_cast<char>(byte ^ 4));
  }
  const StoreError refused = must_fail(Mode::kExisting);
  EXPECT_EQ(refused.kind, Kind::corrupt);
  EXPECT_GT(refused.position, 1U) << "what stands before the middle can be read";
  EXPECT_LE(refused.position, 30U);
  EXPECT_NE(refused.detail.find("position " + std::to_string(refused.position)), std::string::npos)
      << refused.detail;
}

}  // namespace
}  // namespace silkledger::testing
