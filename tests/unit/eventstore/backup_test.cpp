// Backups of a log in memory: what is in them, when they end, and that nothing in them can change
// unseen.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "eventstore/backup/backup_task.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/memory/memory_event_store.h"
#include "tests/contract/eventstore/contract_fixture.h"
#include "tests/contract/eventstore/scratch_folder.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;
using Kind = StoreError::Kind;

const std::string kStoreId = "00112233445566778899aabbccddeeff";

std::string bytes_in(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_bytes(const std::filesystem::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

struct Read {
  BackupHeader header;
  BackupFooter footer;
  std::vector<RecordHeader> headers;
  std::vector<std::string> payloads;
  std::vector<std::optional<Hash>> fingerprints;
};

StoreResult<Read> read_backup(const std::filesystem::path& file) {
  auto opened = BackupReader::open(file);
  if (auto* error = std::get_if<StoreError>(&opened)) return *error;
  auto& reader = *std::get<0>(opened);
  Read all;
  all.header = reader.header();
  while (true) {
    auto next = reader.next();
    if (auto* error = std::get_if<StoreError>(&next)) return *error;
    for (const auto& one : std::get<0>(next)) {
      all.headers.push_back(header_of(one.record));
      all.payloads.emplace_back(one.record.payload);
      all.fingerprints.push_back(one.fingerprint);
    }
    if (std::get<0>(next).empty()) break;
  }
  all.footer = *reader.footer();
  return all;
}

class Backup : public ::testing::Test {
 protected:
  void append(const std::string& id, const std::string& stream, Version version,
              std::size_t records) {
    std::optional<AppendOutcome> outcome;
    auto appended = several(id, stream, version, records);
    appended.fingerprint = sha256(id);
    log_.append(log_.epoch(), std::move(appended),
                [&](AppendOutcome got) { outcome = std::move(got); });
    world_.run_until_idle();
    ASSERT_TRUE(outcome && std::holds_alternative<Stored>(*outcome));
  }
  // Two streams, commands of one record and of three.
  void fill(int commands) {
    for (int i = 0; i < commands; ++i) {
      const auto many = static_cast<std::size_t>(i % 2 == 0 ? 1 : 3);
      const std::string stream = i % 2 == 0 ? "lead/1" : "project/" + std::to_string(i);
      append("c-" + std::to_string(i), stream, i % 2 == 0 ? static_cast<Version>(i / 2) : 0, many);
    }
  }

  BackupPlan plan(const std::string& name, std::optional<BackupSummary> follows = {}) const {
    return {kStoreId, log_.head(), scratch_.path() / name, std::move(follows),
            1'767'225'600'000'000};
  }
  std::unique_ptr<BackupTask> begin(BackupPlan plan, BackupLimits limits = {}) {
    return value_of(BackupTask::begin(log_, std::move(plan), limits));
  }
  static void finish(BackupTask& task) {
    while (task.progress().phase != BackupPhase::done) {
      const auto error = task.step();
      ASSERT_FALSE(error) << error->detail;
    }
  }
  std::filesystem::path take(const std::string& name, std::optional<BackupSummary> follows = {}) {
    finish(*begin(plan(name, std::move(follows)), {2, 1024}));
    return scratch_.path() / name;
  }
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.path())) {
      names.push_back(entry.path().filename().string());
    }
    return names;
  }

  ScratchFolder scratch_;
  VirtualExecutor world_;
  MemoryEventStore log_{world_, world_};
};

TEST_F(Backup, HoldsEveryRecordAsItWasStoredAndTheFingerprintOfEachCommand) {
  fill(7);
  const auto read = value_of(read_backup(take("full")));
  const auto head = log_.head();
  EXPECT_EQ(read.header.store_id, kStoreId);
  EXPECT_EQ(read.header.first, 1U);
  EXPECT_EQ(read.header.last, head.position);
  EXPECT_EQ(read.header.root, head.root);
  EXPECT_EQ(read.footer.records, 13U);
  EXPECT_EQ(read.footer.commands, 7U);
  const auto stored = value_of(log_.read(1, {}, {}));
  ASSERT_EQ(read.headers.size(), stored.records.size());
  for (std::size_t i = 0; i < read.headers.size(); ++i) {
    EXPECT_EQ(read.headers[i], stored.records[i].header);
    EXPECT_EQ(read.payloads[i], stored.records[i].payload);
    const auto& command = read.headers[i].command.id;
    const bool begins = read.headers[i].command_index == 0;
    EXPECT_EQ(read.fingerprints[i], begins ? std::optional(sha256(command)) : std::nullopt);
  }
}

