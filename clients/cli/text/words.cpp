#include "clients/cli/text/words.h"

#include "domain/kernel/code_points.h"

namespace silkledger::cli {
namespace {

constexpr std::string_view kIdeographicSpace = "\u3000";
constexpr char32_t kFullWidthFirst = U'\uFF01';
constexpr char32_t kFullWidthLast = U'\uFF5E';
constexpr char32_t kFullWidthOffset = U'\uFF01' - U'!';

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

Lang language(std::string_view option, std::string_view lc_all, std::string_view lang) {
  const std::string_view wanted = !option.empty() ? option : !lc_all.empty() ? lc_all : lang;
  return wanted.starts_with("en") ? Lang::en : Lang::zh;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + ' ' + std::string(number == 1 ? one : many);
}

std::string spaced(std::string_view name) {
  std::string text;
  for (const char c : name) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper) text += ' ';
    text += upper ? static_cast<char>(c - 'A' + 'a') : c == '-' ? ' ' : c;
  }
  return text;
}

std::string_view trimmed(std::string_view text) {
  for (;;) {
    if (text.starts_with(kIdeographicSpace)) {
      text.remove_prefix(kIdeographicSpace.size());
    } else if (text.ends_with(kIdeographicSpace)) {
      text.remove_suffix(kIdeographicSpace.size());
    } else if (!text.empty() && is_blank(text.front())) {
      text.remove_prefix(1);
    } else if (!text.empty() && is_blank(text.back())) {
      text.remove_suffix(1);
    } else {
      return text;
    }
  }
}

std::string half_width(std::string_view text) {
  std::string half;
  for (const char32_t point : decode_utf8(text).points) {
    if (point >= kFullWidthFirst && point <= kFullWidthLast) {
      half += static_cast<char>(point - kFullWidthOffset);
    } else if (point == U'\u3000') {
      half += ' ';
    } else {
      append_utf8(half, point);
    }
  }
  return half;
}

}  // namespace silkledger::cli
