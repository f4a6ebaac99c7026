// Every named limit, at its value and one beyond it.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/contract/eventstore/contract_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

Limits small_limits() {
  Limits limits;
  limits.record_payload_bytes_max = 64;
  limits.append_records_max = 4;
  limits.append_bytes_max = 160;
  limits.append_conditions_max = 2;
  limits.stream_records_max = 6;
  limits.stream_name_bytes_max = 10;
  limits.command_id_bytes_max = 8;
  limits.principal_bytes_max = 12;
  limits.commit_records_max = 5;
  limits.queued_appends_max = 3;
  limits.commit_bytes_max = 200;
  limits.queued_bytes_max = 300;
  return limits;
}

// An append that takes exactly `size` of what a limit counts.
struct LimitCase {
  const char* limit;
  std::uint64_t most;
  std::uint64_t beyond;
  Append (*of_size)(std::uint64_t size);
};

Append small() {
  Append append = one("c", "s", 0);
  append.command.principal = "p";
  return append;
}

const LimitCase kCases[] = {
    {"record_payload_bytes_max", 64, 72,
     [](std::uint64_t size) {
       Append append = small();
       append.records[0].payload = std::string(size, 'x');
       return append;
     }},
    {"append_records_max", 4, 5,
     [](std::uint64_t size) {
       Append append = small();
       append.records.assign(size, {"s", payload("x")});
       return append;
     }},
    {"append_bytes_max", 160, 168,
     [](std::uint64_t size) {
       Append append = small();
       append.records = {{"s", std::string(64, 'x')}, {"s", std::string(64, 'x')}};
       append.records.push_back({"s", std::string(size - 128, 'x')});
       return append;
     }},
    {"append_conditions_max", 2, 3,
     [](std::uint64_t size) {
       Append append = small();
       for (std::uint64_t i = 0; i < size; ++i) {
         append.conditions.push_back({"r" + std::to_string(i), 0});
       }
       return append;
     }},
    {"stream_name_bytes_max", 10, 11,
     [](std::uint64_t size) {
       Append append = small();
       append.records[0].stream = append.expected[0].stream = std::string(size, 's');
       return append;
     }},
    {"stream_name_bytes_max", 10, 11,
     [](std::uint64_t size) {
       Append append = small();
       append.conditions = {{std::string(size, 'r'), 0}};
       return append;
     }},
    {"command_id_bytes_max", 8, 9,
     [](std::uint64_t size) {
       Append append = small();
       append.command.id = std::string(size, 'c');
       return append;
     }},
    {"principal_bytes_max", 12, 13,
     [](std::uint64_t size) {
       Append append = small();
       append.command.principal = std::string(size, 'p');
       return append;
     }},
};

class LimitsContract : public EventStoreContract {
 protected:
  void SetUp() override { engine_->reopen(small_limits()); }
};
INSTANTIATE_TEST_SUITE_P(Engines, LimitsContract, all_engines(), engine_name);

TEST_P(LimitsContract, AnAppendBeyondALimitIsRefusedAndChangesNothing) {
  for (const LimitCase& each : kCases) {
    const auto exceeded = expect<LimitExceeded>(append(each.of_size(each.beyond)));
    EXPECT_EQ(exceeded.limit, each.limit);
    EXPECT_EQ(exceeded.value, each.beyond);
    EXPECT_EQ(exceeded.most, each.most);
  }
  EXPECT_EQ(store().head().position, 0U);
}

TEST_P(LimitsContract, AnAppendAtALimitIsStored) {
  for (const LimitCase& each : kCases) {
    engine_ = GetParam().make();
    engine_->reopen(small_limits());
    stored(each.of_size(each.most));
  }
}

TEST_P(LimitsContract, AStreamEndsAtItsLimit) {
  stored(several("c-1", "s", 0, 4));
  auto exceeded = expect<LimitExceeded>(append(several("c-2", "s", 4, 3)));
  EXPECT_EQ(exceeded.limit, "stream_records_max");
  EXPECT_EQ(exceeded.value, 7U);
  EXPECT_EQ(exceeded.most, 6U);
  stored(several("c-3", "s", 4, 2));
  exceeded = expect<LimitExceeded>(append(one("c-4", "s", 6)));
  EXPECT_EQ(exceeded.limit, "stream_records_max");
  Append other = several("c-5", "t", 0, 4);
  stored(other);
  EXPECT_EQ(store().head().position, 10U);
}

TEST_P(LimitsContract, AFullQueueRefusesAtOnce) {
  engine_->hold_syncs();
  std::vector<std::shared_ptr<Pending>> pending;
  // An engine may have one commit under way besides the queue; what is beyond both is refused.
  for (int i = 0; i < 20; ++i) {
    const std::string id = std::to_string(i);
    pending.push_back(send(one("c-" + id, "s" + id, 0)));
  }
  const auto refused = expect<LimitExceeded>(answer(pending.back()));
  EXPECT_EQ(refused.limit, "queued_appends_max");
  EXPECT_EQ(refused.value, 4U);
  EXPECT_EQ(refused.most, 3U);
  engine_->release_syncs();
  std::size_t accepted = 0;
  for (const auto& each : pending) {
    accepted += std::holds_alternative<Stored>(answer(each)) ? 1U : 0U;
  }
  EXPECT_GE(accepted, 3U);
  EXPECT_EQ(store().head().position, accepted);
  stored(one("again", "s-again", 0));
}

TEST_P(LimitsContract, AQueueOfTooManyBytesRefusesAtOnce) {
  engine_->hold_syncs();
  std::vector<std::shared_ptr<Pending>> pending;
  for (int i = 0; i < 20; ++i) {
    Append large = one("c-" + std::to_string(i), "s" + std::to_string(i), 0);
    large.records.assign(2, {large.records[0].stream, std::string(64, 'x')});
    pending.push_back(send(large));
  }
  const auto refused = expect<LimitExceeded>(answer(pending.back()));
  EXPECT_EQ(refused.limit, "queued_bytes_max");
  EXPECT_EQ(refused.value, 384U);
  EXPECT_EQ(refused.most, 300U);
  engine_->release_syncs();
  for (const auto& each : pending) answer(each);
  const Position stored_before = store().head().position;
  EXPECT_GE(stored_before, 4U);
  stored(several("again", "s-again", 0, 2));
  EXPECT_EQ(store().head().position, stored_before + 2);
}

TEST_P(LimitsContract, ACommitLargerThanItsLimitIsSplitInOrder) {
  engine_->hold_syncs();
  const auto first = send(several("c-1", "s", 0, 4));
  const auto second = send(several("c-2", "t", 0, 4));
  const auto third = send(several("c-3", "u", 0, 2));
  engine_->release_syncs();
  EXPECT_EQ(receipt_of<Stored>(answer(first)).first, 1U);
  EXPECT_EQ(receipt_of<Stored>(answer(second)).first, 5U);
  EXPECT_EQ(receipt_of<Stored>(answer(third)).first, 9U);
}

TEST_P(LimitsContract, ARefusalNamesFencingBeforeLimits) {
  expect<Fenced>(answer(send_in(9, several("c-1", "s", 0, 5))));
  store().go_read_only("closed");
  expect<ReadOnly>(append(several("c-1", "s", 0, 5)));
}

}  // namespace
}  // namespace silkledger::testing
