// AnyChangedByteIsFound, for the log: in its records and its head file every bit and every length,
// in the whole folder a sample of bits from a seed that is printed. SILKLEDGER_FLIPS takes more.
#include <rocksdb/env.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/head_file.h"
#include "tests/contract/eventstore/rocks_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

std::string flipped(std::string bytes, std::size_t bit) {
  bytes[bit / 8] =
      static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ (1U << (bit % 8)));
  return bytes;
}

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

// A record as stored, with names and a payload of different lengths.
std::string stored_record(Position position) {
  const std::string stream = "stream/" + std::string(position, 's');
  const std::string payload(8 * (position % 5), 'p');
  RecordRef record;
  record.epoch = 1;
  record.position = position;
  record.version = position;
  record.recorded_at = 1'767'225'600'000'000;
  record.stream = stream;
  record.principal = position % 2 == 0 ? "" : "person-1";
  record.command_id = "command-1";
  record.payload = payload;
  std::string bytes;
  encode_record(record, bytes);
  return std::string(bytes_of(leaf_hash(bytes))) + bytes;
}

TEST(AnyChangedByteIsFound, InARecordOfTheLog) {
  for (Position position = 1; position <= 12; ++position) {
    const std::string whole = stored_record(position);
    ASSERT_TRUE(std::holds_alternative<StoredRecord>(open_stored_record(whole, position)));
    const auto is_found = [position](const std::string& bytes) {
      const auto opened = open_stored_record(bytes, position);
      const auto* error = std::get_if<StoreError>(&opened);
      return error != nullptr && error->position == position;
    };
    for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
      ASSERT_TRUE(is_found(flipped(whole, bit))) << "position " << position << ", bit " << bit;
    }
    for (std::size_t length = 0; length < whole.size(); ++length) {
      ASSERT_TRUE(is_found(whole.substr(0, length))) << "cut to " << length;
    }
    ASSERT_TRUE(is_found(whole + std::string(8, '\0')));
    const auto elsewhere = open_stored_record(whole, position + 1);
    ASSERT_TRUE(std::holds_alternative<StoreError>(elsewhere)) << "moved to another position";
  }
}

HeadPromise some_promise() {
  return {std::string(32, 'a'),
          3,
          1'767'225'600'000'000,
          {std::string(kMerkleAlgorithm), 300, sha256("log")},
          {{std::string(kSm3Algorithm), 256, sm3("log")}}};
}

TEST(AnyChangedByteIsFound, InASlotOfTheHeadFile) {
  const std::string slot = encode_head_slot(some_promise(), 7);
  const auto read = decode_head_slot(slot);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->promise, some_promise());
  EXPECT_EQ(read->sequence, 7U);
  for (std::size_t bit = 0; bit < 8 * slot.size(); ++bit) {
    ASSERT_FALSE(decode_head_slot(flipped(slot, bit))) << "bit " << bit;
  }
  for (std::size_t length = 0; length < slot.size(); ++length) {
    ASSERT_FALSE(decode_head_slot(slot.substr(0, length))) << "cut to " << length;
  }
}

TEST(AnyChangedByteIsFound, InEveryLengthOfTheHeadFile) {
  const ScratchFolder scratch;
  auto& env = *rocksdb::Env::Default();
  ASSERT_TRUE(std::holds_alternative<std::unique_ptr<HeadFile>>(
      HeadFile::create(env, scratch.path(), some_promise())));
  const auto path = scratch.path() / std::string(kHeadFileName);
  const std::string whole = bytes_of_file(path);
  ASSERT_EQ(whole.size(), kHeadFileBytes);
  // Every length around the ends of the slots, and some between.
  for (std::size_t length = 0; length <= kHeadFileBytes + 1; ++length) {
    const std::size_t into_slot = length % kHeadSlotBytes;
    if (into_slot > 40 && into_slot < kHeadSlotBytes - 40 && into_slot % 97 != 0) continue;
    write_file(path, (whole + "x").substr(0, length));
    const auto read = HeadFile::read(env, scratch.path());
    const auto* reading = std::get_if<HeadFile::Reading>(&read);
    if (length < kHeadSlotBytes) {
      EXPECT_EQ(reading, nullptr) << "cut to " << length;
    } else {
      ASSERT_NE(reading, nullptr) << "cut to " << length;
      EXPECT_EQ(reading->promise, some_promise());
      EXPECT_EQ(reading->damage.empty(), length == kHeadFileBytes) << "cut to " << length;
    }
  }
}

