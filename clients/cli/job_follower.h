// Follows one of the server's jobs with a bar, over the live channel; Ctrl-C cancels the job.
//
// One thread. Blocks until the job rests.
#pragma once

#include <boost/json/fwd.hpp>
#include <functional>
#include <string>
#include <vector>

#include "clients/cli/api.h"

namespace silkledger::cli {

// What differs between jobs.
struct FollowedJob {
  std::string name;             // "backup"
  QueryParameters cancel_with;  // of the cancel that Ctrl-C sends
  // Nothing more happens by itself; and it ended as it was meant to.
  std::function<bool(const boost::json::value&)> rests;
  std::function<bool(const boost::json::value&)> succeeded;
  std::function<std::string(const boost::json::value&, Lang)> line;
  std::function<std::vector<std::string>(const boost::json::value&, Lang, const Paint&)> summary;
};

// GET jobs/<name>, shown.
int show_job(Api& api, const FollowedJob& job);
// POST jobs/<name>/cancel, and what came of it.
int cancel_job(Api& api, const FollowedJob& job, const QueryParameters& parameters = {});
// POST jobs/<name>/<action>, followed to its rest.
int run_job(Api& api, const FollowedJob& job, const std::string& action,
            const QueryParameters& parameters);

}  // namespace silkledger::cli
