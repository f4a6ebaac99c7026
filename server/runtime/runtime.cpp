#include "server/runtime/runtime.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
#include <thread>
#include <vector>

#include "server/runtime/net.h"

namespace silkledger::server {

struct Runtime::Guard {
  explicit Guard(net::io_context& context) : work(net::make_work_guard(context)) {}
  net::executor_work_guard<net::io_context::executor_type> work;
};

Runtime::Runtime(std::size_t threads)
    : threads_(threads),
      context_(std::make_unique<net::io_context>(static_cast<int>(threads))),
      guard_(std::make_unique<Guard>(*context_)),
      core_(*context_) {
  assert(threads >= 1);
}

Runtime::~Runtime() = default;

void Runtime::run() {
  std::vector<std::thread> others;
  others.reserve(threads_ - 1);
  for (std::size_t i = 1; i < threads_; ++i) {
    others.emplace_back([this] { context_->run(); });
  }
  context_->run();
  for (std::thread& thread : others) thread.join();
}

void Runtime::finish() {
  core_.retire();
  // On the core's strand: behind everything the core has already posted.
  core_.post([this] { guard_->work.reset(); });
}

void Runtime::abort() { context_->stop(); }

}  // namespace silkledger::server
