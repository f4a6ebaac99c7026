// What the head file is for: a log that lost what it had acknowledged is not served.
#include "eventstore/rocksdb/head_file.h"

#include <rocksdb/env.h>

#include <chrono>
#include <fstream>
#include <thread>

#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/key_layout.h"
#include "tests/contract/eventstore/raw_log.h"
#include "tests/contract/eventstore/rocks_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;
using Kind = StoreError::Kind;

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// Ends of the write-ahead log's fragments: blocks of 32 KiB, each fragment with a header of seven
// bytes that holds its length at offset 4.
std::vector<std::size_t> fragment_ends(const std::string& wal) {
  constexpr std::size_t kBlock = 32 * 1024;
  constexpr std::size_t kHeader = 7;
  std::vector<std::size_t> ends;
  for (std::size_t at = 0; at + kHeader <= wal.size();) {
    if (kBlock - at % kBlock < kHeader) {
      at += kBlock - at % kBlock;
      continue;
    }
    const auto length =
        static_cast<unsigned char>(wal[at + 4]) + 256U * static_cast<unsigned char>(wal[at + 5]);
    at += kHeader + length;
    ends.push_back(at);
  }
  return ends;
}

class HeadFileOfALog : public OnRocks {
 protected:
  static constexpr Position kPromised = 30;
  static constexpr Position kEnd = 60;

  // A crashed log of 20 commands, 60 records; the head file promises the first ten of them.
  void crash_with_a_promise() {
    RocksOptions options;
    options.head_file_lag_ms_max = kNeverMs;
    const auto store = create(options);
    append_commands(*store, 0, 10);
    EXPECT_FALSE(store->sync_head_file());
    append_commands(*store, 10, 20);
    whole_ = contents(*store);
    for (Position at = 0; at <= kEnd; ++at) roots_.push_back(value_of(store->root_at(at)));
    crash_into_copy();
    keep_written_wal();
  }

  std::filesystem::path head_file() const { return folder_ / std::string(kHeadFileName); }

  // Opens whatever was done to the folder. Refused: the error names what was promised. Served: all
  // that was promised is there, and what is served is a beginning of what was written.
  enum class Fate { kRefused, kShortened, kWhole };
  Fate fate_of_opening() {
    auto opened = open();
    if (const auto* error = std::get_if<StoreError>(&opened)) {
      EXPECT_NE(error->kind, Kind::locked) << error->detail;
      return Fate::kRefused;
    }
    const auto& store = *std::get<0>(opened);
    const auto found = contents(store);
    EXPECT_GE(found.size(), kPromised) << "served with less than was promised";
    EXPECT_LE(found.size(), whole_.size());
    EXPECT_TRUE(std::equal(found.begin(), found.end(), whole_.begin()));
    EXPECT_EQ(store.head().root, roots_.at(found.size()));
    return found.size() == whole_.size() ? Fate::kWhole : Fate::kShortened;
  }

  std::vector<std::string> whole_;
  std::vector<Hash> roots_;
};

TEST_F(HeadFileOfALog, SaysHowFarTheLogWentBeyondIt) {
  crash_with_a_promise();
  {
    const auto store = must_open();
    EXPECT_EQ(store->report().promised, kPromised);
    EXPECT_EQ(store->report().beyond, kEnd - kPromised);
    EXPECT_TRUE(store->report().notes.empty());
  }
  EXPECT_EQ(must_open()->report().promised, kEnd) << "written at opening and at closing";
}

TEST_F(HeadFileOfALog, ALogCutAtARecordBoundaryIsRefusedBelowThePromise) {
  crash_with_a_promise();
  const auto image = folder_;
  const std::string wal_name = wal().filename().string();
  const std::string whole_wal = bytes_of_file(wal());
  int refused = 0;
  int served = 0;
  for (const std::size_t end : fragment_ends(whole_wal)) {
    crash_into_copy();
    write_file(folder_ / wal_name, whole_wal.substr(0, end));
    auto opened = open();
    if (const auto* error = std::get_if<StoreError>(&opened)) {
      ++refused;
      EXPECT_EQ(error->kind, Kind::corrupt);
      const auto last = error->position - 1;
      ASSERT_LT(last, kPromised) << error->detail;
      for (const std::string& said :
           {"position " + std::to_string(last), to_hex(roots_[last]),
            "position " + std::to_string(kPromised), to_hex(roots_[kPromised])}) {
        EXPECT_NE(error->detail.find(said), std::string::npos) << error->detail;
      }
      EXPECT_TRUE(std::holds_alternative<StoreError>(open())) << "refused once, served later";
    } else {
      ++served;
      EXPECT_GE(std::get<0>(opened)->head().position, kPromised);
    }
    std::get_if<StoreError>(&opened) == nullptr ? std::get<0>(opened).reset() : void();
    folder_ = image;
  }
  EXPECT_GE(refused, 9);
  EXPECT_GE(served, 10);
}

