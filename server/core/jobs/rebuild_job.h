// Rebuilding views beside the live ones: progress, cancel, resume, comparison, switch, roll-back
// (projections/rebuild.h).
//
// Threads: the core executor's, on which the rebuild itself runs batch by batch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "projections/rebuild.h"
#include "server/core/jobs/job.h"
#include "server/core/jobs/pace.h"

namespace silkledger::server {

class Core;

class RebuildJob final : public Job {
 public:
  explicit RebuildJob(Core& core);

  std::string_view name() const override { return "rebuild"; }
  std::string state_json() const override;
  bool is_busy() const override;
  bool begins_work(std::string_view action) const override;
  // start (view=… several, switch=false) · resume · accept · cancel (keep=true: for a resume) ·
  // roll-back
  Reply act(const std::string& action, const HttpRequest& request) override;
  // Keeps an unfinished rebuild for a resume after the restart.
  void stop() override;

 private:
  void on_progress(const projections::RebuildState& state);
  std::optional<Reply> unknown_view(const std::vector<std::string>& names) const;
  void cancel(Text why, bool keep);
  Text reason() const;
  static Reply nothing_kept();
  static Reply nothing_previous();

  Core& core_;
  projections::Rebuild rebuild_;
  projections::RebuildPhase phase_ = projections::RebuildPhase::idle;
  Text cancelled_;  // why it was last cancelled
  Pace pace_;
};

}  // namespace silkledger::server
