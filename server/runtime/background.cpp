#include "server/runtime/background.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

namespace silkledger::server {
namespace {

constexpr int kNiceness = 10;

}  // namespace

BackgroundExecutor::BackgroundExecutor() : thread_([this] { run(); }) {}

BackgroundExecutor::~BackgroundExecutor() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
  }
  posted_.notify_one();
  thread_.join();
}

void BackgroundExecutor::post(std::function<void()> work) { post_after({}, std::move(work)); }

void BackgroundExecutor::post_after(std::chrono::microseconds delay, std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    queue_.emplace(std::chrono::steady_clock::now() + delay, std::move(work));
  }
  posted_.notify_one();
}

void BackgroundExecutor::run() {
  // Linux keeps the value for each thread; a system that refuses leaves it as it was.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), kNiceness);
  std::unique_lock lock(mutex_);
  while (!closing_) {
    if (queue_.empty()) {
      posted_.wait(lock);
      continue;
    }
    const auto due = queue_.begin()->first;
    if (due > std::chrono::steady_clock::now()) {
      posted_.wait_until(lock, due);
      continue;
    }
    auto work = std::move(queue_.extract(queue_.begin()).mapped());
    lock.unlock();
    work();
    work = nullptr;  // what it holds goes before the next one comes
    lock.lock();
  }
}

}  // namespace silkledger::server
