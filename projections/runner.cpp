#include "projections/runner.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "projections/group.h"
#include "projections/view.h"

namespace silkledger::projections {

class Runner::Impl : public std::enable_shared_from_this<Runner::Impl> {
 public:
  Impl(eventstore::Executor& executor, LogReader log, std::shared_ptr<ViewStore> store,
       std::vector<View> views, RunnerLimits limits, RunnerCallbacks callbacks)
      : executor_(executor),
        log_(log),
        gather_(limits.gather_us_max),
        callbacks_(std::move(callbacks)),
        group_(std::make_shared<ViewGroup>(std::move(views), std::move(store), log, limits)) {}

  void start() {
    if (running_) return;
    failure_.reset();
    const ViewGroup::Opened opened = group_->open(ViewGroup::Mismatch::begin_again);
    if (opened.failure) return fail(*opened.failure);
    running_ = true;
    if (opened.began_again && callbacks_.on_restarted) callbacks_.on_restarted(*opened.began_again);
    schedule();
    wake_waiting();
  }

  std::optional<ViewStoreError> stop() {
    running_ = false;
    wait_.reset();
    return group_->store()->flush();
  }

  void serve(std::shared_ptr<ViewGroup> group) {
    assert(group->position() == group_->position() && "a switch does not move the served position");
    group_ = std::move(group);
    if (callbacks_.on_switched) callbacks_.on_switched();
  }

  Wait wait_applied(Position position, std::function<void()> then) {
    auto waiting = std::make_shared<Waiting>(Waiting{position, std::move(then)});
    waiting_.push_back(waiting);
    if (position <= group_->position()) {
      wake_waiting();
    } else if (position <= log_.head().position) {
      schedule();
    }
    return waiting;
  }

  ViewGroup& group() { return *group_; }
  Position head() const { return log_.head().position; }
  bool running() const { return running_; }
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  struct Waiting {
    Position position;
    std::function<void()> then;
  };

  void schedule() {
    if (scheduled_) return;
    scheduled_ = true;
    executor_.post([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->pump();
    });
  }

  void gather() {
    if (gather_.count() == 0 || is_awaited()) return schedule();
    executor_.post_after(gather_, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->schedule();
    });
  }

  bool is_awaited() const {
    return std::ranges::any_of(waiting_, [](const auto& waiting) { return !waiting.expired(); });
  }

  void pump() {
    scheduled_ = false;
    if (!running_) return;
    const Position head = log_.head().position;
    const ViewGroup::Step step = group_->step(head);
    if (step.failure) return fail(*step.failure);
    if (step.applied.last > 0) announce(step);
    if (!running_) return;  // a callback may have stopped it
    if (group_->position() < head) return schedule();
    wait_ = log_.wait_beyond(group_->position(), [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->gather();
    });
  }

  void announce(const ViewGroup::Step& step) {
    for (const auto& [view, stopped] : step.stopped) {
      if (callbacks_.on_view_stopped) callbacks_.on_view_stopped(view, stopped);
    }
    if (callbacks_.on_applied) callbacks_.on_applied(step.applied);
    wake_waiting();
  }

  void wake_waiting() {
    std::erase_if(waiting_, [this](const std::weak_ptr<Waiting>& weak) {
      const auto waiting = weak.lock();
      if (!waiting) return true;
      if (waiting->position > group_->position()) return false;
      // Held weakly until it runs: whoever drops the handle in between is not called.
      executor_.post([weak] {
        if (const auto still = weak.lock()) std::exchange(still->then, nullptr)();
      });
      return true;
    });
  }

  void fail(const std::string& reason) {
    running_ = false;
    wait_.reset();
    failure_ = reason;
    if (callbacks_.on_failed) callbacks_.on_failed(reason);
  }

  eventstore::Executor& executor_;
  const LogReader log_;
  const std::chrono::microseconds gather_;
  const RunnerCallbacks callbacks_;
  std::shared_ptr<ViewGroup> group_;
  std::vector<std::weak_ptr<Waiting>> waiting_;
  eventstore::EventStore::Wait wait_;
  bool running_ = false;
  bool scheduled_ = false;
  std::optional<std::string> failure_;
};

Runner::Runner(eventstore::Executor& executor, LogReader log, std::shared_ptr<ViewStore> store,
               std::vector<View> views, RunnerLimits limits, RunnerCallbacks callbacks)
    : impl_(std::make_shared<Impl>(executor, log, std::move(store), std::move(views), limits,
                                   std::move(callbacks))) {}

Runner::~Runner() = default;

void Runner::start() { impl_->start(); }
std::optional<ViewStoreError> Runner::stop() { return impl_->stop(); }
Position Runner::applied() const { return impl_->group().position(); }
const std::vector<View>& Runner::views() const { return impl_->group().views(); }

RunnerState Runner::state() const {
  return {impl_->group().checkpoint(), impl_->head(), impl_->running(), impl_->failure()};
}

std::shared_ptr<const ViewSnapshot> Runner::snapshot() const {
  return impl_->group().store()->snapshot();
}

Runner::Wait Runner::wait_applied(Position position, std::function<void()> then) {
  return impl_->wait_applied(position, std::move(then));
}

void Runner::serve(std::shared_ptr<ViewGroup> group) { impl_->serve(std::move(group)); }

}  // namespace silkledger::projections
