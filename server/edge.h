// The seam between the network and the application: plain values and four interfaces. Nothing here
// knows a socket; the edge (server/http, server/websocket) drives these, the application
// (server/core) implements Application and LiveConnection, and the edge implements LiveOutlet.
//
// Threads: the edge calls Application and LiveConnection only through the core executor it was
// given, one call at a time. `reply` and every method of LiveOutlet may be called from any thread.
// Ownership: requests and responses are values. The edge holds a LiveConnection until its
// on_closed() has returned; the application holds its LiveOutlet as long as it likes, a closed one
// takes nothing. Errors: a refusal is an HttpResponse; nothing here throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silkledger::server {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

// First value of that name, or nothing.
inline const std::string* find_value(const NamedValues& values, std::string_view name) {
  for (const auto& [key, value] : values) {
    if (key == name) return &value;
  }
  return nullptr;
}

struct HttpRequest {
  std::string method;   // GET POST PUT PATCH DELETE. HEAD arrives as GET; the edge drops the body
  std::string path;     // percent-decoded, valid UTF-8, no control characters, no dot segments
  NamedValues query;    // percent-decoded, in the order sent, repeated names kept
  NamedValues headers;  // names in lower case, values trimmed
  std::string body;
  std::optional<std::string>
      token;           // of "Authorization: Bearer …"; absent when there is no such header
  std::string remote;  // address of the peer, without port

  const std::string* header(std::string_view lower_case_name) const {
    return find_value(headers, lower_case_name);
  }
  const std::string* parameter(std::string_view name) const { return find_value(query, name); }
};

struct HttpResponse {
  int status = 200;
  std::string content_type;  // with charset; empty only together with an empty body
  NamedValues headers;  // added to the edge's own; one of the edge's security headers is replaced
  std::string body;
};

// Close codes of RFC 6455 that we send, and ours from 4000 on.
enum class CloseCode : std::uint16_t {
  normal = 1000,
  going_away = 1001,
  protocol_error = 1002,
  unsupported_data = 1003,
  invalid_text = 1007,
  policy = 1008,
  too_big = 1009,
  internal = 1011,
  try_again = 1013,
  unauthorised = 4401,  // the token was revoked or has run out
  stalled = 4408,       // took nothing for a named time; the reason says where to resume
};

// One or more whole WebSocket frames, headers included (websocket/frame_header.h): built once,
// shared by every receiver, never changed.
using WireFrames = std::shared_ptr<const std::string>;

// What the application may do to one live client.
class LiveOutlet {
 public:
  virtual ~LiveOutlet() = default;
  // Queues frames of the kind that the subprotocol speaks. False: not taken, because the outbox is
  // full (stop and wait for on_writable) or closed. An empty outbox takes frames of any size.
  // `mark` is the application's, for first_kept_back().
  virtual bool send(WireFrames frames, std::uint64_t mark) = 0;
  // The first mark but 0 among the frames that a close now would drop; 0 when there is none.
  virtual std::uint64_t first_kept_back() const = 0;
  // Drops what is queued and not begun, sends a close frame and ends. The reason is cut to 123
  // bytes.
  virtual void close(CloseCode code, std::string reason) = 0;
  virtual std::size_t queued_bytes() const = 0;
};

// One live client, as the application sees it.
class LiveConnection {
 public:
  virtual ~LiveConnection() = default;
  // At most live_message_bytes_max; a text is valid UTF-8, a binary message is any bytes. Which of
  // the two, the subprotocol says.
  virtual void on_message(std::string message) = 0;
  virtual void
  on_writable() = 0;  // after a refused send: the outbox has drained to half of its budget
  virtual void on_closed() = 0;  // once, last; the client is gone
  // The client took nothing for live_stalled_ms_max and will be closed with this reason (≤ 123
  // bytes), which says from which position to resume.
  virtual std::string stalled_reason() = 0;
};

// Text messages of JSON; also when the client asks for no subprotocol.
inline constexpr std::string_view kJsonSubprotocol = "silkledger.v1";
// Binary messages, one Cap'n Proto message each.
inline constexpr std::string_view kBinarySubprotocol = "silkledger.v1.capnp";

struct LiveRequest {
  std::optional<std::string>
      token;  // of the Authorization header or of the subprotocol "bearer.<token>"
  std::string remote;
  std::string
      subprotocol;  // what will be answered: one of the two below, or empty when none was asked for
  NamedValues query;
};

// Either a connection, or the answer that is sent instead of 101.
struct LiveOpening {
  std::shared_ptr<LiveConnection> connection;
  HttpResponse refusal;  // sent when there is no connection
};

class Application {
 public:
  virtual ~Application() = default;
  // `reply` is called once, now or later. Dropping it uncalled answers 500.
  virtual void handle(HttpRequest request, std::function<void(HttpResponse)> reply) = 0;
  // Authenticates before the upgrade is answered. The outlet may be used at once; what it takes
  // leaves after the 101. When the client is gone before that, on_closed() still comes.
  virtual LiveOpening open_live(LiveRequest request, std::shared_ptr<LiveOutlet> outlet) = 0;
};

}  // namespace silkledger::server
