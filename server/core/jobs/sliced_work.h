// Work that blocks, cut into slices that run one after the other on an executor of their own, so
// that the core never waits and others on that executor get their turns.
//
// Threads: made and cancelled on the core executor; the slices run on the other. Ownership: the
// slice function, with everything it holds, is destroyed on the executor it runs on, before `then`
// runs on the core's.
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "eventstore/executor.h"

namespace silkledger::server {

class SlicedWork {
 public:
  // Runs `slice` until it answers false or cancel() was called; then `then(cancelled)` on `core`.
  static std::shared_ptr<SlicedWork> start(eventstore::Executor& work, eventstore::Executor& core,
                                           std::function<bool()> slice,
                                           std::function<void(bool cancelled)> then);

  // No further slice begins.
  void cancel() { cancelled_ = true; }

 private:
  SlicedWork(eventstore::Executor& work, eventstore::Executor& core, std::function<bool()> slice,
             std::function<void(bool)> then);
  static void run(const std::shared_ptr<SlicedWork>& self);

  eventstore::Executor& work_;
  eventstore::Executor& core_;
  std::function<bool()> slice_;
  std::function<void(bool)> then_;
  std::atomic<bool> cancelled_ = false;
};

}  // namespace silkledger::server
