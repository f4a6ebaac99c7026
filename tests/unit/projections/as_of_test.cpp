// What was shown at an earlier position: the answer is what a fold from the first event gives, at
// any position and whatever became of the store since.
#include "projections/as_of.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "projections/group.h"
#include "projections/past.h"
#include "projections/rebuild.h"
#include "projections/rocksdb/rocksdb_view_stores.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

template <class T>
T got(ViewResult<T> result) {
  return std::get<T>(std::move(result));
}

// What an answer about one view shows of it: rows, notes and how it is.
std::pair<std::vector<KeyValue>, ViewState> shown_of(const ViewSnapshot& snapshot,
                                                     const std::string& view) {
  const auto checkpoint = decode_checkpoint(got(snapshot.checkpoint()));
  const ViewState* state = checkpoint ? checkpoint->view(view) : nullptr;
  EXPECT_TRUE(state) << view;
  return {got(snapshot.scan(view, {}, 1'000'000)), state ? *state : ViewState{}};
}

// Folded from the first event, with nothing kept.
std::shared_ptr<const ViewSnapshot> folded_up_to(const History& history, Position position) {
  auto store = std::make_shared<MemoryViewStore>(families_of(catalogue()));
  eventstore::EventStore& log = const_cast<eventstore::MemoryEventStore&>(history.log);
  ViewGroup group(catalogue(), store, LogReader(log), {}, ViewGroup::Past::none);
  EXPECT_FALSE(group.open(ViewGroup::Mismatch::refuse).failure);
  while (group.position() < position) EXPECT_FALSE(group.step(position).failure);
  return store->snapshot();
}

RunnerLimits intervals_of(std::uint32_t events, std::uint32_t batch = 512) {
  RunnerLimits limits;
  limits.interval_events = events;
  limits.batch_records_max = batch;
  return limits;
}

class AsOfQuestions : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  AsOfQuestions() : history(GetParam()) { history.set_up(); }

  std::unique_ptr<AsOf> asker(Served& served, AsOfLimits limits = {}) {
    limits.fold.batch_records_max = 13;
    return std::make_unique<AsOf>(
        history.world, LogReader(history.log), [&served] { return served.runner->snapshot(); },
        catalogue(), limits);
  }
  AsOf::Answer at(AsOf& as_of, Position position, const std::string& view = "lead") {
    std::optional<AsOf::Answer> answer;
    as_of.at(position, view, [&](AsOf::Answer given) { answer = std::move(given); });
    EXPECT_FALSE(answer);
    history.world.run_until_idle();
    return *answer;
  }
  // At so many positions, drawn and both ends.
  void check(AsOf& as_of, int draws, const std::string& when) {
    std::vector<Position> positions = {0, 1, history.head()};
    while (draws-- > 0) positions.push_back(history.world.below(history.head() + 1));
    for (const Position position : positions) {
      SCOPED_TRACE(when + ", as of " + std::to_string(position) + ", seed " +
                   std::to_string(GetParam()));
      const auto expected = folded_up_to(history, position);
      for (const View& view : catalogue()) {
        const auto answer = at(as_of, position, view.name);
        const auto* refusal = std::get_if<AsOfRefusal>(&answer);
        ASSERT_FALSE(refusal) << refusal->text.en;
        const ViewSnapshot& found = *std::get<AsOf::Snapshot>(answer);
        EXPECT_EQ(ViewReader(std::get<AsOf::Snapshot>(answer)).at().position, position);
        EXPECT_EQ(shown_of(found, view.name), shown_of(*expected, view.name));
      }
    }
  }

  History history;
};
INSTANTIATE_TEST_SUITE_P(Seeds, AsOfQuestions, ::testing::Range<std::uint64_t>(1, 4));

TEST_P(AsOfQuestions, AreAnsweredWithWhatWasShownThenWhileTheLogGoesOn) {
  Served served(history, intervals_of(32, 9));
  const auto as_of = asker(served);
  for (int i = 0; i < 6; ++i) {
    history.grow(1 + history.world.below(80));
    served.catch_up();
    check(*as_of, 6, "growing");
  }
}

TEST_P(AsOfQuestions, AreAnsweredFromAStoreThatWasOpenedAgainAndAgain) {
  history.grow(200);
  auto store = std::make_shared<MemoryViewStore>(families_of(catalogue()));
  // With a cache of one row, so that what was kept before must be asked of the store.
  Position folded = 0;
  while (folded < history.head()) {
    RunnerLimits limits =
        intervals_of(50, static_cast<std::uint32_t>(1 + history.world.below(30)));
    limits.cached_rows_max = 1;
    ViewGroup group(catalogue(), store, LogReader(history.log), limits);
    ASSERT_FALSE(group.open(ViewGroup::Mismatch::refuse).failure);
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(group.step(history.head()).failure);
    folded = group.position();
  }
  Served served(history, intervals_of(50), store);
  ASSERT_TRUE(served.restarts.empty());
  check(*asker(served), 20, "opened again");
}

