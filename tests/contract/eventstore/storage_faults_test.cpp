// What the log does when its disk fails: nothing acknowledged is lost, a retry has one effect, and
// whether writes can go on is told plainly.
#include <chrono>
#include <thread>

#include "tests/contract/eventstore/rocks_fixture.h"

namespace silkledger::testing {
namespace {

using namespace eventstore;

class StorageFaults : public OnRocks {
 protected:
  static RocksOptions head_file_when_asked() {
    RocksOptions options;
    options.head_file_lag_ms_max = kNeverMs;
    return options;
  }

  // RocksDB looks for room by itself and answers "busy" meanwhile.
  std::optional<StoreError> recover_in_time(RocksEventStore& store) {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    auto error = store.recover();
    while (error && std::chrono::steady_clock::now() < limit) {
      std::this_thread::yield();
      error = store.recover();
    }
    return error;
  }
};

TEST_F(StorageFaults, AFailedSyncIsUnknownAndOnlyOpeningAnewTells) {
  auto store = create(head_file_when_asked());
  append_commands(*store, 0, 1);
  env_.fail_next_sync(rocksdb::Status::IOError("simulated sync failure"));
  const auto outcome = append(*store, command(1));
  ASSERT_TRUE(std::holds_alternative<Unknown>(outcome));
  EXPECT_FALSE(std::get<Unknown>(outcome).recoverable);
  EXPECT_TRUE(std::holds_alternative<ReadOnly>(append(*store, command(1))));
  EXPECT_EQ(contents(*store).size(), 3U) << "reads go on";
  EXPECT_TRUE(store->recover()) << "nobody knows what is on the disk";
  EXPECT_TRUE(std::holds_alternative<ReadOnly>(append(*store, command(1))));

  store.reset();
  store = must_open();
  const auto again = append(*store, command(1));
  EXPECT_TRUE(std::holds_alternative<Stored>(again) || std::holds_alternative<Duplicate>(again));
  EXPECT_EQ(store->head().position, 6U) << "one effect";
  expect_checked_whole(*store);
}

TEST_F(StorageFaults, AFullDiskIsReadOnlyWithAPlainReasonAndComesBack) {
  auto store = create(head_file_when_asked());
  append_commands(*store, 0, 2);
  env_.fill();
  const auto outcome = append(*store, command(2));
  ASSERT_TRUE(std::holds_alternative<Unknown>(outcome));
  EXPECT_TRUE(std::get<Unknown>(outcome).recoverable);
  const auto refused = append(*store, command(3));
  ASSERT_TRUE(std::holds_alternative<ReadOnly>(refused));
  EXPECT_NE(std::get<ReadOnly>(refused).reason.find("the disk is full"), std::string::npos);
  EXPECT_EQ(contents(*store).size(), 6U) << "reads go on";
  const auto error = store->recover();
  ASSERT_TRUE(error) << "there is no room yet";
  EXPECT_EQ(error->kind, StoreError::Kind::io);

  env_.make_room();
  EXPECT_FALSE(recover_in_time(*store));
  append_commands(*store, 2, 10);
  const auto known = contents(*store);
  EXPECT_EQ(known.size(), 30U);
  expect_checked_whole(*store);
  crash_into_copy();
  store.reset();
  store = must_open();
  EXPECT_EQ(contents(*store), known) << "nothing of the failed commit comes back";
  expect_checked_whole(*store);
}

TEST_F(StorageFaults, ASyncThatFailsForWantOfRoomComesBackAsWell) {
  auto store = create(head_file_when_asked());
  append_commands(*store, 0, 2);
  env_.fail_next_sync(rocksdb::Status::NoSpace("no space left on device"));
  ASSERT_TRUE(std::holds_alternative<Unknown>(append(*store, command(2))));
  EXPECT_FALSE(recover_in_time(*store));
  // The failed command wrote all of its bytes; another one takes its positions now.
  EXPECT_TRUE(std::holds_alternative<Stored>(append(*store, several("other", "s/9", 0, 2))));
  append_commands(*store, 2, 5);
  const auto known = contents(*store);
  crash_into_copy();
  store.reset();
  store = must_open();
  EXPECT_EQ(contents(*store), known);
  expect_checked_whole(*store);
}

TEST_F(StorageFaults, AHeadFileThatCannotBeWrittenStopsTheWriter) {
  const auto store = create(head_file_when_asked());
  append_commands(*store, 0, 1);
  // The tree is stored first; the file is written behind it.
  EXPECT_FALSE(store->sync_head_file());
  append_commands(*store, 1, 2);
  env_.fail_operation(2, rocksdb::Status::IOError("simulated failure of the head file"));
  EXPECT_TRUE(store->sync_head_file());
  const auto outcome = append(*store, command(2));
  ASSERT_TRUE(std::holds_alternative<ReadOnly>(outcome));
  EXPECT_NE(std::get<ReadOnly>(outcome).reason.find("head file"), std::string::npos);
  EXPECT_FALSE(store->recover()) << "a new file takes its place";
  append_commands(*store, 2, 3);
  EXPECT_FALSE(store->sync_head_file());
}

TEST_F(StorageFaults, TimeNeverGoesBackInTheLog) {
  auto store = create();
  append_commands(*store, 0, 1);
  clock_.jump_clock(-3'600'000'000);
  append_commands(*store, 1, 2);
  store.reset();
  store = must_open();
  append_commands(*store, 2, 3);
  expect_checked_whole(*store);
  const auto batch = value_of(store->read(1, {}, {}));
  EXPECT_EQ(batch.records.front().header.recorded_at, batch.records.back().header.recorded_at);
}

}  // namespace
}  // namespace silkledger::testing
