// RFC 6455 frames, as a server reads and writes them. Pure: bytes in, events out.
//
// Why not Beast's stream here: a stream owns its socket and its write, so that frames shared by a
// thousand receivers cost one write each, and it keeps some 9 KiB per idle connection. Framing
// apart from the socket lets the session gather a wave of shared frames into one send and keep
// nothing while it waits. The client library uses Beast's stream, so the tests check one
// implementation against the other.
//
//   frame := fin:1 rsv:3 opcode:4  mask:1 length:7 [length:16 | length:64]  key:32  payload
// From a client every frame is masked, to a client none is. No extensions: rsv bits must be zero.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/edge.h"
#include "server/edge_limits.h"
#include "server/websocket/frame_header.h"

namespace silkledger::server {

inline constexpr std::size_t kControlPayloadBytesMax = 125;
inline constexpr std::size_t kCloseReasonBytesMax = 123;

// The payload of a close frame; the reason is cut to 123 bytes at a character.
std::string close_payload(CloseCode code, std::string_view reason);

struct FrameEvent {
  enum class Kind { message, ping, pong, close, violation };
  Kind kind = Kind::message;
  std::string payload;  // of a message, ping or pong; of a violation, the reason in words
  CloseCode code = CloseCode::normal;  // of a close (any number a client may send) or violation
};

// Reads one connection's frames. After a close or a violation it reads no more.
class FrameReader {
 public:
  // `kind` of message is spoken here, text or binary; the limits outlive the reader.
  FrameReader(const EdgeLimits& limits, Opcode kind) : limits_(limits), kind_(kind) {}

  // Takes from the front of `bytes` up to the end of one event; nothing when more bytes are needed.
  std::optional<FrameEvent> next(std::string_view& bytes);

 private:
  bool read_header(std::string_view& bytes);
  std::optional<FrameEvent> check_header();
  void read_payload(std::string_view& bytes);
  std::optional<FrameEvent> end_of_frame();
  FrameEvent end_of_message();
  FrameEvent close_event();
  FrameEvent violation(CloseCode code, const char* reason);

  bool is_control() const { return (header_[0] & 0x08) != 0; }
  Opcode opcode() const { return static_cast<Opcode>(header_[0] & 0x0f); }
  bool is_final() const { return (header_[0] & 0x80) != 0; }

  const EdgeLimits& limits_;
  const Opcode kind_;
  std::array<std::uint8_t, 14> header_{};
  std::size_t header_have_ = 0;
  std::size_t header_size_ = 2;
  bool in_payload_ = false;
  bool ended_ = false;
  std::uint64_t payload_left_ = 0;
  std::uint64_t payload_done_ = 0;
  std::array<char, 4> key_{};
  std::string control_;
  std::string message_;
  std::size_t fragments_ = 0;  // of the message under way
};

}  // namespace silkledger::server
