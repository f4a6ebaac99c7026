// The committed description of the API is the one that the schema gives.
#include <gtest/gtest.h>

#include "tests/golden/golden_events.h"

namespace silkledger::golden {
namespace {

TEST(GoldenOpenapi, TheCommittedDescriptionIsFresh) {
  const auto fresh = read_file(SILKLEDGER_FRESH_OPENAPI);
  const auto committed = read_file("server/api/openapi.json");
  ASSERT_TRUE(fresh.has_value()) << SILKLEDGER_FRESH_OPENAPI;
  ASSERT_TRUE(committed.has_value());
  EXPECT_TRUE(*fresh == *committed)
      << "server/api/openapi.json is stale: build the target openapi and commit what it writes.";
}

}  // namespace
}  // namespace silkledger::golden
