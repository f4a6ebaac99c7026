#include "eventstore/rocksdb/head_follower.h"

#include <rocksdb/db.h>

#include <chrono>
#include <utility>

namespace silkledger::eventstore {

HeadFollower::HeadFollower(const Database& database, std::unique_ptr<HeadFile> file,
                           FollowedTree tree, const LogEnd& end, Settings settings)
    : database_(database),
      settings_(std::move(settings)),
      file_(std::move(file)),
      tree_(std::move(tree)),
      head_{end.epoch, end.frontier.size(), end.frontier.root()},
      recorded_at_(end.recorded_at),
      promised_(head_.position),
      tree_head_(tree_.head()) {
  thread_ = std::thread([this] { run(); });
}

HeadFollower::~HeadFollower() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  heard_.notify_one();
  thread_.join();
}

void HeadFollower::on_durable(const Head& head, Microseconds recorded_at) {
  bool wake = false;
  {
    const std::lock_guard lock(mutex_);
    head_ = head;
    recorded_at_ = recorded_at;
    wake = sleeping_ || head.position - promised_ >= settings_.lag_records_max;
  }
  if (wake) heard_.notify_one();
}

std::optional<std::string> HeadFollower::failure() const {
  const std::lock_guard lock(mutex_);
  if (!failure_) return std::nullopt;
  return failure_->detail;
}

TreeHead HeadFollower::sm3_head() const {
  const std::lock_guard lock(mutex_);
  return tree_head_;
}

std::optional<StoreError> HeadFollower::sync() {
  Lock lock(mutex_);
  const Position target = head_.position;
  tree_failure_.reset();
  ++syncs_waiting_;
  heard_.notify_one();
  moved_.wait(lock, [this, target] {
    return failure_ || tree_failure_ || (promised_ >= target && tree_head_.position >= target);
  });
  --syncs_waiting_;
  if (failure_) return failure_;
  return tree_failure_;
}

std::optional<StoreError> HeadFollower::recover() {
  Lock lock(mutex_);
  tree_failure_.reset();
  if (!failure_) return std::nullopt;
  if (failure_->kind == StoreError::Kind::corrupt) return failure_;
  // The thread leaves a failed file alone, so it may be replaced here.
  auto made = HeadFile::create(*database_.db().GetEnv(), settings_.folder, promise());
  if (auto* error = std::get_if<StoreError>(&made)) return std::move(*error);
  file_ = std::get<std::unique_ptr<HeadFile>>(std::move(made));
  promised_ = head_.position;
  failure_.reset();
  failed_.store(false, std::memory_order_release);
  return std::nullopt;
}

void HeadFollower::run() {
  Lock lock(mutex_);
  while (true) {
    sleeping_ = true;
    heard_.wait(lock, [this] {
      const bool promise_due = head_.position != promised_ && !failure_;
      const bool tree_due = tree_head_.position < head_.position && !tree_failure_;
      return closing_ || promise_due || tree_due;
    });
    sleeping_ = false;
    if (!failure_ && head_.position != promised_) {
      wait_for_lag(lock);
      advance_tree(lock);
      write_file(lock);
    } else {
      advance_tree(lock);
    }
    // The tree goes on from its checkpoint at the next opening.
    if (closing_ && (failure_ || promised_ == head_.position)) return;
  }
}

// Until a record has waited for the lag, or as many wait as may; works on the tree meanwhile.
void HeadFollower::wait_for_lag(Lock& lock) {
  const auto due =
      std::chrono::steady_clock::now() + std::chrono::milliseconds(settings_.lag_ms_max);
  const auto is_due = [this] {
    return closing_ || syncs_waiting_ > 0 ||
           head_.position - promised_ >= settings_.lag_records_max;
  };
  while (!is_due() && std::chrono::steady_clock::now() < due) {
    const bool far_behind = head_.position - tree_head_.position >= kSliceRecords;
    if (far_behind && !tree_failure_) {
      advance_tree(lock);
    } else {
      heard_.wait_until(lock, due, is_due);
    }
  }
}

// One slice.
void HeadFollower::advance_tree(Lock& lock) {
  const Position durable = head_.position;
  lock.unlock();
  auto error = tree_.advance(durable, kSliceRecords);
  auto reached = tree_.head();
  lock.lock();
  tree_head_ = std::move(reached);
  if (error && error->kind == StoreError::Kind::corrupt) return fail(*std::move(error));
  tree_failure_ = std::move(error);
  moved_.notify_all();
}

void HeadFollower::write_file(Lock& lock) {
  const Head head = head_;
  const HeadPromise said = promise();
  lock.unlock();
  auto error = file_->write(said);
  lock.lock();
  if (error) return fail(*std::move(error));
  promised_ = head.position;
  moved_.notify_all();
}

// Requires: the mutex is held.
void HeadFollower::fail(StoreError why) {
  failure_ = std::move(why);
  failed_.store(true, std::memory_order_release);
  moved_.notify_all();
}

HeadPromise HeadFollower::promise() const {
  return {database_.meta().store_id,
          head_.epoch,
          recorded_at_,
          {std::string(kMerkleAlgorithm), head_.position, head_.root},
          {tree_head_}};
}

}  // namespace silkledger::eventstore
