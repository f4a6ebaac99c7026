#include "server/runtime/shutdown.h"

#include <chrono>
#include <memory>
#include <utility>

namespace silkledger::server {

namespace {

class Shutdown : public std::enable_shared_from_this<Shutdown> {
 public:
  Shutdown(eventstore::Executor& executor, Log log, std::vector<ShutdownStep> steps,
           std::function<void(bool in_time)> finished)
      : executor_(executor),
        log_(std::move(log)),
        steps_(std::move(steps)),
        finished_(std::move(finished)) {}

  void begin(std::size_t index) {
    current_ = index;
    if (index == steps_.size()) {
      log_(LogLevel::info, "shutdown.finished", {});
      finished_(in_time_);
      return;
    }
    const ShutdownStep& step = steps_[index];
    log_(LogLevel::info, "shutdown.step_started",
         {{"step", step.name}, {"limit_ms", std::to_string(step.limit_ms)}});
    executor_.post_after(std::chrono::milliseconds(step.limit_ms),
                         [self = shared_from_this(), index] { self->end(index, false); });
    step.start(step.limit_ms, [self = shared_from_this(), index] {
      self->executor_.post([self, index] { self->end(index, true); });
    });
  }

 private:
  void end(std::size_t index, bool in_time) {
    if (index != current_) return;  // the limit of a step that was done, or a step done too late
    const ShutdownStep& step = steps_[index];
    if (in_time) {
      log_(LogLevel::info, "shutdown.step_done", {{"step", step.name}});
    } else {
      in_time_ = false;
      log_(LogLevel::warning, "shutdown.step_late",
           {{"step", step.name}, {"limit_ms", std::to_string(step.limit_ms)}});
    }
    begin(index + 1);
  }

  eventstore::Executor& executor_;
  Log log_;
  std::vector<ShutdownStep> steps_;
  std::function<void(bool in_time)> finished_;
  bool in_time_ = true;
  std::size_t current_ = 0;
};

}  // namespace

void run_shutdown(eventstore::Executor& executor, Log log, std::vector<ShutdownStep> steps,
                  std::function<void(bool in_time)> finished) {
  auto shutdown =
      std::make_shared<Shutdown>(executor, std::move(log), std::move(steps), std::move(finished));
  executor.post([shutdown] { shutdown->begin(0); });
}

}  // namespace silkledger::server
