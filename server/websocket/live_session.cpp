#include "server/websocket/live_session.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <chrono>
#include <utility>

namespace silkledger::server {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kReadBytes = 16 * 1024;
constexpr std::size_t kGatherPieces = 256;
constexpr std::size_t kGatherBytes = 256 * 1024;

}  // namespace

// One gathered, non-blocking send. Past Asio, whose own gathers 64 pieces at most.
std::size_t LiveSession::send_now(std::span<const std::string_view> pieces, error_code& error) {
  std::array<iovec, kGatherPieces> parts;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    parts[i] = {const_cast<char*>(pieces[i].data()), pieces[i].size()};
  }
  msghdr message{};
  message.msg_iov = parts.data();
  message.msg_iovlen = pieces.size();
  for (;;) {
    const ssize_t sent = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent >= 0) return static_cast<std::size_t>(sent);
    if (errno == EINTR) continue;
    error.assign(errno, boost::system::system_category());
    return 0;
  }
}

LiveSession::LiveSession(std::shared_ptr<EdgeContext> context, tcp::socket socket,
                         std::unique_ptr<ConnectionSlot> slot, std::shared_ptr<Outbox> outbox,
                         std::shared_ptr<LiveConnection> connection, Opcode kind)
    : context_(std::move(context)),
      socket_(std::move(socket)),
      slot_(std::move(slot)),
      outbox_(std::move(outbox)),
      connection_(std::move(connection)),
      reader_(context_->config.limits, kind),
      inbound_drained_(socket_.get_executor(), SteadyTime::max()),
      last_received_(steady_clock::now()),
      last_sent_(last_received_),
      control_window_begin_(last_received_) {}

template <typename Work>
void LiveSession::on_executor(Work work) {
  net::dispatch(socket_.get_executor(),
                [self = shared_from_this(), work = std::move(work)]() mutable { work(*self); });
}

net::awaitable<void> LiveSession::run(std::shared_ptr<LiveSession> self, std::string received) {
  // Posted, not dispatched: all that the application queues in one turn leaves in one pass.
  self->outbox_->attach([weak = std::weak_ptr(self), executor = self->socket_.get_executor()] {
    net::post(executor, [weak] {
      if (const auto session = weak.lock()) session->flush();
    });
  });
  if (self->context_->live_ended) self->start_close(CloseCode::going_away, {});
  self->take(received);
  received = {};
  while (!self->ended_) {
    const Read read = self->read_some();
    if (read == Read::ended) break;
    if (self->inbound_ >= self->context_->config.limits.live_inbound_messages_max) {
      co_await self->wait_for_core();
    } else if (read == Read::nothing) {
      auto [error] = co_await self->socket_.async_wait(tcp::socket::wait_read, as_result);
      if (error) break;
    }
  }
  self->end();
}

LiveSession::Read LiveSession::read_some() {
  std::array<char, kReadBytes> bytes;
  error_code error;
  const std::size_t size = socket_.read_some(net::buffer(bytes), error);
  if (error == net::error::would_block || error == net::error::try_again) return Read::nothing;
  if (error) return Read::ended;
  take({bytes.data(), size});
  // A read that did not fill the buffer has emptied the socket; the wait tells of what comes later.
  return size == bytes.size() ? Read::again : Read::nothing;
}

void LiveSession::take(std::string_view bytes) {
  if (!bytes.empty()) {
    last_received_ = steady_clock::now();
    ping_sent_ = false;
  }
  while (auto event = reader_.next(bytes)) handle(std::move(*event));
}

void LiveSession::handle(FrameEvent event) {
  if (event.kind == FrameEvent::Kind::ping || event.kind == FrameEvent::Kind::pong) {
    if (last_received_ - control_window_begin_ >= std::chrono::seconds(1)) {
      control_window_begin_ = last_received_;
      control_frames_ = 0;
    }
    if (++control_frames_ > context_->config.limits.live_control_frames_per_s_max) {
      start_close(CloseCode::policy, "too many control frames");
      return;
    }
  }
  switch (event.kind) {
    case FrameEvent::Kind::message:
      deliver(std::move(event.payload));
      break;
    case FrameEvent::Kind::ping:
      outbox_->put_control(Opcode::pong, event.payload);
      break;
    case FrameEvent::Kind::pong:
      break;
    case FrameEvent::Kind::close:
      // The answer to ours, so ours has arrived and nothing can be lost.
      if (outbox_->is_closing() && outbox_->queued_bytes() == 0) return end();
      peer_closed_ = true;
      start_close(event.code, {});
      break;
    case FrameEvent::Kind::violation:
      peer_closed_ = true;
      start_close(event.code, event.payload);
      break;
  }
}

