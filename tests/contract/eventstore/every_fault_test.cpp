// One operation of the disk fails, at each place in turn: what was acknowledged is there
// afterwards, and whatever is sent again has one effect.
#include <set>

#include "tests/contract/eventstore/rocks_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

// The same twelve commands, again and again, with one more operation of the disk done well each
// time before one fails.
class EveryFault : public OnRocks,
                   public ::testing::WithParamInterface<std::pair<const char*, rocksdb::Status>> {};

TEST_P(EveryFault, LosesNothingAcknowledgedAndRetriesHaveOneEffect) {
  constexpr int kCommands = 12;
  constexpr std::uint64_t kOperationsMax = 400;
  const auto home = folder_;
  for (std::uint64_t number = 1;; ++number) {
    ASSERT_LT(number, kOperationsMax);
    SCOPED_TRACE("the disk fails at operation " + std::to_string(number));
    folder_ = home.string() + '-' + std::to_string(number);
    RocksOptions options;
    options.head_file_lag_ms_max = kNeverMs;
    options.head_file_lag_records_max = 6;
    auto store = create(options);
    const auto before = env_.operations();
    env_.fail_operation(number, GetParam().second);
    std::set<int> acknowledged;
    for (int i = 0; i < kCommands; ++i) {
      const auto outcome = append(*store, command(i));
      if (std::holds_alternative<Stored>(outcome)) acknowledged.insert(i);
    }
    const bool reached = env_.operations() - before >= number;
    store.reset();
    env_.fail_operation(0, {});  // none: the next life's disk is whole

    folder_ = home.string() + '-' + std::to_string(number);
    store = must_open();
    for (int i = 0; i < kCommands; ++i) {
      const auto again = append(*store, command(i));
      const bool known = std::holds_alternative<Duplicate>(again);
      EXPECT_TRUE(known || std::holds_alternative<Stored>(again)) << again.index();
      EXPECT_TRUE(known || !acknowledged.contains(i)) << "command " << i << " was lost";
    }
    EXPECT_EQ(store->head().position, 3U * kCommands);
    expect_checked_whole(*store);
    if (!reached) break;  // the script ended before the disk failed
    store.reset();
    std::filesystem::remove_all(folder_);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, EveryFault,
    ::testing::Values(std::pair("InputOutput", rocksdb::Status::IOError("simulated failure")),
                      std::pair("NoSpace", rocksdb::Status::NoSpace("simulated full disk"))),
    [](const auto& instance) { return std::string(instance.param.first); });

}  // namespace
}  // namespace silkledger::testing
