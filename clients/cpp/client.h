// A small client of the published protocol: requests over one kept-alive connection, and one live
// connection. For the command line, tests and tools. Blocking, each call with a time limit; no
// Boost in this header.
//
// Threads: one object, one thread at a time. Ownership: nothing is shared.
// Errors are values: what happened, in a word for programs and a sentence for people. A
// problem+json answer is not an error here; callers read status and body.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silkledger::client {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Endpoint {
  std::string host = "127.0.0.1";
  std::uint16_t port = 0;
  std::string token;  // empty: none is sent
};

enum class ErrorKind {
  none,
  refused,   // nothing listens there, or the name cannot be resolved
  timeout,   // the limit of this call has passed; the connection is given up
  closed,    // the other side closed: code and reason of a live connection, if it said any
  rejected,  // an upgrade was answered with something else than 101: status and body
  protocol,  // what came is not HTTP or WebSocket, or is larger than we take
};

struct Error {
  ErrorKind kind = ErrorKind::none;
  std::string message;
  int close_code = 0;  // 1006 when the connection just ended
  std::string close_reason;
  int status = 0;                       // of a rejected upgrade
  std::string body;                     // of a rejected upgrade
  std::chrono::seconds retry_after{0};  // of a rejected upgrade; 0 when it did not say
  explicit operator bool() const { return kind != ErrorKind::none; }
};

struct HttpResult {
  Error error;
  int status = 0;
  Headers headers;  // names in lower case
  std::string body;
  bool ok() const { return !error && status >= 200 && status < 300; }
  const std::string* header(std::string_view lower_case_name) const;
};

struct ClientLimits {
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds request_timeout{30'000};  // one request with its answer
  std::size_t response_bytes_max = 256u * 1024 * 1024;
  std::size_t message_bytes_max = 16u * 1024 * 1024;
};

class Client {
 public:
  explicit Client(Endpoint endpoint, ClientLimits limits = {});
  ~Client();
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;

  // Sends one request and waits for the answer. `target` is a path with its query, already escaped.
  // A kept-alive connection that the server has meanwhile closed is opened again, once, for GET and
  // HEAD; other methods report `closed`, because the request may have been taken: repeat it with
  // the same Idempotency-Key.
  HttpResult request(const std::string& method, const std::string& target,
                     const Headers& headers = {}, const std::string& body = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// What the messages of a live connection are: texts of JSON, or binary (clients/cpp/live_binary.h).
enum class Encoding { json, binary };

class LiveClient {
 public:
  explicit LiveClient(Endpoint endpoint, ClientLimits limits = {},
                      Encoding encoding = Encoding::json);
  ~LiveClient();
  LiveClient(LiveClient&&) noexcept;
  LiveClient& operator=(LiveClient&&) noexcept;

  // Opens /api/v1/live with this query ("from=12&topic=all", without '?', may be empty).
  Error connect(const std::string& query = {}, const Headers& headers = {});
  Error send(const std::string& message);
  // The next message; nothing when the time is up (error kind timeout, the connection stays
  // good) or when it has ended: error() tells which.
  std::optional<std::string> receive(std::chrono::milliseconds timeout);
  const Error& error() const;  // of the last call
  bool is_open() const;
  // The closing handshake, at most connect_timeout.
  Error close(std::uint16_t code = 1000, const std::string& reason = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace silkledger::client
