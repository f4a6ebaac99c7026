// What the port promises of reading, waiting and proving.
#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "eventstore/ledger/merkle_tree.h"
#include "tests/contract/eventstore/contract_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;
using Names = std::vector<StreamName>;

class ReadContract : public EventStoreContract {
 protected:
  // 20 records: lead/0, project/0, lead/1, project/1, …, each stream once.
  void fill() {
    for (int i = 0; i < 10; ++i) {
      const std::string id = std::to_string(i);
      send(one("l" + id, "lead/" + id, 0));
      stored(one("p" + id, "project/" + id, 0));
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ReadContract, all_engines(), engine_name);

TEST_P(ReadContract, PagesCoverTheLogWithoutGapOrRepeat) {
  fill();
  for (const std::uint32_t page : {1U, 3U, 20U, 50U}) {
    std::vector<Position> seen;
    Position next = 1;
    while (next <= store().head().position) {
      const ReadBatch batch = read(next, {page, 1U << 20U, UINT32_MAX});
      ASSERT_FALSE(batch.records.empty());
      ASSERT_LE(batch.records.size(), page);
      for (const auto& record : batch.records) seen.push_back(record.header.position);
      next = batch.next;
    }
    ASSERT_EQ(seen.size(), 20U);
    for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], i + 1);
  }
}

TEST_P(ReadContract, BeyondTheHeadThereIsNothing) {
  fill();
  EXPECT_EQ(read(0).records.size(), 20U) << "position 0 is before the first";
  EXPECT_EQ(read(20).next, 21U);
  EXPECT_TRUE(read(21).records.empty());
  EXPECT_EQ(read(21).next, 21U);
  EXPECT_TRUE(read(1000).records.empty());
  EXPECT_EQ(read(1000).next, 1000U);
}

TEST_P(ReadContract, APageKeepsItsByteLimitButAlwaysMoves) {
  Append append = one("c-1", "s/1", 0);
  append.records = {{"s/1", std::string(64, 'a')},
                    {"s/1", std::string(4096, 'b')},
                    {"s/1", std::string(64, 'c')},
                    {"s/1", std::string(64, 'd')}};
  stored(append);
  const ReadLimit limit{100, 128, UINT32_MAX};
  EXPECT_EQ(read(1, limit).records.size(), 1U);
  EXPECT_EQ(read(2, limit).records.size(), 1U) << "larger than the limit, alone";
  EXPECT_EQ(read(2, limit).next, 3U);
  EXPECT_EQ(read(3, limit).records.size(), 2U) << "exactly the limit";
  EXPECT_EQ(read_stream("s/1", 1, limit).next, 2U);
  EXPECT_EQ(read_stream("s/1", 2, limit).next, 3U);
  EXPECT_EQ(read_stream("s/1", 3, limit).next, 5U);
}

TEST_P(ReadContract, AFilterKeepsStreamsByPrefix) {
  fill();
  EXPECT_EQ(read(1, {}, {{"lead/"}}).records.size(), 10U);
  EXPECT_EQ(read(1, {}, {{"lead/1", "project/"}}).records.size(), 11U);
  EXPECT_EQ(read(1, {}, {{""}}).records.size(), 20U);
  const ReadBatch none = read(1, {}, {{"nothing/"}});
  EXPECT_TRUE(none.records.empty());
  EXPECT_EQ(none.next, 21U) << "past what was filtered out";
  const ReadBatch page = read(1, {2, 1U << 20U, UINT32_MAX}, {{"project/"}});
  ASSERT_EQ(page.records.size(), 2U);
  EXPECT_EQ(page.records[1].header.position, 4U);
  EXPECT_EQ(page.next, 5U);
}

TEST_P(ReadContract, AReadThatFindsLittleStopsAtWhatItMayExamine) {
  fill();
  const ReadBatch batch = read(1, {512, 1U << 20U, 7}, {{"nothing/"}});
  EXPECT_TRUE(batch.records.empty());
  EXPECT_EQ(batch.next, 8U);
  EXPECT_EQ(read(8, {512, 1U << 20U, 13}, {{"project/9"}}).records.size(), 1U);
}

