// Short ways into JSON that the server wrote. What is missing or of another type reads as nothing:
// a client goes on with what it knows.
//
// Values, pure. References live as long as the value they point into.
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace silkledger::cli {

// Null when the text is not JSON.
boost::json::value parse_json(std::string_view text);

// The member at a path such as "stored.actor"; null when there is none.
const boost::json::value* member(const boost::json::value& value, std::string_view path);

std::string text_at(const boost::json::value& value, std::string_view path);  // "" when missing
bool flag_at(const boost::json::value& value, std::string_view path);
// A number, or a 64-bit number that stands as a string.
std::optional<std::uint64_t> count_at(const boost::json::value& value, std::string_view path);
std::optional<std::int64_t> integer_of(const boost::json::value& value);

}  // namespace silkledger::cli
