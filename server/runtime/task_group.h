// Coroutines that somebody waits for. Nothing of the edge is spawned detached: a task's exception
// is logged with its name, and when_empty() tells when the last one has ended.
//
// Threads: every method from any thread; the callback of when_empty() comes on the thread on which
// the last task ended. Ownership: shared with its tasks, which may outlive whoever made it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "server/runtime/log.h"

namespace silkledger::server {

class TaskGroup : public std::enable_shared_from_this<TaskGroup> {
 public:
  explicit TaskGroup(Log log) : log_(std::move(log)) {}

  // `name` is a literal. The task runs on `executor` and keeps to it.
  void spawn(boost::asio::any_io_executor executor, std::string_view name,
             boost::asio::awaitable<void> task);
  // Calls back once, at once when there is no task.
  void when_empty(std::function<void()> callback);
  std::size_t running() const;

 private:
  void ended(std::string_view name, const std::exception_ptr& failure);

  Log log_;
  mutable std::mutex mutex_;
  std::size_t running_ = 0;
  std::vector<std::function<void()>> waiting_;
};

}  // namespace silkledger::server
