#include "server/runtime/signals.h"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/strand.hpp>
#include <csignal>
#include <utility>

#include "server/runtime/net.h"

namespace silkledger::server {

struct Signals::State : std::enable_shared_from_this<State> {
  State(net::io_context& context, Handler on_signal)
      : set(net::make_strand(context), SIGINT, SIGTERM), handler(std::move(on_signal)) {}

  void wait() {
    set.async_wait([self = shared_from_this()](error_code error, int signal) {
      if (error) return;
      self->handler(signal, ++self->count);
      self->wait();
    });
  }

  net::signal_set set;
  Handler handler;
  int count = 0;
};

Signals::Signals(net::io_context& context, Handler handler)
    : state_(std::make_shared<State>(context, std::move(handler))) {
  std::signal(SIGPIPE, SIG_IGN);
  state_->wait();
}

Signals::~Signals() { stop(); }

void Signals::stop() {
  net::post(state_->set.get_executor(), [state = state_] {
    error_code ignored;
    state->set.clear(ignored);
    state->set.cancel(ignored);
  });
}

}  // namespace silkledger::server
