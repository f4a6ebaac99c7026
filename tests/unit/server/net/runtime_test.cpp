// The Asio side of the core's ports: order, delays, clocks.
#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "server/runtime/runtime.h"
#include "server/runtime/system_clock.h"

namespace silkledger::testing {
namespace {

using std::chrono::hours;
using std::chrono::microseconds;

TEST(AsioExecutor, WorkRunsOneAtATimeInOrderOfPostingOnManyThreads) {
  server::Runtime runtime(4);
  std::vector<int> order;  // not guarded: the executor must keep to one at a time
  for (int i = 0; i < 10'000; ++i) {
    runtime.core().post([&order, i] { order.push_back(i); });
  }
  runtime.core().post([&] { runtime.finish(); });
  runtime.run();
  ASSERT_EQ(order.size(), 10'000u);
  for (int i = 0; i < 10'000; ++i) ASSERT_EQ(order[static_cast<std::size_t>(i)], i);
}

TEST(AsioExecutor, DelayedWorkRunsAfterItsDelayAndShorterDelaysFirst) {
  server::Runtime runtime;
  std::vector<int> order;
  const auto begin = std::chrono::steady_clock::now();
  runtime.core().post_after(microseconds(20'000), [&] {
    order.push_back(2);
    EXPECT_GE(std::chrono::steady_clock::now() - begin, microseconds(20'000));
    runtime.finish();
  });
  runtime.core().post_after(microseconds(1), [&] { order.push_back(1); });
  runtime.run();
  EXPECT_EQ(order, (std::vector<int>{1, 2}));
}

TEST(AsioExecutor, RetiringDropsDelayedWorkAndKeepsPostedWork) {
  server::Runtime runtime;
  bool delayed = false;
  bool posted = false;
  runtime.core().post_after(hours(1), [&] { delayed = true; });
  runtime.core().post([&] {
    runtime.finish();
    runtime.core().post([&] {
      posted = true;
      runtime.core().post_after(microseconds(1), [&] { delayed = true; });
    });
  });
  runtime.run();
  EXPECT_TRUE(posted);
  EXPECT_FALSE(delayed);
}

TEST(SystemClock, IsWithinASecondOfTheSystemsTime) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto now_us = std::chrono::duration_cast<microseconds>(now).count();
  EXPECT_NEAR(static_cast<double>(server::SystemClock().now_us()), static_cast<double>(now_us),
              1e6);
}

TEST(DemoClock, StartsAtItsInstantAndOnlyMovesForward) {
  constexpr std::int64_t kStart = 1'767'225'600'000'000;  // 2026-01-01T00:00:00Z
  const server::DemoClock clock(kStart);
  std::int64_t last = clock.now_us();
  EXPECT_GE(last, kStart);
  EXPECT_LT(last, kStart + 60'000'000);
  while (clock.now_us() == last) std::this_thread::yield();
  EXPECT_GT(clock.now_us(), last);
}

}  // namespace
}  // namespace silkledger::testing
