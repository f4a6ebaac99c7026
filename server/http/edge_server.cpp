#include "server/http/edge_server.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/strand.hpp>
#include <cassert>
#include <chrono>
#include <utility>

#include "server/http/answer_writer.h"
#include "server/http/edge_context.h"
#include "server/http/http_session.h"
#include "server/http/problem.h"
#include "server/runtime/net.h"

namespace silkledger::server {

namespace {

// With one thread the context itself is a strand; with more, each connection gets its own.
net::any_io_executor serial_executor(Runtime& runtime) {
  if (runtime.threads() == 1) return runtime.context().get_executor();
  return net::make_strand(runtime.context());
}

Problem over_limit(ConnectionTable::Refusal refusal) {
  if (refusal == ConnectionTable::Refusal::address_full) {
    return {EdgeProblem::too_many_connections,
            "Your address holds too many connections; close some or come back later.",
            "来自该地址的连接数过多，请关闭部分连接或稍后再试。"};
  }
  return {EdgeProblem::server_full,
          "The server holds as many connections as it may; come back later.",
          "服务器连接数已达上限，请稍后再试。"};
}

// Best effort, without waiting: whoever is over the limit must not cost more than the one who is
// served.
void turn_away(tcp::socket& socket, ConnectionTable::Refusal refusal, std::int64_t retry_after_s) {
  HttpResponse response = to_response(over_limit(refusal));
  response.headers.emplace_back("Retry-After", std::to_string(retry_after_s));
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const std::string date = http_date(std::chrono::duration_cast<std::chrono::seconds>(now).count());
  const std::string bytes = answer_head(response, false, date) + response.body;
  error_code ignored;
  socket.write_some(net::buffer(bytes), ignored);
  socket.shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace

struct EdgeServer::State : std::enable_shared_from_this<State> {
  State(Runtime& edge_runtime, Application& application, EdgeConfig config, Log log)
      : runtime(edge_runtime),
        executor(serial_executor(edge_runtime)),
        context(std::make_shared<EdgeContext>(std::move(config), application, edge_runtime.core(),
                                              log)),
        services(std::make_shared<TaskGroup>(log)),
        acceptor(executor),
        back_off(executor),
        sweep_timer(executor) {}

  error_code listen();
  static net::awaitable<void> accept(std::shared_ptr<State> self);
  static net::awaitable<void> sweep(std::shared_ptr<State> self);
  net::awaitable<void> recover(error_code error);
  void admit(tcp::socket socket);
  template <typename Work>
  void on_executor(Work work) {
    net::dispatch(executor, [self = shared_from_this(), work = std::move(work)] { work(*self); });
  }

  Runtime& runtime;
  const net::any_io_executor executor;
  const std::shared_ptr<EdgeContext> context;
  const std::shared_ptr<TaskGroup> services;  // the acceptor and the sweep
  tcp::acceptor acceptor;
  net::steady_timer back_off;
  net::steady_timer sweep_timer;
  bool accepting = true;
  bool sweeping = true;
  std::uint16_t port = 0;
};

error_code EdgeServer::State::listen() {
  error_code error;
  const auto address = net::ip::make_address(context->config.bind_address, error);
  if (error) return error;
  const tcp::endpoint endpoint(address, context->config.port);
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(net::socket_base::reuse_address(true), error);
  // Inherited by what is accepted; set before listening so that the window is negotiated with it.
  if (!error) {
    acceptor.set_option(
        net::socket_base::send_buffer_size(context->config.limits.socket_send_buffer_bytes), error);
  }
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(context->config.limits.listen_backlog, error);
  if (!error) port = acceptor.local_endpoint(error).port();
  return error;
}

net::awaitable<void> EdgeServer::State::accept(std::shared_ptr<State> self) {
  while (self->accepting) {
    const net::any_io_executor executor = serial_executor(self->runtime);
    auto [error, socket] = co_await self->acceptor.async_accept(executor, as_result);
    if (!self->accepting) break;
    if (error) {
      co_await self->recover(error);
    } else {
      self->admit(std::move(socket));
    }
  }
}

// Out of descriptors or memory: the connection stays in the backlog and accepting again at once
// would spin.
net::awaitable<void> EdgeServer::State::recover(error_code error) {
  ++context->accept_failures;
  if (error == net::error::connection_aborted) co_return;
  context->log(LogLevel::warning, "edge.accept_failed", {{"error", error.message()}});
  back_off.expires_after(std::chrono::milliseconds(context->config.limits.accept_backoff_ms));
  (void)co_await back_off.async_wait(as_result);
}

void EdgeServer::State::admit(tcp::socket socket) {
  error_code error;
  const auto peer = socket.remote_endpoint(error);
  if (error) return;  // gone already
  socket.non_blocking(true, error);
  if (!error) socket.set_option(tcp::no_delay(true), error);
  if (error) return;
  const std::string address = peer.address().to_string();
  ConnectionTable::Refusal refusal{};
  auto slot = context->table->admit(address, refusal);
  if (!slot) {
    ++context->connections_refused;
    context->log(LogLevel::info, "edge.turned_away", {{"remote", address}});
    return turn_away(socket, refusal, context->config.limits.retry_after_s);
  }
  ++context->connections_accepted;
  const net::any_io_executor connection_executor = socket.get_executor();
  ConnectionSlot& place = *slot;
  auto session = std::make_shared<HttpSession>(context, std::move(socket), std::move(slot));
  place.occupy(session);
  context->requests->spawn(connection_executor, "http", HttpSession::run(session));
}

net::awaitable<void> EdgeServer::State::sweep(std::shared_ptr<State> self) {
  while (self->sweeping) {
    self->sweep_timer.expires_after(
        std::chrono::milliseconds(self->context->config.limits.sweep_interval_ms));
    (void)co_await self->sweep_timer.async_wait(as_result);
    const SteadyTime now = SteadyTime::clock::now();
    for (const auto& connection : self->context->table->all()) connection->tick(now);
  }
}

EdgeServer::EdgeServer(Runtime& runtime, Application& application, EdgeConfig config, Log log)
    : state_(std::make_shared<State>(runtime, application, std::move(config), std::move(log))) {}

EdgeServer::~EdgeServer() = default;

std::optional<std::string> EdgeServer::start() {
  const EdgeConfig& config = state_->context->config;
  if (const error_code error = state_->listen()) {
    return "cannot listen on " + config.bind_address + ":" + std::to_string(config.port) + ": " +
           error.message();
  }
  state_->services->spawn(state_->executor, "accept", State::accept(state_));
  state_->services->spawn(state_->executor, "sweep", State::sweep(state_));
  state_->context->log(LogLevel::info, "edge.listening",
                       {{"address", config.bind_address}, {"port", std::to_string(state_->port)}});
  return std::nullopt;
}

std::uint16_t EdgeServer::port() const { return state_->port; }

void EdgeServer::stop_accepting(std::function<void()> done) {
  state_->context->finishing = true;
  state_->on_executor([done = std::move(done)](State& state) {
    state.accepting = false;
    error_code ignored;
    state.acceptor.close(ignored);
    state.back_off.cancel();
    done();
  });
}

void EdgeServer::close_live(CloseCode code, std::string reason, std::function<void()> done) {
  state_->context->live_ended = true;
  for (const auto& connection : state_->context->table->all()) {
    connection->close_live(code, reason);
  }
  state_->context->live->when_empty(std::move(done));
}

void EdgeServer::finish_requests(std::function<void()> done) {
  state_->context->finishing = true;
  for (const auto& connection : state_->context->table->all()) connection->finish();
  state_->context->requests->when_empty(std::move(done));
}

void EdgeServer::abandon(std::function<void()> done) {
  state_->on_executor([done = std::move(done)](State& state) {
    state.sweeping = false;
    state.sweep_timer.cancel();
    for (const auto& connection : state.context->table->all()) connection->abandon();
    const auto context = state.context;
    const auto services = state.services;
    context->requests->when_empty([context, services, done] {
      context->live->when_empty([services, done] { services->when_empty(done); });
    });
  });
}

EdgeCounters EdgeServer::counters() const {
  const EdgeContext& context = *state_->context;
  EdgeCounters counters;
  counters.connections_accepted = context.connections_accepted;
  counters.connections_refused = context.connections_refused;
  counters.connections_now = context.table->size();
  counters.accept_failures = context.accept_failures;
  counters.requests = context.requests_taken;
  counters.requests_refused = context.requests_refused;
  counters.live_opened = context.live_opened;
  counters.live_now = context.live->running();
  counters.live_stalled = context.live_stalled;
  counters.live_messages_received = context.live_messages_received;
  return counters;
}

std::vector<ShutdownStep> shutdown_steps(EdgeServer& edge, const ShutdownLimits& limits,
                                         DrainHook drain) {
  using Done = std::function<void()>;
  std::vector<ShutdownStep> steps;
  steps.push_back({"stop accepting", limits.stop_accepting_ms,
                   [&edge](std::int64_t, Done done) { edge.stop_accepting(std::move(done)); }});
  steps.push_back({"drain the application", limits.drain_ms, std::move(drain)});
  steps.push_back(
      {"close live connections", limits.close_live_ms, [&edge](std::int64_t, Done done) {
         edge.close_live(CloseCode::going_away, "server is going down; come back soon",
                         std::move(done));
       }});
  steps.push_back({"finish requests", limits.finish_requests_ms,
                   [&edge](std::int64_t, Done done) { edge.finish_requests(std::move(done)); }});
  steps.push_back({"close the rest", limits.abandon_ms,
                   [&edge](std::int64_t, Done done) { edge.abandon(std::move(done)); }});
  return steps;
}

}  // namespace silkledger::server
