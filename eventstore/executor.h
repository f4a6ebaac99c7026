// The three things a deterministic core may not make for itself: an executor, a clock and
// randomness. Production adapts Asio and the system; tests pass virtual ones driven from a seed.
//
// They live with the eventstore because it is the lowest folder that needs them; nothing here is
// about storage.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace silkledger::eventstore {

// Runs functions one at a time, in order of posting. Threads: post and post_after from any thread.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void post(std::function<void()> work) = 0;
  // Runs `work` after at least `delay`. There is no cancellation: the work checks whether it still
  // matters.
  virtual void post_after(std::chrono::microseconds delay, std::function<void()> work) = 0;
};

// Wall time. May jump; whoever needs monotony enforces it.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now_us() const = 0;  // microseconds since 1970-01-01T00:00:00Z
};

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;
};

}  // namespace silkledger::eventstore