TEST_P(ReadContract, PayloadsAreAlignedAndOutliveTheStore) {
  Append append = one("c-1", "s/1", 0);
  append.records = {{"s/1", ""}, {"s/1", payload("eight by")}, {"s/1", std::string(24, 'x')}};
  stored(append);
  const ReadBatch batch = read(1);
  const ReadBatch of_stream = read_stream("s/1");
  const ReadBatch moved = read(1);
  engine_->close();
  for (const ReadBatch* each : {&batch, &of_stream, &moved}) {
    ASSERT_EQ(each->records.size(), 3U);
    for (const RecordView& record : each->records) {
      if (record.payload.empty()) continue;
      EXPECT_EQ(reinterpret_cast<std::uintptr_t>(record.payload.data()) % 8, 0U);
    }
    EXPECT_EQ(each->records[0].payload, "");
    EXPECT_EQ(each->records[1].payload, payload("eight by"));
    EXPECT_EQ(each->records[2].payload, std::string(24, 'x'));
  }
}

TEST_P(ReadContract, AStreamIsReadByVersion) {
  // Runs of one, of several, and interleaved with another stream within one append.
  stored(one("c-1", "s/1", 0));
  stored(several("c-2", "s/1", 1, 4));
  Append mixed;
  mixed.command = {"principal-1", "c-3"};
  for (int i = 0; i < 6; ++i) {
    mixed.records.push_back({i % 3 == 2 ? "s/2" : "s/1", payload("mixed " + std::to_string(i))});
  }
  mixed.expected = {{"s/1", 5}, {"s/2", 0}};
  stored(mixed);
  stored(one("c-4", "s/10", 0));
  for (Version from = 0; from <= 11; ++from) {
    for (const std::uint32_t page : {1U, 2U, 100U}) {
      Version expected = std::max<Version>(from, 1);
      const ReadBatch batch = read_stream("s/1", from, {page, 1U << 20U, UINT32_MAX});
      for (const RecordView& record : batch.records) {
        EXPECT_EQ(record.header.stream, "s/1");
        EXPECT_EQ(record.header.version, expected++);
      }
      EXPECT_EQ(batch.next, expected);
      EXPECT_TRUE(expected == 10 || batch.records.size() == page || from > 9);
    }
  }
  EXPECT_EQ(version("s/1"), 9U);
  EXPECT_EQ(version("s/2"), 2U);
  EXPECT_EQ(read_stream("s/2").records[1].payload, payload("mixed 5"));
}

TEST_P(ReadContract, AnUnknownStreamIsEmpty) {
  fill();
  EXPECT_TRUE(read_stream("lead/").records.empty());
  EXPECT_EQ(read_stream("lead/").next, 1U);
  EXPECT_TRUE(read_stream("zzz").records.empty());
  EXPECT_TRUE(read_stream("a").records.empty());
  EXPECT_EQ(version("lead/"), 0U);
}

TEST_P(ReadContract, StreamsAreListedInOrderByPrefixAndPage) {
  fill();
  stored(one("x", "lead/1!", 0));
  stored(one("y", "lead", 0));
  const auto list = [this](std::string_view prefix, std::string_view after, std::uint32_t most) {
    return value_of(store().list_streams(prefix, after, most));
  };
  EXPECT_EQ(list("", "", 100).size(), 22U);
  EXPECT_EQ(list("lead/", "", 3), (Names{"lead/0", "lead/1", "lead/1!"}));
  EXPECT_EQ(list("lead/", "lead/1", 2), (Names{"lead/1!", "lead/2"}));
  EXPECT_EQ(list("lead/", "lead/9", 2), Names());
  EXPECT_EQ(list("lead/", "a", 1), (Names{"lead/0"}));
  EXPECT_EQ(list("lead/", "z", 1), Names());
  EXPECT_EQ(list("lead", "", 2), (Names{"lead", "lead/0"}));
  EXPECT_EQ(list("lead", "lead", 1), (Names{"lead/0"}));
  EXPECT_EQ(list("nothing", "", 9), Names());
  EXPECT_EQ(list("", "", 0), Names());
}

TEST_P(ReadContract, WaitersWakeOnceTheHeadIsBeyond) {
  int at_once = 0;
  int later = 0;
  int never = 0;
  int cancelled = 0;
  stored(one("c-1", "s/1", 0));
  const auto now = store().wait_beyond(0, [&at_once] { ++at_once; });
  EXPECT_EQ(at_once, 0) << "by the executor, not inside the call";
  engine_->run_posted();
  EXPECT_EQ(at_once, 1);
  const auto soon = store().wait_beyond(1, [&later] { ++later; });
  const auto far = store().wait_beyond(2, [&never] { ++never; });
  auto gone = store().wait_beyond(1, [&cancelled] { ++cancelled; });
  gone.reset();
  engine_->run_posted();
  EXPECT_EQ(later, 0);
  stored(one("c-2", "s/1", 1));
  engine_->run_until([&later] { return later > 0; });
  engine_->run_posted();
  EXPECT_EQ(at_once, 1);
  EXPECT_EQ(later, 1);
  EXPECT_EQ(never, 0);
  EXPECT_EQ(cancelled, 0);
}

