// Thousands of live subscribers in one thread: plain sockets under one epoll, which say hello,
// follow the events and check that each comes once and in order.
//
// Threads: one object, one thread at a time. Ownership: sockets are closed with the object. Errors:
// what cannot be (a broken frame, no epoll) throws std::runtime_error; what the server does to a
// connection is noted.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cpp/client.h"
#include "clients/cpp/retry_pause.h"

namespace silkledger::testing {

// Raises the soft limit on descriptors to the hard one; answers how many sockets there may be, one
// end of a connection each, with some kept for all else.
std::size_t sockets_allowed();

struct SwarmSubscriber {
  std::uint64_t last = 0;      // position of the last event
  std::uint64_t events = 0;    // since it was made, over all connections
  std::uint64_t repeated = 0;  // events at or before one that was seen
  std::uint64_t skipped = 0;   // positions left out, where everything may be seen
  std::uint64_t frames = 0;    // of all kinds
  std::uint64_t connections = 0;
  int close_code = 0;  // of the last close frame
  std::string close_reason;
  int refused_status = 0;  // of the last upgrade that was refused
  bool retry_after = false;
  bool reading = true;  // a stalled one takes nothing
};

class SubscriberSwarm {
 public:
  using Clock = std::chrono::steady_clock;

  struct Habits {
    std::uint16_t port = 0;
    std::string token;
    std::size_t count = 0;
    client::Encoding encoding = client::Encoding::json;
    bool subscribes = true;  // to all events, from one after the last seen
    // Comes back after a break, after a random time below a limit that doubles; never: nullopt.
    bool reconnects = false;
    client::RetryPauses pauses{std::chrono::milliseconds(50), std::chrono::milliseconds(2'000)};
    std::uint64_t seed = 1;
    int receive_buffer_bytes = 0;  // 0: the system's
    std::uint64_t from = 1;        // of the first subscription
  };

  explicit SubscriberSwarm(Habits habits);
  ~SubscriberSwarm();
  SubscriberSwarm(const SubscriberSwarm&) = delete;
  SubscriberSwarm& operator=(const SubscriberSwarm&) = delete;

  // Serves sockets until `done` holds, asked between rounds, or the time is up; answers `done`.
  bool run_until(const std::function<bool()>& done, std::chrono::milliseconds limit);

  const std::vector<SwarmSubscriber>& subscribers() const { return subscribers_; }
  std::size_t open() const { return open_; }            // past the upgrade
  std::size_t caught_up() const { return caught_up_; }  // have heard so on this connection
  std::uint64_t frames() const { return frames_; }
  // Every subscriber but those that do not read stands there.
  bool all_at(std::uint64_t position) const;
  void set_port(std::uint16_t port) { habits_.port = port; }  // for connections to come
  void set_reading(std::size_t subscriber, bool reads);
  void send(std::size_t subscriber, std::string_view message);
  // Called for each event frame with its arrival.
  std::function<void(std::size_t subscriber, std::uint64_t position)> on_event;

 private:
  struct Line;

  void connect(std::size_t index);
  void say_hello(std::size_t index);
  bool receive(std::size_t index);
  bool take_answer(std::size_t index);
  void take_frames(std::size_t index);
  void take_frame(std::size_t index, std::uint8_t opcode, std::string_view payload);
  void take_event(std::size_t index, std::uint64_t position);
  void drop(std::size_t index);
  void watch(std::size_t index, int operation) const;
  void reconnect_due();

  Habits habits_;
  std::vector<SwarmSubscriber> subscribers_;
  std::vector<Line> lines_;
  std::string room_;
  std::size_t open_ = 0;
  std::size_t caught_up_ = 0;
  std::size_t waiting_ = 0;  // to reconnect
  std::uint64_t frames_ = 0;
  std::uint64_t random_;
  int poll_ = -1;
};

}  // namespace silkledger::testing
