#include "clients/cli/text/reading.h"

#include <boost/json.hpp>
#include <charconv>

namespace silkledger::cli {
namespace {

template <class Number>
std::optional<Number> number(std::string_view digits) {
  Number value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

}  // namespace

boost::json::value parse_json(std::string_view text) {
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(text, error);
  return error ? boost::json::value() : value;
}

const boost::json::value* member(const boost::json::value& value, std::string_view path) {
  const boost::json::value* at = &value;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    const auto* object = at->if_object();
    if (object == nullptr) return nullptr;
    at = object->if_contains(path.substr(0, dot));
    if (at == nullptr) return nullptr;
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
  }
  return at;
}

std::string text_at(const boost::json::value& value, std::string_view path) {
  const auto* found = member(value, path);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

bool flag_at(const boost::json::value& value, std::string_view path) {
  const auto* found = member(value, path);
  return found != nullptr && found->is_bool() && found->get_bool();
}

std::optional<std::uint64_t> count_at(const boost::json::value& value, std::string_view path) {
  const auto* found = member(value, path);
  if (found == nullptr) return std::nullopt;
  if (found->is_string()) return number<std::uint64_t>(found->get_string());
  const auto integer = integer_of(*found);
  if (!integer || *integer < 0) return std::nullopt;
  return static_cast<std::uint64_t>(*integer);
}

std::optional<std::int64_t> integer_of(const boost::json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_string()) return number<std::int64_t>(value.get_string());
  return std::nullopt;
}

}  // namespace silkledger::cli
