// Commands from outside, whichever way they came: HTTP or WebSocket end up here.
//
// Threads: the core executor's. Errors: problem replies.
#pragma once

#include <functional>
#include <string>

#include "domain/schema/command.values.h"
#include "server/core/core.h"
#include "server/core/problems.h"

namespace silkledger::server {

// Sends a command in somebody's name. An empty command id is refused: without one a retry could
// double.
void send_command(Core& core, const Identity& who, const std::string& command_id,
                  const schema::CommandRequest& request, std::function<void(const Reply&)> answer);

// POST /api/v1/commands/{name}: the body holds the command's fields, headers the rest.
void post_command(Core& core, const Identity& who, const std::string& name,
                  const HttpRequest& request, std::function<void(const Reply&)> answer);

}  // namespace silkledger::server
