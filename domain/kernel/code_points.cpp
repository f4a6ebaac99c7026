#include "domain/kernel/code_points.h"

#include <cassert>
#include <cstdint>
#include <cstring>

namespace silkledger {
namespace {

constexpr char32_t kLastPoint = 0x10FFFF;

constexpr bool is_surrogate(char32_t point) { return point >= 0xD800 && point <= 0xDFFF; }

struct Lead {
  std::size_t length;  // 0 when the byte cannot begin a character
  char32_t bits;       // the bits the lead byte carries
  char32_t least;      // the smallest code point that needs this length
};

constexpr Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {2, byte & 0x1FU, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return {3, byte & 0x0FU, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

struct Point {
  char32_t value = 0;
  std::size_t length = 0;  // 0: no character begins here
};

Point point_at(std::string_view text, std::size_t at) {
  const Lead lead = lead_of(static_cast<unsigned char>(text[at]));
  char32_t point = lead.bits;
  bool is_valid = lead.length != 0 && at + lead.length <= text.size();
  for (std::size_t i = 1; is_valid && i < lead.length; ++i) {
    const auto byte = static_cast<unsigned char>(text[at + i]);
    is_valid = (byte & 0xC0U) == 0x80U;
    point = (point << 6U) | (byte & 0x3FU);
  }
  if (!is_valid || point < lead.least || point > kLastPoint || is_surrogate(point)) return {};
  return {point, lead.length};
}

}  // namespace

DecodedText decode_utf8(std::string_view text) {
  DecodedText decoded;
  decoded.points.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Point point = point_at(text, at);
    if (point.length == 0) {
      decoded.bad_byte = at;
      return decoded;
    }
    decoded.points.push_back(point.value);
    at += point.length;
  }
  return decoded;
}

bool is_utf8(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080U;
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t eight = kHighBits;
    if (bytes.size() - at >= sizeof eight) std::memcpy(&eight, bytes.data() + at, sizeof eight);
    if ((eight & kHighBits) == 0) {
      at += sizeof eight;
      continue;
    }
    const Point point = point_at(bytes, at);
    if (point.length == 0) return false;
    at += point.length;
  }
  return true;
}

void append_utf8(std::string& out, char32_t point) {
  assert(point <= kLastPoint && !is_surrogate(point));
  const auto put = [&out](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | (point >> 6U));
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | (point >> 12U));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | (point >> 18U));
    put(0x80U | ((point >> 12U) & 0x3FU));
    put(0x80U | ((point >> 6U) & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

std::string to_utf8(std::u32string_view points) {
  std::string out;
  out.reserve(points.size() * 3);
  for (const char32_t point : points) append_utf8(out, point);
  return out;
}

}  // namespace silkledger
