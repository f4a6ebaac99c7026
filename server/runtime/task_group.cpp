#include "server/runtime/task_group.h"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <exception>
#include <utility>

namespace silkledger::server {

namespace asio = boost::asio;

void TaskGroup::spawn(asio::any_io_executor executor, std::string_view name,
                      asio::awaitable<void> task) {
  {
    const std::lock_guard lock(mutex_);
    ++running_;
  }
  // The token is bound to the task's own executor, or completion could race with the task.
  asio::co_spawn(executor, std::move(task),
                 asio::bind_executor(executor, [self = shared_from_this(),
                                                name](const std::exception_ptr& failure) {
                   self->ended(name, failure);
                 }));
}

void TaskGroup::when_empty(std::function<void()> callback) {
  {
    const std::lock_guard lock(mutex_);
    if (running_ > 0) {
      waiting_.push_back(std::move(callback));
      return;
    }
  }
  callback();
}

std::size_t TaskGroup::running() const {
  const std::lock_guard lock(mutex_);
  return running_;
}

void TaskGroup::ended(std::string_view name, const std::exception_ptr& failure) {
  if (failure) {
    try {
      std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
      log_(LogLevel::error, "task.failed",
           {{"task", std::string(name)}, {"what", exception.what()}});
    }
  }
  std::vector<std::function<void()>> callbacks;
  {
    const std::lock_guard lock(mutex_);
    if (--running_ == 0) callbacks.swap(waiting_);
  }
  for (const auto& callback : callbacks) callback();
}

}  // namespace silkledger::server
