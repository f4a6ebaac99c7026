// A log on RocksDB in a folder of its own, opened, closed, copied as a crash would leave it, and
// opened again.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "eventstore/rocksdb/rocksdb_event_store.h"
#include "eventstore/rocksdb/wal_files.h"
#include "tests/contract/eventstore/contract_fixture.h"
#include "tests/contract/eventstore/crash_copy.h"
#include "tests/contract/eventstore/faulty_env.h"
#include "tests/contract/eventstore/scratch_folder.h"
#include "tests/support/queue_executor.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {

class OnRocks : public ::testing::Test {
 protected:
  using Mode = eventstore::RocksOptions::Mode;
  using Opened = eventstore::StoreResult<std::unique_ptr<eventstore::RocksEventStore>>;

  // Far more than any test waits: the head file is then written at opening and closing only.
  static constexpr std::uint32_t kNeverMs = 3'600'000;

  // On a disk of the test's own.
  Opened open(eventstore::RocksOptions options = {}) {
    options.env = &env_;
    return eventstore::RocksEventStore::open(folder_, options, executor_, clock_);
  }
  std::unique_ptr<eventstore::RocksEventStore> must_open(eventstore::RocksOptions options = {}) {
    auto opened = open(options);
    if (const auto* error = std::get_if<eventstore::StoreError>(&opened)) {
      ADD_FAILURE() << error->detail;
      std::abort();  // no later line of any test makes sense
    }
    return std::get<0>(std::move(opened));
  }
  eventstore::StoreError must_fail(eventstore::RocksOptions options = {}) {
    auto opened = open(options);
    EXPECT_TRUE(std::holds_alternative<eventstore::StoreError>(opened)) << "it opened";
    return std::holds_alternative<eventstore::StoreError>(opened)
               ? std::get<eventstore::StoreError>(opened)
               : eventstore::StoreError{};
  }
  std::unique_ptr<eventstore::RocksEventStore> create(eventstore::RocksOptions options = {}) {
    options.mode = Mode::kCreate;
    return must_open(options);
  }

  eventstore::AppendOutcome append(eventstore::RocksEventStore& store, eventstore::Append append) {
    std::optional<eventstore::AppendOutcome> outcome;
    store.append(store.epoch(), std::move(append),
                 [&outcome](eventstore::AppendOutcome got) { outcome = std::move(got); });
    EXPECT_TRUE(executor_.run_until([&outcome] { return outcome.has_value(); }));
    return outcome.value_or(eventstore::Unknown{});
  }
  // Commands c-FROM … c-(TO-1) of three records each, on streams s/0 … s/4 in turn.
  void append_commands(eventstore::RocksEventStore& store, int from, int to) {
    for (int i = from; i < to; ++i) {
      const auto outcome = append(store, command(i));
      ASSERT_TRUE(std::holds_alternative<eventstore::Stored>(outcome)) << "command " << i;
    }
  }
  static eventstore::Append command(int i) {
    return several("c-" + std::to_string(i), "s/" + std::to_string(i % 5),
                   static_cast<eventstore::Version>(3 * (i / 5)), 3);
  }

  // All records as (stream, version, payload), in order; a read error fails the test.
  static std::vector<std::string> contents(const eventstore::EventStore& store) {
    std::vector<std::string> found;
    for (eventstore::Position at = 1; at <= store.head().position;) {
      auto batch = value_of(store.read(at, {}, {}));
      if (batch.next <= at) return found;
      for (const auto& record : batch.records) {
        found.push_back(record.header.stream + '@' + std::to_string(record.header.version) + ' ' +
                        record.header.command.id + ' ' + std::string(record.payload));
      }
      at = batch.next;
    }
    return found;
  }

  // A full check finds nothing.
  static void expect_checked_whole(const eventstore::RocksEventStore& store) {
    const auto check = store.check();
    while (check->step()) {
    }
    for (const auto& finding : check->state().findings) ADD_FAILURE() << finding.what;
    EXPECT_TRUE(check->state().whole());
  }

  // What is on the disk at this moment becomes the folder of the next opening.
  void crash_into_copy() {
    const auto copy = scratch_.path() / ("life-" + std::to_string(++lives_));
    copy_as_of_a_crash(folder_, copy);
    folder_ = copy;
  }

  // The one write-ahead log that holds something.
  std::filesystem::path wal() const {
    std::filesystem::path found;
    for (const auto& file : std::filesystem::directory_iterator(folder_)) {
      if (file.path().extension() == ".log" && file.file_size() > 0) found = file.path();
    }
    EXPECT_FALSE(found.empty());
    return found;
  }

  // Takes away what was only prepared of it.
  void keep_written_wal() const {
    const auto env =
        rocksdb::NewCompositeEnv(eventstore::prepared_wal_files(rocksdb::FileSystem::Default()));
    std::string written;
    ASSERT_TRUE(rocksdb::ReadFileToString(env.get(), wal().string(), &written).ok());
    std::filesystem::resize_file(wal(), written.size());
  }

  FaultyEnv env_;  // outlives every store
  ScratchFolder scratch_;
  std::filesystem::path folder_ = scratch_.path() / "log";
  QueueExecutor executor_;
  VirtualExecutor clock_;

 private:
  int lives_ = 0;
};

}  // namespace silkledger::testing
