#include "clients/cli/text/width.h"

#include <algorithm>
#include <array>

#include "domain/kernel/code_points.h"

namespace silkledger::cli {
namespace {

struct Range {
  char32_t first, last;
};

// Unicode 15, UAX #11: W and F.
constexpr std::array<Range, 17> kWide = {{{0x1100, 0x115F},
                                          {0x231A, 0x231B},
                                          {0x2E80, 0x303E},
                                          {0x3041, 0x33FF},
                                          {0x3400, 0x4DBF},
                                          {0x4E00, 0x9FFF},
                                          {0xA000, 0xA4CF},
                                          {0xA960, 0xA97C},
                                          {0xAC00, 0xD7A3},
                                          {0xF900, 0xFAFF},
                                          {0xFE10, 0xFE19},
                                          {0xFE30, 0xFE6B},
                                          {0xFF01, 0xFF60},
                                          {0xFFE0, 0xFFE6},
                                          {0x1F300, 0x1F64F},
                                          {0x1F680, 0x1F9FF},
                                          {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 9> kZero = {{{0x0300, 0x036F},
                                         {0x0483, 0x0489},
                                         {0x0591, 0x05BD},
                                         {0x0610, 0x061A},
                                         {0x064B, 0x065F},
                                         {0x200B, 0x200F},
                                         {0x20D0, 0x20F0},
                                         {0xFE00, 0xFE0F},
                                         {0xFE20, 0xFE2F}}};

template <std::size_t n>
bool within(const std::array<Range, n>& ranges, char32_t point) {
  return std::ranges::any_of(
      ranges, [point](const Range& range) { return point >= range.first && point <= range.last; });
}

std::size_t width_of(char32_t point) {
  if (within(kZero, point)) return 0;
  return within(kWide, point) ? 2 : 1;
}

constexpr char32_t kReplacement = U'\uFFFD';

}  // namespace

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (const char32_t point : decode_utf8(text).points) width += width_of(point);
  return width;
}

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const DecodedText decoded = decode_utf8(text);
    for (const char32_t point : decoded.points) {
      const bool break_or_tab = point == U'\n' || point == U'\r' || point == U'\t';
      const bool control = point < 0x20 || (point >= 0x7F && point < 0xA0);
      // Marks that reorder what stands beside them.
      const bool direction =
          (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
      append_utf8(shown, break_or_tab ? U' ' : control || direction ? kReplacement : point);
    }
    if (!decoded.bad_byte) break;
    append_utf8(shown, kReplacement);
    text.remove_prefix(*decoded.bad_byte + 1);
  }
  return shown;
}

std::string cut(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  std::string short_text;
  std::size_t width = 0;
  if (columns == 0) return short_text;
  for (const char32_t point : decode_utf8(text).points) {
    if (width + width_of(point) + 1 > columns) break;
    width += width_of(point);
    append_utf8(short_text, point);
  }
  return short_text + "…";
}

std::string pad_right(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(text) + std::string(columns > width ? columns - width : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t columns) {
  const std::size_t width = display_width(text);
  return std::string(columns > width ? columns - width : 0, ' ') + std::string(text);
}

}  // namespace silkledger::cli
