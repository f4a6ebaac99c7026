// What the edge counts, for /metrics. A snapshot; every value only grows but for the two that say
// "now".
#pragma once

#include <cstdint>

namespace silkledger::server {

struct EdgeCounters {
  std::uint64_t connections_accepted = 0;
  std::uint64_t connections_refused = 0;  // over a limit
  std::uint64_t connections_now = 0;      // live ones included
  std::uint64_t accept_failures = 0;
  std::uint64_t requests = 0;          // that reached the application
  std::uint64_t requests_refused = 0;  // by the edge
  std::uint64_t live_opened = 0;
  std::uint64_t live_now = 0;
  std::uint64_t live_stalled = 0;  // closed because they took nothing
  std::uint64_t live_messages_received = 0;
};

}  // namespace silkledger::server
