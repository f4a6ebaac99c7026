#include "tests/bench/load/live_socket.h"

#include <stdexcept>

namespace silkledger::bench {

LiveSocket::LiveSocket(std::uint16_t port, const std::string& token, Encoding encoding)
    : socket_(port), opcode_(encoding == Encoding::binary ? kBinary : kText) {
  shake_hands(port, token);
}

void LiveSocket::shake_hands(std::uint16_t port, const std::string& token) {
  socket_.add("GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
              "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Protocol: silkledger.v1" +
              std::string(opcode_ == kBinary ? ".capnp" : "") +
              "\r\n"
              "Sec-WebSocket-Key: c2lsa2xlZGdlci1iZW5jaA==\r\nAuthorization: Bearer " +
              token + "\r\n\r\n");
  socket_.flush();
  std::size_t end = std::string::npos;
  while (end == std::string::npos) {
    socket_.receive(LoopbackSocket::Wait::yes);
    end = socket_.unread().find("\r\n\r\n");
  }
  if (!socket_.unread().starts_with("HTTP/1.1 101 ")) {
    throw std::runtime_error("no upgrade: " + std::string(socket_.unread()));
  }
  socket_.take(end + 4);
}

// The masking key is zero, so that what was prepared stands as it is.
void LiveSocket::add_frame(std::uint8_t opcode, std::string_view payload) {
  constexpr std::size_t kShortMax = 125;
  if (payload.size() > 0xFFFF) throw std::runtime_error("a frame of a benchmark is short");
  std::string frame;
  frame.push_back(static_cast<char>(0x80U | opcode));
  if (payload.size() <= kShortMax) {
    frame.push_back(static_cast<char>(0x80U | payload.size()));
  } else {
    frame.push_back(static_cast<char>(0x80U | 126U));
    frame.push_back(static_cast<char>(payload.size() >> 8U));
    frame.push_back(static_cast<char>(payload.size()));
  }
  frame.append(4, '\0');
  socket_.add(frame);
  socket_.add(payload);
}

std::optional<LiveSocket::Frame> LiveSocket::take_frame() {
  const std::string_view bytes = socket_.unread();
  const auto at = [&](std::size_t i) -> std::size_t { return static_cast<std::uint8_t>(bytes[i]); };
  if (bytes.size() < 2) return std::nullopt;
  std::size_t length = at(1);
  std::size_t header = 2;
  if (length >= 126) {
    const std::size_t length_bytes = length == 126 ? 2 : 8;
    header += length_bytes;
    if (bytes.size() < header) return std::nullopt;
    length = 0;
    for (std::size_t i = 2; i < header; ++i) length = length << 8U | at(i);
  }
  if (bytes.size() < header + length) return std::nullopt;
  socket_.take(header + length);
  return Frame{static_cast<std::uint8_t>(at(0) & 0x0FU), bytes.substr(header, length)};
}

std::optional<std::string_view> LiveSocket::next(LoopbackSocket::Wait wait) {
  while (true) {
    if (const auto frame = take_frame()) {
      if (frame->opcode == opcode_) return frame->payload;
      if (frame->opcode != kPing) throw std::runtime_error("the server closed a connection");
      add_frame(kPong, frame->payload);
      flush();
    } else if (!socket_.receive(wait)) {
      return std::nullopt;
    }
  }
}

}  // namespace silkledger::bench
