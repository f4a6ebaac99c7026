// Finds the answer to an HTTP request: the one list of what the server can be asked.
//
// Threads: the core executor's. Every path but the health checks, metrics and the API's description
// needs a token.
#pragma once

#include <functional>

#include "server/edge.h"

namespace silkledger::server {

class Core;

void route(Core& core, HttpRequest request, std::function<void(HttpResponse)> reply);

}  // namespace silkledger::server
