// Given a write-ahead log in prepared files, as a crash left it, when it is read, then it ends
// where the writing ended: nothing that was written is lost, and what was half written looks half
// written.
#include "eventstore/rocksdb/wal_files.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "tests/contract/eventstore/scratch_folder.h"

namespace silkledger::testing {
namespace {

using namespace silkledger::eventstore;
namespace fs = std::filesystem;

constexpr std::size_t kSector = 512;

class PreparedWal : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.env = env_.get();
    options_.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
    options_.create_if_missing = true;
  }

  std::unique_ptr<rocksdb::DB> open(const std::string& folder, rocksdb::Status& status) {
    rocksdb::DB* db = nullptr;
    status = rocksdb::DB::Open(options_, folder, &db);
    return std::unique_ptr<rocksdb::DB>(db);
  }

  static void put(rocksdb::DB& db, const std::string& key, const std::string& value) {
    rocksdb::WriteOptions durable;
    durable.sync = true;
    ASSERT_TRUE(db.Put(durable, key, value).ok());
  }

  // Writes the values under the keys 0, 1, … and keeps an image of the folder after each.
  void write_all(const std::vector<std::string>& values) {
    rocksdb::Status status;
    const auto db = open(folder("db"), status);
    ASSERT_TRUE(status.ok()) << status.ToString();
    for (std::size_t i = 0; i < values.size(); ++i) {
      put(*db, std::to_string(i), values[i]);
      ends_.push_back(written(wal_in(folder("db"))));
    }
    fs::copy(folder("db"), folder("image"));
    image_ = contents(wal_in(folder("image")));
  }

  // How many of the values the log holds when its file is this; -1 when it is refused.
  int values_found(const std::string& wal) {
    fs::remove_all(folder("crashed"));
    fs::copy(folder("image"), folder("crashed"));
    std::ofstream(wal_in(folder("crashed")), std::ios::binary) << wal;
    rocksdb::Status status;
    const auto db = open(folder("crashed"), status);
    if (!status.ok()) return -1;
    int found = 0;
    for (std::string value; db->Get({}, std::to_string(found), &value).ok();) ++found;
    return found;
  }

  // What of a file its readers get.
  std::uint64_t written(const fs::path& path) {
    std::unique_ptr<rocksdb::SequentialFile> file;
    EXPECT_TRUE(env_->NewSequentialFile(path.string(), &file, rocksdb::EnvOptions()).ok());
    std::uint64_t bytes = 0;
    std::string scratch(10'000, '\0');
    for (rocksdb::Slice read;; bytes += read.size()) {
      EXPECT_TRUE(file->Read(scratch.size(), &read, scratch.data()).ok());
      if (read.empty()) return bytes;
    }
  }

  std::uint64_t written(const std::string& wal) {
    const fs::path path = folder("read.log");
    std::ofstream(path, std::ios::binary) << wal;
    return written(path);
  }

  std::string folder(const std::string& name) const { return (scratch_.path() / name).string(); }

  static fs::path wal_in(const fs::path& folder) {
    for (const auto& file : fs::directory_iterator(folder)) {
      if (file.path().extension() == ".log") return file.path();
    }
    ADD_FAILURE() << "no write-ahead log";
    return {};
  }

  static std::string contents(const fs::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
  }

  ScratchFolder scratch_;
  std::unique_ptr<rocksdb::Env> env_ =
      rocksdb::NewCompositeEnv(prepared_wal_files(rocksdb::FileSystem::Default()));
  rocksdb::Options options_;
  std::string image_;                // the file of the log, as the last write left it
  std::vector<std::uint64_t> ends_;  // of what was written after each value
};

TEST_F(PreparedWal, EveryWriteIsFoundInWhatACrashLeaves) {
  write_all({"one", std::string(2'000, 'x'), std::string(70'000, 'y'), "end"});
  EXPECT_EQ(image_.size() % kWalPreparedBytes, 0U) << "prepared in whole pieces";
  EXPECT_LT(ends_.back(), image_.size());
  EXPECT_EQ(image_.find_first_not_of('\0', ends_.back()), std::string::npos);
  EXPECT_EQ(values_found(image_), 4);
}

TEST_F(PreparedWal, AClosedFileHoldsWhatWasWrittenAndNoMore) {
  write_all({"one"});
  EXPECT_EQ(fs::file_size(wal_in(folder("db"))), ends_.back());
  EXPECT_EQ(values_found(contents(wal_in(folder("db")))), 1);
}

TEST_F(PreparedWal, AWriteThatWasCutShortIsNotThereAndTheOthersAre) {
  write_all({"one", "two", std::string(3'000, 'x')});
  const std::uint64_t begin = ends_[1];
  const std::uint64_t end = ends_[2];
  for (std::uint64_t cut = begin; cut < end; ++cut) {
    const bool near_an_end = cut < begin + 20 || cut + 20 >= end;
    if (!near_an_end && cut % 37 != 0) continue;
    std::string torn = image_;
    std::fill(torn.begin() + static_cast<std::ptrdiff_t>(cut), torn.end(), '\0');
    EXPECT_GE(written(torn), begin) << "cut at " << cut;
    EXPECT_LT(written(torn), end) << "cut at " << cut;
    EXPECT_EQ(values_found(torn), 2) << "cut at " << cut;
  }
}

TEST_F(PreparedWal, ASectorThatNeverReachedTheDiskEndsTheLogBeforeIt) {
  write_all({"one", std::string(70'000, 'x')});
  for (std::uint64_t sector = ends_[0] / kSector + 1; sector < ends_[1] / kSector; sector += 7) {
    std::string torn = image_;
    torn.replace(sector * kSector, kSector, kSector, '\0');
    EXPECT_EQ(values_found(torn), 1) << "sector " << sector;
  }
}

TEST_F(PreparedWal, ZerosThatWereWrittenAreKept) {
  write_all({std::string(5'000, '\0'), "two", std::string(90'000, '\0')});
  EXPECT_EQ(values_found(image_), 3);
}

TEST_F(PreparedWal, AFlippedBitIsStillRefused) {
  write_all({"one", std::string(1'000, 'x')});
  for (const std::uint64_t at : {ends_[0] / 2, ends_[0] + 500, ends_[1] - 1}) {
    std::string flipped = image_;
    flipped[at] = static_cast<char>(flipped[at] ^ 4);
    EXPECT_EQ(values_found(flipped), -1) << "byte " << at;
  }
}

TEST_F(PreparedWal, AFileGrowsByItselfWhereNothingWasPrepared) {
  // Larger than what is prepared for.
  write_all({std::string(300'000, 'x'), std::string(300'000, 'y')});
  EXPECT_EQ(image_.size(), ends_.back());
  EXPECT_EQ(values_found(image_), 2);
}

}  // namespace
}  // namespace silkledger::testing
