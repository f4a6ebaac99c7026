// One kind of long work that administrators start, follow and stop: GET jobs/<name> shows it, POST
// jobs/<name>/<action> acts.
//
// Threads: the core executor's. Ownership: belongs to Jobs, which outlives no Core.
#pragma once

#include <string>
#include <string_view>

#include "domain/schema/json/writer.h"
#include "server/core/problems.h"
#include "server/edge.h"

namespace silkledger::server {

class Job {
 public:
  virtual ~Job() = default;

  virtual std::string_view name() const = 0;
  // A JSON object with at least "job" and "phase".
  virtual std::string state_json() const = 0;
  // Works now: no other job may begin meanwhile.
  virtual bool is_busy() const = 0;
  // Whether an action of this name begins work.
  virtual bool begins_work(std::string_view action) const { return action == "start"; }
  virtual Reply act(const std::string& action, const HttpRequest& request) = 0;
  // The server stops: what can go on after the restart is kept, the rest is given up.
  virtual void stop() = 0;
};

// Begins the object of state_json() with the job's name and phase.
inline void begin_state(json::Writer& out, const Job& job, std::string_view phase) {
  out.begin_object();
  out.key("job");
  out.string(job.name());
  out.key("phase");
  out.string(phase);
}
// 202 with the state as it is now.
inline Reply accepted(const Job& job) { return {202, job.state_json(), {}}; }
Reply not_possible(const Job& job, std::string_view phase, const std::string& action);
Reply unknown_action(const std::string& actions);

}  // namespace silkledger::server
