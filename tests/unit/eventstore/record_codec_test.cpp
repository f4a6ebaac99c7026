#include "eventstore/codec/record_codec.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/ledger/sha256.h"

namespace silkledger::eventstore {
namespace {

RecordRef example() {
  RecordRef record;
  record.epoch = 1;
  record.position = 7;
  record.version = 2;
  record.recorded_at = 1'767'225'600'000'000;
  record.stream = "lead/1";
  record.principal = "u1";
  record.command_id = "c-9";
  record.payload = "\x01\x02\x03\x04\x05\x06\x07\x08";
  return record;
}

std::string encoded(const RecordRef& record) {
  std::string bytes;
  encode_record(record, bytes);
  return bytes;
}

std::string stored(const RecordRef& record) {
  const std::string bytes = encoded(record);
  return std::string(bytes_of(leaf_hash(bytes))) + bytes;
}

bool is_corrupt(const StoreResult<StoredRecord>& result, Position position) {
  const auto* error = std::get_if<StoreError>(&result);
  return error != nullptr && error->kind == StoreError::Kind::corrupt &&
         error->position == position &&
         error->detail.find(std::to_string(position)) != std::string::npos;
}

// The hex block behind the marker in docs/formats/record.md.
std::string documented_example() {
  std::ifstream file("docs/formats/record.md");
  EXPECT_TRUE(file) << "run from the repository root";
  std::string line;
  while (std::getline(file, line) && line.find("<!-- record-example") == std::string::npos) {
  }
  std::string bytes;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    for (std::string word; words >> word;) {
      bytes.push_back(static_cast<char>(std::stoi(word, nullptr, 16)));
    }
  }
  return bytes;
}

TEST(RecordCodec, WritesTheBytesThatTheFormatShows) {
  EXPECT_EQ(encoded(example()), documented_example());
}

TEST(RecordCodec, ReadsBackWhatItWrote) {
  for (std::size_t stream_bytes : {1U, 7U, 8U, 9U, 160U}) {
    for (std::size_t payload_bytes : {0U, 8U, 296U, 65536U}) {
      const std::string stream(stream_bytes, 's');
      const std::string payload(payload_bytes, 'p');
      RecordRef record = example();
      record.stream = stream;
      record.payload = payload;
      record.command_index = 3;
      record.recorded_at = -5;
      const std::string bytes = stored(record);
      const auto result = open_stored_record(bytes, record.position);
      ASSERT_TRUE(std::holds_alternative<StoredRecord>(result));
      const auto& read = std::get<StoredRecord>(result);
      EXPECT_EQ(header_of(read.record), header_of(record));
      EXPECT_EQ(read.record.payload, payload);
      EXPECT_EQ((bytes.size() - sizeof(Hash)) % 8, 0U);
    }
  }
}

TEST(RecordCodec, HeaderKeepsEveryField) {
  const RecordHeader header = header_of(example());
  const RecordHeader expected{1, 7, "lead/1", 2, 1'767'225'600'000'000, {"u1", "c-9"}, 0};
  EXPECT_EQ(header, expected);
}

TEST(RecordCodec, EveryTruncationIsFound) {
  const std::string bytes = stored(example());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_TRUE(is_corrupt(open_stored_record(bytes.substr(0, size), 7), 7)) << size;
  }
  EXPECT_TRUE(is_corrupt(open_stored_record(bytes + '\0', 7), 7));
}

TEST(RecordCodec, EveryFlippedBitIsFound) {
  std::string bytes = stored(example());
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const auto mask = static_cast<unsigned char>(1U << (bit % 8));
    char& byte = bytes[bit / 8];
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ mask);
    EXPECT_TRUE(is_corrupt(open_stored_record(bytes, 7), 7)) << "bit " << bit;
    byte = static_cast<char>(static_cast<unsigned char>(byte) ^ mask);
  }
  EXPECT_TRUE(std::holds_alternative<StoredRecord>(open_stored_record(bytes, 7)));
}

// Without the hash check in front: whatever the bytes say, nothing beyond them is read. The copy
// lives on the heap at its exact size, so a sanitizer sees any step too far.
TEST(RecordCodec, HostileBytesNeverLeadOutsideThem) {
  const std::string good = encoded(example());
  for (std::size_t size = 0; size <= good.size(); ++size) {
    for (std::size_t at = 0; at < size; ++at) {
      for (const char byte : {'\x00', '\x01', '\x7F', '\xFF'}) {
        std::vector<char> bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
        bytes[at] = byte;
        const auto result = decode_record({bytes.data(), bytes.size()}, 7);
        const auto* record = std::get_if<RecordRef>(&result);
        if (record == nullptr) continue;
        EXPECT_LE(record->payload.data() + record->payload.size(), bytes.data() + bytes.size());
      }
    }
  }
}

TEST(RecordCodec, ARecordFoundElsewhereIsCorrupt) {
  EXPECT_TRUE(is_corrupt(open_stored_record(stored(example()), 8), 8));
}

struct Broken {
  const char* name;
  std::size_t offset;
  char byte;
};

class RecordGrammar : public ::testing::TestWithParam<Broken> {};

// The leaf is made to match, as a careful forger's would: the grammar itself refuses.
TEST_P(RecordGrammar, RefusesWhatBreaksIt) {
  std::string bytes = encoded(example());
  bytes[GetParam().offset] = GetParam().byte;
  const std::string forged = std::string(bytes_of(leaf_hash(bytes))) + bytes;
  EXPECT_TRUE(is_corrupt(open_stored_record(forged, 7), 7));
}

INSTANTIATE_TEST_SUITE_P(
    Fields, RecordGrammar,
    ::testing::Values(Broken{"FormatVersion", 0, 2}, Broken{"Reserved", 1, 1},
                      Broken{"StreamBytesTooLong", 2, 60}, Broken{"StreamEmpty", 2, 0},
                      Broken{"CommandIdEmpty", 6, 0}, Broken{"PayloadLonger", 12, 16},
                      Broken{"PayloadNotWords", 12, 7}, Broken{"EpochZero", 16, 0},
                      Broken{"PositionZero", 24, 0}, Broken{"VersionZero", 32, 0},
                      Broken{"PaddingNotZero", 63, 1}),
    [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace silkledger::eventstore
