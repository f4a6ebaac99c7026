// The server's long work, for administrators: rebuilding views beside the live ones, with progress,
// cancel, resume, switch and roll-back. Progress goes to whoever follows the jobs over WebSocket.
//
// Threads: the core executor's. Ownership: belongs to the Core.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "domain/schema/json/writer.h"
#include "projections/rebuild.h"
#include "server/core/problems.h"
#include "server/edge.h"

namespace silkledger::server {

class Core;
struct Identity;

class Jobs {
 public:
  explicit Jobs(Core& core);
  ~Jobs();

  // GET jobs/rebuild · POST jobs/rebuild {start, resume, accept, cancel, roll-back}. `rest` is the
  // path below jobs.
  void route(const Identity& who, const HttpRequest& request, const std::vector<std::string>& rest,
             std::function<void(const Reply&)> answer);

  // Keeps an unfinished rebuild for a resume after the restart.
  void stop();
  std::string state_json() const;

 private:
  void act(const std::string& action, const HttpRequest& request,
           const std::function<void(const Reply&)>& answer);
  void on_progress(const projections::RebuildState& state);
  void write_rate(json::Writer& out, const projections::RebuildState& state) const;

  Core& core_;
  projections::Rebuild rebuild_;
  std::int64_t started_us_ = 0;
  std::int64_t told_us_ = 0;
  std::uint64_t started_at_ = 0;
  projections::RebuildPhase told_phase_ = projections::RebuildPhase::idle;
};

}  // namespace silkledger::server
