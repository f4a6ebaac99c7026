#include "eventstore/rocksdb/log_check.h"

#include <fstream>

#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/head_file.h"
#include "eventstore/rocksdb/key_layout.h"
#include "tests/contract/eventstore/raw_log.h"
#include "tests/contract/eventstore/rocks_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

class FullCheck : public OnRocks {
 protected:
  // A closed log of 300 records in 100 commands on five streams, both trees complete.
  void make_log() {
    const auto store = create();
    append_commands(*store, 0, 100);
    EXPECT_FALSE(store->sync_head_file());
  }

  static CheckState run(LogCheck& check) {
    std::uint64_t done = 0;
    while (check.step()) {
      EXPECT_GE(check.state().records_done, done) << "progress goes forward";
      done = check.state().records_done;
    }
    return check.state();
  }

  CheckState check_offline(CheckLimits limits = {}) {
    auto opened = OfflineLog::open(folder_.string());
    if (const auto* error = std::get_if<StoreError>(&opened)) {
      ADD_FAILURE() << error->detail;
      return {};
    }
    return run(*std::get<0>(opened)->check(limits));
  }

  // Digests of the folder's files, without those in which RocksDB tells what it does.
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> found;
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
      const std::string name = file.path().filename().string();
      if (name.starts_with("LOG")) continue;
      std::ifstream in(file.path(), std::ios::binary);
      found[name] = to_hex(sha256(std::string(std::istreambuf_iterator<char>(in), {})));
    }
    return found;
  }
};

void expect_whole(const CheckState& state) {
  for (const auto& finding : state.findings) {
    ADD_FAILURE() << "at " << finding.position << ": " << finding.what;
  }
  EXPECT_TRUE(state.whole());
  EXPECT_EQ(state.records_done, state.records_total);
}

TEST_F(FullCheck, FindsNothingInAWholeLogAndSaysHowFarItIs) {
  make_log();
  const auto state = check_offline();
  expect_whole(state);
  EXPECT_EQ(state.head.position, 300U);
  EXPECT_EQ(state.records_total, 900U);
}

TEST_F(FullCheck, FindsNothingInALogWithoutRecords) {
  create();
  expect_whole(check_offline());
}

TEST_F(FullCheck, ComesToTheSameInSlicesOfAnySize) {
  make_log();
  for (const std::uint32_t records : {1U, 7U, 64U}) {
    CheckLimits limits;
    limits.slice_records_max = records;
    expect_whole(check_offline(limits));
  }
}

TEST_F(FullCheck, ChangesNothingInTheFolderAndKeepsOthersOut) {
  make_log();
  const auto before = files();
  {
    auto opened = OfflineLog::open(folder_.string());
    ASSERT_TRUE(std::holds_alternative<std::unique_ptr<OfflineLog>>(opened));
    EXPECT_EQ(must_fail().kind, StoreError::Kind::locked);
    run(*std::get<0>(opened)->check());
  }
  EXPECT_EQ(files(), before);
  const auto store = must_open();
  const auto refused = OfflineLog::open(folder_.string());
  ASSERT_TRUE(std::holds_alternative<StoreError>(refused));
  EXPECT_EQ(std::get<StoreError>(refused).kind, StoreError::Kind::locked);
}

TEST_F(FullCheck, RunsBesideTheWriterUpToWhereTheLogEndedAtItsBeginning) {
  const auto store = create();
  append_commands(*store, 0, 50);
  CheckLimits limits;
  limits.slice_records_max = 10;
  const auto check = store->check(limits);
  int next = 50;
  while (check->step()) {
    append_commands(*store, next, next + 1);
    ++next;
  }
  expect_whole(check->state());
  EXPECT_EQ(check->state().head.position, 150U);
  EXPECT_GT(store->head().position, 200U);
}

TEST_F(FullCheck, KeepsABoundedNumberOfFindingsAndCountsTheRest) {
  make_log();
  {
    RawLog log(folder_);
    for (Position at = 1; at <= 50; ++at) log.remove("records", keys::view(keys::record(at)));
  }
  CheckLimits limits;
  limits.findings_max = 3;
  const auto state = check_offline(limits);
  EXPECT_EQ(state.findings.size(), 3U);
  EXPECT_GE(state.findings_count, 50U);
  EXPECT_EQ(state.findings[0].position, 1U);
}

struct Fault {
  const char* name;
  void (*inflict)(RawLog& log);
  Position position;  // that some finding names; 0: any
  const char* words;  // that it says
};

class FullCheckFinds : public FullCheck, public ::testing::WithParamInterface<Fault> {};

TEST_P(FullCheckFinds, WithItsPlace) {
  make_log();
  {
    RawLog log(folder_);
    GetParam().inflict(log);
  }
  const auto state = check_offline();
  bool found = false;
  std::string said;
  for (const auto& finding : state.findings) {
    said += std::to_string(finding.position) + ": " + finding.what + '\n';
    found = found || (finding.what.find(GetParam().words) != std::string::npos &&
                      (GetParam().position == 0 || finding.position == GetParam().position));
  }
  EXPECT_TRUE(found) << "found instead: " << said;
}

