// Structured logs: one JSON object a line on standard error, through spdlog. The only place that
// knows spdlog.
#pragma once

#include <string>

#include "server/runtime/log.h"

namespace silkledger::server {

// `level`: debug, info, warning or error; below it nothing is written.
Log make_log(const std::string& level);

}  // namespace silkledger::server
