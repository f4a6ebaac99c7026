// Every limit of the network edge, with its unit in the name and its one default.
#pragma once

#include <cstddef>
#include <cstdint>

namespace silkledger::server {

struct EdgeLimits {
  // One request.
  std::size_t header_bytes_max = 16 * 1024;  // request line and all fields, else 431
  std::size_t header_fields_max = 100;       // else 431
  std::size_t target_bytes_max = 8 * 1024;   // path and query as sent, else 414
  std::size_t query_fields_max = 100;        // else 400
  std::size_t body_bytes_max = 1024 * 1024;  // after chunks are joined, else 413

  // Time, counted from the first byte of the phase; met within one sweep.
  std::int64_t header_timeout_ms = 10'000;  // first byte to end of header, else 408
  std::int64_t body_timeout_ms = 30'000;    // end of header to end of body, else 408
  std::int64_t write_timeout_ms = 30'000;   // nothing of an answer was taken: dropped
  std::int64_t idle_timeout_ms = 60'000;    // between requests, closed silently
  std::int64_t linger_timeout_ms = 1'000;   // read and drop after a refusal, so that it arrives
  std::int64_t sweep_interval_ms = 250;     // how often deadlines are looked at

  // Connections.
  std::size_t connections_max = 8'192;  // else 503
  // An office may sit behind one address. Else 429.
  std::size_t connections_per_address_max = 1'024;
  int listen_backlog = 1'024;
  std::int64_t retry_after_s = 5;            // told with that 503 and 429
  std::int64_t accept_backoff_ms = 100;      // after the process ran out of descriptors or memory
  int socket_send_buffer_bytes = 64 * 1024;  // a stalled reader costs the kernel no more than this

  // Live connections.
  std::size_t live_message_bytes_max = 1024 * 1024;  // one message from a client, else 1009
  std::size_t live_fragments_max = 1'024;            // of one message, else 1008
  std::size_t live_control_frames_per_s_max = 20;    // else 1008
  std::size_t live_inbound_messages_max = 64;  // read but not yet taken by the core: reading pauses
  std::size_t live_outbox_bytes_max = 1024 * 1024;  // queued for one client, else send() says no
  std::int64_t live_stalled_ms_max = 30'000;        // took nothing of what is queued, else 4408
  std::int64_t live_ping_ms = 30'000;               // silent for this long: a ping
  std::int64_t live_idle_ms_max = 75'000;           // silent in spite of pings: dropped
  std::int64_t live_close_ms_max = 5'000;           // for the closing handshake
};

}  // namespace silkledger::server
