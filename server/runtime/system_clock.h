// The two clocks a server may run on. Threads: now_us() from any thread.
#pragma once

#include <chrono>
#include <cstdint>

#include "eventstore/executor.h"

namespace silkledger::server {

// The machine's wall clock. May jump; the log enforces that recorded time never goes back.
class SystemClock final : public eventstore::Clock {
 public:
  std::int64_t now_us() const override;
};

// Starts at a given instant when it is made and then advances with the monotonic clock, so that a
// demo stands on the last day of its data. A real installation never uses it.
class DemoClock final : public eventstore::Clock {
 public:
  explicit DemoClock(std::int64_t start_us);
  std::int64_t now_us() const override;

 private:
  std::int64_t start_us_;
  std::chrono::steady_clock::time_point made_at_;
};

}  // namespace silkledger::server
