#include "eventstore/reading/wait_list.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>

#include "tests/support/virtual_executor.h"

namespace silkledger::eventstore {
namespace {

using silkledger::testing::VirtualExecutor;

class WaitListTest : public ::testing::Test {
 protected:
  VirtualExecutor world_;
  std::optional<WaitList> list_{std::in_place, world_};
  int woken_ = 0;

  EventStore::Wait wait(Position beyond) {
    return list_->add(beyond, [this] { ++woken_; });
  }
};

TEST_F(WaitListTest, AHeadAtThePositionIsNotBeyondIt) {
  const auto handle = wait(5);
  list_->publish(5);
  world_.run_until_idle();
  EXPECT_EQ(woken_, 0);
  list_->publish(6);
  EXPECT_EQ(woken_, 0) << "never inside the call";
  world_.run_until_idle();
  EXPECT_EQ(woken_, 1);
}

TEST_F(WaitListTest, AWaitWakesOnce) {
  const auto handle = wait(0);
  list_->publish(1);
  list_->publish(2);
  world_.run_until_idle();
  EXPECT_EQ(woken_, 1);
}

TEST_F(WaitListTest, AnAdvancedHeadIsFoundByNewWaitsAndWakesTheOldOnesWhenPublished) {
  const auto before = wait(0);
  list_->advance(1);
  const auto after = wait(0);
  world_.run_until_idle();
  EXPECT_EQ(woken_, 1) << "the one that asked afterwards";
  list_->publish(1);
  world_.run_until_idle();
  EXPECT_EQ(woken_, 2);
}

TEST_F(WaitListTest, AHeadThatIsBeyondAlreadyWakesAtOnceByTheExecutor) {
  list_->publish(3);
  const auto handle = wait(2);
  EXPECT_EQ(woken_, 0);
  world_.run_until_idle();
  EXPECT_EQ(woken_, 1);
}

TEST_F(WaitListTest, ACancelledWaitNeverWakes) {
  wait(0).reset();
  auto posted = wait(0);
  list_->publish(1);
  posted.reset();
  world_.run_until_idle();
  EXPECT_EQ(woken_, 0);
}

TEST_F(WaitListTest, AHandleMayOutliveTheList) {
  auto handle = wait(0);
  list_.reset();
  handle.reset();
  world_.run_until_idle();
  EXPECT_EQ(woken_, 0);
}

TEST_F(WaitListTest, WakingMayWaitAgainAndCancelOthers) {
  EventStore::Wait other;
  EventStore::Wait again;
  const auto first = list_->add(0, [&] {
    other.reset();
    again = wait(1);
  });
  other = wait(0);
  list_->publish(1);
  world_.run_until_idle();
  EXPECT_EQ(woken_, 0);
  list_->publish(2);
  world_.run_until_idle();
  EXPECT_EQ(woken_, 1);
}

}  // namespace
}  // namespace silkledger::eventstore
