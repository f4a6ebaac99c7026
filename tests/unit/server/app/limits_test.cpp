#include "server/app/limits.h"

#include <gtest/gtest.h>

namespace silkledger::server {
namespace {

TEST(Limits, AreSetByTheirNames) {
  ServerLimits limits;
  EXPECT_FALSE(set_limits({"live_stalled_ms_max=500", "wave_ms_min=0"}, limits));
  EXPECT_EQ(limits.edge.live_stalled_ms_max, 500);
  EXPECT_EQ(limits.core.wave_ms_min, 0u);
  EXPECT_EQ(limits.edge.live_ping_ms, EdgeLimits{}.live_ping_ms);
}

TEST(Limits, AnUnknownNameIsRefusedAndTheKnownOnesAreListed) {
  ServerLimits limits;
  const auto wrong = set_limits({"waves=1"}, limits);
  ASSERT_TRUE(wrong);
  EXPECT_NE(wrong->find("waves=1"), std::string::npos);
  EXPECT_NE(wrong->find("wave_ms_min"), std::string::npos);
}

TEST(Limits, ANumberThatIsNoneOrDoesNotFitIsRefused) {
  for (const std::string bad :
       {"wave_ms_min", "wave_ms_min=", "wave_ms_min=ten", "wave_ms_min=-1", "wave_ms_min=1 ",
        "wave_ms_min=4294967296", "wave_ms_min=99999999999999999999"}) {
    ServerLimits limits;
    EXPECT_TRUE(set_limits({bad}, limits)) << bad;
    EXPECT_EQ(limits.core.wave_ms_min, CoreLimits{}.wave_ms_min) << bad;
  }
}

}  // namespace
}  // namespace silkledger::server
