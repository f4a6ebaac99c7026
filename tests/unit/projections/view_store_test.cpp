// One contract for every ViewStore, and for the sets of stores that are switched between.
#include "projections/view_store.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "projections/memory/memory_view_stores.h"
#include "projections/rocksdb/rocksdb_view_stores.h"

namespace silkledger::projections {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> kFamilies = {"lead", "project"};

// A folder of its own that goes with the test.
class Folder {
 public:
  Folder() {
    static int count = 0;
    path_ = fs::temp_directory_path() /
            ("silkledger-views-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

struct Memory {
  MemoryViewStores stores{kFamilies};
};
struct Rocks {
  Folder folder;
  RocksDbViewStores stores{folder.path(), kFamilies};
};

// Every commit is loaded as tables.
struct LoadedRocks {
  Folder folder;
  RocksDbViewStores stores{folder.path(), kFamilies, {.load_bytes_min = 0}};
};

std::shared_ptr<ViewStore> got(ViewResult<std::shared_ptr<ViewStore>> result) {
  if (auto* error = std::get_if<ViewStoreError>(&result)) {
    ADD_FAILURE() << error->detail;
    return nullptr;
  }
  return std::get<std::shared_ptr<ViewStore>>(result);
}

std::string checkpoint_of(const ViewStore& store) {
  return std::get<std::string>(store.snapshot()->checkpoint());
}

std::optional<std::string> value_of(const ViewSnapshot& snapshot, std::string_view key) {
  const auto found = std::get<std::optional<KeyValue>>(snapshot.get("lead", key));
  return found ? std::optional(found->value) : std::nullopt;
}

std::vector<std::string> keys(const ViewSnapshot& snapshot, const KeyRange& range,
                              std::uint32_t most = 100) {
  std::vector<std::string> found;
  const auto scanned = snapshot.scan("lead", range, most);
  for (const KeyValue& entry : std::get<std::vector<KeyValue>>(scanned)) {
    found.push_back(entry.key);
  }
  return found;
}

using Keys = std::vector<std::string>;

template <class Kind>
class ViewStoreContract : public ::testing::Test {
 protected:
  ViewStoreContract() : store(got(kind.stores.open_current())) {}

  void commit(const std::vector<std::pair<std::string, std::optional<std::string>>>& leads,
              const std::string& checkpoint) {
    WriteBatch batch;
    for (const auto& [key, value] : leads) batch.writes.push_back({"lead", key, value});
    batch.checkpoint = checkpoint;
    EXPECT_FALSE(store->commit(batch));
  }

  Kind kind;
  std::shared_ptr<ViewStore> store;
};

using Kinds = ::testing::Types<Memory, Rocks, LoadedRocks>;
TYPED_TEST_SUITE(ViewStoreContract, Kinds);

TYPED_TEST(ViewStoreContract, ANewStoreIsEmpty) {
  EXPECT_EQ(checkpoint_of(*this->store), "");
  EXPECT_EQ(keys(*this->store->snapshot(), {}), Keys{});
}

TYPED_TEST(ViewStoreContract, RowsAndCheckpointAreSeenTogether) {
  this->commit({{"a", "1"}, {"b", "2"}}, "one");
  this->commit({{"a", std::nullopt}, {"b", "3"}}, "two");
  EXPECT_EQ(checkpoint_of(*this->store), "two");
  EXPECT_EQ(value_of(*this->store->snapshot(), "a"), std::nullopt);
  EXPECT_EQ(value_of(*this->store->snapshot(), "b"), "3");
}

TYPED_TEST(ViewStoreContract, AnEntrySaysSinceWhenItIsThere) {
  const WriteBatch batch = {{{"lead", "a", "1", 7}, {"lead", "b", "", 1ULL << 40U}}, "one"};
  EXPECT_FALSE(this->store->commit(batch));
  EXPECT_FALSE(this->store->commit({{{"lead", "a", "2", 9}}, "two"}));
  const auto snapshot = this->store->snapshot();
  const KeyValue a{"a", "2", 9};
  const KeyValue b{"b", "", 1ULL << 40U};
  EXPECT_EQ(std::get<std::optional<KeyValue>>(snapshot->get("lead", "a")), a);
  EXPECT_EQ(std::get<std::optional<KeyValue>>(snapshot->get("lead", "b")), b);
  EXPECT_EQ(std::get<std::vector<KeyValue>>(snapshot->scan("lead", {}, 9)), (std::vector{a, b}));
}

TYPED_TEST(ViewStoreContract, ASnapshotStaysAsItWas) {
  this->commit({{"a", "1"}}, "one");
  const auto before = this->store->snapshot();
  this->commit({{"a", "2"}, {"b", "2"}}, "two");
  EXPECT_FALSE(this->store->clear());
  EXPECT_EQ(value_of(*before, "a"), "1");
  EXPECT_EQ(keys(*before, {}), Keys{"a"});
  EXPECT_EQ(std::get<std::string>(before->checkpoint()), "one");
}

TYPED_TEST(ViewStoreContract, ScansGoByPrefixBoundsAndPageInBothDirections) {
  this->commit({{"a/1", "x"}, {"a/2", "x"}, {"a/3", "x"}, {"a0", "x"}, {"b", "x"}}, "one");
  const auto snapshot = this->store->snapshot();
  EXPECT_EQ(keys(*snapshot, {.prefix = "a/"}), (Keys{"a/1", "a/2", "a/3"}));
  EXPECT_EQ(keys(*snapshot, {.prefix = "a/", .backwards = true}), (Keys{"a/3", "a/2", "a/1"}));
  EXPECT_EQ(keys(*snapshot, {.prefix = "a/"}, 2), (Keys{"a/1", "a/2"}));
  EXPECT_EQ(keys(*snapshot, {.prefix = "a/", .after = "a/2"}), Keys{"a/3"});
  EXPECT_EQ(keys(*snapshot, {.after = "a/2", .backwards = true}), Keys{"a/1"});
  EXPECT_EQ(keys(*snapshot, {.from = "a/2", .until = "a0"}), (Keys{"a/2", "a/3", "a0"}));
  EXPECT_EQ(keys(*snapshot, {.from = "a/2", .until = "a/9", .backwards = true}),
            (Keys{"a/3", "a/2"}));
  EXPECT_EQ(keys(*snapshot, {.from = "c"}), Keys{});
}

TYPED_TEST(ViewStoreContract, KeysAreOrderedAsUnsignedBytes) {
  this->commit({{"\xe4", "x"}, {"z", "x"}, {std::string(1, '\0') + "n", "x"}}, "one");
  EXPECT_EQ(keys(*this->store->snapshot(), {}), (Keys{std::string(1, '\0') + "n", "z", "\xe4"}));
}

TYPED_TEST(ViewStoreContract, AFamilyIsEmptiedAlone) {
  this->commit({{"a", "1"}}, "one");
  EXPECT_FALSE(this->store->commit({{{"project", "p", "1"}}, "two"}));
  EXPECT_FALSE(this->store->clear_family("lead"));
  EXPECT_EQ(keys(*this->store->snapshot(), {}), Keys{});
  EXPECT_TRUE(std::get<std::optional<KeyValue>>(this->store->snapshot()->get("project", "p")));
  EXPECT_EQ(checkpoint_of(*this->store), "two");
}

TYPED_TEST(ViewStoreContract, ASwitchServesTheStoreBesideAndKeepsTheFormer) {
  this->commit({{"a", "old"}}, "old");
  const auto beside = got(this->kind.stores.open_beside());
  EXPECT_FALSE(beside->commit({{{"lead", "a", "new"}}, "new"}));
  EXPECT_TRUE(this->kind.stores.has_beside());
  EXPECT_FALSE(this->kind.stores.switch_to_beside());
  EXPECT_FALSE(this->kind.stores.has_beside());
  EXPECT_EQ(checkpoint_of(*got(this->kind.stores.open_current())), "new");
  ASSERT_TRUE(this->kind.stores.has_previous());
  EXPECT_EQ(checkpoint_of(*got(this->kind.stores.open_previous())), "old");
  EXPECT_FALSE(this->kind.stores.switch_to_previous());
  EXPECT_EQ(checkpoint_of(*got(this->kind.stores.open_current())), "old");
}

TYPED_TEST(ViewStoreContract, ADiscardedStoreLeavesNothing) {
  {
    const auto beside = got(this->kind.stores.open_beside());
    EXPECT_FALSE(beside->commit({{{"lead", "a", "1"}}, "one"}));
  }
  EXPECT_FALSE(this->kind.stores.discard_beside());
  EXPECT_EQ(checkpoint_of(*got(this->kind.stores.open_beside())), "");
}

// ---------------------------------------------------------------- RocksDB alone

TEST(RocksDbViewStores, WhatWasFlushedIsThereAfterReopening) {
  const Folder folder;
  {
    RocksDbViewStores stores(folder.path(), kFamilies);
    const auto store = got(stores.open_current());
    EXPECT_FALSE(store->commit({{{"lead", "a", "1"}}, "one"}));
    EXPECT_FALSE(store->flush());
    const auto beside = got(stores.open_beside());
    EXPECT_FALSE(beside->commit({{}, "beside"}));
    EXPECT_FALSE(beside->flush());
  }
  RocksDbViewStores stores(folder.path(), kFamilies);
  const auto store = got(stores.open_current());
  EXPECT_EQ(checkpoint_of(*store), "one");
  EXPECT_EQ(value_of(*store->snapshot(), "a"), "1");
  ASSERT_TRUE(stores.has_beside());
  EXPECT_EQ(checkpoint_of(*got(stores.open_beside())), "beside");
}

TEST(RocksDbViewStores, AnUnreadableStoreIsMadeAnew) {
  const Folder folder;
  {
    RocksDbViewStores stores(folder.path(), kFamilies);
    const auto store = got(stores.open_current());
    EXPECT_FALSE(store->commit({{{"lead", "a", "1"}}, "one"}));
    EXPECT_FALSE(store->flush());
  }
  std::ofstream(folder.path() / "1" / "CURRENT", std::ios::trunc) << "nonsense";
  RocksDbViewStores stores(folder.path(), kFamilies);
  EXPECT_EQ(checkpoint_of(*got(stores.open_current())), "");
}

TEST(RocksDbViewStores, AStoreWithOtherFamiliesIsMadeAnew) {
  const Folder folder;
  {
    RocksDbViewStores stores(folder.path(), kFamilies);
    EXPECT_FALSE(got(stores.open_current())->commit({{}, "one"}));
  }
  RocksDbViewStores stores(folder.path(), {"lead"});
  EXPECT_EQ(checkpoint_of(*got(stores.open_current())), "");
}

TEST(RocksDbViewStores, FoldersThatNobodyNamesAreDeleted) {
  const Folder folder;
  { EXPECT_TRUE(got(RocksDbViewStores(folder.path(), kFamilies).open_current())); }
  fs::create_directories(folder.path() / "77");
  fs::create_directories(folder.path() / "notes");
  EXPECT_TRUE(got(RocksDbViewStores(folder.path(), kFamilies).open_current()));
  EXPECT_FALSE(fs::exists(folder.path() / "77"));
  EXPECT_TRUE(fs::exists(folder.path() / "notes"));
}

std::size_t tables_in(const fs::path& folder) {
  const auto is_table = [](const auto& entry) { return entry.path().extension() == ".sst"; };
  return static_cast<std::size_t>(
      std::count_if(fs::directory_iterator(folder), fs::directory_iterator(), is_table));
}

// Given keys that only rise, as of interval ends, when they are flushed again and again, then their
// tables are merged: RocksDB stops writes of a family when it has 36 that are not.
TEST(RocksDbViewStores, TablesDoNotGrowInNumberWithTheFlushes) {
  constexpr std::size_t kFlushes = 200;
  constexpr std::size_t kUnmergedMax = 36;
  const Folder folder;
  const auto store = got(open_rocksdb_view_store(folder.path(), {"lead"}, {}));
  for (std::size_t i = 0; i < kFlushes; ++i) {
    const std::string key = std::to_string(100'000 + i);
    ASSERT_FALSE(store->commit({{{"lead", key, "row"}}, key}));
    ASSERT_FALSE(store->flush());
  }
  EXPECT_LE(tables_in(folder.path()), 2 * (kUnmergedMax + 1)) << "of rows and of checkpoints";
  EXPECT_EQ(keys(*store->snapshot(), {}, 1000).size(), kFlushes);
}

TEST(RocksDbViewStores, ACrashBehindALoadLosesNothingThatWasCommittedBefore) {
  const Folder folder;
  const Folder crashed;
  RocksDbViewOptions options;
  options.load_bytes_min = 1000;
  const auto store = got(open_rocksdb_view_store(folder.path(), kFamilies, options));
  EXPECT_FALSE(store->commit({{{"lead", "a", "small", 1}}, "one"}));
  EXPECT_FALSE(store->commit({{{"project", "p", std::string(1000, 'x'), 2}}, "two"}));
  fs::copy(folder.path(), crashed.path(), fs::copy_options::recursive);
  const auto found = got(open_rocksdb_view_store(crashed.path(), kFamilies, options));
  EXPECT_EQ(checkpoint_of(*found), "two");
  EXPECT_EQ(value_of(*found->snapshot(), "a"), "small");
  EXPECT_TRUE(std::get<0>(found->snapshot()->get("project", "p")));
}

TEST(RocksDbViewStores, AFileThatACrashLeftInTheMidstOfALoadIsNotWrittenInto) {
  const Folder folder;
  RocksDbViewOptions options;
  options.load_bytes_min = 0;
  {
    const auto store = got(open_rocksdb_view_store(folder.path(), {"lead"}, options));
    EXPECT_FALSE(store->commit({{{"lead", "a", "1", 1}}, "one"}));
  }
  // The crash came between taking the file into the database and unlinking its first name.
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    if (entry.path().extension() != ".sst") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const bool is_of_lead = bytes.find("checkpoint") == std::string::npos;
    fs::create_hard_link(entry.path(), folder.path() / (is_of_lead ? "lead.load" : "default.load"));
  }
  {
    const auto store = got(open_rocksdb_view_store(folder.path(), {"lead"}, options));
    EXPECT_FALSE(store->commit({{{"lead", "b", "2", 2}}, "two"}));
  }
  const auto store = got(open_rocksdb_view_store(folder.path(), {"lead"}, options));
  EXPECT_EQ(checkpoint_of(*store), "two");
  EXPECT_EQ(value_of(*store->snapshot(), "a"), "1");
  EXPECT_EQ(value_of(*store->snapshot(), "b"), "2");
}

TEST(RocksDbViewStores, FlushesByItselfAfterItsNumberOfCommits) {
  const Folder folder;
  RocksDbViewOptions options;
  options.flush_commits = 3;
  const auto store = got(open_rocksdb_view_store(folder.path(), kFamilies, options));
  for (int i = 0; i < 7; ++i) {
    EXPECT_FALSE(store->commit({{{"lead", "a", std::to_string(i)}}, std::to_string(i)}));
  }
  EXPECT_EQ(checkpoint_of(*store), "6");
  EXPECT_FALSE(store->flush());
  EXPECT_GT(tables_in(folder.path()), 0U);
}

}  // namespace
}  // namespace silkledger::projections
