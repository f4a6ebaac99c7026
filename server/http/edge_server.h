// The network edge: listens, speaks HTTP/1.1 and WebSocket, and hands requests to the application.
//
//   Runtime runtime;
//   EdgeServer edge(runtime, application, config, log);
//   if (auto failure = edge.start()) …          // "cannot listen on 127.0.0.1:80: Permission
//   denied" Signals signals(runtime.context(), [&](int, int count) {
//     if (count > 1) return runtime.abort();
//     run_shutdown(runtime.core(), log, shutdown_steps(edge, {}, drain),
//                  [&](bool in_time) { signals.stop(); in_time ? runtime.finish() :
//                  runtime.abort(); });
//   });
//   runtime.run();
//
// Threads: every method from any thread. The application is called on the runtime's core executor
// only. Ownership: runtime and application outlive it; its connections may outlive it until run()
// returns. Errors: start() says why in words; after that a connection's trouble is its own, logged
// and counted.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "server/edge.h"
#include "server/http/edge_config.h"
#include "server/http/edge_counters.h"
#include "server/runtime/log.h"
#include "server/runtime/runtime.h"
#include "server/runtime/shutdown.h"

namespace silkledger::server {

class EdgeServer {
 public:
  EdgeServer(Runtime& runtime, Application& application, EdgeConfig config, Log log);
  ~EdgeServer();
  EdgeServer(const EdgeServer&) = delete;
  EdgeServer& operator=(const EdgeServer&) = delete;

  // Binds, listens and begins to accept. A failure in words, or nothing.
  std::optional<std::string> start();
  // The port that start() bound.
  std::uint16_t port() const;

  // The steps of a graceful end, in this order. Each calls `done` once.
  void stop_accepting(std::function<void()> done);
  void close_live(CloseCode code, std::string reason, std::function<void()> done);
  void finish_requests(std::function<void()> done);  // idle connections are closed at once
  void abandon(std::function<void()> done);          // closes what is left and stops all timers

  EdgeCounters counters() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

// How long each step of a graceful end may take.
struct ShutdownLimits {
  std::int64_t stop_accepting_ms = 1'000;
  std::int64_t drain_ms = 10'000;
  std::int64_t close_live_ms = 6'000;  // more than live_close_ms_max
  std::int64_t finish_requests_ms = 5'000;
  std::int64_t abandon_ms = 1'000;
};

using DrainHook = std::function<void(std::int64_t limit_ms, std::function<void()> done)>;

// Stop accepting; let the application drain; close live connections with 1001; finish the requests
// under way; close the rest. The edge outlives the shutdown.
std::vector<ShutdownStep> shutdown_steps(EdgeServer& edge, const ShutdownLimits& limits,
                                         DrainHook drain);

}  // namespace silkledger::server
