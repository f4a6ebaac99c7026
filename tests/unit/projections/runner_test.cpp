// The runner: views are a function of the log, whatever happens between its events.
#include "projections/runner.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "domain/schema/registry.meta.h"
#include "projections/fold_tables.h"
#include "projections/group.h"
#include "projections/memory/memory_view_stores.h"
#include "projections/registry_fold.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

RunnerLimits batches_of(std::uint32_t records) {
  RunnerLimits limits;
  limits.batch_records_max = records;
  return limits;
}

// The view of that name with another fold.
Catalogue with_fold(const std::string& view,
                    std::function<void(const View&, Fold&, const EventInput&)> fold) {
  Catalogue views = catalogue();
  for (View& one : views) {
    if (one.name != view) continue;
    const View original = one;
    one.fold = [original, fold](Fold& rows, const EventInput& input) {
      fold(original, rows, input);
    };
  }
  return views;
}

class ViewsAreAFunctionOfTheLog : public ::testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Seeds, ViewsAreAFunctionOfTheLog, ::testing::Range<std::uint64_t>(1, 9));

TEST_P(ViewsAreAFunctionOfTheLog, InBatchesOfAnySizeAndAfterRestartsAnywhere) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  History history(GetParam());
  history.set_up();
  Served live(history);
  for (int i = 0; i < 20; ++i) {
    history.grow(history.world.below(40));
    live.catch_up();
  }
  ASSERT_TRUE(live.stopped.empty())
      << live.stopped.front().first << ": " << live.stopped.front().second.cause;
  const auto expected = everything(*live.runner->snapshot());
  const Checkpoint checkpoint = live.runner->state().checkpoint;
  EXPECT_EQ(checkpoint.position, history.head());

  for (const std::uint32_t size : {1U, 7U, 1000U}) {
    Served again(history, batches_of(size));
    again.catch_up();
    EXPECT_EQ(everything(*again.runner->snapshot()), expected) << "batches of " << size;
    EXPECT_EQ(again.runner->state().checkpoint, checkpoint) << "batches of " << size;
  }

  // A store that is opened again and again, with a cache of one row.
  auto store = std::make_shared<MemoryViewStore>(families_of(catalogue()));
  Position folded = 0;
  while (folded < history.head()) {
    RunnerLimits limits = batches_of(static_cast<std::uint32_t>(1 + history.world.below(60)));
    limits.cached_rows_max = 1;
    ViewGroup group(catalogue(), store, LogReader(history.log), limits);
    const auto opened = group.open(ViewGroup::Mismatch::refuse);
    ASSERT_FALSE(opened.failure) << *opened.failure;
    EXPECT_FALSE(group.step(history.head()).failure);
    folded = group.position();
  }
  EXPECT_EQ(everything(*store->snapshot()), expected);

  for (const ViewState& view : checkpoint.views) {
    EXPECT_EQ(view.digest, scanned_digest(*live.runner->snapshot(), view.name)) << view.name;
  }
}

