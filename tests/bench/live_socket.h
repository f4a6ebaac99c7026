// One live connection as a load generator needs it: masked text frames out, whole text frames in,
// waited for by the caller with epoll. Apart from the client library, whose calls block: one thread
// drives many of these.
//
// Threads: one object, one thread at a time. Ownership: the socket is closed with the object.
// Errors: whatever goes wrong throws std::runtime_error and ends the benchmark with a reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silkledger::bench {

class LiveSocket {
 public:
  // Connects over loopback and waits for the 101.
  LiveSocket(std::uint16_t port, const std::string& token);
  ~LiveSocket();
  LiveSocket(const LiveSocket&) = delete;
  LiveSocket& operator=(const LiveSocket&) = delete;

  int descriptor() const { return descriptor_; }
  void send_text(std::string_view text) { send_frame(kText, text); }
  // The next text frame that has arrived as a whole, without waiting; pings are answered on the
  // way. The view holds until the next call.
  std::optional<std::string_view> next_text();

 private:
  static constexpr std::uint8_t kText = 1;
  static constexpr std::uint8_t kPing = 9;
  static constexpr std::uint8_t kPong = 10;

  struct Frame {
    std::uint8_t opcode = 0;
    std::string_view payload;
  };

  void shake_hands(std::uint16_t port, const std::string& token);
  void send_frame(std::uint8_t opcode, std::string_view payload);
  void send_all(std::string_view bytes) const;
  bool receive(int flags);
  std::optional<Frame> take_frame();

  int descriptor_ = -1;
  std::uint32_t key_ = 0x2545F491;
  std::string in_;
  std::size_t taken_ = 0;  // of in_
  std::string out_;
};

}  // namespace silkledger::bench
