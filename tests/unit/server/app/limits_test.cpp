#include "server/app/limits.h"

#include <gtest/gtest.h>

namespace silkledger::server {
namespace {

TEST(Limits, AreSetByTheirNames) {
  ServerLimits limits;
  EXPECT_FALSE(set_limits({"live_stalled_ms_max=500", "wave_ms=0"}, limits));
  EXPECT_EQ(limits.edge.live_stalled_ms_max, 500);
  EXPECT_EQ(limits.core.wave_ms, 0u);
  EXPECT_EQ(limits.edge.live_ping_ms, EdgeLimits{}.live_ping_ms);
}

TEST(Limits, AnUnknownNameIsRefusedAndTheKnownOnesAreListed) {
  ServerLimits limits;
  const auto wrong = set_limits({"waves=1"}, limits);
  ASSERT_TRUE(wrong);
  EXPECT_NE(wrong->find("waves=1"), std::string::npos);
  EXPECT_NE(wrong->find("wave_ms"), std::string::npos);
}

TEST(Limits, ANumberThatIsNoneOrDoesNotFitIsRefused) {
  for (const std::string bad : {"wave_ms", "wave_ms=", "wave_ms=ten", "wave_ms=-1", "wave_ms=1 ",
                                "wave_ms=4294967296", "wave_ms=99999999999999999999"}) {
    ServerLimits limits;
    EXPECT_TRUE(set_limits({bad}, limits)) << bad;
    EXPECT_EQ(limits.core.wave_ms, CoreLimits{}.wave_ms) << bad;
  }
}

}  // namespace
}  // namespace silkledger::server
