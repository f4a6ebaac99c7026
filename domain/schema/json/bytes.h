// Bytes as text: base64 (RFC 4648 section 4, padded) and lower-case hex. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace silkledger::json {

std::string to_base64(std::string_view bytes);
std::string to_hex(std::string_view bytes);
// Strict: nothing for anything that the writing side would not have produced.
std::optional<std::string> from_base64(std::string_view text);
std::optional<std::string> from_hex(std::string_view text);

}  // namespace silkledger::json
