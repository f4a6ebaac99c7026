// As of any position over real work: the events of S0 in the order in which its generator makes
// them, not drawn ones. What as-of answers is what a fold to that position
// gives, whatever the store has been through since.
#include <gtest/gtest.h>

#include <algorithm>

#include "projections/as_of.h"
#include "projections/group.h"
#include "projections/memory/memory_view_stores.h"
#include "tests/support/s0_log.h"

namespace silkledger::projections {
namespace {

constexpr int kDraws = 12;
constexpr std::uint32_t kAllRows = 1'000'000;

std::vector<KeyValue> rows_of(const ViewSnapshot& snapshot, const std::string& view) {
  return std::get<std::vector<KeyValue>>(snapshot.scan(view, {}, kAllRows));
}

class AsOfS0 : public ::testing::Test {
 protected:
  // Both ends, around an interval end, and some that are drawn; ascending.
  std::vector<Position> positions() {
    const Position head = s0.log.head().position;
    std::vector<Position> some = {0, 1, kInterval - 1, kInterval, kInterval + 1, head - 1, head};
    for (int i = 0; i < kDraws; ++i) some.push_back(s0.world.below(head + 1));
    std::ranges::sort(some);
    return some;
  }

  static constexpr Position kInterval = RunnerLimits{}.interval_events;
  testing::S0Log s0;
};

TEST_F(AsOfS0, ShowsWhatAFreshFoldToThatPositionShows) {
  const LogReader log(s0.log);
  ASSERT_GT(s0.log.head().position, kInterval + 1);
  const auto served = std::make_shared<MemoryViewStore>(families_of(catalogue()));
  Runner runner(s0.world, log, served, catalogue(), {}, {});
  runner.start();
  s0.world.run_until_idle();
  ASSERT_EQ(runner.applied(), s0.log.head().position);
  AsOf as_of(s0.world, log, [&] { return runner.snapshot(); }, catalogue(), {});

  const auto fresh = std::make_shared<MemoryViewStore>(families_of(catalogue()));
  ViewGroup fold(catalogue(), fresh, log, {}, ViewGroup::Past::none);
  ASSERT_FALSE(fold.open(ViewGroup::Mismatch::refuse).failure);
  for (const Position position : positions()) {
    SCOPED_TRACE("as of " + std::to_string(position) + ", seed " + std::to_string(s0.world.seed()));
    while (fold.position() < position) ASSERT_FALSE(fold.step(position).failure);
    for (const auto& view : catalogue()) {
      std::optional<AsOf::Answer> answer;
      as_of.at(position, view.name, [&](AsOf::Answer given) { answer = std::move(given); });
      s0.world.run_until_idle();
      ASSERT_TRUE(answer);
      const auto* refusal = std::get_if<AsOfRefusal>(&*answer);
      ASSERT_FALSE(refusal) << refusal->text.en;
      const auto& found = *std::get<AsOf::Snapshot>(*answer);
      EXPECT_TRUE(rows_of(found, view.name) == rows_of(*fresh->snapshot(), view.name)) << view.name;
    }
  }
}

}  // namespace
}  // namespace silkledger::projections
