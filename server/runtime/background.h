// One thread for work that waits for the disk, behind everything else: it runs at a lower priority,
// so that on a machine with few cores commands go first.
//
// Threads: post from any thread; the work runs on the one of this object, in order of posting.
// Ownership: the destructor waits for the work that runs and drops what has not begun.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "eventstore/executor.h"

namespace silkledger::server {

class BackgroundExecutor final : public eventstore::Executor {
 public:
  BackgroundExecutor();
  ~BackgroundExecutor() override;
  BackgroundExecutor(const BackgroundExecutor&) = delete;
  BackgroundExecutor& operator=(const BackgroundExecutor&) = delete;

  void post(std::function<void()> work) override;
  void post_after(std::chrono::microseconds delay, std::function<void()> work) override;

 private:
  using Instant = std::chrono::steady_clock::time_point;

  void run();

  std::mutex mutex_;
  std::condition_variable posted_;
  // Guarded by mutex_. Equal keys keep the order in which they were inserted.
  std::multimap<Instant, std::function<void()>> queue_;
  bool closing_ = false;

  std::thread thread_;
};

}  // namespace silkledger::server
