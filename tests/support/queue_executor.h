// An executor for tests of threaded code: other threads post, the test's thread runs the work.
//
// Threads: post from any thread; run functions only from the test's thread. Delays are not kept:
// delayed work is run as soon as the test asks, since nothing in a test should wait for real time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

#include "eventstore/executor.h"

namespace silkledger::testing {

class QueueExecutor final : public eventstore::Executor {
 public:
  void post(std::function<void()> work) override {
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(work));
    }
    posted_.notify_one();
  }

  void post_after(std::chrono::microseconds, std::function<void()> work) override {
    post(std::move(work));
  }

  // Runs what has been posted so far; returns how many tasks ran.
  std::size_t run_ready() {
    std::size_t ran = 0;
    while (true) {
      std::deque<std::function<void()>> taken;
      {
        const std::lock_guard lock(mutex_);
        taken.swap(tasks_);
      }
      if (taken.empty()) return ran;
      for (auto& task : taken) task();
      ran += taken.size();
    }
  }

  // Runs posted work until `done` holds; false when nothing was posted for `patience`.
  bool run_until(const std::function<bool()>& done,
                 std::chrono::seconds patience = std::chrono::seconds(60)) {
    while (!done()) {
      std::function<void()> task;
      {
        std::unique_lock lock(mutex_);
        if (!posted_.wait_for(lock, patience, [this] { return !tasks_.empty(); })) return false;
        task = std::move(tasks_.front());
        tasks_.pop_front();
      }
      task();
    }
    return true;
  }

  void drop_all() {
    std::deque<std::function<void()>> dropped;
    const std::lock_guard lock(mutex_);
    dropped.swap(tasks_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable posted_;
  std::deque<std::function<void()>> tasks_;
};

}  // namespace silkledger::testing
