#include "server/app/limits.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>

namespace silkledger::server {
namespace {

TEST(Limits, AreSetByTheirNames) {
  ServerLimits limits;
  EXPECT_FALSE(set_limits({"live_stalled_ms_max=500", "wave_ms_min=0"}, limits));
  EXPECT_EQ(limits.edge.live_stalled_ms_max, 500);
  EXPECT_EQ(limits.core.wave_ms_min, 0u);
  EXPECT_EQ(limits.edge.live_ping_ms, EdgeLimits{}.live_ping_ms);
}

// Names of the numbers that a header with limits declares.
std::set<std::string> names_in(const std::string& header) {
  std::ifstream in(header);
  std::set<std::string> names;
  const std::regex declaration(R"(^\s+(?:std::size_t|std::u?int\d+_t|int) (\w+) = )");
  std::smatch found;
  for (std::string line; std::getline(in, line);) {
    if (std::regex_search(line, found, declaration)) names.insert(found[1]);
  }
  return names;
}

TEST(Limits, NoneOfTheEdgeAndOfTheCoreIsLeftOut) {
  auto names = names_in("server/edge_limits.h");
  EXPECT_GT(names.size(), 20u);
  names.merge(names_in("server/core/core_limits.h"));
  // Options of their own.
  EXPECT_EQ(names.erase("disk_free_bytes_min") + names.erase("disk_free_bytes_resume"), 2u);
  for (const auto& name : names) {
    ServerLimits limits;
    EXPECT_FALSE(set_limits({name + "=7"}, limits)) << name;
  }
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
