#include "server/http/http_session.h"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <chrono>
#include <string_view>
#include <utility>
#include <variant>

#include "server/http/answer_writer.h"
#include "server/http/core_call.h"
#include "server/websocket/handshake.h"
#include "server/websocket/live_session.h"
#include "server/websocket/outbox.h"

namespace silkledger::server {

namespace {

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// HTTP's date is the real one, whatever day the ledger stands on.
std::string date_now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return http_date(std::chrono::duration_cast<std::chrono::seconds>(since_epoch).count());
}

Problem application_failed() {
  return {EdgeProblem::application_failed, "The server could not answer; the fault is logged.",
          "服务器未能作出答复，故障已记录。"};
}

Problem request_timeout() {
  return {EdgeProblem::request_timeout, "The request did not arrive in time.",
          "请求未能按时到达。"};
}

}  // namespace

HttpSession::HttpSession(std::shared_ptr<EdgeContext> context, tcp::socket socket,
                         std::unique_ptr<ConnectionSlot> slot)
    : context_(std::move(context)), socket_(std::move(socket)), slot_(std::move(slot)) {}

template <typename Work>
void HttpSession::on_executor(Work work) {
  net::dispatch(socket_.get_executor(),
                [self = shared_from_this(), work = std::move(work)]() mutable { work(*self); });
}

net::awaitable<void> HttpSession::run(std::shared_ptr<HttpSession> self) { co_await self->serve(); }

net::awaitable<void> HttpSession::serve() {
  while (co_await wait_for_request()) {
    RequestReader reader(context_->config.limits);
    const Outcome outcome = co_await read_request(reader);
    if (outcome == Outcome::ended) co_return;
    if (outcome == Outcome::refused) {
      Problem problem = timed_out_ ? request_timeout() : reader.problem();
      co_await refuse(std::move(problem));
      co_return;
    }
    HttpRequest request = reader.take();
    request.remote = slot_->address();
    if (request.path == context_->config.live_path) {
      if (reader.wants_upgrade()) {
        co_await upgrade(std::move(request));
      } else {
        Problem problem{EdgeProblem::upgrade_required, "This address speaks WebSocket only.",
                        "该地址仅支持 WebSocket。"};
        co_await refuse(std::move(problem));
      }
      co_return;
    }
    ++context_->requests_taken;
    HttpResponse response = co_await ask(std::move(request));
    const bool keep_alive = reader.keep_alive() && !context_->finishing;
    if (!co_await answer(std::move(response), keep_alive, reader.head_only())) co_return;
    if (!keep_alive) {
      co_await linger();
      co_return;
    }
  }
}

// Idle: no buffer is held, and shutdown may close the connection.
net::awaitable<bool> HttpSession::wait_for_request() {
  if (!buffer_.empty()) co_return true;
  if (context_->finishing) co_return false;
  buffer_ = {};
  allow(context_->config.limits.idle_timeout_ms);
  idle_ = true;
  const bool received = co_await fill();
  idle_ = false;
  co_return received;
}

net::awaitable<HttpSession::Outcome> HttpSession::read_request(RequestReader& reader) {
  const EdgeLimits& limits = context_->config.limits;
  allow(limits.header_timeout_ms);
  bool in_body = false;
  for (;;) {
    const RequestReader::Step step = reader.advance(buffer_);
    if (step == RequestReader::Step::complete) break;
    if (step == RequestReader::Step::refused) co_return Outcome::refused;
    if (step == RequestReader::Step::need_body && !std::exchange(in_body, true)) {
      allow(limits.body_timeout_ms);
      if (reader.must_continue()) {
        std::string go_on(kContinue);
        std::string nothing;
        if (!co_await write(std::move(go_on), std::move(nothing))) co_return Outcome::ended;
      }
      allow(limits.body_timeout_ms);
    }
    if (!co_await fill()) co_return timed_out_ ? Outcome::refused : Outcome::ended;
  }
  deadline_ = SteadyTime::max();
  co_return Outcome::request;
}

// Waits for bytes and appends them. False: the peer is gone, or the phase's time is up.
net::awaitable<bool> HttpSession::fill() {
  for (;;) {
    auto [error] = co_await socket_.async_wait(tcp::socket::wait_read, as_result);
    if (error) co_return false;
    // Not an object of the coroutine's frame, which lives as long as the connection.
    const auto read = [this] {
      std::array<char, kReadBytes> bytes;
      error_code failure;
      const std::size_t size = socket_.read_some(net::buffer(bytes), failure);
      if (!failure) buffer_.append(bytes.data(), size);
      return failure;
    };
    const error_code failure = read();
    if (!failure) co_return true;
    if (failure != net::error::would_block && failure != net::error::try_again) co_return false;
  }
}

// In this file nothing but names is handed to a coroutine: gcc 12 destroys some temporaries of a
// co_await expression twice (GCC bug 99576 and its kin).
net::awaitable<HttpResponse> HttpSession::ask(HttpRequest request) {
  deadline_ = SteadyTime::max();
  auto moved = std::make_shared<HttpRequest>(std::move(request));
  CoreStart<HttpResponse> start = [context = context_,
                                   moved](std::function<void(HttpResponse)> reply) {
    context->application.handle(std::move(*moved), std::move(reply));
  };
  HttpResponse if_dropped = to_response(application_failed());
  net::any_io_executor executor = socket_.get_executor();
  HttpResponse response = co_await call_core<HttpResponse>(std::move(executor), context_->core,
                                                           std::move(start), std::move(if_dropped));
  if (!is_sendable(response)) {
    context_->log(LogLevel::error, "http.unsendable_answer",
                  {{"status", std::to_string(response.status)}});
    response = to_response(application_failed());
  }
  co_return response;
}

