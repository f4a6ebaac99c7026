// What every connection of one edge shares. Private to the edge: made by EdgeServer, kept alive by
// its connections. The application and the core executor outlive the runtime's run().
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "server/edge.h"
#include "server/http/connection_table.h"
#include "server/http/edge_config.h"
#include "server/runtime/executor.h"
#include "server/runtime/log.h"
#include "server/runtime/task_group.h"

namespace silkledger::server {

struct EdgeContext {
  EdgeContext(EdgeConfig edge_config, Application& app, Executor& core_executor, Log logger)
      : config(std::move(edge_config)),
        application(app),
        core(core_executor),
        log(std::move(logger)),
        table(std::make_shared<ConnectionTable>(config.limits.connections_max,
                                                config.limits.connections_per_address_max)),
        requests(std::make_shared<TaskGroup>(log)),
        live(std::make_shared<TaskGroup>(log)) {}

  const EdgeConfig config;
  Application& application;
  Executor& core;
  const Log log;
  const std::shared_ptr<ConnectionTable> table;
  const std::shared_ptr<TaskGroup> requests;  // one task per connection that speaks HTTP
  const std::shared_ptr<TaskGroup> live;      // one task per live connection
  std::atomic<bool> finishing{false};         // answers say "Connection: close"
  std::atomic<bool> live_ended{false};        // a new live connection is told to go away at once

  std::atomic<std::uint64_t> connections_accepted{0};
  std::atomic<std::uint64_t> connections_refused{0};
  std::atomic<std::uint64_t> accept_failures{0};
  std::atomic<std::uint64_t> requests_taken{0};
  std::atomic<std::uint64_t> requests_refused{0};
  std::atomic<std::uint64_t> live_opened{0};
  std::atomic<std::uint64_t> live_stalled{0};
  std::atomic<std::uint64_t> live_messages_received{0};
};

}  // namespace silkledger::server
