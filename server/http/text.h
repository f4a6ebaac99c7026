// The few rules of text that HTTP and WebSocket share. Pure; ASCII only, no locale.
#pragma once

#include <string>
#include <string_view>

namespace silkledger::server {

bool is_token(std::string_view text);  // RFC 9110 token: a method, a field name, a subprotocol
bool equal_ignoring_case(std::string_view left, std::string_view right);
std::string lower_case(std::string_view text);
std::string_view trim(std::string_view text);  // spaces and tabs

// Whether a comma-separated list holds this item, ignoring case.
bool list_contains(std::string_view list, std::string_view item);

// The longest prefix of at most `bytes_max` bytes that does not cut a UTF-8 character.
std::string_view utf8_prefix(std::string_view text, std::size_t bytes_max);

}  // namespace silkledger::server
