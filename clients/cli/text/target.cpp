#include "clients/cli/text/target.h"

#include <charconv>
#include <optional>

namespace silkledger::cli {
namespace {

constexpr std::uint16_t kHttpPort = 80;
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::optional<std::uint16_t> port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc() || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

}  // namespace

std::variant<ServerAddress, Text> parse_server(std::string_view url) {
  const Text wanted = {"服务器地址须写作 http://主机:端口，例如 http://127.0.0.1:8420。",
                       "Write the server as http://host:port, such as http://127.0.0.1:8420."};
  if (url.starts_with("https://")) {
    return Text{"本程序尚不支持 https；请在本机经代理或隧道访问。",
                "https is not supported yet; reach the server through a local proxy or tunnel."};
  }
  if (!url.starts_with("http://")) return wanted;
  url.remove_prefix(7);
  while (url.ends_with('/')) url.remove_suffix(1);
  if (url.find_first_of("/?#@ ") != std::string_view::npos) return wanted;
  ServerAddress address{{}, kHttpPort};
  std::string_view rest;
  if (url.starts_with('[')) {
    const std::size_t close = url.find(']');
    if (close == std::string_view::npos) return wanted;
    address.host = url.substr(1, close - 1);
    rest = url.substr(close + 1);
  } else {
    const std::size_t colon = url.find(':');
    address.host = url.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view() : url.substr(colon);
  }
  if (address.host.empty()) return wanted;
  if (!rest.empty()) {
    const auto port = rest.front() == ':' ? port_of(rest.substr(1)) : std::nullopt;
    if (!port) return wanted;
    address.port = *port;
  }
  return address;
}

std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c)) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += '%';
      encoded += kHexDigits[byte >> 4U];
      encoded += kHexDigits[byte & 0x0FU];
    }
  }
  return encoded;
}

std::string target(std::string path, const QueryParameters& parameters) {
  char separator = '?';
  for (const auto& [name, value] : parameters) {
    path += separator;
    path += percent_encoded(name) + '=' + percent_encoded(value);
    separator = '&';
  }
  return path;
}

bool split_pair(std::string_view argument, std::pair<std::string, std::string>& pair) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string_view::npos || equals == 0) return false;
  pair = {std::string(argument.substr(0, equals)), std::string(argument.substr(equals + 1))};
  return true;
}

}  // namespace silkledger::cli