class AnyChangedByteIsFoundOnDisk : public OnRocks {
 protected:
  enum class Fate { kRefused, kFound, kHarmless };

  // Opens the folder, reads and checks everything. What opens must be whole, or its damage found.
  Fate fate(const std::vector<std::string>& whole) {
    auto opened = open();
    if (std::holds_alternative<StoreError>(opened)) return Fate::kRefused;
    const auto& store = *std::get<0>(opened);
    bool found = !store.report().notes.empty();
    std::vector<std::string> read;
    for (Position at = 1; at <= store.head().position;) {
      auto batch = store.read(at, {}, {});
      if (std::holds_alternative<StoreError>(batch)) {
        found = true;
        break;
      }
      for (const auto& record : std::get<ReadBatch>(batch).records) {
        read.push_back(record.header.stream + '@' + std::to_string(record.header.version) + ' ' +
                       record.header.command.id + ' ' + std::string(record.payload));
      }
      at = std::get<ReadBatch>(batch).next;
    }
    EXPECT_TRUE(std::equal(read.begin(), read.end(), whole.begin(),
                           whole.begin() + static_cast<std::ptrdiff_t>(read.size())))
        << "another record was read";
    const auto check = store.check();
    while (check->step()) {
    }
    found = found || check->state().findings_count > 0;
    if (found) return Fate::kFound;
    EXPECT_EQ(read, whole) << "opened, checked, and not whole";
    return Fate::kHarmless;
  }
};

TEST_F(AnyChangedByteIsFoundOnDisk, OrChangesNothingThatIsRead) {
  constexpr std::uint64_t kSeed = 20261124;
  const char* more = std::getenv("SILKLEDGER_FLIPS");
  const int flips = more != nullptr ? std::atoi(more) : 200;
  RocksOptions options;
  options.write_buffer_bytes = 64 * 1024;  // so that most lies in tables, and some in the log
  options.head_file_lag_ms_max = kNeverMs;
  auto store = create(options);
  append_commands(*store, 0, 500);
  ASSERT_FALSE(store->sync_head_file());
  const auto whole = contents(*store);
  ASSERT_EQ(whole.size(), 1'500U);
  crash_into_copy();
  store.reset();
  const auto image = folder_;
  std::vector<std::string> names;
  for (const auto& file : std::filesystem::directory_iterator(image)) {
    if (file.file_size() > 0) names.push_back(file.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  VirtualExecutor random(kSeed);
  std::array<int, 3> fates{};
  for (int i = 0; i < flips; ++i) {
    // Each file as often as another, however small it is.
    const std::string& name = names[random.below(names.size())];
    const std::string bytes = bytes_of_file(image / name);
    const std::size_t bit = random.below(8 * bytes.size());
    SCOPED_TRACE("seed " + std::to_string(kSeed) + ", flip " + std::to_string(i) + ": " + name +
                 ", bit " + std::to_string(bit));
    crash_into_copy();
    write_file(folder_ / name, flipped(bytes, bit));
    ++fates[static_cast<std::size_t>(fate(whole))];
    std::filesystem::remove_all(folder_);
    folder_ = image;
  }
  std::cout << "seed " << kSeed << ", " << flips << " flips in " << names.size()
            << " files: " << fates[0] << " refused, " << fates[1] << " found, " << fates[2]
            << " without effect\n";
  EXPECT_GT(fates[0] + fates[1], flips / 3);
}

}  // namespace
}  // namespace silkledger::testing