TEST_F(HeadFileOfALog, ATornLastWriteIsDroppedAndTheRestIsKept) {
  crash_with_a_promise();
  std::filesystem::resize_file(wal(), std::filesystem::file_size(wal()) - 5);
  const auto store = must_open();
  EXPECT_EQ(store->head().position, kEnd - 3);
  EXPECT_EQ(store->report().beyond, kEnd - 3 - kPromised);
  EXPECT_TRUE(std::holds_alternative<Stored>(append(*store, command(19))));
}

TEST_F(HeadFileOfALog, AFlippedBitOfTheWriteAheadLogNeverShortensWhatWasPromised) {
  crash_with_a_promise();
  const auto image = folder_;
  const std::string wal_name = wal().filename().string();
  const std::string whole_wal = bytes_of_file(wal());
  constexpr std::uint64_t kSeed = 20261124;
  constexpr int kFlips = 150;
  VirtualExecutor random(kSeed);
  int refused = 0;
  for (int i = 0; i < kFlips; ++i) {
    const auto bit = random.below(8 * whole_wal.size());
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", bit " + std::to_string(bit));
    crash_into_copy();
    std::string flipped = whole_wal;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    write_file(folder_ / wal_name, flipped);
    if (fate_of_opening() == Fate::kRefused) ++refused;
    std::filesystem::remove_all(folder_);
    folder_ = image;
  }
  EXPECT_GE(refused, kFlips * 9 / 10);
}

TEST_F(HeadFileOfALog, EachFileOfTheFolderMayBeMissedButNotInSilence) {
  RocksOptions options;
  options.head_file_lag_ms_max = kNeverMs;
  options.write_buffer_bytes = 64 * 1024;  // so that there are tables as well
  auto store = create(options);
  append_commands(*store, 0, 400);
  EXPECT_FALSE(store->sync_head_file());
  whole_ = contents(*store);
  for (Position at = 0; at <= whole_.size(); ++at) roots_.push_back(value_of(store->root_at(at)));
  crash_into_copy();
  store.reset();
  const auto image = folder_;
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(image)) {
    names.push_back(file.path().filename().string());
  }
  int tables = 0;
  for (const std::string& name : names) {
    SCOPED_TRACE(name);
    crash_into_copy();
    std::filesystem::remove(folder_ / name);
    const Fate fate = fate_of_opening();
    // Only what holds no data may go.
    const bool holds_data = name == "CURRENT" || name == kHeadFileName ||
                            name.starts_with("MANIFEST") || name.ends_with(".sst") ||
                            (name.ends_with(".log") && file_size(image / name) > 0);
    EXPECT_EQ(fate, holds_data ? Fate::kRefused : Fate::kWhole);
    if (name.ends_with(".sst")) ++tables;
    folder_ = image;
  }
  EXPECT_GE(tables, 3);
}

TEST_F(HeadFileOfALog, AMissingOneIsRefusedUnlessTheOperatorAcceptsIt) {
  crash_with_a_promise();
  std::filesystem::remove(head_file());
  const StoreError error = must_fail();
  EXPECT_EQ(error.kind, Kind::corrupt);
  EXPECT_NE(error.detail.find("--accept-missing-head"), std::string::npos) << error.detail;
  RocksOptions accepting;
  accepting.accept_missing_head = true;
  EXPECT_EQ(must_open(accepting)->report().notes.size(), 1U);
  EXPECT_EQ(must_open()->report().promised, kEnd);
}

TEST_F(HeadFileOfALog, ADamagedSlotLeavesTheOtherOne) {
  crash_with_a_promise();
  const auto image = folder_;
  const std::string whole = bytes_of_file(head_file());
  for (const std::size_t slot : {std::size_t{0}, kHeadSlotBytes}) {
    crash_into_copy();
    std::string damaged = whole;
    damaged[slot + 100] = static_cast<char>(damaged[slot + 100] ^ 1);
    write_file(head_file(), damaged);
    {
      const auto store = must_open();
      ASSERT_EQ(store->report().notes.size(), 1U);
      EXPECT_NE(store->report().notes[0].find("slot is damaged"), std::string::npos);
    }
    EXPECT_TRUE(must_open()->report().notes.empty()) << "written anew";
    folder_ = image;
  }
  std::string both = whole;
  both[100] = both[kHeadSlotBytes + 100] = 'x';
  write_file(head_file(), both);
  EXPECT_EQ(must_fail().kind, Kind::corrupt);
}

TEST_F(HeadFileOfALog, AnOlderLogInThePlaceOfANewerOneIsRefused) {
  crash_with_a_promise();
  const auto older = folder_;
  crash_into_copy();
  {
    const auto store = must_open();
    append_commands(*store, 20, 25);
  }
  const auto newer_head = bytes_of_file(head_file());
  folder_ = older;
  write_file(head_file(), newer_head);
  const StoreError error = must_fail();
  EXPECT_EQ(error.kind, Kind::corrupt);
  EXPECT_EQ(error.position, kEnd + 1);
}

