// One live client from the 101 on: frames in, shared frames out, pings, deadlines, the closing
// handshake.
//
// Threads: everything private runs on the connection's executor; tick, close_live and the outbox
// come from anywhere. The application's LiveConnection is called through the core executor only.
// Lifetime: the coroutine run() holds the session and ends it: on_closed() is posted exactly once,
// last.
//
// Sending: one pass gathers what waits into one non-blocking send and goes on until the socket is
// full, then waits for it to become writable. There is no other writer. An idle session keeps no
// buffers.
#pragma once

#include <atomic>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/http/connection_table.h"
#include "server/http/edge_context.h"
#include "server/runtime/net.h"
#include "server/websocket/frame_codec.h"
#include "server/websocket/outbox.h"

namespace silkledger::server {

class LiveSession final : public Connection, public std::enable_shared_from_this<LiveSession> {
 public:
  LiveSession(std::shared_ptr<EdgeContext> context, tcp::socket socket,
              std::unique_ptr<ConnectionSlot> slot, std::shared_ptr<Outbox> outbox,
              std::shared_ptr<LiveConnection> connection, Opcode kind);

  // `received` is what came behind the opening handshake.
  static net::awaitable<void> run(std::shared_ptr<LiveSession> self, std::string received);

  void tick(SteadyTime now) override;
  void finish() override {}
  void close_live(CloseCode code, const std::string& reason) override;
  void abandon() override;

 private:
  enum class Read { again, nothing, ended };

  Read read_some();
  void take(std::string_view bytes);
  void handle(FrameEvent event);
  void deliver(std::string message);
  net::awaitable<void> wait_for_core();
  std::size_t send_now(std::span<const std::string_view> pieces, error_code& error);
  void flush();
  void wait_writable();
  void after_flush();
  void check_deadlines(SteadyTime now);
  void close_stalled();
  void start_close(CloseCode code, const std::string& reason);
  void end();
  template <typename Work>
  void on_executor(Work work);

  const std::shared_ptr<EdgeContext> context_;
  tcp::socket socket_;
  const std::unique_ptr<ConnectionSlot> slot_;
  const std::shared_ptr<Outbox> outbox_;
  const std::shared_ptr<LiveConnection> connection_;
  FrameReader reader_;
  std::atomic<std::size_t> inbound_{0};  // messages posted to the core and not yet taken
  net::steady_timer inbound_drained_;
  bool waiting_writable_ = false;
  bool peer_closed_ = false;  // its close frame has come, or it broke the protocol: no more is read
  bool stalled_ = false;
  bool ended_ = false;
  SteadyTime last_received_;
  SteadyTime last_sent_;  // when bytes last left, or when nothing waited
  SteadyTime close_due_ = SteadyTime::max();
  SteadyTime control_window_begin_;
  std::size_t control_frames_ = 0;
  bool ping_sent_ = false;
};

}  // namespace silkledger::server
