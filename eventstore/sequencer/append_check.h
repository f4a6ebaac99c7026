// What can be said of an append without knowing the log: the caller's preconditions and the limits
// of one append.
//
// Threads: pure functions.
#pragma once

#include <optional>

#include "eventstore/event_store.h"

namespace silkledger::eventstore {

// The first limit of the append itself that is exceeded. Limits that depend on the log
// (stream_records_max) and on the queue (queued_appends_max) are checked elsewhere.
std::optional<LimitExceeded> exceeded_limit(const Append& append, const Limits& limits);

// Asserts what event_store.h and record.h require of an append that is within its limits.
void assert_well_formed(const Append& append);

}  // namespace silkledger::eventstore