TEST_P(AsOfQuestions, AreAnsweredAfterARebuildAndAfterRollBack) {
  history.grow(150);
  MemoryViewStores stores(families_of(catalogue()));
  Served served(history, intervals_of(32), got(stores.open_current()));
  served.catch_up();
  const auto as_of = asker(served);
  check(*as_of, 5, "before");
  RebuildLimits limits;
  limits.fold = intervals_of(32, 17);
  limits.slice_rows_max = 8;
  Rebuild rebuild(history.world, LogReader(history.log), stores, *served.runner, limits, {});
  ASSERT_TRUE(rebuild.start({}));
  history.grow(40);
  served.catch_up();
  ASSERT_EQ(rebuild.state().phase, RebuildPhase::switched) << rebuild.state().reason;
  check(*as_of, 10, "rebuilt");
  history.grow(60);
  served.catch_up();
  check(*as_of, 10, "rebuilt and gone on");
  ASSERT_TRUE(rebuild.roll_back());
  served.catch_up();
  ASSERT_EQ(rebuild.state().phase, RebuildPhase::switched) << rebuild.state().reason;
  check(*as_of, 10, "rolled back");
}

TEST_P(AsOfQuestions, AreAnsweredAfterARebuildOfSomeViewsWithOtherIntervals) {
  history.grow(150);
  MemoryViewStores stores(families_of(catalogue()));
  Served served(history, intervals_of(24), got(stores.open_current()));
  served.catch_up();
  RebuildLimits limits;
  limits.fold = intervals_of(36);  // ends at 72, 144 and so on are common
  Rebuild rebuild(history.world, LogReader(history.log), stores, *served.runner, limits, {});
  ASSERT_TRUE(rebuild.start({.views = {"progress"}}));
  served.catch_up();
  ASSERT_EQ(rebuild.state().phase, RebuildPhase::switched) << rebuild.state().reason;
  const auto end = got(last_end(*served.runner->snapshot(), 143));
  EXPECT_EQ(end.position, 72U);
  history.grow(100);
  served.catch_up();
  check(*asker(served), 20, "partly rebuilt");
}

TEST_P(AsOfQuestions, ReadForwardsAndBackwardsAlike) {
  Served served(history, intervals_of(16, 4));
  history.grow(250);
  served.catch_up();
  const auto as_of = asker(served);
  for (int i = 0; i < 10; ++i) {
    const Position position = history.world.below(history.head());
    for (const View& view : catalogue()) {
      const auto snapshot = std::get<AsOf::Snapshot>(at(*as_of, position, view.name));
      const auto all = got(snapshot->scan(view.name, {}, 1'000'000));
      // Pages of two, in both directions, and each key by itself.
      for (const bool backwards : {false, true}) {
        std::vector<KeyValue> paged;
        KeyRange range{.backwards = backwards};
        while (true) {
          auto page = got(snapshot->scan(view.name, range, 2));
          paged.insert(paged.end(), page.begin(), page.end());
          if (page.size() < 2) break;
          range.after = page.back().key;
        }
        if (backwards) std::ranges::reverse(paged);
        EXPECT_EQ(paged, all) << view.name << (backwards ? " backwards" : "") << ", as of "
                              << position << ", seed " << GetParam();
      }
      for (const KeyValue& entry : all) {
        EXPECT_EQ(got(snapshot->get(view.name, entry.key)), entry);
      }
    }
  }
}

TEST_P(AsOfQuestions, OnRocksDbAreAnsweredAcrossARestart) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("silkledger-as-of-" + std::to_string(::getpid()) + "-" +
                       std::to_string(GetParam()));
  std::filesystem::remove_all(folder);
  for (int start = 0; start < 3; ++start) {
    history.grow(90);
    RocksDbViewStores stores(folder, families_of(catalogue()));
    Served served(history, intervals_of(40, 11), got(stores.open_current()));
    EXPECT_TRUE(served.restarts.empty());
    served.catch_up();
    check(*asker(served), 4, "start " + std::to_string(start));
    EXPECT_FALSE(served.runner->stop());
  }
  std::filesystem::remove_all(folder);
}

