// A drill: the real server on a small seeded ledger, done again and again until time or the number
// of cycles is up, checked from outside.
//
// SILKLEDGER_DRILL_SECONDS is what all drills of a run may take together, SILKLEDGER_DRILLS how
// many share it (without it the drill has all of it); SILKLEDGER_DRILL_CYCLES asks for a number of
// cycles instead, SILKLEDGER_DRILL_SEED for another course of events.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/drills/history.h"
#include "tests/drills/sender.h"
#include "tests/support/server_process.h"

namespace silkledger::testing {

// Counts cycles: at least `least`, then while there is time; or as many as were asked for.
class Cycles {
 public:
  // `sharing`: how many tests of this drill share its time.
  explicit Cycles(int least, int sharing = 1);
  bool next();  // whether another one is due
  int done() const { return done_; }

 private:
  int least_;
  int wanted_;
  int done_ = -1;
  std::chrono::steady_clock::time_point end_;
};

class Drill : public ::testing::Test {
 protected:
  static constexpr const char* kClerk = "demo-branch-clerk";

  void SetUp() override;     // makes the ledger, starts nothing
  void TearDown() override;  // prints what the server wrote, after a failure

  ApiClient as(const std::string& token) const { return ApiClient(server->endpoint(token)); }
  std::string data() const { return folder.file("data"); }
  // Starts it on data(). `before` are words before the program: env A=B.
  void start_server(const std::vector<std::string>& before = {});

  // Everything the history knows is kept; what was not answered is sent again, and whether it was
  // stored already is said rightly.
  void expect_nothing_lost();
  void expect_views_equal_a_fresh_fold();

  const std::uint32_t seed = seed_from_environment();
  std::mt19937 random{seed};
  TemporaryFolder folder;
  std::unique_ptr<ServerProcess> server;
  std::string unit;  // of kClerk
  History history;
  std::size_t unanswered = 0;         // sent again
  std::size_t stored_unanswered = 0;  // of these, known to be stored

 private:
  static std::uint32_t seed_from_environment();
  void send_again(const std::string& id, const SeenLog& log);
};

}  // namespace silkledger::testing