TEST_F(HeadFileOfALog, AnotherHistoryOfTheSameLengthIsRefused) {
  crash_with_a_promise();
  const auto fork = folder_;
  crash_into_copy();
  {
    const auto store = must_open();
    append_commands(*store, 20, 21);
  }
  const auto other_head = bytes_of_file(head_file());
  folder_ = fork;
  {
    const auto store = must_open();
    EXPECT_TRUE(std::holds_alternative<Stored>(append(*store, several("other", "s/9", 0, 3))));
  }
  write_file(head_file(), other_head);
  const StoreError error = must_fail();
  EXPECT_EQ(error.kind, Kind::corrupt);
  EXPECT_EQ(error.position, kEnd + 3);
  EXPECT_NE(error.detail.find("another history"), std::string::npos) << error.detail;
}

TEST_F(HeadFileOfALog, TheFileOfAnotherLogIsRefused) {
  crash_with_a_promise();
  const auto mine = folder_;
  folder_ = scratch_.path() / "another";
  create();
  const auto foreign = bytes_of_file(head_file());
  folder_ = mine;
  write_file(head_file(), foreign);
  EXPECT_NE(must_fail().detail.find("belongs to the log"), std::string::npos);
}

TEST_F(HeadFileOfALog, IsWrittenOnceAsManyRecordsWaitAsMay) {
  RocksOptions options;
  options.head_file_lag_ms_max = kNeverMs;
  options.head_file_lag_records_max = 9;
  const auto store = create(options);
  append_commands(*store, 0, 3);
  const auto promised = [this] {
    auto read = HeadFile::read(*rocksdb::Env::Default(), folder_);
    const auto* reading = std::get_if<HeadFile::Reading>(&read);
    return reading == nullptr ? Position{0} : reading->promise.log.position;
  };
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (promised() < 9 && std::chrono::steady_clock::now() < limit) std::this_thread::yield();
  EXPECT_EQ(promised(), 9U);
}

TEST_F(HeadFileOfALog, IsWrittenOnceARecordHasWaitedForTheLag) {
  RocksOptions options;
  options.head_file_lag_ms_max = 1;
  const auto store = create(options);
  append_commands(*store, 0, 1);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  Position promised = 0;
  while (promised < 3 && std::chrono::steady_clock::now() < limit) {
    auto read = HeadFile::read(*rocksdb::Env::Default(), folder_);
    if (auto* reading = std::get_if<HeadFile::Reading>(&read)) {
      promised = reading->promise.log.position;
    }
  }
  EXPECT_EQ(promised, 3U);
}

TEST_F(HeadFileOfALog, HoldsTheRootsOfBothTrees) {
  {
    const auto store = create();
    append_commands(*store, 0, 200);
    EXPECT_FALSE(store->sync_head_file());
    const auto read = value_of(HeadFile::read(*rocksdb::Env::Default(), folder_));
    EXPECT_EQ(read.promise.log.root, store->head().root);
    ASSERT_EQ(read.promise.followed.size(), 1U);
    EXPECT_EQ(read.promise.followed[0], store->sm3_head());
    EXPECT_EQ(store->sm3_head().position, 600U);
    EXPECT_NE(store->sm3_head().root, store->head().root);
  }
  RocksOptions options;
  options.head_file_lag_ms_max = kNeverMs;
  const auto store = must_open(options);
  EXPECT_EQ(store->sm3_head().position, 600U) << "it goes on from its checkpoint";
}

TEST_F(HeadFileOfALog, ASm3TreeThatWasLostIsComputedAgainAndMeasuredByThePromise) {
  crash_with_a_promise();
  TreeHead before;
  {
    const auto store = must_open();
    EXPECT_FALSE(store->sync_head_file());
    before = store->sm3_head();
  }
  auto promise = value_of(HeadFile::read(*rocksdb::Env::Default(), folder_)).promise;
  RawLog(folder_).remove("default", keys::followed(kSm3Algorithm));
  {
    const auto store = must_open();
    EXPECT_FALSE(store->sync_head_file());
    EXPECT_EQ(store->sm3_head(), before);
  }
  // The records are those of SHA-256's root; a promise of SM3 that they do not keep is a fault.
  promise.followed[0].root[0] ^= 1;
  RawLog(folder_).remove("default", keys::followed(kSm3Algorithm));
  write_file(head_file(), encode_head_slot(promise, 1) + encode_head_slot(promise, 2));
  const auto store = must_open();
  const auto failed = store->sync_head_file();
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->kind, Kind::corrupt);
  EXPECT_TRUE(std::holds_alternative<ReadOnly>(append(*store, command(20))));
  EXPECT_TRUE(store->recover()) << "what is wrong is not the disk's want of room";
}

}  // namespace
}  // namespace silkledger::testing
