// One live connection as a load generator needs it: frames out, whole frames in, waited for by the
// caller with epoll. Apart from the client library, whose calls block: one thread drives many of
// these.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/bench/load/loopback_socket.h"

namespace silkledger::bench {

// What the frames hold: texts of JSON, or Cap'n Proto messages.
enum class Encoding { json, binary };

class LiveSocket {
 public:
  // Connects over loopback and waits for the 101.
  LiveSocket(std::uint16_t port, const std::string& token, Encoding encoding = Encoding::json);

  int descriptor() const { return socket_.descriptor(); }
  // Prepares a frame; flush() sends what was prepared.
  void add_message(std::string_view message) { add_frame(opcode_, message); }
  void flush() { socket_.flush(); }
  // The next message that has arrived as a whole, without waiting; pings are answered on the way.
  // The view holds until the next call.
  std::optional<std::string_view> next_message() { return next(LoopbackSocket::Wait::no); }
  // The same, but waits for it.
  std::string_view wait_for_message() { return *next(LoopbackSocket::Wait::yes); }

 private:
  static constexpr std::uint8_t kText = 1;
  static constexpr std::uint8_t kBinary = 2;
  static constexpr std::uint8_t kPing = 9;
  static constexpr std::uint8_t kPong = 10;

  struct Frame {
    std::uint8_t opcode = 0;
    std::string_view payload;
  };

  void shake_hands(std::uint16_t port, const std::string& token);
  void add_frame(std::uint8_t opcode, std::string_view payload);
  std::optional<Frame> take_frame();
  std::optional<std::string_view> next(LoopbackSocket::Wait wait);

  LoopbackSocket socket_;
  const std::uint8_t opcode_;  // of messages
};

}  // namespace silkledger::bench