TEST_P(AsOfQuestions, NothingIsKeptOfWhatWasNotThereAtTheIntervalEnd) {
  Served served(history, intervals_of(16, 4));
  history.grow(250);
  served.catch_up();
  const auto snapshot = served.runner->snapshot();
  std::size_t kept = 0;
  for (const View& view : catalogue()) {
    for (const KeyValue& version : got(snapshot->scan(past_family(view.name), {}, 1'000'000))) {
      // A version is kept under its key and the end; the row was there at that end.
      const std::string_view key = std::string_view(version.key).substr(0, version.key.size() - 9);
      EXPECT_LE(version_key(key, version.since), version.key) << "seed " << GetParam();
      ++kept;
    }
  }
  EXPECT_GT(kept, 0U);
}

class AsOfBounds : public AsOfQuestions {};
INSTANTIATE_TEST_SUITE_P(One, AsOfBounds, ::testing::Values(11));

TEST_P(AsOfBounds, BeyondThemQuestionsAreRefusedInWords) {
  AsOfLimits limits;
  limits.fold_events_max = 50;
  limits.questions_max = 1;
  Served served(history, intervals_of(32));
  served.catch_up();
  const Position applied = history.head();
  EXPECT_FALSE(served.runner->stop());  // the views stay behind
  history.grow(100);
  const auto as_of = asker(served, limits);
  EXPECT_EQ(std::get<AsOfRefusal>(at(*as_of, history.head() + 1)).code, "position-ahead");
  EXPECT_TRUE(std::holds_alternative<AsOf::Snapshot>(at(*as_of, applied)));
  EXPECT_TRUE(std::holds_alternative<AsOf::Snapshot>(at(*as_of, 50)));
  EXPECT_EQ(std::get<AsOfRefusal>(at(*as_of, 51)).code, "views-behind");
  std::vector<std::string> codes;
  const auto note = [&](const AsOf::Answer& answer) {
    const auto* refusal = std::get_if<AsOfRefusal>(&answer);
    codes.push_back(refusal ? refusal->code : "shown");
  };
  as_of->at(10, "lead", note);
  as_of->at(11, "lead", note);
  history.world.run_until_idle();
  std::ranges::sort(codes);
  EXPECT_EQ(codes, (std::vector<std::string>{"shown", "too-many-questions"}));
}

TEST_P(AsOfBounds, WhatIsKeptIsBoundedAndStillRight) {
  history.grow(150);
  Served served(history, intervals_of(32));
  served.catch_up();
  AsOfLimits limits;
  limits.answers_kept_max = 2;
  auto as_of = asker(served, limits);
  check(*as_of, 10, "two kept");
  limits.kept_bytes_max = 1;
  as_of = asker(served, limits);
  check(*as_of, 10, "none kept");
}

// Which records a log was asked for.
class CountedLog final : public eventstore::EventStore {
 public:
  explicit CountedLog(eventstore::EventStore& log) : log_(log) {}
  eventstore::Epoch epoch() const override { return log_.epoch(); }
  void append(eventstore::Epoch, eventstore::Append, eventstore::AppendCompletion) override {}
  void go_read_only(std::string) override {}
  std::optional<eventstore::StoreError> recover() override { return std::nullopt; }
  eventstore::StoreResult<std::optional<eventstore::Receipt>> find_command(
      const eventstore::CommandKey& command) const override {
    return log_.find_command(command);
  }
  eventstore::StoreResult<eventstore::ReadBatch> read(
      Position from, eventstore::ReadLimit limit,
      const eventstore::ReadFilter& filter) const override {
    auto batch = log_.read(from, limit, filter);
    records += std::get<eventstore::ReadBatch>(batch).records.size();
    return batch;
  }
  eventstore::StoreResult<eventstore::ReadBatch> read_stream(
      const eventstore::StreamName& stream, eventstore::Version from,
      eventstore::ReadLimit limit) const override {
    ++streams;
    return log_.read_stream(stream, from, limit);
  }
  eventstore::StoreResult<eventstore::Version> stream_version(
      const eventstore::StreamName& stream) const override {
    return log_.stream_version(stream);
  }
  eventstore::StoreResult<std::vector<eventstore::StreamName>> list_streams(
      std::string_view prefix, std::string_view after, std::uint32_t names_max) const override {
    ++streams;
    return log_.list_streams(prefix, after, names_max);
  }
  Wait wait_beyond(Position position, std::function<void()> wake) override {
    return log_.wait_beyond(position, std::move(wake));
  }
  eventstore::Head head() const override { return log_.head(); }
  eventstore::StoreResult<eventstore::Hash> leaf(Position position) const override {
    return log_.leaf(position);
  }
  eventstore::StoreResult<eventstore::Hash> root_at(Position position) const override {
    return log_.root_at(position);
  }
  mutable std::size_t records = 0;
  mutable std::size_t streams = 0;

