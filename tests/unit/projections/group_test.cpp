// A group of views over one store: batches that gather before they are committed.
#include "projections/group.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "projections/rocksdb/rocksdb_view_stores.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

Position position_in(const ViewStore& store) {
  const auto text = std::get<std::string>(store.snapshot()->checkpoint());
  const auto checkpoint = decode_checkpoint(text);
  return checkpoint ? checkpoint->position : 0;
}

class GatheredBatches : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  GatheredBatches() : history(GetParam()) {
    history.set_up();
    history.grow(300);
    limits.batch_records_max = 9;
    limits.interval_events = 32;
  }

  std::shared_ptr<ViewStore> memory() const {
    return std::make_shared<MemoryViewStore>(families_of(catalogue()));
  }
  void fold(const std::shared_ptr<ViewStore>& store) {
    ViewGroup group(catalogue(), store, LogReader(history.log), limits);
    ASSERT_FALSE(group.open(ViewGroup::Mismatch::refuse).failure);
    while (group.position() < history.head()) {
      const auto step = group.step(history.head());
      ASSERT_FALSE(step.failure) << *step.failure;
    }
  }
  // Rows, notes, what is kept of the past, and the checkpoint.
  std::map<std::string, std::vector<KeyValue>> all_of(const ViewStore& store) {
    const auto snapshot = store.snapshot();
    std::map<std::string, std::vector<KeyValue>> all;
    for (const std::string& family : store.families()) {
      all[family] = std::get<0>(snapshot->scan(family, {}, 1'000'000));
    }
    all["checkpoint"] = {{"", std::get<std::string>(snapshot->checkpoint())}};
    return all;
  }

  History history;
  RunnerLimits limits;
};
INSTANTIATE_TEST_SUITE_P(Seeds, GatheredBatches, ::testing::Range<std::uint64_t>(1, 4));

TEST_P(GatheredBatches, LeaveTheSameAsBatchesCommittedOneByOne) {
  const auto one_by_one = memory();
  fold(one_by_one);
  const auto expected = all_of(*one_by_one);
  for (const std::uint64_t bytes : {1U, 3'000U, 40'000U, 1'000'000'000U}) {
    for (const std::uint32_t rows : {1U, 20U, 65'536U}) {
      SCOPED_TRACE("seed " + std::to_string(GetParam()) + ", " + std::to_string(bytes) +
                   " bytes, " + std::to_string(rows) + " rows");
      limits.gathered_bytes_max = bytes;
      limits.cached_rows_max = rows;
      const auto store = memory();
      fold(store);
      EXPECT_EQ(all_of(*store), expected);
    }
  }
}

TEST_P(GatheredBatches, AreLoadedIntoRocksDbAndThereAfterRestartsInBetween) {
  const auto one_by_one = memory();
  fold(one_by_one);
  const auto folder =
      std::filesystem::temp_directory_path() /
      ("silkledger-group-" + std::to_string(::getpid()) + "-" + std::to_string(GetParam()));
  std::filesystem::remove_all(folder);
  limits.gathered_bytes_max = 20'000;
  RocksDbViewOptions options;
  options.load_bytes_min = 10'000;  // the last commits of a start may be smaller
  for (Position until = 0; until < history.head();) {
    until = std::min(until + 150, history.head());
    auto opened = open_rocksdb_view_store(folder, families_of(catalogue()), options);
    const auto store = std::get<std::shared_ptr<ViewStore>>(opened);
    ViewGroup group(catalogue(), store, LogReader(history.log), limits);
    ASSERT_FALSE(group.open(ViewGroup::Mismatch::refuse).failure);
    while (group.position() < until) ASSERT_FALSE(group.step(until).failure);
    EXPECT_EQ(position_in(*store), until);
    EXPECT_FALSE(group.flush());
    if (until == history.head()) {
      EXPECT_EQ(all_of(*store), all_of(*one_by_one));
    }
  }
  std::filesystem::remove_all(folder);
}

TEST_P(GatheredBatches, AreCommittedAtTheEndOrWhenAskedAndToldWithoutRows) {
  limits.gathered_bytes_max = 1'000'000'000;
  const auto store = memory();
  ViewGroup group(catalogue(), store, LogReader(history.log), limits);
  ASSERT_FALSE(group.open(ViewGroup::Mismatch::refuse).failure);
  const auto step = group.step(history.head());
  EXPECT_EQ(step.applied.last, 9U);
  EXPECT_TRUE(step.applied.rows.empty());
  EXPECT_EQ(group.position(), 9U);
  EXPECT_EQ(position_in(*store), 0U);
  // What was wanted is reached already: it is committed all the same.
  EXPECT_FALSE(group.step(9).failure);
  EXPECT_EQ(position_in(*store), 9U);
  EXPECT_FALSE(group.step(history.head()).failure);
  EXPECT_EQ(position_in(*store), 9U);
  EXPECT_FALSE(group.flush());
  EXPECT_EQ(position_in(*store), 18U);
}

}  // namespace
}  // namespace silkledger::projections
