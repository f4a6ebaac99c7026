// Backups while the server serves: a file in the one folder that was configured, under a name that
// the server chooses, up to the head of the moment it was asked for.
//
//   idle → writing → syncing → verifying → done | cancelled | failed
//
// Threads: the core executor's; the work itself runs on CoreParts::background, because it waits for
// the disk. A backup that is not finished leaves nothing behind; of one that was killed the next
// one removes what it left.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "eventstore/backup/backup_task.h"
#include "server/core/jobs/job.h"
#include "server/core/jobs/pace.h"
#include "server/core/jobs/sliced_work.h"

namespace silkledger::server {

class Core;

class BackupJob final : public Job {
 public:
  explicit BackupJob(Core& core) : core_(core) {}
  ~BackupJob() override { stop(); }

  std::string_view name() const override { return "backup"; }
  std::string state_json() const override;
  bool is_busy() const override { return work_ != nullptr; }
  // start (incremental=true: behind the newest backup of this history) · cancel
  Reply act(const std::string& action, const HttpRequest& request) override;
  void stop() override;

 private:
  struct Told {
    eventstore::BackupProgress progress;
    std::string file;
    bool nothing_new = false;  // nothing was recorded behind `file`, so none was written
    std::optional<Text> failure;
  };
  class Taking;

  Reply start(bool incremental);
  void take(const Told& told);
  void ended(bool cancelled);
  void tell();

  Core& core_;
  std::shared_ptr<SlicedWork> work_;
  std::string phase_ = "idle";
  bool incremental_ = false;
  Told told_;
  Pace pace_;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace silkledger::server
