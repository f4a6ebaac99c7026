// Follows the events of a ledger across breaks, each once and in order: after a break it connects
// again and asks from the last position plus one.
//
// It waits before it connects again as retry_pause.h says, never less than a Retry-After of the
// server.
//
// Threads: one object, one thread at a time; next() blocks, at most as long as it is told. Errors:
// breaks are no errors. A token that is not good, a position beyond the log, or a log that was
// restored and does not hold what was seen (status 409, "epoch-changed" in the body) ends it:
// error().
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "clients/cpp/client.h"
#include "clients/cpp/retry_pause.h"

namespace silkledger::client {

struct FollowOptions {
  std::uint64_t from = 1;
  Encoding encoding = Encoding::json;
  RetryPauses pauses{.first_max = std::chrono::milliseconds(100)};
  std::uint64_t seed = 0;  // 0: of the system's random device
  ClientLimits limits;
};

struct FollowedEvent {
  std::uint64_t position = 0;
  std::string frame;  // as it came
};

class EventFollower {
 public:
  explicit EventFollower(Endpoint endpoint, FollowOptions options = {});
  ~EventFollower();
  EventFollower(EventFollower&&) noexcept;
  EventFollower& operator=(EventFollower&&) noexcept;

  // The next event; nothing when the time is up, or for good when error() says so.
  std::optional<FollowedEvent> next(std::chrono::milliseconds timeout);
  const Error& error() const;
  std::uint64_t position() const;     // of the last event
  std::uint64_t connections() const;  // made so far
  void move_to(Endpoint endpoint);    // for connections to come

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace silkledger::client
