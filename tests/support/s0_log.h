// The log of S0 in memory: its script sent line by line as `silkledger-server seed` does it, with
// the same moments and the same key, so the same events.
//
// Threads: one. Errors: what() of the exception names the line that could not be sent.
#pragma once

#include <cstdint>

#include "eventstore/memory/memory_event_store.h"
#include "tests/support/virtual_executor.h"

namespace silkledger::testing {

// The moment of the line that is being sent.
class LineClock final : public eventstore::Clock {
 public:
  std::int64_t now_us() const override { return now_us_; }
  void set(std::int64_t now_us) { now_us_ = now_us; }

 private:
  std::int64_t now_us_ = 0;
};

class S0Log {
 public:
  S0Log();

  VirtualExecutor world;
  LineClock clock;
  eventstore::MemoryEventStore log{world, clock};
};

}  // namespace silkledger::testing
