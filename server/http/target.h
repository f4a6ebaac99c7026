// The request target: a path and a query, decoded once, here and nowhere else. Pure.
//
// Refused, because two readers could take it for different things: absolute and asterisk forms, bad
// percent-escapes, an escaped slash or backslash, dot segments, empty segments, control characters,
// bytes that are not UTF-8 once decoded. `+` in a query is a space, as browsers' forms send it.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "server/edge.h"
#include "server/edge_limits.h"
#include "server/http/problem.h"

namespace silkledger::server {

struct Target {
  std::string path;
  NamedValues query;
};

std::variant<Target, Problem> parse_target(std::string_view target, const EdgeLimits& limits);

}  // namespace silkledger::server
