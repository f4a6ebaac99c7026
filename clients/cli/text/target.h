// Addresses: the server's, and the paths with queries that are asked for.
//
// Values, pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "domain/kernel/text.h"

namespace silkledger::cli {

struct ServerAddress {
  std::string host;
  std::uint16_t port = 0;
};

// "http://host:port", "http://[::1]:8420"; port 80 when left out. Refused: other schemes, user
// information, a path.
std::variant<ServerAddress, Text> parse_server(std::string_view url);

using QueryParameters = std::vector<std::pair<std::string, std::string>>;

std::string percent_encoded(std::string_view text);
// "/api/v1/views/project?unit=653126"; values are escaped here.
std::string target(std::string path, const QueryParameters& parameters);

// "unit=653126" into its two halves; false without '=' or with an empty name.
bool split_pair(std::string_view argument, std::pair<std::string, std::string>& pair);

}  // namespace silkledger::cli
