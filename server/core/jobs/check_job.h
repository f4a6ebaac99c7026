// The full check of the log while the server serves: every record, tree and index, up to where the
// log ended when it began.
//
//   idle → records → trees → streams → commands → done | cancelled
//
// What is wrong is a finding of a check that is done. Threads: the core executor's; the slices run
// on CoreParts::background.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "eventstore/rocksdb/log_check.h"
#include "server/core/jobs/job.h"
#include "server/core/jobs/pace.h"
#include "server/core/jobs/sliced_work.h"

namespace silkledger::server {

class Core;

class CheckJob final : public Job {
 public:
  explicit CheckJob(Core& core) : core_(core) {}
  ~CheckJob() override { stop(); }

  std::string_view name() const override { return "check"; }
  std::string state_json() const override;
  bool is_busy() const override { return work_ != nullptr; }
  // start · cancel
  Reply act(const std::string& action, const HttpRequest& request) override;
  void stop() override;

 private:
  Reply start();
  void take(eventstore::CheckState state);
  void ended(bool cancelled);

  Core& core_;
  std::shared_ptr<SlicedWork> work_;
  std::string phase_ = "idle";
  std::optional<eventstore::CheckState> state_;
  Pace pace_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace silkledger::server