TEST_P(ReadContract, AWakeUpSeesWhatItWasWokenFor) {
  Position seen = 0;
  const auto wait = store().wait_beyond(0, [this, &seen] { seen = store().head().position; });
  stored(several("c-1", "s/1", 0, 3));
  engine_->run_until([&seen] { return seen != 0; });
  EXPECT_EQ(seen, 3U);
}

TEST_P(ReadContract, RootsAndLeavesAreThoseOfTheTreeOverTheRecords) {
  std::vector<Head> heads = {store().head()};
  EXPECT_EQ(heads[0].root, empty_root());
  for (int i = 0; i < 130; ++i) {
    const auto at = static_cast<Version>(i);
    stored(several("c-" + std::to_string(i), "s/1", 5 * at, 5));
    heads.push_back(store().head());
  }
  engine_->reopen();
  Frontier frontier;
  std::set<Hash> leaves;
  std::vector<Hash> roots = {frontier.root()};
  for (Position at = 1; at <= 650; ++at) {
    const Hash leaf = value_of(store().leaf(at));
    leaves.insert(leaf);
    frontier.append(leaf);
    roots.push_back(frontier.root());
  }
  EXPECT_EQ(leaves.size(), 650U) << "no two records are alike";
  for (const Head& head : heads) EXPECT_EQ(head.root, roots[head.position]);
  for (const Position at : {0U, 1U, 2U, 255U, 256U, 257U, 511U, 512U, 513U, 649U, 650U}) {
    EXPECT_EQ(value_of(store().root_at(at)), roots[at]) << at;
  }
}

TEST_P(ReadContract, PositionsOutsideTheLogAreNotFound) {
  stored(one("c-1", "s/1", 0));
  for (const Position outside : {Position{0}, Position{2}, UINT64_MAX}) {
    const auto leaf = store().leaf(outside);
    ASSERT_TRUE(std::holds_alternative<StoreError>(leaf)) << outside;
    EXPECT_EQ(std::get<StoreError>(leaf).kind, StoreError::Kind::not_found);
  }
  const auto root = store().root_at(2);
  ASSERT_TRUE(std::holds_alternative<StoreError>(root));
  EXPECT_EQ(std::get<StoreError>(root).kind, StoreError::Kind::not_found);
}

TEST_P(ReadContract, AChangedByteIsFoundAndItsPositionNamed) {
  constexpr Position kDamaged = 10;
  // Enough records that opening, which checks the end of the log, does not come by the damaged one.
  for (int i = 0; i < 52; ++i) {
    const auto at = static_cast<Version>(i);
    stored(several("c-" + std::to_string(i), "s/1", 5 * at, 5));
  }
  ASSERT_EQ(store().head().position, 260U);
  ASSERT_TRUE(engine_->flip_bit_and_reopen(kDamaged, 8 * 100 + 3));
  const auto corrupt = [](const auto& result) {
    const auto* error = std::get_if<StoreError>(&result);
    return error != nullptr && error->kind == StoreError::Kind::corrupt &&
           error->position == kDamaged && error->detail.find("10") != std::string::npos;
  };
  EXPECT_TRUE(corrupt(store().read(1, {}, {})));
  EXPECT_TRUE(corrupt(store().read(kDamaged, {}, {})));
  EXPECT_TRUE(corrupt(store().read(1, {}, {{"nothing/"}}))) << "a filter hides no damage";
  EXPECT_TRUE(corrupt(store().read_stream("s/1", 1, {})));
  EXPECT_TRUE(corrupt(store().leaf(kDamaged)));
  EXPECT_TRUE(corrupt(store().root_at(13)));
  EXPECT_EQ(read(1, {9, 1U << 20U, UINT32_MAX}).records.size(), 9U);
  EXPECT_EQ(read(11).records.size(), 250U);
}

TEST_P(ReadContract, DamageAtTheEndIsFoundToo) {
  stored(several("c-1", "s/1", 0, 5));
  if (engine_->flip_bit_and_reopen(5, 8 * 40)) {
    const auto result = store().read(5, {}, {});
    ASSERT_TRUE(std::holds_alternative<StoreError>(result));
    EXPECT_EQ(std::get<StoreError>(result).position, 5U);
  } else {
    engine_ = GetParam().make();
  }
}

}  // namespace
}  // namespace silkledger::testing
