// `rebuild`: starts or steers the job that folds the views again, and follows it with a bar.
#include <boost/json.hpp>

#include "clients/cli/job_follower.h"
#include "clients/cli/subcommands.h"
#include "clients/cli/text/rebuild_text.h"

namespace silkledger::cli {
namespace {

FollowedJob rebuild_job(bool compare_only) {
  return {"rebuild",
          {{"keep", "true"}},  // so that it can be resumed
          [compare_only](const auto& state) { return rebuild_rests(state, compare_only); },
          [compare_only](const auto& state) { return rebuild_succeeded(state, compare_only); },
          rebuild_line,
          rebuild_summary};
}

}  // namespace

int run_rebuild(Api& api, const RebuildOptions& options) {
  const FollowedJob job = rebuild_job(options.compare_only);
  if (options.status) return show_job(api, job);
  if (options.cancel) return cancel_job(api, job);
  QueryParameters parameters;
  for (const std::string& view : options.views) parameters.emplace_back("view", view);
  if (options.compare_only) parameters.emplace_back("switch", "false");
  const char* action = options.resume      ? "resume"
                       : options.accept    ? "accept"
                       : options.roll_back ? "roll-back"
                                           : "start";
  return run_job(api, job, action, parameters);
}

}  // namespace silkledger::cli
