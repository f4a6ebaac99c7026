// The limits of a running server by their names in CoreLimits and EdgeLimits, for `serve --limit`.
//
// Pure. Errors: words for the terminal, which list the names.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/core/core_limits.h"
#include "server/edge_limits.h"

namespace silkledger::server {

struct ServerLimits {
  CoreLimits core;
  EdgeLimits edge;
};

// Sets each "name=value" in turn. Nothing when all were understood.
std::optional<std::string> set_limits(const std::vector<std::string>& settings,
                                      ServerLimits& limits);

}  // namespace silkledger::server
