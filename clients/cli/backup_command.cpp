// `backup` and `check`: start the server's job of that name and follow it with a bar.
#include <boost/json.hpp>

#include "clients/cli/job_follower.h"
#include "clients/cli/subcommands.h"
#include "clients/cli/text/job_text.h"

namespace silkledger::cli {

int run_backup(Api& api, const BackupOptions& options) {
  const FollowedJob job{"backup", {}, job_rests, backup_succeeded, backup_line, backup_summary};
  if (options.status) return show_job(api, job);
  if (options.cancel) return cancel_job(api, job);
  QueryParameters parameters;
  if (options.incremental) parameters.emplace_back("incremental", "true");
  return run_job(api, job, "start", parameters);
}

int run_check(Api& api, const CheckOptions& options) {
  const FollowedJob job{"check", {}, job_rests, check_succeeded, check_line, check_summary};
  if (options.status) return show_job(api, job);
  if (options.cancel) return cancel_job(api, job);
  return run_job(api, job, "start", {});
}

}  // namespace silkledger::cli
