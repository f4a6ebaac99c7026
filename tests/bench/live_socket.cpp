#include "tests/bench/live_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace silkledger::bench {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

}  // namespace

LiveSocket::LiveSocket(std::uint16_t port, const std::string& token)
    : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) fail("socket");
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("connect");
  }
  shake_hands(port, token);
}

LiveSocket::~LiveSocket() { ::close(descriptor_); }

void LiveSocket::shake_hands(std::uint16_t port, const std::string& token) {
  send_all("GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
           "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: c2lsa2xlZGdlci1iZW5jaA==\r\nAuthorization: Bearer " +
           token + "\r\n\r\n");
  std::size_t end = std::string::npos;
  while (end == std::string::npos) {
    receive(0);
    end = in_.find("\r\n\r\n");
  }
  if (!in_.starts_with("HTTP/1.1 101 ")) throw std::runtime_error("no upgrade: " + in_);
  taken_ = end + 4;
}

void LiveSocket::send_frame(std::uint8_t opcode, std::string_view payload) {
  constexpr std::size_t kShortMax = 125;
  if (payload.size() > 0xFFFF) throw std::runtime_error("a frame of a benchmark is short");
  out_.clear();
  out_.push_back(static_cast<char>(0x80U | opcode));
  if (payload.size() <= kShortMax) {
    out_.push_back(static_cast<char>(0x80U | payload.size()));
  } else {
    out_.push_back(static_cast<char>(0x80U | 126U));
    out_.push_back(static_cast<char>(payload.size() >> 8U));
    out_.push_back(static_cast<char>(payload.size()));
  }
  key_ = key_ * 1664525U + 1013904223U;
  std::array<char, 4> key;
  std::memcpy(key.data(), &key_, key.size());
  out_.append(key.data(), key.size());
  for (std::size_t i = 0; i < payload.size(); ++i) {
    out_.push_back(static_cast<char>(payload[i] ^ key[i % key.size()]));
  }
  send_all(out_);
}

void LiveSocket::send_all(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) fail("send");
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

// False when there is nothing to receive at present.
bool LiveSocket::receive(int flags) {
  std::array<char, 16384> bytes;
  const auto got = ::recv(descriptor_, bytes.data(), bytes.size(), flags);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (got < 0) fail("receive");
  if (got == 0) throw std::runtime_error("the server closed a connection");
  in_.append(bytes.data(), static_cast<std::size_t>(got));
  return true;
}

std::optional<LiveSocket::Frame> LiveSocket::take_frame() {
  const std::string_view bytes = std::string_view(in_).substr(taken_);
  const auto at = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  if (bytes.size() < 2) return std::nullopt;
  std::size_t length = at(1);
  std::size_t header = 2;
  if (length == 127) throw std::runtime_error("a frame longer than any answer");
  if (length == 126) {
    header = 4;
    if (bytes.size() < header) return std::nullopt;
    length = static_cast<std::size_t>(at(2)) << 8U | at(3);
  }
  if (bytes.size() < header + length) return std::nullopt;
  taken_ += header + length;
  return Frame{static_cast<std::uint8_t>(at(0) & 0x0FU), bytes.substr(header, length)};
}

std::optional<std::string_view> LiveSocket::next_text() {
  while (true) {
    if (taken_ == in_.size()) {
      in_.clear();
      taken_ = 0;
    }
    if (const auto frame = take_frame()) {
      if (frame->opcode == kText) return frame->payload;
      if (frame->opcode != kPing) throw std::runtime_error("the server closed a connection");
      send_frame(kPong, frame->payload);
    } else if (!receive(MSG_DONTWAIT)) {
      return std::nullopt;
    }
  }
}

}  // namespace silkledger::bench
