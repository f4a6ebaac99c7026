#include "eventstore/reading/batch_builder.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace silkledger::eventstore {
namespace {

RecordRef record(Position position, std::string_view payload) {
  RecordRef made;
  made.epoch = 1;
  made.position = position;
  made.version = position;
  made.stream = "lead/L1";
  made.principal = "clerk";
  made.command_id = "c1";
  made.payload = payload;
  return made;
}

TEST(BatchBuilder, PayloadsAreCopiedAndAlignedHoweverManyFollow) {
  BatchBuilder builder({});
  std::string bytes(24, 'a');
  for (Position position = 1; position <= 100; ++position) {
    bytes[0] = static_cast<char>('a' + position % 20);
    builder.add(record(position, bytes));
  }
  bytes.assign(24, '?');
  const ReadBatch batch = std::move(builder).finish(101);
  ASSERT_EQ(batch.records.size(), 100u);
  EXPECT_EQ(batch.next, 101u);
  for (const auto& read : batch.records) {
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(read.payload.data()) % 8, 0u);
    EXPECT_EQ(read.payload[0], static_cast<char>('a' + read.header.position % 20));
    EXPECT_EQ(read.payload[1], 'a');
  }
}

TEST(BatchBuilder, TheFirstRecordAlwaysFitsSoThatAReadMakesProgress) {
  BatchBuilder builder({.records_max = 2, .bytes_max = 8});
  const std::string large(64, 'x');
  EXPECT_TRUE(builder.fits(record(1, large)));
  builder.add(record(1, large));
  EXPECT_FALSE(builder.fits(record(2, large)));
}

TEST(BatchBuilder, IsFullAtItsNumberOfRecords) {
  BatchBuilder builder({.records_max = 2});
  const std::string payload(8, 'x');
  builder.add(record(1, payload));
  EXPECT_FALSE(builder.full());
  builder.add(record(2, payload));
  EXPECT_TRUE(builder.full());
}

TEST(BatchBuilder, AFilterKeepsStreamsByPrefixAndAnEmptyOneKeepsAll) {
  EXPECT_TRUE(keeps({}, "lead/L1"));
  EXPECT_TRUE(keeps({{"fund/", "lead/"}}, "lead/L1"));
  EXPECT_FALSE(keeps({{"lead/"}}, "leading/L1"));
}

}  // namespace
}  // namespace silkledger::eventstore