void LiveSession::deliver(std::string message) {
  if (outbox_->is_closing()) return;
  ++context_->live_messages_received;
  ++inbound_;
  context_->core.post([self = shared_from_this(), message = std::move(message)]() mutable {
    self->connection_->on_message(std::move(message));
    --self->inbound_;
    if (self->inbound_ > 0) return;
    self->on_executor([](LiveSession& session) { session.inbound_drained_.cancel(); });
  });
}

net::awaitable<void> LiveSession::wait_for_core() {
  // The timer never fires; it is cancelled when the core has taken everything or the session ends.
  while (inbound_ > 0 && !ended_) {
    inbound_drained_.expires_at(SteadyTime::max());
    (void)co_await inbound_drained_.async_wait(as_result);
  }
}

void LiveSession::flush() {
  if (waiting_writable_ || ended_) return;
  std::array<std::string_view, kGatherPieces> pieces;
  for (;;) {
    const std::size_t count = outbox_->gather(pieces, kGatherBytes);
    if (count == 0) break;
    error_code error;
    const std::size_t sent = send_now(std::span(pieces).first(count), error);
    if (sent > 0) last_sent_ = steady_clock::now();
    if (outbox_->consume(sent)) {
      context_->core.post([connection = connection_] { connection->on_writable(); });
    }
    if (error == net::error::would_block || error == net::error::try_again) return wait_writable();
    if (error) return end();
  }
  after_flush();
}

void LiveSession::wait_writable() {
  waiting_writable_ = true;
  socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](error_code error) {
    self->waiting_writable_ = false;
    if (error) return self->end();
    self->flush();
  });
}

// Our close frame has left and the peer will say no more that we read: the server is the one to end
// the connection (RFC 6455 section 7.1.1).
void LiveSession::after_flush() {
  if (!outbox_->is_closing() || outbox_->queued_bytes() > 0 || ended_ || !peer_closed_) return;
  // Half-closed only, and for a while: what the peer still sends is read and dropped, or a reset
  // could overtake the close frame.
  const auto linger = milliseconds(context_->config.limits.linger_timeout_ms);
  close_due_ = std::min(close_due_, steady_clock::now() + linger);
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void LiveSession::tick(SteadyTime now) {
  on_executor([now](LiveSession& session) { session.check_deadlines(now); });
}

void LiveSession::check_deadlines(SteadyTime now) {
  if (ended_) return;
  const EdgeLimits& limits = context_->config.limits;
  const bool waiting = outbox_->queued_bytes() > 0;
  if (!waiting) last_sent_ = now;
  if (outbox_->is_closing() && close_due_ == SteadyTime::max()) {
    close_due_ = now + milliseconds(limits.live_close_ms_max);
  }
  if (now >= close_due_) return end();
  if (outbox_->is_closing()) return;
  if (waiting && now - last_sent_ >= milliseconds(limits.live_stalled_ms_max))
    return close_stalled();
  const auto silence = now - last_received_;
  if (silence >= milliseconds(limits.live_idle_ms_max)) {
    context_->log(LogLevel::info, "live.idle", {{"remote", slot_->address()}});
    return start_close(CloseCode::going_away, "no answer to pings");
  }
  if (silence >= milliseconds(limits.live_ping_ms) && !ping_sent_) {
    ping_sent_ = true;
    outbox_->put_control(Opcode::ping, {});
  }
}

void LiveSession::close_stalled() {
  if (stalled_) return;
  stalled_ = true;
  ++context_->live_stalled;
  context_->core.post([self = shared_from_this()] {
    self->on_executor([reason = self->connection_->stalled_reason()](LiveSession& session) {
      session.context_->log(LogLevel::info, "live.stalled",
                            {{"remote", session.slot_->address()},
                             {"queued_bytes", std::to_string(session.outbox_->queued_bytes())},
                             {"reason", reason}});
      session.start_close(CloseCode::stalled, reason);
    });
  });
}

void LiveSession::close_live(CloseCode code, const std::string& reason) {
  on_executor([code, reason](LiveSession& session) { session.start_close(code, reason); });
}

void LiveSession::abandon() {
  on_executor([](LiveSession& session) { session.end(); });
}

void LiveSession::start_close(CloseCode code, const std::string& reason) {
  if (ended_) return;
  if (close_due_ == SteadyTime::max()) {
    close_due_ = steady_clock::now() + milliseconds(context_->config.limits.live_close_ms_max);
  }
  outbox_->close(code, reason);
}

void LiveSession::end() {
  if (ended_) return;
  ended_ = true;
  outbox_->shut();
  error_code ignored;
  socket_.close(ignored);
  inbound_drained_.cancel();
  context_->core.post([connection = connection_] { connection->on_closed(); });
}

}  // namespace silkledger::server
