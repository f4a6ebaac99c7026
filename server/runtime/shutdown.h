// A graceful end, step by step: each step has a name, a time limit and a log line when it ends or
// when its limit is passed. A step that is late is left behind, never waited for.
//
// Threads: runs on the executor given; a step's `done` may be called from any thread, once.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "eventstore/executor.h"
#include "server/runtime/log.h"

namespace silkledger::server {

struct ShutdownStep {
  std::string name;
  std::int64_t limit_ms = 0;
  // Begins the step. It knows its limit, to give up by itself in time, and says when it is done.
  std::function<void(std::int64_t limit_ms, std::function<void()> done)> start;
};

// Runs the steps in order, then `finished`, telling whether every step was done in time. The
// executor outlives the shutdown.
void run_shutdown(eventstore::Executor& executor, Log log, std::vector<ShutdownStep> steps,
                  std::function<void(bool in_time)> finished);

}  // namespace silkledger::server
