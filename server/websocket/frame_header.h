// The header of a frame that a server sends (RFC 6455 section 5.2), and whole frames with it: built
// once, shared by every receiver, for a server's frames are not masked. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/edge.h"

namespace silkledger::server {

enum class Opcode : std::uint8_t {
  continuation = 0,
  text = 1,
  binary = 2,
  close = 8,
  ping = 9,
  pong = 10,
};

struct FrameHeader {
  std::array<char, 10> bytes{};
  std::uint8_t size = 0;
};

// The header of an unmasked, final frame.
FrameHeader frame_header(Opcode opcode, std::size_t payload_bytes);

// Several frames may be built behind each other: what is appended to `out` between the two calls is
// the payload. begin_frame() answers what end_frame() must be given.
std::size_t begin_frame(std::string& out);
void end_frame(std::string& out, std::size_t begin, Opcode opcode);

WireFrames whole_frame(Opcode opcode, std::string_view payload);

}  // namespace silkledger::server
