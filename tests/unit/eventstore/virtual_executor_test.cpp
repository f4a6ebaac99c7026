#include "tests/support/virtual_executor.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace silkledger::testing {
namespace {

using std::chrono::microseconds;

TEST(VirtualExecutor, NothingRunsInsidePost) {
  VirtualExecutor world;
  bool ran = false;
  world.post([&ran] { ran = true; });
  EXPECT_FALSE(ran);
  EXPECT_EQ(world.run_until_idle(), 1U);
  EXPECT_TRUE(ran);
}

TEST(VirtualExecutor, TimeStandsStillUnlessItIsAdvanced) {
  VirtualExecutor world;
  std::vector<std::int64_t> at;
  const auto start = world.now_us();
  world.post_after(microseconds(50), [&] { at.push_back(world.now_us() - start); });
  world.post_after(microseconds(20), [&] {
    at.push_back(world.now_us() - start);
    world.post_after(microseconds(5), [&] { at.push_back(world.now_us() - start); });
  });
  EXPECT_EQ(world.run_until_idle(), 0U);
  EXPECT_EQ(world.advance(49), 2U);
  EXPECT_EQ(at, (std::vector<std::int64_t>{20, 25}));
  EXPECT_EQ(world.advance(1), 1U);
  EXPECT_EQ(at.back(), 50);
  EXPECT_EQ(world.now_us() - start, 50);
}

TEST(VirtualExecutor, AJumpOfTheClockMakesNoTimerDue) {
  VirtualExecutor world;
  bool ran = false;
  world.post_after(microseconds(10), [&ran] { ran = true; });
  world.jump_clock(1'000'000);
  EXPECT_EQ(world.now_us(), VirtualExecutor::kStartUs + 1'000'000);
  world.run_until_idle();
  EXPECT_FALSE(ran);
  world.jump_clock(-2'000'000);
  EXPECT_EQ(world.now_us(), VirtualExecutor::kStartUs - 1'000'000);
  EXPECT_EQ(world.elapsed(), microseconds(0));
}

std::string order_of(VirtualExecutor::Order order, std::uint64_t seed) {
  VirtualExecutor world(seed, order);
  std::string ran;
  for (char name = 'a'; name < 'i'; ++name) {
    world.post([&ran, name] { ran.push_back(name); });
    world.post_after(microseconds(1),
                     [&ran, name] { ran.push_back(static_cast<char>(name - 32)); });
  }
  world.advance(1);
  return ran;
}

TEST(VirtualExecutor, ASeedDecidesTheOrderAndOnlyWhereItMay) {
  using Order = VirtualExecutor::Order;
  std::set<std::string> timers;
  std::set<std::string> all;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(order_of(Order::kPosted, seed), "abcdefghABCDEFGH");
    EXPECT_EQ(order_of(Order::kShuffleTimers, seed).substr(0, 8), "abcdefgh");
    EXPECT_EQ(order_of(Order::kShuffleAll, seed), order_of(Order::kShuffleAll, seed));
    timers.insert(order_of(Order::kShuffleTimers, seed));
    all.insert(order_of(Order::kShuffleAll, seed).substr(0, 8));
  }
  EXPECT_GT(timers.size(), 10U);
  EXPECT_GT(all.size(), 10U);
}

TEST(VirtualExecutor, RandomNumbersDependOnTheSeedAlone) {
  VirtualExecutor one(7);
  VirtualExecutor two(7, VirtualExecutor::Order::kShuffleAll);
  VirtualExecutor other(8);
  two.post([] {});
  EXPECT_EQ(one.next(), two.next());
  EXPECT_NE(one.next(), other.next());
}

TEST(VirtualExecutor, ADroppedTaskNeverRuns) {
  VirtualExecutor world;
  bool ran = false;
  world.post([&ran] { ran = true; });
  world.drop_all();
  EXPECT_EQ(world.run_to_end(), 0U);
  EXPECT_FALSE(ran);
}

}  // namespace
}  // namespace silkledger::testing
