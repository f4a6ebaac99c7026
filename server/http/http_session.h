// One connection that speaks HTTP/1.1: reads a request, asks the application, writes the answer,
// again. Pipelined requests wait in the buffer and are answered one at a time, in order. An upgrade
// at the live path hands the socket to a LiveSession.
//
// Threads: everything private runs on the connection's executor; tick, finish and abandon come from
// anywhere. Lifetime: the coroutine run() holds the session; when it ends, the connection is
// closed. Errors: whoever breaks a rule gets a problem and is disconnected; what follows is never
// parsed.
#pragma once

#include <memory>
#include <string>

#include "server/http/connection_table.h"
#include "server/http/edge_context.h"
#include "server/http/problem.h"
#include "server/http/request_reader.h"
#include "server/runtime/net.h"

namespace silkledger::server {

class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(std::shared_ptr<EdgeContext> context, tcp::socket socket,
              std::unique_ptr<ConnectionSlot> slot);

  static net::awaitable<void> run(std::shared_ptr<HttpSession> self);

  void tick(SteadyTime now) override;
  void finish() override;
  void close_live(CloseCode, const std::string&) override {}
  void abandon() override;

 private:
  enum class Outcome { request, refused, ended };

  net::awaitable<void> serve();
  net::awaitable<bool> wait_for_request();
  net::awaitable<Outcome> read_request(RequestReader& reader);
  net::awaitable<bool> fill();
  net::awaitable<HttpResponse> ask(HttpRequest request);
  net::awaitable<void> upgrade(HttpRequest request);
  net::awaitable<LiveOpening> open_live(LiveRequest request, std::shared_ptr<LiveOutlet> outlet);
  net::awaitable<void> refuse(Problem problem);
  net::awaitable<bool> answer(HttpResponse response, bool keep_alive, bool head_only);
  net::awaitable<bool> write(std::string bytes, std::string more);
  net::awaitable<void> linger();
  void allow(std::int64_t milliseconds);
  template <typename Work>
  void on_executor(Work work);

  const std::shared_ptr<EdgeContext> context_;
  tcp::socket socket_;
  std::unique_ptr<ConnectionSlot> slot_;
  std::string buffer_;  // received and not yet taken; empty and without memory while idle
  bool idle_ = false;
  bool timed_out_ = false;
  SteadyTime deadline_ = SteadyTime::max();
};

}  // namespace silkledger::server