void flip(RawLog& log, const std::string& family, std::string_view key, std::size_t byte) {
  std::string value = log.get(family, key);
  value.at(byte) = static_cast<char>(value[byte] ^ 1);
  log.put(family, key, value);
}

INSTANTIATE_TEST_SUITE_P(
    Places, FullCheckFinds,
    ::testing::Values(
        Fault{"ARecordGone",
              [](RawLog& log) { log.remove("records", keys::view(keys::record(17))); }, 17,
              "no record"},
        Fault{"ARecordChanged",
              [](RawLog& log) { flip(log, "records", keys::view(keys::record(17)), 60); }, 17,
              "do not match"},
        Fault{"ALeafChanged",
              [](RawLog& log) { flip(log, "records", keys::view(keys::record(17)), 3); }, 17,
              "do not match"},
        Fault{"TwoRecordsExchanged",
              [](RawLog& log) {
                log.put("records", keys::view(keys::record(17)),
                        log.get("records", keys::view(keys::record(18))));
              },
              17, "says position 18"},
        Fault{"ASubtreeChanged", [](RawLog& log) { flip(log, "default", keys::tree(8, 0), 0); },
              256, "subtree of rfc6962-sha256"},
        Fault{"ASubtreeOfAnotherKind",
              [](RawLog& log) { log.put("default", keys::tree(8, 0) + "x", "x"); }, 0, "trees"},
        Fault{
            "ASubtreeOfTheSm3TreeChanged",
            [](RawLog& log) { flip(log, "default", keys::followed_tree(kSm3Algorithm, 8, 0), 0); },
            256, "subtree of rfc6962-sm3"},
        Fault{"TheSm3CheckpointChanged",
              [](RawLog& log) { flip(log, "default", keys::followed(kSm3Algorithm), 9); }, 300,
              "SM3 tree"},
        Fault{"TheHeadChanged", [](RawLog& log) { flip(log, "default", keys::kHead, 20); }, 300,
              "root over the log"},
        Fault{"TheHeadBack",
              [](RawLog& log) {
                log.put("default", keys::kHead, keys::head_value({299, {}}));
              },
              300, "beyond the head"},
        Fault{"ARunGone", [](RawLog& log) { log.remove("streams", keys::run("s/1", 4)); }, 19,
              "stream \"s/1\""},
        Fault{"ARunTooMany",
              [](RawLog& log) { log.put("streams", keys::run("s/1", 61), keys::run_value(1, 3)); },
              0, "runs are in the index"},
        Fault{"ARunElsewhere",
              [](RawLog& log) { log.put("streams", keys::run("s/1", 4), keys::run_value(22, 3)); },
              19, "stream \"s/1\""},
        Fault{"ANameGone", [](RawLog& log) { log.remove("streams", keys::name("s/1")); }, 4,
              "name of stream"},
        Fault{"ANameTooMany",
              [](RawLog& log) { log.put("streams", keys::name("s/7"), keys::name_value(4)); }, 0,
              "streams are named"},
        Fault{"ACommandGone",
              [](RawLog& log) {
                log.remove("commands", keys::command({"principal-1", "c-3"}));
              },
              10, "command \"c-3\""},
        Fault{"ACommandTooMany",
              [](RawLog& log) {
                log.put("commands", keys::command({"principal-1", "new"}),
                        keys::command_value({10, 3, {}}));
              },
              0, "commands are in the index"},
        Fault{"ACommandElsewhere",
              [](RawLog& log) {
                log.put("commands", keys::command({"principal-1", "c-3"}),
                        keys::command_value({13, 3, {}}));
              },
              10, "command \"c-3\""}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST_F(FullCheck, ComparesWithTheHeadFile) {
  make_log();
  const auto path = folder_ / std::string(kHeadFileName);
  std::string bytes;
  {
    std::ifstream in(path, std::ios::binary);
    bytes = {std::istreambuf_iterator<char>(in), {}};
  }
  auto promise = decode_head_slot(std::string_view(bytes).substr(kHeadSlotBytes))->promise;
  const auto check_with = [&](const std::string& file) {
    std::ofstream(path, std::ios::binary) << file;
    return check_offline();
  };
  promise.log.position = 310;
  auto state = check_with(encode_head_slot(promise, 1) + encode_head_slot(promise, 2));
  ASSERT_EQ(state.findings_count, 1U);
  EXPECT_EQ(state.findings[0].position, 301U);
  promise.log.position = 299;
  state = check_with(encode_head_slot(promise, 1) + encode_head_slot(promise, 2));
  ASSERT_EQ(state.findings_count, 1U);
  EXPECT_EQ(state.findings[0].position, 299U);
  state = check_with(bytes.substr(0, kHeadSlotBytes));
  ASSERT_EQ(state.findings_count, 1U);
  EXPECT_NE(state.findings[0].what.find("damaged"), std::string::npos);
  std::filesystem::remove(path);
  state = check_offline();
  ASSERT_EQ(state.findings_count, 1U);
  EXPECT_NE(state.findings[0].what.find("no head file"), std::string::npos);
}

}  // namespace
}  // namespace silkledger::testing
