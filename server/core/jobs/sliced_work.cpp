#include "server/core/jobs/sliced_work.h"

#include <utility>

namespace silkledger::server {

SlicedWork::SlicedWork(eventstore::Executor& work, eventstore::Executor& core,
                       std::function<bool()> slice, std::function<void(bool)> then)
    : work_(work), core_(core), slice_(std::move(slice)), then_(std::move(then)) {}

std::shared_ptr<SlicedWork> SlicedWork::start(eventstore::Executor& work,
                                              eventstore::Executor& core,
                                              std::function<bool()> slice,
                                              std::function<void(bool)> then) {
  std::shared_ptr<SlicedWork> self(new SlicedWork(work, core, std::move(slice), std::move(then)));
  work.post([self] { run(self); });
  return self;
}

void SlicedWork::run(const std::shared_ptr<SlicedWork>& self) {
  const bool cancelled = self->cancelled_;
  if (!cancelled && self->slice_()) {
    self->work_.post([self] { run(self); });
    return;
  }
  self->slice_ = nullptr;
  self->core_.post([then = std::move(self->then_), cancelled] { then(cancelled); });
}

}  // namespace silkledger::server
