#include "server/websocket/frame_header.h"

#include <cstring>
#include <utility>

namespace silkledger::server {
namespace {

// Room for the header of a payload of 126 to 65,535 bytes, which nearly all are.
constexpr std::size_t kRoomBytes = 4;

char byte_of(std::uint64_t value, unsigned shift) {
  return static_cast<char>(static_cast<unsigned char>((value >> shift) & 0xff));
}

}  // namespace

FrameHeader frame_header(Opcode opcode, std::size_t payload_bytes) {
  FrameHeader header;
  header.bytes[0] = static_cast<char>(0x80 | static_cast<std::uint8_t>(opcode));
  unsigned length_bytes = 0;
  if (payload_bytes < 126) {
    header.bytes[1] = static_cast<char>(payload_bytes);
  } else if (payload_bytes <= 0xffff) {
    header.bytes[1] = 126;
    length_bytes = 2;
  } else {
    header.bytes[1] = 127;
    length_bytes = 8;
  }
  for (unsigned i = 0; i < length_bytes; ++i) {
    header.bytes[2 + i] = byte_of(payload_bytes, 8 * (length_bytes - 1 - i));
  }
  header.size = static_cast<std::uint8_t>(2 + length_bytes);
  return header;
}

std::size_t begin_frame(std::string& out) {
  const std::size_t begin = out.size();
  out.append(kRoomBytes, '\0');
  return begin;
}

void end_frame(std::string& out, std::size_t begin, Opcode opcode) {
  const FrameHeader header = frame_header(opcode, out.size() - begin - kRoomBytes);
  if (header.size > kRoomBytes) out.insert(begin, header.size - kRoomBytes, '\0');
  if (header.size < kRoomBytes) out.erase(begin, kRoomBytes - header.size);
  std::memcpy(out.data() + begin, header.bytes.data(), header.size);
}

WireFrames whole_frame(Opcode opcode, std::string_view payload) {
  const FrameHeader header = frame_header(opcode, payload.size());
  std::string bytes;
  bytes.reserve(header.size + payload.size());
  bytes.append(header.bytes.data(), header.size);
  bytes.append(payload);
  return std::make_shared<const std::string>(std::move(bytes));
}

}  // namespace silkledger::server