net::awaitable<LiveOpening> HttpSession::open_live(LiveRequest request,
                                                   std::shared_ptr<LiveOutlet> outlet) {
  deadline_ = SteadyTime::max();
  auto moved = std::make_shared<LiveRequest>(std::move(request));
  CoreStart<LiveOpening> start = [context = context_, moved,
                                  outlet](std::function<void(LiveOpening)> reply) {
    reply(context->application.open_live(std::move(*moved), outlet));
  };
  LiveOpening if_dropped;
  if_dropped.refusal = to_response(application_failed());
  net::any_io_executor executor = socket_.get_executor();
  LiveOpening opening = co_await call_core<LiveOpening>(std::move(executor), context_->core,
                                                        std::move(start), std::move(if_dropped));
  if (!opening.connection && !is_sendable(opening.refusal)) {
    opening.refusal = to_response(application_failed());
  }
  co_return opening;
}

net::awaitable<void> HttpSession::upgrade(HttpRequest request) {
  auto read = read_handshake(request, context_->config);
  if (auto* problem = std::get_if<Problem>(&read)) {
    co_await refuse(std::move(*problem));
    co_return;
  }
  const Handshake& handshake = std::get<Handshake>(read);
  const auto outbox = std::make_shared<Outbox>(context_->config.limits.live_outbox_bytes_max);
  LiveRequest live_request = handshake.request;
  std::shared_ptr<LiveOutlet> outlet = outbox;
  LiveOpening opening = co_await open_live(std::move(live_request), std::move(outlet));
  if (!opening.connection) {
    outbox->shut();
    if (co_await answer(std::move(opening.refusal), false, false)) co_await linger();
    co_return;
  }
  std::string switching = handshake_answer(handshake);
  std::string nothing;
  if (!co_await write(std::move(switching), std::move(nothing))) {
    outbox->shut();
    context_->core.post([connection = opening.connection] { connection->on_closed(); });
    co_return;
  }
  ++context_->live_opened;
  const Opcode kind =
      handshake.request.subprotocol == kBinarySubprotocol ? Opcode::binary : Opcode::text;
  const net::any_io_executor executor = socket_.get_executor();
  ConnectionSlot& slot = *slot_;
  auto session = std::make_shared<LiveSession>(context_, std::move(socket_), std::move(slot_),
                                               outbox, std::move(opening.connection), kind);
  slot.occupy(session);
  context_->live->spawn(executor, "live", LiveSession::run(session, std::move(buffer_)));
}

net::awaitable<void> HttpSession::refuse(Problem problem) {
  ++context_->requests_refused;
  context_->log(LogLevel::info, "http.refused",
                {{"remote", slot_->address()},
                 {"status", std::to_string(status_of(problem.kind))},
                 {"detail", problem.detail_en}});
  buffer_ = {};
  HttpResponse response = to_response(problem);
  if (co_await answer(std::move(response), false, false)) co_await linger();
}

net::awaitable<bool> HttpSession::answer(HttpResponse response, bool keep_alive, bool head_only) {
  std::string head = answer_head(response, keep_alive, date_now());
  if (head_only) response.body.clear();
  co_return co_await write(std::move(head), std::move(response.body));
}

net::awaitable<bool> HttpSession::write(std::string bytes, std::string more) {
  std::array<std::string_view, 2> left{bytes, more};
  while (!left[0].empty() || !left[1].empty()) {
    allow(context_->config.limits.write_timeout_ms);
    const std::array<net::const_buffer, 2> buffers{net::buffer(left[0]), net::buffer(left[1])};
    auto [error, sent] = co_await socket_.async_write_some(buffers, as_result);
    if (error) co_return false;
    const std::size_t of_first = std::min(sent, left[0].size());
    left[0].remove_prefix(of_first);
    left[1].remove_prefix(sent - of_first);
  }
  deadline_ = SteadyTime::max();
  co_return true;
}

// Closing a socket with unread bytes resets it, and the reset may overtake the answer. So: say that
// no more will come, and drop what still arrives for a while.
net::awaitable<void> HttpSession::linger() {
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  allow(context_->config.limits.linger_timeout_ms);
  while (SteadyTime::clock::now() < deadline_ && co_await fill()) buffer_.clear();
}

void HttpSession::allow(std::int64_t milliseconds) {
  timed_out_ = false;
  deadline_ = SteadyTime::clock::now() + std::chrono::milliseconds(milliseconds);
}

// Cancelling again at each tick, because an operation may have just completed and the next one
// begun.
void HttpSession::tick(SteadyTime now) {
  on_executor([now](HttpSession& session) {
    if (now < session.deadline_ || !session.socket_.is_open()) return;
    session.timed_out_ = true;
    error_code ignored;
    session.socket_.cancel(ignored);
  });
}

void HttpSession::finish() {
  on_executor([](HttpSession& session) {
    error_code ignored;
    if (session.idle_) session.socket_.cancel(ignored);
  });
}

void HttpSession::abandon() {
  on_executor([](HttpSession& session) {
    error_code ignored;
    session.socket_.close(ignored);
  });
}

}  // namespace silkledger::server
