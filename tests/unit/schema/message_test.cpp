// Opening stored and outside bytes.
#include "domain/schema/message.h"

#include <gtest/gtest.h>
#include <kj/exception.h>

#include <cstdint>
#include <vector>

#include "tests/unit/schema/traps.samples.h"
#include "tests/unit/schema/traps.wire.h"

namespace silkledger::schema {
namespace {

TEST(Message, UnalignedMemoryIsCopiedFirst) {
  const auto value = sample<Everything>(11);
  const std::string bytes = encode(value);
  std::vector<std::uint64_t> room(bytes.size() / 8 + 2);
  char* const start = reinterpret_cast<char*>(room.data());
  for (std::size_t offset = 0; offset < 8; ++offset) {
    bytes.copy(start + offset, bytes.size());
    MessageReader message(std::string_view(start + offset, bytes.size()));
    EXPECT_EQ(read(message.root<wire::Everything>()), value) << "offset " << offset;
  }
}

TEST(Message, ALongLivedReaderOfOwnBytesNeverRunsOut) {
  const std::string bytes = encode(Deep{.depth = 7, .note = "x"});
  MessageReader message(bytes, Trust::own);
  // Every read is charged two words; Cap'n Proto's default limit is 8,388,608.
  std::int64_t sum = 0;
  for (int reads = 0; reads < 4'300'000; ++reads) sum += message.root<wire::Deep>().getDepth();
  EXPECT_EQ(sum, std::int64_t{7} * 4'300'000);
}

TEST(Message, OutsideBytesRunIntoATightLimit) {
  Lists value;
  value.names.assign(10, std::string(1000, 'x'));
  const std::string bytes = encode(value);
  MessageReader message(bytes, Trust::outside);
  const auto read_often = [&] {
    std::size_t sum = 0;
    for (int round = 0; round < 10; ++round) {
      for (const auto name : message.root<wire::Lists>().getNames()) sum += name.size();
    }
    return sum;
  };
  EXPECT_THROW(static_cast<void>(read_often()), kj::Exception);
}

TEST(Message, OutsideBytesThatAreHonestAreReadWhole) {
  const auto value = sample<Everything>(5);
  EXPECT_EQ(decode<Everything>(encode(value), Trust::outside), value);
}

TEST(Message, BytesThatAreNoWholeWordsAreRefused) {
  std::string bytes = encode(sample<Everything>(5));
  bytes.pop_back();
  EXPECT_FALSE(decode<Everything>(bytes, Trust::own).has_value());
  EXPECT_FALSE(decode<Everything>("", Trust::outside).has_value());
}

TEST(Message, DamagedBytesNeverCrashTheReader) {
  const std::string good = encode(sample<Everything>(9));
  Sampler sampler(2026, Sampler::Style::random);
  int refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (int flips = 0; flips < 4; ++flips) {
      bytes[sampler.below(bytes.size())] ^= static_cast<char>(1 << sampler.below(8));
    }
    if (!decode<Everything>(bytes, Trust::outside)) ++refused;
  }
  EXPECT_GT(refused, 0);
}

}  // namespace
}  // namespace silkledger::schema
