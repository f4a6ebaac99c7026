#include "clients/cpp/retry_pause.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace silkledger::client {
namespace {

using std::chrono::milliseconds;

TEST(RetryPause, IsARandomTimeBelowALimitThatDoublesUpToTheMost) {
  const RetryPauses pauses{milliseconds(100), milliseconds(1'000)};
  EXPECT_EQ(retry_pause(0, 0, pauses), milliseconds(0)) << "full jitter begins at nothing";
  for (std::uint64_t random = 0; random < 5'000; ++random) {
    EXPECT_LE(retry_pause(0, random, pauses), milliseconds(100));
    EXPECT_LE(retry_pause(2, random, pauses), milliseconds(400));
    EXPECT_LE(retry_pause(60, random, pauses), milliseconds(1'000));
  }
  const auto longest = [&](std::uint32_t failures) {
    milliseconds most{0};
    for (std::uint64_t random = 0; random < 5'000; ++random)
      most = std::max(most, retry_pause(failures, random, pauses));
    return most;
  };
  EXPECT_EQ(longest(0), milliseconds(100));
  EXPECT_EQ(longest(2), milliseconds(400));
  EXPECT_EQ(longest(60), milliseconds(1'000));
}

}  // namespace
}  // namespace silkledger::client
