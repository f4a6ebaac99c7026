// Every call of the server to the file system fails once: for each kind of call and of failure, the
// first, the second, … up to as many as a run without faults makes. Whatever the server does about
// it — go on, refuse, stop — it says, and the next start without faults has lost nothing that was
// acknowledged.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <thread>

#include "tests/drills/drill.h"
#include "tests/drills/faults/fault_page.h"

namespace silkledger::testing {
namespace {

using faults::Call;
namespace fs = std::filesystem;

constexpr int kCyclesMin = 3;
constexpr int kCommands = 25;  // of each client
constexpr std::uint64_t kNthMax = 200;
// Exit codes of silkledger-server (docs/reliability.md).
constexpr int kStopped = 0;
constexpr int kDidNotStart = 1;
constexpr int kLogFailed = 2;
constexpr int kKilled = -1;  // by a signal

struct Kind {
  Call call;
  const char* name;
  std::vector<int> errors;
};
const std::vector<Kind> kKinds = {
    {Call::open, "open", {EIO, ENOSPC, EINTR, EMFILE}},
    {Call::write, "write", {EIO, ENOSPC, EINTR, faults::kShort}},
    {Call::pwrite, "pwrite", {EIO, ENOSPC, EINTR, faults::kShort}},
    {Call::fdatasync, "fdatasync", {EIO, ENOSPC, EINTR}},
    {Call::fsync, "fsync", {EIO, ENOSPC, EINTR}},
    {Call::rename, "rename", {EIO, ENOSPC}},
    {Call::ftruncate, "ftruncate", {EIO, ENOSPC}},
    {Call::fallocate, "fallocate", {EIO, ENOSPC, EINTR}},
};

struct Point {
  Call call;
  const char* name;
  int error;
  std::uint64_t nth;
  std::string words() const {
    return std::string(name) + " number " + std::to_string(nth) + ": " +
           (error == faults::kShort ? "short" : std::strerror(error));
  }
};

// What a server did about a fault.
struct Course {
  bool started = false;
  int exit_code = -1;
  bool fired = false;
  std::vector<Refused> refused;
};

class Faults : public Drill {
 protected:
  void SetUp() override {
    Drill::SetUp();
    if (HasFatalFailure()) return;
    fs::rename(data(), folder.file("seeded"));
  }

  void fresh_ledger() {
    fs::remove_all(data());
    copy_folder(folder.file("seeded"), data());
    history.forget();
  }

  Course run_with_faults(const std::string& name) {
    Course course;
    server = std::make_unique<ServerProcess>(SILKLEDGER_SERVER_PROGRAM, data(), true,
                                             page.words(SILKLEDGER_FAULTS_LIBRARY), false);
    course.started = server->try_start();
    if (course.started) {
      Sender http{.history = history, .unit = unit, .name = name + "-h", .commands_max = kCommands};
      Sender live{.history = history, .unit = unit, .name = name + "-w", .commands_max = kCommands};
      std::thread other([&] { live.over_websocket(server->endpoint(kClerk)); });
      http.over_http(server->endpoint(kClerk));
      other.join();
      course.refused = http.refused;
      course.refused.insert(course.refused.end(), live.refused.begin(), live.refused.end());
      server->ask_to_stop();
    }
    course.exit_code = server->wait_for_exit();
    course.fired = page.state().fired > 0;
    return course;
  }

  // How many calls of each kind a run without faults makes.
  std::vector<Point> points() {
    fresh_ledger();
    page.reset();
    const auto course = run_with_faults("count");
    EXPECT_TRUE(course.started && course.exit_code == kStopped && course.refused.empty());
    std::vector<Point> all;
    for (const auto& kind : kKinds) {
      const std::uint64_t calls = page.state().seen[static_cast<std::size_t>(kind.call)];
      std::printf("  %-10s %4llu calls\n", kind.name, static_cast<unsigned long long>(calls));
      for (const int error : kind.errors) {
        for (std::uint64_t nth = 1; nth <= std::min(calls, kNthMax); ++nth) {
          all.push_back({kind.call, kind.name, error, nth});
        }
      }
    }
    std::shuffle(all.begin(), all.end(), random);
    return all;
  }

  // RocksDB, as Debian builds it, asserts that nobody goes on with a file of its own whose write
  // failed; where it does so itself, the process ends in the middle of it.
  bool ended_by_rocksdb(const Course& course) const {
    return course.exit_code == kKilled && server->log().find("rocksdb::") != std::string::npos &&
           server->log().find("Assertion `") != std::string::npos;
  }

  void expect_plain_words(const Course& course) {
    EXPECT_TRUE(ended_by_rocksdb(course) || course.exit_code == kStopped ||
                course.exit_code == kLogFailed ||
                (!course.started && course.exit_code == kDidNotStart))
        << "exit code " << course.exit_code << (course.started ? "" : ", did not start") << '\n'
        << server->log();
    if (course.exit_code != kStopped) {
      EXPECT_NE(server->log(), "");
    }
    for (const auto& answer : course.refused) {
      EXPECT_EQ(answer.status, 503) << answer.body;
      EXPECT_NE(answer.body.find("\"detailZh\":\""), std::string::npos) << answer.body;
    }
  }

  void count(const Course& course) {
    if (!course.fired) {
      ++not_reached;
    } else if (ended_by_rocksdb(course)) {
      ++asserted;
    } else if (!course.started) {
      ++did_not_start;
    } else if (course.exit_code != kStopped) {
      ++stopped;
    } else if (!course.refused.empty()) {
      ++refused;
    } else {
      ++went_on;
    }
  }

  faults::FaultPage page{folder.file("faults"), folder.file("data")};
  int went_on = 0, refused = 0, stopped = 0, did_not_start = 0, asserted = 0, not_reached = 0;
};

TEST_F(Faults, EveryCallThatFailsOnceLosesNothing) {
  const auto all = points();
  ASSERT_FALSE(all.empty());
  std::printf("%zu points\n", all.size());
  Cycles cycles(kCyclesMin);
  while (cycles.next() && static_cast<std::size_t>(cycles.done()) < all.size()) {
    const auto& point = all[static_cast<std::size_t>(cycles.done())];
    SCOPED_TRACE(point.words());
    fresh_ledger();
    page.reset();
    page.state().call = static_cast<std::uint32_t>(point.call);
    page.state().error = point.error;
    page.state().nth = point.nth;
    const auto course = run_with_faults(std::to_string(cycles.done()));
    expect_plain_words(course);
    count(course);
    start_server();
    expect_nothing_lost();
    expect_views_equal_a_fresh_fold();
    EXPECT_EQ(server->stop(), kStopped);
  }
  std::printf(
      "%d faults: %d went on, %d refused commands, %d stopped, %d did not start, "
      "%d ended by an assertion of RocksDB, %d not reached\n",
      cycles.done(), went_on, refused, stopped, did_not_start, asserted, not_reached);
}

}  // namespace
}  // namespace silkledger::testing
