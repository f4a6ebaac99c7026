// One live connection as a load generator needs it: masked frames out, whole frames in, waited for
// by the caller with epoll. Apart from the client library, whose calls block: one thread drives
// many of these.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tests/bench/load/loopback_socket.h"

namespace silkledger::bench {

class LiveSocket {
 public:
  // Connects over loopback and waits for the 101.
  LiveSocket(std::uint16_t port, const std::string& token);

  int descriptor() const { return socket_.descriptor(); }
  // Prepares a frame; flush() sends what was prepared.
  void add_text(std::string_view text) { add_frame(kText, text); }
  void flush() { socket_.flush(); }
  // The next text frame that has arrived as a whole, without waiting; pings are answered on the
  // way. The view holds until the next call.
  std::optional<std::string_view> next_text();
  // The same, but waits for it.
  std::string_view wait_for_text();

 private:
  static constexpr std::uint8_t kText = 1;
  static constexpr std::uint8_t kPing = 9;
  static constexpr std::uint8_t kPong = 10;

  struct Frame {
    std::uint8_t opcode = 0;
    std::string_view payload;
  };

  void shake_hands(std::uint16_t port, const std::string& token);
  void add_frame(std::uint8_t opcode, std::string_view payload);
  std::optional<Frame> take_frame();
  std::optional<std::string_view> next_text(LoopbackSocket::Wait wait);

  LoopbackSocket socket_;
  std::uint32_t key_ = 0x2545F491;
};

}  // namespace silkledger::bench
