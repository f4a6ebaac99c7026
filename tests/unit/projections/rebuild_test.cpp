// Rebuilding beside the served views, comparing, switching, going back.
#include "projections/rebuild.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "projections/fold_tables.h"
#include "projections/rocksdb/rocksdb_view_stores.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

std::shared_ptr<ViewStore> got(ViewResult<std::shared_ptr<ViewStore>> result) {
  return std::get<std::shared_ptr<ViewStore>>(std::move(result));
}

class Rebuilding : public ::testing::Test {
 protected:
  Rebuilding() {
    history.set_up();
    history.grow(200);
    served = std::make_unique<Served>(history, RunnerLimits{}, got(stores.open_current()));
    served->catch_up();
    RebuildLimits limits;
    limits.fold.batch_records_max = 16;
    limits.slice_rows_max = 8;
    limits.differences_max = 5;
    rebuild = std::make_unique<Rebuild>(
        history.world, LogReader(history.log), stores, *served->runner, limits,
        [this](const RebuildState& state) { told.push_back(state); });
  }

  // Changes one stored row behind the back of its view.
  void plant(const std::string& view, const std::string& key, std::optional<std::string> bytes) {
    const Checkpoint checkpoint = served->runner->state().checkpoint;
    EXPECT_FALSE(served->runner->stop());
    EXPECT_FALSE(served->store->commit({{{view, key, std::move(bytes)}}, encode(checkpoint)}));
    served->runner->start();
    served->catch_up();
  }

  History history{5};
  MemoryViewStores stores{families_of(catalogue())};
  std::unique_ptr<Served> served;
  std::unique_ptr<Rebuild> rebuild;
  std::vector<RebuildState> told;
};

TEST_F(Rebuilding, EndsWithTheSameRowsAndSwitches) {
  const auto before = everything(*served->runner->snapshot());
  ASSERT_TRUE(rebuild->start({}));
  EXPECT_FALSE(rebuild->start({}));  // one at a time
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::switched) << rebuild->state().reason;
  EXPECT_EQ(rebuild->state().difference_count, 0U);
  EXPECT_EQ(rebuild->state().compared_at, history.head());
  EXPECT_EQ(served->switches, 1);
  EXPECT_EQ(everything(*served->runner->snapshot()), before);
  EXPECT_NE(served->store, got(stores.open_current()));
  // Told along the way, and never backwards.
  Position last = 0;
  for (const RebuildState& state : told) {
    EXPECT_GE(state.position, last);
    last = state.position;
  }
  EXPECT_GT(told.size(), 10U);
}

TEST_F(Rebuilding, GoesOnWhileTheLogGrows) {
  ASSERT_TRUE(rebuild->start({}));
  for (int i = 0; i < 60; ++i) history.grow(3);  // runs the executor in between
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::switched) << rebuild->state().reason;
  history.grow(20);
  served->catch_up();
  EXPECT_EQ(served->runner->applied(), history.head());
  Served fresh(history);
  fresh.catch_up();
  EXPECT_EQ(everything(*served->runner->snapshot()), everything(*fresh.runner->snapshot()));
}

TEST_F(Rebuilding, OneViewBringsTheOthersAlong) {
  const auto before = everything(*served->runner->snapshot());
  ASSERT_TRUE(rebuild->start({.views = {"progress"}}));
  EXPECT_EQ(rebuild->state().views, (std::vector<std::string>{"lead", "project", "progress"}));
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::switched) << rebuild->state().reason;
  EXPECT_EQ(everything(*served->runner->snapshot()), before);
  history.grow(30);
  served->catch_up();
  EXPECT_TRUE(served->stopped.empty());
  EXPECT_FALSE(rebuild->start({.views = {"weather"}}));
}

TEST_F(Rebuilding, APlantedDifferenceIsToldRowByRowAndNothingIsSwitched) {
  history.report_lead("l-planted");
  served->catch_up();
  auto row = served->row<schema::LeadRow>("lead", "l-planted");
  row->investor_name = "他人企业";
  plant("lead", "l-planted", schema::encode(*row));
  ASSERT_TRUE(rebuild->start({}));
  served->catch_up();
  const RebuildState& state = rebuild->state();
  EXPECT_EQ(state.phase, RebuildPhase::differs);
  EXPECT_EQ(served->switches, 0);
  ASSERT_EQ(state.difference_count, 2U);
  EXPECT_EQ(state.differences[0].view, "lead");
  EXPECT_EQ(state.differences[0].key, "l-planted");
  EXPECT_EQ(state.differences[0].live, schema::encode(*row));
  EXPECT_EQ(schema::decode<schema::LeadRow>(*state.differences[0].rebuilt, schema::Trust::own)
                ->investor_name,
            "测试企业");
  EXPECT_EQ(state.differences[1].key, "(digest) kept and found, live");

  // An administrator has seen it and takes the rebuilt rows.
  ASSERT_TRUE(rebuild->accept());
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::switched);
  EXPECT_EQ(served->row<schema::LeadRow>("lead", "l-planted")->investor_name, "测试企业");
}