TEST_F(Backup, OfAnEmptyLogIsEmptyAndWhole) {
  const auto read = value_of(read_backup(take("empty")));
  EXPECT_EQ(read.header.last, 0U);
  EXPECT_EQ(read.header.root, empty_root());
  EXPECT_TRUE(read.headers.empty());
}

TEST_F(Backup, AnyChangedByteIsFound) {
  fill(4);
  const auto file = take("full");
  const std::string whole = bytes_in(file);
  ASSERT_TRUE(std::holds_alternative<Read>(read_backup(file)));
  const auto changed = scratch_.path() / "changed";
  write_bytes(changed, whole);
  std::fstream open(changed, std::ios::binary | std::ios::in | std::ios::out);
  const auto put = [&open](std::size_t at, unsigned byte) {
    open.seekp(static_cast<std::streamoff>(at)).put(static_cast<char>(byte)).flush();
  };
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    const auto byte = static_cast<unsigned char>(whole[bit / 8]);
    put(bit / 8, byte ^ (1U << bit % 8));
    const auto read = read_backup(changed);
    const auto* error = std::get_if<StoreError>(&read);
    ASSERT_NE(error, nullptr) << "bit " << bit % 8 << " of byte " << bit / 8;
    EXPECT_EQ(error->kind, bit / 8 < kBackupMagic.size() ? Kind::wrong_format : Kind::corrupt);
    EXPECT_NE(error->detail.find(changed.string()), std::string::npos) << error->detail;
    put(bit / 8, byte);
  }
  EXPECT_TRUE(std::holds_alternative<Read>(read_backup(changed)));
}

TEST_F(Backup, AnyMissingOrAddedByteIsFound) {
  fill(4);
  const std::string whole = bytes_in(take("full"));
  const auto cut = scratch_.path() / "cut";
  for (std::size_t bytes = 0; bytes < whole.size(); ++bytes) {
    write_bytes(cut, whole.substr(0, bytes));
    ASSERT_TRUE(std::holds_alternative<StoreError>(read_backup(cut))) << bytes << " bytes";
    ASSERT_TRUE(std::holds_alternative<StoreError>(read_backup_summary(cut))) << bytes << " bytes";
  }
  write_bytes(cut, whole + '\0');
  EXPECT_TRUE(std::holds_alternative<StoreError>(read_backup(cut)));
}

// Sections that are each whole are bound to their place.
TEST_F(Backup, BlocksOfAnotherBackupOrInAnotherOrderAreFound) {
  fill(4);
  const std::string whole = bytes_in(take("full"));
  std::vector<std::string> sections;
  for (std::size_t at = kBackupMagic.size(); at < whole.size();) {
    const auto head = decode_section_head(std::string_view(whole).substr(at, kSectionHeadBytes));
    ASSERT_TRUE(head);
    const std::size_t bytes = kSectionHeadBytes + head->body_bytes + sizeof(Hash);
    sections.push_back(whole.substr(at, bytes));
    at += bytes;
  }
  ASSERT_GE(sections.size(), 5U);
  const auto other = scratch_.path() / "other";
  for (std::size_t left_out = 0; left_out < sections.size(); ++left_out) {
    std::string bytes(kBackupMagic);
    for (std::size_t i = 0; i < sections.size(); ++i) {
      if (i != left_out) bytes += sections[i];
    }
    write_bytes(other, bytes);
    EXPECT_TRUE(std::holds_alternative<StoreError>(read_backup(other))) << "section " << left_out;
  }
  std::swap(sections[1], sections[2]);
  std::string bytes(kBackupMagic);
  for (const auto& section : sections) bytes += section;
  write_bytes(other, bytes);
  EXPECT_TRUE(std::holds_alternative<StoreError>(read_backup(other)));
}

TEST_F(Backup, WhatIsRecordedMeanwhileIsLeftForTheNextOne) {
  fill(6);
  const auto head = log_.head();
  const auto task = begin(plan("full"), {2, 1024});
  for (int i = 0; task->progress().phase != BackupPhase::done; ++i) {
    append("meanwhile-" + std::to_string(i), "other/" + std::to_string(i), 0, 2);
    const auto error = task->step();
    ASSERT_FALSE(error) << error->detail;
  }
  EXPECT_EQ(value_of(read_backup(scratch_.path() / "full")).header.root, head.root);
  const auto before = value_of(read_backup_summary(scratch_.path() / "full"));
  const auto next = value_of(read_backup(take("next", before)));
  EXPECT_EQ(next.header.first, head.position + 1);
  EXPECT_EQ(next.header.root, log_.head().root);
  EXPECT_EQ(next.headers.size(), log_.head().position - head.position);
}

