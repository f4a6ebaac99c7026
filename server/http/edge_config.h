// How the edge is reached. Values with their defaults; limits are apart (edge_limits.h).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/edge_limits.h"

namespace silkledger::server {

struct EdgeConfig {
  std::string bind_address =
      "127.0.0.1";         // an address, not a name; loopback until TLS ends in front of us
  std::uint16_t port = 0;  // 0: any free port, read it back with EdgeServer::port()
  std::string live_path = "/api/v1/live";
  // Origins besides our own Host that may open a live connection, "https://board.example.cn".
  std::vector<std::string> allowed_origins;
  EdgeLimits limits;
};

}  // namespace silkledger::server
