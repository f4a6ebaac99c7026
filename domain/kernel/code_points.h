// UTF-8 as a sequence of code points. People count characters, not bytes; so do our limits.
//
// Values, pure. Strict as RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace silkledger {

struct DecodedText {
  std::u32string points;                // up to the first bad byte
  std::optional<std::size_t> bad_byte;  // offset from 0 of the first byte that is not UTF-8
};

bool is_utf8(std::string_view bytes);
DecodedText decode_utf8(std::string_view text);
void append_utf8(std::string& out, char32_t point);  // `point` is a Unicode scalar value
std::string to_utf8(std::u32string_view points);

}  // namespace silkledger
