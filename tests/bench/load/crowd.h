// Thousands of live subscribers in one thread: they take frames of events and see to it that each
// of them gets every event once and in order.
//
// Threads: one object, one thread at a time. Errors: a lost, repeated or late event, or a closed
// connection throws std::runtime_error.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace silkledger::bench {

class Crowd {
 public:
  // Opens `count` connections, some at a time, each with the next of these tokens. The server
  // counts connections by address, so they come from several loopback addresses. The first
  // `stallable` have small receive buffers.
  Crowd(std::uint16_t port, const std::vector<std::string>& tokens, std::size_t count,
        std::size_t stallable = 0);
  ~Crowd();
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  double connect_seconds() const { return connect_seconds_; }

  // All of them, from this position on, which nothing has yet.
  void subscribe(std::uint64_t from);

  // Takes what has come, after waiting for at most so long for something.
  void take(std::chrono::microseconds patience);
  // Called for every event that a subscriber got.
  void on_event(std::function<void(std::uint64_t position)> call) { on_event_ = std::move(call); }

  // Until everyone who reads got everything up to `position`.
  void wait_for(std::uint64_t position);

  // The stallable ones stop reading, or go on.
  void stall();
  void resume();
  std::size_t reading() const { return connections_.size() - (stalled_ ? stallable_ : 0); }
  std::size_t frame_bytes() const { return frame_bytes_; }  // of the last event

 private:
  enum class Stage { connecting, upgrading, open };
  struct Connection {
    int descriptor = -1;
    Stage stage = Stage::connecting;
    std::uint64_t last = 0;  // position of the last event
    std::string rest;        // of a frame that has not come as a whole
  };

  void open(std::size_t index);
  void watch(std::size_t index, int operation, std::uint32_t events);
  void advance(Connection& connection, std::size_t index);
  void receive(Connection& connection);
  std::size_t take_frames(Connection& connection, std::string_view bytes);
  void take_text(Connection& connection, std::string_view text);

  const std::uint16_t port_;
  const std::vector<std::string>& tokens_;
  const std::size_t stallable_;
  int poll_;
  std::vector<Connection> connections_;
  std::vector<char> buffer_;
  std::function<void(std::uint64_t)> on_event_;
  std::size_t upgraded_ = 0;
  std::size_t caught_up_ = 0;
  std::uint64_t events_ = 0;  // over all subscribers
  std::size_t frame_bytes_ = 0;
  bool stalled_ = false;
  double connect_seconds_ = 0;
};

}  // namespace silkledger::bench