 private:
  eventstore::EventStore& log_;
};

TEST_P(AsOfBounds, AnAnswerReadsTheEventsBehindTheLastIntervalEndAndNoMore) {
  Served served(history, intervals_of(32));
  history.grow(400);
  served.catch_up();
  CountedLog counted(history.log);
  AsOf as_of(
      history.world, LogReader(counted), [&] { return served.runner->snapshot(); }, catalogue(),
      {});
  const auto records_for = [&](Position position) {
    counted.records = 0;
    EXPECT_TRUE(std::holds_alternative<AsOf::Snapshot>(at(as_of, position)));
    return counted.records;
  };
  EXPECT_EQ(records_for(323), 3U);  // 320 is an end
  EXPECT_EQ(records_for(35), 3U);
  EXPECT_EQ(records_for(320), 0U);
  EXPECT_EQ(records_for(323), 0U);  // asked before
  EXPECT_EQ(counted.streams, 0U);   // the registry stands in the store
}

TEST_P(AsOfBounds, AnAnswerFoldsTheViewAndWhatItReadsAndNoMore) {
  Served served(history, intervals_of(32));
  history.grow(100);
  served.catch_up();
  const auto as_of = asker(served);
  for (const Position position : {Position{0}, Position{20}, Position{64}, Position{77}}) {
    const ViewReader reader(std::get<AsOf::Snapshot>(at(*as_of, position, "progress")));
    std::vector<std::string> names;
    for (const ViewState& view : reader.at().views) names.push_back(view.name);
    EXPECT_EQ(names, (std::vector<std::string>{"lead", "project", "progress"})) << position;
    const ViewReader none(std::get<AsOf::Snapshot>(at(*as_of, position, "nothing")));
    EXPECT_TRUE(none.at().views.empty());
  }
}

TEST_P(AsOfBounds, AnOldAnswerStaysWhatItWas) {
  Served served(history, intervals_of(32));
  history.grow(100);
  served.catch_up();
  const auto as_of = asker(served);
  const auto answer = std::get<AsOf::Snapshot>(at(*as_of, 77));
  const auto before = shown_of(*answer, "lead");
  history.grow(200);
  served.catch_up();
  EXPECT_EQ(shown_of(*answer, "lead"), before);
}

TEST_P(AsOfBounds, AMomentIsThePositionRecordedByThen) {
  History fresh(11);
  const std::int64_t start = fresh.world.now_us();
  fresh.set_up();
  const Position first = fresh.head();
  fresh.world.advance(1'000'000);
  fresh.report_lead("l1");
  const LogReader log(fresh.log);
  const auto by = [&](std::int64_t us) {
    return std::get<Position>(position_recorded_by(log, Instant{us}));
  };
  EXPECT_EQ(by(start - 1), 0U);
  EXPECT_EQ(by(start + 500'000), first);
  EXPECT_EQ(by(start + 2'000'000), first + 1);
}

TEST(AsOfWithAStoppedView, SaysSoOnlyOfLaterPositions) {
  History history;
  history.set_up();
  Catalogue views = catalogue();
  const View lead = views[0];
  views[0].fold = [lead](Fold& fold, const EventInput& input) {
    lead.fold(fold, input);
    if (input.event().isLeadDelegated()) throw ImpossibleEvent("示例故障");
  };
  auto store = std::make_shared<MemoryViewStore>(families_of(views));
  Served served(history, intervals_of(16), store, views);
  served.expects_stops = true;
  history.report_lead("l1");
  for (int i = 0; i < 40; ++i) history.begin_day();
  const Position before = history.head();
  history.record("lead/l1", schema::LeadDelegated{"l1", "county-b", std::nullopt});
  for (int i = 0; i < 40; ++i) history.begin_day();
  served.catch_up();
  AsOf as_of(
      history.world, LogReader(history.log), [&] { return served.runner->snapshot(); }, views, {});
  const auto stopped_at = [&](Position position) {
    std::optional<Stopped> stopped;
    as_of.at(position, "lead", [&](const AsOf::Answer& answer) {
      stopped = ViewReader(std::get<AsOf::Snapshot>(answer)).stopped("lead");
    });
    history.world.run_until_idle();
    return stopped;
  };
  EXPECT_FALSE(stopped_at(before));
  EXPECT_EQ(stopped_at(before + 1), (Stopped{before + 1, "示例故障"}));
  EXPECT_EQ(stopped_at(history.head()), (Stopped{before + 1, "示例故障"}));
}

}  // namespace
}  // namespace silkledger::projections
