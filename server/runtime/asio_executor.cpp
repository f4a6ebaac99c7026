#include "server/runtime/asio_executor.h"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <list>
#include <utility>

#include "server/runtime/net.h"

namespace silkledger::server {

// Everything but the strand itself is touched on the strand only.
struct AsioExecutor::State : std::enable_shared_from_this<State> {
  explicit State(net::io_context& io) : context(io), strand(net::make_strand(io)) {}

  void start(std::chrono::steady_clock::time_point due, std::function<void()> work) {
    if (retired) return;
    const auto timer = timers.emplace(timers.end(), context);
    timer->expires_at(due);
    timer->async_wait(net::bind_executor(
        strand, [self = shared_from_this(), timer, work = std::move(work)](error_code error) {
          self->timers.erase(timer);
          if (!error && !self->retired) work();
        }));
  }

  net::io_context& context;
  net::strand<net::io_context::executor_type> strand;
  std::list<net::steady_timer> timers;
  bool retired = false;
};

AsioExecutor::AsioExecutor(net::io_context& context) : state_(std::make_shared<State>(context)) {}

AsioExecutor::~AsioExecutor() = default;

void AsioExecutor::post(std::function<void()> work) { net::post(state_->strand, std::move(work)); }

void AsioExecutor::post_after(std::chrono::microseconds delay, std::function<void()> work) {
  const auto due = std::chrono::steady_clock::now() + delay;
  net::post(state_->strand, [state = state_, due, work = std::move(work)]() mutable {
    state->start(due, std::move(work));
  });
}

void AsioExecutor::retire() {
  net::post(state_->strand, [state = state_] {
    state->retired = true;
    for (net::steady_timer& timer : state->timers) timer.cancel();
  });
}

}  // namespace silkledger::server
