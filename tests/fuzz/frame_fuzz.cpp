// The bytes of a live client: how they were cut into packets changes nothing, limits hold, and a
// message that was read is read again from a frame of its own.
#include <array>
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "server/websocket/frame_codec.h"
#include "tests/fuzz/property.h"

namespace silkledger::fuzz {
namespace {

using namespace server;

// Small, so that they are reached.
EdgeLimits small_limits() {
  EdgeLimits limits;
  limits.live_message_bytes_max = 600;
  limits.live_fragments_max = 6;
  return limits;
}
const EdgeLimits kLimits = small_limits();

bool ends(const FrameEvent& event) {
  return event.kind == FrameEvent::Kind::close || event.kind == FrameEvent::Kind::violation;
}

bool equal(const FrameEvent& a, const FrameEvent& b) {
  return a.kind == b.kind && a.payload == b.payload && a.code == b.code;
}

void take_all(FrameReader& reader, std::string_view bytes, std::vector<FrameEvent>& events) {
  while (auto event = reader.next(bytes)) events.push_back(std::move(*event));
  expect(bytes.empty(), "a reader that wants more has taken everything");
}

bool is_text(const std::string& payload) {
  boost::system::error_code error;
  std::string quoted = "\"";
  for (const char c : payload) {
    const bool escaped = static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
    quoted += escaped ? '.' : c;
  }
  boost::json::parse(quoted + '"', error);
  return !error;
}

void expect_sound(const FrameEvent& event) {
  switch (event.kind) {
    case FrameEvent::Kind::message:
      expect(event.payload.size() <= kLimits.live_message_bytes_max, "a message keeps its limit");
      expect(is_text(event.payload), "a message is UTF-8 to another reader as well");
      break;
    case FrameEvent::Kind::violation:
      expect(!event.payload.empty() && event.payload.size() <= kCloseReasonBytesMax,
             "a violation has a reason that fits a close frame");
      break;
    default:
      expect(event.payload.size() <= kControlPayloadBytesMax, "a control frame is short");
  }
}

// As a client would send it.
std::string masked(Opcode opcode, std::string_view payload) {
  const FrameHeader header = frame_header(opcode, payload.size());
  std::string bytes(header.bytes.data(), header.size);
  bytes[1] = static_cast<char>(bytes[1] | 0x80);
  const std::array<char, 4> key = {'\x5a', '\x00', '\xff', '\x13'};
  bytes.append(key.data(), key.size());
  for (std::size_t i = 0; i < payload.size(); ++i) {
    bytes += static_cast<char>(payload[i] ^ key[i % key.size()]);
  }
  return bytes;
}

void expect_read_again(const FrameEvent& event) {
  if (event.kind != FrameEvent::Kind::message && event.kind != FrameEvent::Kind::ping) return;
  const bool text = event.kind == FrameEvent::Kind::message;
  FrameReader reader(kLimits, Opcode::text);
  std::vector<FrameEvent> events;
  take_all(reader, masked(text ? Opcode::text : Opcode::ping, event.payload), events);
  expect(events.size() == 1 && equal(events.front(), event), "a message has a frame of its own");
}

void frames(std::string_view bytes) {
  FrameReader whole(kLimits, Opcode::text);
  std::vector<FrameEvent> events;
  take_all(whole, bytes, events);

  FrameReader in_pieces(kLimits, Opcode::text);
  std::vector<FrameEvent> same;
  for (Slices slices(bytes); !slices.empty();) take_all(in_pieces, slices.next(), same);
  expect(std::equal(events.begin(), events.end(), same.begin(), same.end(), equal),
         "packets change nothing");

  for (std::size_t i = 0; i < events.size(); ++i) {
    expect(!ends(events[i]) || i + 1 == events.size(), "nothing is read after the end");
    expect_sound(events[i]);
    expect_read_again(events[i]);
  }
}

}  // namespace
}  // namespace silkledger::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  silkledger::fuzz::frames(silkledger::fuzz::text_of(data, size));
  return 0;
}
