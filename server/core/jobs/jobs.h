// The server's long work, for administrators: rebuilding views, taking backups, checking the log.
// One works at a time. Progress goes to whoever follows the jobs over WebSocket.
//
// Threads: the core executor's. Ownership: belongs to the Core.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/core/jobs/job.h"

namespace silkledger::server {

class Core;
struct Identity;

class Jobs {
 public:
  explicit Jobs(Core& core);
  ~Jobs();

  // GET jobs · GET jobs/<name> · POST jobs/<name>/<action>. `rest` is the path below jobs.
  void route(const Identity& who, const HttpRequest& request, const std::vector<std::string>& rest,
             const std::function<void(const Reply&)>& answer);

  // To everybody who follows the jobs.
  void tell(const Job& job);
  void stop();

 private:
  Job* find(const std::string& name) const;
  Reply list() const;
  Reply act(const Identity& who, Job& job, const std::string& action, const HttpRequest& request);

  Core& core_;
  std::vector<std::unique_ptr<Job>> jobs_;
};

}  // namespace silkledger::server