TEST_F(Backup, AnIncrementalOneFollowsItsOwnHistoryOnly) {
  fill(3);
  auto before = value_of(read_backup_summary(take("full")));
  const auto nothing_new = BackupTask::begin(log_, plan("next", before));
  ASSERT_TRUE(std::holds_alternative<StoreError>(nothing_new));
  EXPECT_EQ(std::get<StoreError>(nothing_new).kind, Kind::not_found);

  append("more", "lead/2", 0, 1);
  auto other = before;
  other.header.root[0] ^= 1U;
  const auto of_other_root = BackupTask::begin(log_, plan("next", other));
  EXPECT_EQ(std::get<StoreError>(of_other_root).kind, Kind::wrong_format);
  other = before;
  other.header.store_id = "ffeeddccbbaa99887766554433221100";
  const auto of_other_store = BackupTask::begin(log_, plan("next", other));
  EXPECT_EQ(std::get<StoreError>(of_other_store).kind, Kind::wrong_format);
  EXPECT_EQ(files(), std::vector<std::string>{"full"}) << "a refused backup leaves nothing";
}

TEST_F(Backup, ADroppedOneLeavesNothingAndANameIsNeverOverwritten) {
  fill(3);
  {
    const auto task = begin(plan("full"), {2, 1024});
    EXPECT_FALSE(task->step());
    EXPECT_EQ(files(), std::vector<std::string>{"full.part"});
  }
  EXPECT_TRUE(files().empty());
  const std::string first = bytes_in(take("full"));
  append("more", "lead/2", 0, 1);
  const auto again = BackupTask::begin(log_, plan("full"));
  ASSERT_TRUE(std::holds_alternative<StoreError>(again));
  EXPECT_EQ(std::get<StoreError>(again).kind, Kind::io);
  EXPECT_EQ(bytes_in(scratch_.path() / "full"), first);
}

TEST_F(Backup, ADiskThatKeepsOtherBytesIsNoticedBeforeTheFileGetsItsName) {
  fill(6);
  const auto task = begin(plan("full"), {2, 1024});
  while (task->progress().phase != BackupPhase::verifying) ASSERT_FALSE(task->step());
  const auto unfinished = scratch_.path() / "full.part";
  std::string bytes = bytes_in(unfinished);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  write_bytes(unfinished, bytes);
  std::optional<StoreError> error;
  while (!error && task->progress().phase != BackupPhase::done) error = task->step();
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, Kind::corrupt);
  EXPECT_FALSE(std::filesystem::exists(scratch_.path() / "full"));
}

// A limit on the size of files stands for a full disk: write() fails the same way.
TEST_F(Backup, AFullDiskIsToldAndLeavesNothing) {
  fill(40);
  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_handler = ::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 2048;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  std::optional<StoreError> error;
  {
    const auto task = begin(plan("full"), {4, 1024});
    while (!error && task->progress().phase != BackupPhase::done) error = task->step();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  ::signal(SIGXFSZ, old_handler);
  ASSERT_TRUE(error);
  EXPECT_EQ(error->kind, Kind::io);
  EXPECT_NE(error->detail.find("full.part"), std::string::npos) << error->detail;
  EXPECT_TRUE(files().empty());
}

// Lines of the form "    text" behind the marker in docs/formats/backup.md.
TEST(BackupFormat, WritesTheHeaderThatTheFormatShows) {
  std::ifstream page("docs/formats/backup.md");
  ASSERT_TRUE(page) << "run from the repository root";
  std::string shown;
  bool inside = false;
  for (std::string line; std::getline(page, line);) {
    if (line.find("<!-- backup-example") != std::string::npos) inside = true;
    if (inside && line.starts_with("    ")) shown += line.substr(4) + "\n";
  }
  const BackupHeader header{kStoreId,
                            2,
                            8,
                            9,
                            empty_root(),
                            {empty_root(), sha256("1"), sha256("2")},
                            1'767'225'600'000'000};
  EXPECT_EQ(encode(header), shown);
  EXPECT_EQ(decode_backup_header(shown), header);
}

}  // namespace
}  // namespace silkledger::testing