TEST(Runner, GathersWhatArrivesTogetherUnlessSomebodyWaits) {
  History history;
  history.set_up();
  std::vector<Applied> applied;
  RunnerCallbacks callbacks;
  callbacks.on_applied = [&](const Applied& batch) { applied.push_back(batch); };
  RunnerLimits limits;
  limits.gather_us_max = 2'000;
  Runner runner(history.world, LogReader(history.log),
                std::make_shared<MemoryViewStore>(families_of(catalogue())), catalogue(), limits,
                std::move(callbacks));
  runner.start();
  history.world.run_until_idle();
  applied.clear();

  history.report_lead("l1");
  history.world.run_until_idle();
  EXPECT_TRUE(applied.empty()) << "folded at once";
  history.report_lead("l2");
  history.world.advance(std::chrono::microseconds(2'000));
  ASSERT_EQ(applied.size(), 1U) << "one commit of the views for both";
  EXPECT_EQ(applied.front().last, history.head());
  EXPECT_LT(applied.front().first, applied.front().last);

  history.report_lead("l3");
  history.world.run_until_idle();
  bool seen = false;
  const auto wait = runner.wait_applied(history.head(), [&] { seen = true; });
  history.world.run_until_idle();
  EXPECT_TRUE(seen) << "whoever waits for a position is not kept";
}

TEST(Runner, AnnouncesWhatEachBatchChanged) {
  History history;
  history.set_up();
  Served served(history);
  served.catch_up();
  served.applied.clear();
  history.report_lead("l1");
  served.catch_up();
  ASSERT_EQ(served.applied.size(), 1U);
  const Applied& applied = served.applied.front();
  EXPECT_EQ(applied.first, history.head());
  EXPECT_EQ(applied.last, history.head());
  const std::vector<std::string> units = {"commerce", "county-a"};
  const std::vector<ChangedRow> expected = {{"lead", "l1", false, units},
                                            {"audit", audit_key(history.head()), false, units}};
  EXPECT_EQ(applied.rows, expected);
}

TEST(Runner, TellsWhoTookPartInARowThatIsGone) {
  History history;
  history.set_up();
  history.open_project("p1");
  Served served(history);
  served.catch_up();
  served.applied.clear();
  history.record("project/p1", schema::ProjectTerminated{"p1", "示例原因"});
  served.catch_up();
  ASSERT_EQ(served.applied.size(), 1U);
  const auto found = std::ranges::find(served.applied.front().rows, "progress", &ChangedRow::view);
  ASSERT_NE(found, served.applied.front().rows.end());
  EXPECT_TRUE(found->erased);
  EXPECT_EQ(found->units, std::vector<std::string>{"county-b"});
}

TEST(Runner, WakesWhoWaitsForAPosition) {
  History history;
  history.set_up();
  Served served(history);
  int woken = 0;
  const Position next = history.head() + 1;
  const auto wait = served.runner->wait_applied(next, [&] { ++woken; });
  auto dropped = served.runner->wait_applied(next, [&] { woken += 100; });
  served.catch_up();
  EXPECT_EQ(woken, 0);
  dropped.reset();
  history.report_lead("l1");
  served.catch_up();
  EXPECT_EQ(woken, 1);
  const auto at_once = served.runner->wait_applied(1, [&] { ++woken; });
  EXPECT_EQ(woken, 1);
  served.catch_up();
  EXPECT_EQ(woken, 2);
}

TEST(Runner, StoppedItFoldsNothing) {
  History history;
  history.set_up();
  Served served(history);
  served.catch_up();
  EXPECT_FALSE(served.runner->stop());
  history.report_lead("l1");
  served.catch_up();
  EXPECT_EQ(served.runner->applied(), history.head() - 1);
  served.runner->start();
  served.catch_up();
  EXPECT_EQ(served.runner->applied(), history.head());
  EXPECT_TRUE(served.restarts.empty());
}

TEST(Runner, AnEmptyLogHasAnEpochAndEveryView) {
  History history;
  Served served(history);
  served.catch_up();
  const ViewReader reader = served.reader();
  EXPECT_EQ(reader.at().epoch, history.log.epoch());
  EXPECT_EQ(reader.at().position, 0U);
  EXPECT_EQ(reader.at().views.size(), catalogue().size());
}

// ---------------------------------------------------------------- checkpoints that do not match

class AForeignCheckpoint : public ::testing::Test {
 protected:
  AForeignCheckpoint() {
    history.set_up();
    served.catch_up();
  }
  // Opens the store again under a changed checkpoint; the reason for beginning again.
  std::string reopened(const std::function<void(Checkpoint&)>& change) {
    Checkpoint checkpoint = served.runner->state().checkpoint;
    change(checkpoint);
    EXPECT_FALSE(served.store->commit({{}, encode(checkpoint)}));
    Served again(history, {}, served.store);
    again.catch_up();
    EXPECT_EQ(again.runner->state().checkpoint, served.runner->state().checkpoint);
    EXPECT_EQ(again.restarts.size(), 1U);
    return again.restarts.empty() ? "" : again.restarts.front();
  }

  History history;
  Served served{history};
};

TEST_F(AForeignCheckpoint, OfAnotherEpochBeginsAgain) {
  EXPECT_NE(reopened([](Checkpoint& c) { c.epoch = 7; }).find("epoch 7"), std::string::npos);
}

TEST_F(AForeignCheckpoint, BeyondTheLogBeginsAgain) {
  EXPECT_NE(reopened([](Checkpoint& c) { c.position += 5; }).find("ends at"), std::string::npos);
}

TEST_F(AForeignCheckpoint, OfAnotherLogBeginsAgain) {
  EXPECT_NE(reopened([](Checkpoint& c) { c.root[0] ^= 1; }).find("another root"),
            std::string::npos);
}

TEST_F(AForeignCheckpoint, OfAnotherVersionOfAViewBeginsAgain) {
  EXPECT_NE(reopened([](Checkpoint& c) { c.views[3].version = 9; }).find("version"),
            std::string::npos);
}

TEST_F(AForeignCheckpoint, ThatCannotBeReadBeginsAgain) {
  EXPECT_FALSE(served.store->commit({{}, "nonsense"}));
  Served again(history, {}, served.store);
  again.catch_up();
  EXPECT_EQ(again.restarts.size(), 1U);
  EXPECT_EQ(everything(*again.runner->snapshot()), everything(*served.runner->snapshot()));
}

// ---------------------------------------------------------------- poison

TEST(APoisonedView, StopsLoudlyAndAloneAndStaysStopped) {
  History history;
  history.set_up();
  const auto poisoned =
      with_fold("lead", [](const View& view, Fold& fold, const EventInput& input) {
        view.fold(fold, input);
        if (input.event().isLeadDelegated()) throw ImpossibleEvent("示例故障");
      });
  auto store = std::make_shared<MemoryViewStore>(families_of(catalogue()));
  Served served(history, {}, store, poisoned);
  served.expects_stops = true;
  history.report_lead("l1");
  history.record("lead/l1", schema::LeadDelegated{"l1", "county-b", std::nullopt});
  const Position delegated = history.head();
  history.report_lead("l2");
  history.record("unit/county-a", schema::UnitRenamed{"county-a", "示例新县", "A", day()});
  served.catch_up();

  EXPECT_EQ(served.runner->applied(), history.head());
  ASSERT_FALSE(served.stopped.empty());
  EXPECT_EQ(served.stopped.front().first, "lead");
  EXPECT_EQ(served.stopped.front().second, (Stopped{delegated, "示例故障"}));
  // What the throwing fold had begun is not there, and nothing after it.
  EXPECT_EQ(served.row<schema::LeadRow>("lead", "l1")->status, schema::LeadStatus::reported);
  EXPECT_FALSE(served.row<schema::LeadRow>("lead", "l2"));
  // Others go on; whoever reads its rows does not.
  EXPECT_EQ(served.row<schema::UnitRow>("unit", "county-a")->name, "示例新县");
  EXPECT_TRUE(served.row<schema::AuditRow>("audit", audit_key(history.head())));
  EXPECT_TRUE(served.reader().stopped("project"));
  EXPECT_FALSE(served.reader().stopped("audit"));

  Served again(history, {}, store, poisoned);
  history.report_lead("l3");
  again.catch_up();
  EXPECT_TRUE(again.restarts.empty());
  EXPECT_EQ(again.reader().stopped("lead"), (Stopped{delegated, "示例故障"}));
  EXPECT_FALSE(again.row<schema::LeadRow>("lead", "l3"));
}

TEST(APoisonedView, AnEventThatCannotBeReadStopsEveryView) {
  History history;
  history.set_up();
  Served served(history);
  served.expects_stops = true;
  const Position broken = history.record_bytes("lead/l9", std::string(64, '\xff'));
  history.report_lead("l1");
  served.catch_up();
  EXPECT_EQ(served.stopped.size(), catalogue().size());
  EXPECT_EQ(served.reader().stopped("audit")->position, broken);
  EXPECT_EQ(served.runner->applied(), history.head());
  Served again(history, {}, served.store);
  again.catch_up();
  EXPECT_TRUE(again.failures.empty());
  EXPECT_TRUE(again.reader().stopped("audit"));
}

TEST(APoisonedView, AnEventThatCannotBeNamesWhatIsMissing) {
  History history;
  history.set_up();
  Served served(history);
  served.expects_stops = true;
  history.record("lead/l9", schema::LeadClosed{"l9", "示例原因"});
  served.catch_up();
  ASSERT_TRUE(served.reader().stopped("lead"));
  EXPECT_NE(served.reader().stopped("lead")->cause.find("l9"), std::string::npos);
}

// ---------------------------------------------------------------- failing environment

// A store whose disk can fail.
class FailingStore final : public ViewStore {
 public:
  explicit FailingStore(std::shared_ptr<ViewStore> inner) : inner_(std::move(inner)) {}
  const std::vector<std::string>& families() const override { return inner_->families(); }
  std::optional<ViewStoreError> commit(const WriteBatch& batch) override {
    if (fails) return ViewStoreError{"示例磁盘故障"};
    return inner_->commit(batch);
  }
  std::shared_ptr<const ViewSnapshot> snapshot() const override { return inner_->snapshot(); }
  std::optional<ViewStoreError> clear() override { return inner_->clear(); }
  std::optional<ViewStoreError> clear_family(std::string_view family) override {
    return inner_->clear_family(family);
  }
  std::optional<ViewStoreError> flush() override { return inner_->flush(); }
  bool fails = false;

 private:
  std::shared_ptr<ViewStore> inner_;
};

TEST(Runner, AFailedCommitStopsItAndStartTriesAgain) {
  History history;
  history.set_up();
  auto store =
      std::make_shared<FailingStore>(std::make_shared<MemoryViewStore>(families_of(catalogue())));
  Served served(history, {}, store);
  served.catch_up();
  store->fails = true;
  history.report_lead("l1");
  served.catch_up();
  EXPECT_EQ(served.failures, std::vector<std::string>{"示例磁盘故障"});
  EXPECT_FALSE(served.runner->state().running);
  store->fails = false;
  served.runner->start();
  served.catch_up();
  EXPECT_TRUE(served.row<schema::LeadRow>("lead", "l1"));
  Served fresh(history);
  fresh.catch_up();
  EXPECT_EQ(everything(*served.runner->snapshot()), everything(*fresh.runner->snapshot()));
}

// ---------------------------------------------------------------- replay

// What a caller of the store could do that a reader of views cannot.
template <class Log>
concept CanAppend = requires(Log& log) {
  &Log::append;
};

TEST(Projections, ReplayHasNoSideEffects) {
  static_assert(CanAppend<eventstore::EventStore>);
  static_assert(!CanAppend<LogReader>);
  History history(3);
  history.set_up();
  history.grow(300);
  const eventstore::Head before = history.log.head();
  for (int i = 0; i < 3; ++i) {
    Served served(history);
    served.catch_up();
    EXPECT_EQ(served.runner->applied(), before.position);
  }
  EXPECT_EQ(history.log.head(), before);
}

TEST(RegistryFold, GivesTheReferenceOfExactlyThePosition) {
  History history;
  history.set_up();
  const Position before = history.head();
  history.record("unit/county-c", [] {
    schema::UnitRegistered event;
    event.unit_id = "county-c";
    event.kind = "county";
    event.valid_from = day();
    return event;
  }());
  history.begin_day();
  domain::Reference then;
  EXPECT_FALSE(fold_registry(LogReader(history.log), before, {}, then));
  EXPECT_FALSE(then.unit("county-c"));
  EXPECT_EQ(then.current_day(), day());
  domain::Reference now;
  EXPECT_FALSE(fold_registry(LogReader(history.log), history.head(), {}, now));
  EXPECT_TRUE(now.unit("county-c"));
  EXPECT_EQ(now.current_day(), day(1));
}

TEST(RegistryFold, KnowsEveryAggregateOfTheRegistry) {
  // Read from the schema, so that a new aggregate of the registry is not forgotten.
  const std::vector<std::string_view> known = {"rules",    "unit", "person", "chain",
                                               "calendar", "item", "day"};
  const auto check = [&](std::string_view aggregate) {
    EXPECT_NE(std::ranges::find(known, aggregate), known.end()) << aggregate;
  };
  check(schema::meta<schema::RuleSetPublished>().aggregate);
  check(schema::meta<schema::UnitRegistered>().aggregate);
  check(schema::meta<schema::PersonRegistered>().aggregate);
  check(schema::meta<schema::ChainLeadAssigned>().aggregate);
  check(schema::meta<schema::CalendarDaysSet>().aggregate);
  check(schema::meta<schema::ApprovalItemDefined>().aggregate);
  check(schema::meta<schema::DayBegan>().aggregate);
}

TEST(Catalogue, AViewStandsBehindThoseItReads) {
  std::vector<std::string> seen;
  for (const View& view : catalogue()) {
    for (const std::string& read : view.reads) {
      EXPECT_NE(std::ranges::find(seen, read), seen.end()) << view.name << " reads " << read;
    }
    seen.push_back(view.name);
  }
  const std::vector<std::string> wanted = {"fund"};
  std::vector<std::string> names;
  for (const View& view : with_what_they_read(catalogue(), wanted)) names.push_back(view.name);
  EXPECT_EQ(names, (std::vector<std::string>{"lead", "project", "fund"}));
}

}  // namespace
}  // namespace silkledger::projections
