#include "server/websocket/frame_codec.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "domain/kernel/code_points.h"
#include "server/http/text.h"

namespace silkledger::server {

namespace {

// Codes a peer may put on the wire (RFC 6455 section 7.4).
bool is_close_code(unsigned code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) ||
         (code >= 3000 && code <= 4999);
}

char byte_of(std::uint64_t value, unsigned shift) {
  return static_cast<char>(static_cast<unsigned char>((value >> shift) & 0xff));
}

}  // namespace

std::string close_payload(CloseCode code, std::string_view reason) {
  const auto number = static_cast<std::uint16_t>(code);
  std::string payload{byte_of(number, 8), byte_of(number, 0)};
  payload.append(utf8_prefix(reason, kCloseReasonBytesMax));
  return payload;
}

std::optional<FrameEvent> FrameReader::next(std::string_view& bytes) {
  while (!ended_) {
    if (!in_payload_) {
      if (!read_header(bytes)) return std::nullopt;
      if (auto wrong = check_header()) return wrong;
      in_payload_ = true;
    }
    read_payload(bytes);
    if (payload_left_ > 0) return std::nullopt;
    in_payload_ = false;
    header_have_ = 0;
    header_size_ = 2;
    if (auto event = end_of_frame()) return event;
  }
  bytes = {};
  return std::nullopt;
}

bool FrameReader::read_header(std::string_view& bytes) {
  while (header_have_ < header_size_) {
    if (bytes.empty()) return false;
    header_[header_have_++] = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    if (header_have_ != 2) continue;
    const unsigned length = header_[1] & 0x7f;
    const std::size_t length_bytes = length == 127 ? 8 : (length == 126 ? 2 : 0);
    const std::size_t key_bytes = (header_[1] & 0x80) != 0 ? 4 : 0;
    header_size_ = 2 + length_bytes + key_bytes;
  }
  return true;
}

std::optional<FrameEvent> FrameReader::check_header() {
  if ((header_[0] & 0x70) != 0)
    return violation(CloseCode::protocol_error, "reserved bits are set");
  if ((header_[1] & 0x80) == 0) return violation(CloseCode::protocol_error, "frame is not masked");
  payload_left_ = header_[1] & 0x7f;
  const std::size_t length_bytes = header_size_ - 6;
  if (length_bytes > 0) {
    payload_left_ = 0;
    for (std::size_t i = 0; i < length_bytes; ++i)
      payload_left_ = payload_left_ << 8 | header_[2 + i];
    if (payload_left_ < (length_bytes == 2 ? 126u : 0x10000u)) {
      return violation(CloseCode::protocol_error, "length is not in its shortest form");
    }
  }
  for (std::size_t i = 0; i < 4; ++i) key_[i] = static_cast<char>(header_[header_size_ - 4 + i]);
  payload_done_ = 0;
  switch (opcode()) {
    case Opcode::close:
    case Opcode::ping:
    case Opcode::pong:
      if (!is_final() || payload_left_ > kControlPayloadBytesMax) {
        return violation(CloseCode::protocol_error, "control frame is fragmented or too long");
      }
      control_.clear();
      return std::nullopt;
    case Opcode::binary:
    case Opcode::text:
      if (opcode() != kind_) {
        return violation(CloseCode::unsupported_data, kind_ == Opcode::text
                                                          ? "only text messages are spoken here"
                                                          : "only binary messages are spoken here");
      }
      if (fragments_ > 0) {
        return violation(CloseCode::protocol_error, "new message inside a fragmented one");
      }
      break;
    case Opcode::continuation:
      if (fragments_ == 0) return violation(CloseCode::protocol_error, "nothing to continue");
      break;
    default:
      return violation(CloseCode::protocol_error, "unknown opcode");
  }
  if (++fragments_ > limits_.live_fragments_max) {
    return violation(CloseCode::policy, "message has too many fragments");
  }
  if (payload_left_ > limits_.live_message_bytes_max - message_.size()) {
    return violation(CloseCode::too_big, "message is too big");
  }
  return std::nullopt;
}

void FrameReader::read_payload(std::string_view& bytes) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(payload_left_, bytes.size()));
  std::string& into = is_control() ? control_ : message_;
  const std::size_t begin = into.size();
  into.append(bytes.substr(0, size));
  for (std::size_t i = 0; i < size; ++i) {
    into[begin + i] = static_cast<char>(into[begin + i] ^ key_[(payload_done_ + i) & 3]);
  }
  bytes.remove_prefix(size);
  payload_left_ -= size;
  payload_done_ += size;
}

std::optional<FrameEvent> FrameReader::end_of_frame() {
  switch (opcode()) {
    case Opcode::ping:
      return FrameEvent{FrameEvent::Kind::ping, std::move(control_), CloseCode::normal};
    case Opcode::pong:
      return FrameEvent{FrameEvent::Kind::pong, std::move(control_), CloseCode::normal};
    case Opcode::close:
      return close_event();
    default:
      if (!is_final()) return std::nullopt;
      return end_of_message();
  }
}

FrameEvent FrameReader::end_of_message() {
  fragments_ = 0;
  if (kind_ == Opcode::text && !is_utf8(message_))
    return violation(CloseCode::invalid_text, "text is not valid UTF-8");
  return {FrameEvent::Kind::message, std::exchange(message_, {}), CloseCode::normal};
}

FrameEvent FrameReader::close_event() {
  if (control_.empty()) {
    ended_ = true;
    return {FrameEvent::Kind::close, {}, CloseCode::normal};
  }
  if (control_.size() == 1) return violation(CloseCode::protocol_error, "close code is cut short");
  const auto code = static_cast<std::uint16_t>(static_cast<unsigned char>(control_[0]) << 8 |
                                               static_cast<unsigned char>(control_[1]));
  if (!is_close_code(code))
    return violation(CloseCode::protocol_error, "close code is not allowed");
  if (!is_utf8(std::string_view(control_).substr(2))) {
    return violation(CloseCode::invalid_text, "close reason is not valid UTF-8");
  }
  ended_ = true;
  return {FrameEvent::Kind::close, control_.substr(2), static_cast<CloseCode>(code)};
}

FrameEvent FrameReader::violation(CloseCode code, const char* reason) {
  ended_ = true;
  message_ = {};
  return {FrameEvent::Kind::violation, reason, code};
}

}  // namespace silkledger::server
