// Many clients in one thread, each with a window of appends in flight: the same loop drives our
// server and its peers, so that the load costs each of them the same.
//
// Threads: one object, one thread at a time. Ownership: the loop owns its clients.
// Errors: an append that is refused, answered twice or not in time throws std::runtime_error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "tests/bench/measuring/measure.h"

namespace silkledger::bench {

// One connection to a store. Appends are numbered over all clients of a loop, from 0.
class AppendClient {
 public:
  virtual ~AppendClient() = default;
  virtual int descriptor() const = 0;
  // Prepares one append of an event; flush() sends what was prepared.
  virtual void add(std::uint64_t number) = 0;
  virtual void flush() = 0;
  // The number of the next append that was acknowledged as durable, without waiting.
  virtual std::optional<std::uint64_t> next_stored() = 0;
};

class ClosedLoop {
 public:
  explicit ClosedLoop(std::vector<std::unique_ptr<AppendClient>> clients);
  ~ClosedLoop();
  ClosedLoop(const ClosedLoop&) = delete;
  ClosedLoop& operator=(const ClosedLoop&) = delete;

  // The first `clients` of them, each with `window` appends in flight, until the time is up and
  // every answer has come.
  void run(double seconds, std::size_t clients, std::size_t window, Series& series);

  std::uint64_t appended() const { return sent_at_.size(); }  // between runs: all acknowledged

 private:
  void add(std::size_t client);
  std::vector<std::size_t> ready() const;

  int poll_;
  std::vector<std::unique_ptr<AppendClient>> clients_;
  std::vector<SteadyClock::time_point> sent_at_;  // by number; max() once answered
};

}  // namespace silkledger::bench
