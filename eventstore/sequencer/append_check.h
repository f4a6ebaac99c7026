// What can be said of an append without knowing the log: the caller's preconditions and the limits
// of one append.
//
// Threads: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "eventstore/event_store.h"

namespace silkledger::eventstore {

// The first limit of the append itself that is exceeded. Limits that depend on the log
// (stream_records_max) and on the queue (queued_appends_max) are checked elsewhere.
std::optional<LimitExceeded> exceeded_limit(const Append& append, const Limits& limits);

std::uint64_t payload_bytes(const Append& append);

// How many appends, from the front of a queue, one group commit takes: at least one, and then as
// many as stay within commit_records_max and commit_bytes_max. `queue` holds things with a member
// `append`.
template <class Queue>
std::size_t commit_size(const Queue& queue, const Limits& limits) {
  std::uint64_t records = 0;
  std::uint64_t bytes = 0;
  std::size_t size = 0;
  for (const auto& queued : queue) {
    records += queued.append.records.size();
    bytes += payload_bytes(queued.append);
    if (size > 0 && (records > limits.commit_records_max || bytes > limits.commit_bytes_max)) break;
    ++size;
  }
  return size;
}

// Asserts what event_store.h and record.h require of an append that is within its limits.
void assert_well_formed(const Append& append);

}  // namespace silkledger::eventstore
