// Snapshots are read on other threads while the views are committed: each shows one position,
// whole.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "projections/group.h"
#include "projections/past.h"
#include "projections/rocksdb/rocksdb_view_stores.h"
#include "tests/unit/projections/history.h"

namespace silkledger::projections {
namespace {

constexpr std::uint32_t kInterval = 32;

// The checkpoint, when every view of the snapshot agrees with the digest in it.
std::optional<Checkpoint> whole(const ViewSnapshot& snapshot) {
  const auto checkpoint = decode_checkpoint(std::get<std::string>(snapshot.checkpoint()));
  if (!checkpoint) return std::nullopt;
  for (const ViewState& view : checkpoint->views) {
    if (scanned_digest(snapshot, view.name) != view.digest) return std::nullopt;
  }
  return checkpoint;
}

// Reads what is served and what was, until told that nothing more comes; the positions it saw must
// not go back.
class Reader {
 public:
  Reader(const ViewStore& store, const std::atomic<bool>& ended) : store_(store), ended_(ended) {}

  void run() {
    for (bool is_last = false; !is_last;) {
      is_last = ended_;
      const std::shared_ptr<const ViewSnapshot> snapshot = store_.snapshot();
      const auto now = whole(*snapshot);
      is_whole = is_whole && now && now->position >= last_;
      if (!now) return;
      last_ = now->position;
      const auto end = std::get<IntervalEnd>(last_end(*snapshot, now->position));
      if (end.position == 0) continue;
      const auto then = whole(PastSnapshot(snapshot, end, catalogue()));
      is_whole = is_whole && then && then->position == end.position;
      ++reads;
    }
  }

  bool is_whole = true;
  int reads = 0;

 private:
  const ViewStore& store_;
  const std::atomic<bool>& ended_;
  Position last_ = 0;
};

void read_while_folding(const std::shared_ptr<ViewStore>& store) {
  History history(3);
  history.set_up();
  history.grow(120);
  RunnerLimits limits;
  limits.batch_records_max = 9;
  limits.interval_events = kInterval;
  ViewGroup group(catalogue(), store, LogReader(history.log), limits);
  ASSERT_FALSE(group.open(ViewGroup::Mismatch::begin_again).failure);
  std::atomic<bool> ended = false;
  std::vector<Reader> readers(2, Reader(*store, ended));
  std::vector<std::thread> threads;
  for (Reader& reader : readers) threads.emplace_back([&reader] { reader.run(); });
  while (group.position() < history.head()) EXPECT_FALSE(group.step(history.head()).failure);
  EXPECT_FALSE(store->flush());
  ended = true;
  for (std::thread& thread : threads) thread.join();
  for (const Reader& reader : readers) {
    EXPECT_TRUE(reader.is_whole);
    EXPECT_GT(reader.reads, 0);
  }
}

TEST(ReadersOnOtherThreads, SeeWholePositionsOfAStoreInMemory) {
  read_while_folding(std::make_shared<MemoryViewStore>(families_of(catalogue())));
}

TEST(ReadersOnOtherThreads, SeeWholePositionsOfAStoreOnRocksDb) {
  const auto folder = std::filesystem::temp_directory_path() /
                      ("silkledger-view-threads-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  RocksDbViewOptions options;
  options.flush_commits = 8;  // flushes run beside
  auto opened = open_rocksdb_view_store(folder, families_of(catalogue()), options);
  read_while_folding(std::get<std::shared_ptr<ViewStore>>(opened));
  opened = ViewStoreError{};
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace silkledger::projections
