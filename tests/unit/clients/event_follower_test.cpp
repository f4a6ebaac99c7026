#include "clients/cpp/event_follower.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace silkledger::client {
namespace {

using std::chrono::milliseconds;

TEST(EventFollower, WaitsARandomTimeBelowALimitThatDoublesUpToTheMost) {
  FollowOptions options;
  options.first_pause_max = milliseconds(100);
  options.pause_max = milliseconds(1'000);
  EXPECT_EQ(pause_before(options, 0, 0), milliseconds(0)) << "full jitter begins at nothing";
  for (std::uint64_t random = 0; random < 5'000; ++random) {
    EXPECT_LE(pause_before(options, 0, random), milliseconds(100));
    EXPECT_LE(pause_before(options, 2, random), milliseconds(400));
    EXPECT_LE(pause_before(options, 60, random), milliseconds(1'000));
  }
  const auto longest = [&](std::uint32_t failures) {
    milliseconds most{0};
    for (std::uint64_t random = 0; random < 5'000; ++random)
      most = std::max(most, pause_before(options, failures, random));
    return most;
  };
  EXPECT_EQ(longest(0), milliseconds(100));
  EXPECT_EQ(longest(2), milliseconds(400));
  EXPECT_EQ(longest(60), milliseconds(1'000));
}

}  // namespace
}  // namespace silkledger::client
