// The core's executor port under the name by which the edge knows it; the edge needs nothing else
// of what stands below the server.
#pragma once

#include "eventstore/executor.h"

namespace silkledger::server {

using Executor = eventstore::Executor;

}  // namespace silkledger::server