TEST_F(Rebuilding, MissingAndSurplusRowsAreToldAndTheReportIsBounded) {
  plant("audit", audit_key(3), std::nullopt);
  for (int i = 0; i < 8; ++i) plant("unit", "ghost-" + std::to_string(i), "xxxxxxxx");
  ASSERT_TRUE(rebuild->start({}));
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::differs);
  EXPECT_EQ(rebuild->state().differences.size(), 5U);
  EXPECT_EQ(rebuild->state().difference_count, 11U);  // 9 rows and 2 digests
  EXPECT_FALSE(rebuild->state().differences[0].live);
  rebuild->cancel("示例原因");
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::cancelled);
  EXPECT_FALSE(stores.has_beside());
}

TEST_F(Rebuilding, CancelledItLeavesTheServedViewsAlone) {
  const auto before = everything(*served->runner->snapshot());
  ASSERT_TRUE(rebuild->start({}));
  for (int i = 0; i < 4; ++i) history.world.run_one();
  rebuild->cancel("管理员取消");
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::cancelled);
  EXPECT_EQ(rebuild->state().reason, "管理员取消");
  EXPECT_FALSE(stores.has_beside());
  EXPECT_EQ(everything(*served->runner->snapshot()), before);
  ASSERT_TRUE(rebuild->start({}));
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::switched);
}

TEST_F(Rebuilding, InterruptedItGoesOnFromItsOwnCheckpoint) {
  ASSERT_TRUE(rebuild->start({}));
  for (int i = 0; i < 4; ++i) history.world.run_one();
  const Position reached = rebuild->state().position;
  ASSERT_GT(reached, 0U);
  ASSERT_LT(reached, history.head());
  rebuild->cancel("停机", true);
  Rebuild again(history.world, LogReader(history.log), stores, *served->runner, {}, {});
  ASSERT_TRUE(again.resume({}));
  EXPECT_EQ(again.state().position, reached);
  served->catch_up();
  EXPECT_EQ(again.state().phase, RebuildPhase::switched) << again.state().reason;
  EXPECT_FALSE(again.resume({}));
}

TEST_F(Rebuilding, FollowsUntilItIsAccepted) {
  ASSERT_TRUE(rebuild->start({.views = {}, .switch_when_equal = false}));
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::following);
  history.grow(50);
  served->catch_up();
  EXPECT_EQ(rebuild->state().position, history.head());
  EXPECT_EQ(served->switches, 0);
  ASSERT_TRUE(rebuild->accept());
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::switched);
}

TEST_F(Rebuilding, TheFormerStoreIsServedAgainAfterRollBack) {
  EXPECT_FALSE(rebuild->roll_back());
  ASSERT_TRUE(rebuild->start({}));
  served->catch_up();
  history.grow(60);
  served->catch_up();
  const auto expected = everything(*served->runner->snapshot());
  ASSERT_TRUE(rebuild->roll_back());
  served->catch_up();
  EXPECT_EQ(rebuild->state().phase, RebuildPhase::switched) << rebuild->state().reason;
  EXPECT_TRUE(rebuild->state().is_roll_back);
  EXPECT_EQ(got(stores.open_current()), served->store);
  EXPECT_EQ(served->runner->applied(), history.head());
  EXPECT_EQ(everything(*served->runner->snapshot()), expected);
}

TEST(RebuildOfAPoisonedView, HealsIt) {
  History history;
  history.set_up();
  MemoryViewStores stores(families_of(catalogue()));
  bool is_faulty = true;
  Catalogue views = catalogue();
  const View lead = views[0];
  views[0].fold = [&](Fold& fold, const EventInput& input) {
    lead.fold(fold, input);
    if (is_faulty && input.event().isLeadReported()) throw ImpossibleEvent("示例故障");
  };
  Served served(history, {}, got(stores.open_current()), views);
  served.expects_stops = true;
  history.report_lead("l1");
  served.catch_up();
  ASSERT_TRUE(served.reader().stopped("lead"));
  is_faulty = false;
  Rebuild rebuild(history.world, LogReader(history.log), stores, *served.runner, {}, {});
  ASSERT_TRUE(rebuild.start({}));
  served.catch_up();
  EXPECT_EQ(rebuild.state().phase, RebuildPhase::switched) << rebuild.state().reason;
  EXPECT_FALSE(served.reader().stopped("lead"));
  EXPECT_TRUE(served.row<schema::LeadRow>("lead", "l1"));
}

TEST(RebuildOnRocksDb, SwitchesFoldersAndIsThereAfterARestart) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("silkledger-rebuild-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  History history(7);
  history.set_up();
  history.grow(150);
  std::map<std::string, std::vector<KeyValue>> expected;
  {
    RocksDbViewStores stores(folder, families_of(catalogue()));
    Served served(history, {}, got(stores.open_current()));
    served.catch_up();
    expected = everything(*served.runner->snapshot());
    Rebuild rebuild(history.world, LogReader(history.log), stores, *served.runner, {}, {});
    ASSERT_TRUE(rebuild.start({}));
    served.catch_up();
    EXPECT_EQ(rebuild.state().phase, RebuildPhase::switched) << rebuild.state().reason;
    EXPECT_EQ(everything(*served.runner->snapshot()), expected);
    EXPECT_FALSE(served.runner->stop());
  }
  EXPECT_TRUE(std::filesystem::exists(folder / "2"));
  {
    RocksDbViewStores stores(folder, families_of(catalogue()));
    Served served(history, {}, got(stores.open_current()));
    served.catch_up();
    EXPECT_TRUE(served.restarts.empty());
    EXPECT_EQ(everything(*served.runner->snapshot()), expected);
    EXPECT_TRUE(stores.has_previous());
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace silkledger::projections
