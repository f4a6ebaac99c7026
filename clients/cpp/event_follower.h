// Follows the events of a ledger across breaks, each once and in order: after a break it connects
// again and asks from the last position plus one.
//
// It waits before it connects again: a random time between nothing and a limit that doubles with
// every failure ("full jitter"), so that thousands that were cut at once do not come back at once;
// never less than a Retry-After of the server.
//
// Threads: one object, one thread at a time; next() blocks, at most as long as it is told. Errors:
// breaks are no errors. A token that is not good, or a position beyond the log, ends it: error().
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "clients/cpp/client.h"

namespace silkledger::client {

struct FollowOptions {
  std::uint64_t from = 1;
  Encoding encoding = Encoding::json;
  std::chrono::milliseconds first_pause_max{100};
  std::chrono::milliseconds pause_max{30'000};
  std::uint64_t seed = 0;  // 0: of the system's random device
  ClientLimits limits;
};

struct FollowedEvent {
  std::uint64_t position = 0;
  std::string frame;  // as it came
};

// The pause before the attempt after so many failures: `random` is any number.
std::chrono::milliseconds pause_before(const FollowOptions& options, std::uint32_t failures,
                                       std::uint64_t random);

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
