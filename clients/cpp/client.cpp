#include "clients/cpp/client.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdlib>
#include <functional>
#include <utility>

namespace silkledger::client {

namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;
using tcp = net::ip::tcp;
using std::chrono::milliseconds;

constexpr const char* kLivePath = "/api/v1/live";
constexpr int kEndedWithoutClose = 1006;  // RFC 6455 section 7.1.5

Error make_error(ErrorKind kind, std::string message) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  return error;
}

// Sorts what Asio and Beast report into our few kinds.
Error sort_error(const error_code& code) {
  if (!code) return {};
  if (code == beast::error::timeout || code == net::error::timed_out) {
    return make_error(ErrorKind::timeout, "no answer in time");
  }
  if (code == net::error::connection_refused || code == net::error::host_unreachable ||
      code == net::error::network_unreachable || code == net::error::host_not_found ||
      code == net::error::host_not_found_try_again) {
    return make_error(ErrorKind::refused, code.message());
  }
  if (code == net::error::eof || code == net::error::connection_reset ||
      code == net::error::broken_pipe || code == net::error::connection_aborted ||
      code == net::error::operation_aborted || code == http::error::end_of_stream ||
      code == http::error::partial_message || code == websocket::error::closed) {
    Error error = make_error(ErrorKind::closed, "the connection was closed");
    error.close_code = kEndedWithoutClose;
    return error;
  }
  return make_error(ErrorKind::protocol, code.message());
}

// Runs the context until what was started has completed; its own time limit sees to that.
void complete(net::io_context& context) {
  context.restart();
  context.run();
}

error_code open(net::io_context& context, beast::tcp_stream& stream, const Endpoint& endpoint,
                milliseconds timeout) {
  error_code result;
  const auto addresses =
      tcp::resolver(context).resolve(endpoint.host, std::to_string(endpoint.port), result);
  if (result) return result;
  stream.expires_after(timeout);
  stream.async_connect(addresses,
                       [&](const error_code& code, const tcp::endpoint&) { result = code; });
  complete(context);
  if (!result) stream.socket().set_option(tcp::no_delay(true), result);
  return result;
}

std::string host_field(const Endpoint& endpoint) {
  const bool is_v6 = endpoint.host.find(':') != std::string::npos;
  return (is_v6 ? "[" + endpoint.host + "]" : endpoint.host) + ":" + std::to_string(endpoint.port);
}

std::string lower_case(beast::string_view text) {
  std::string result(text.data(), text.size());
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

}  // namespace

const std::string* HttpResult::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers) {
    if (name == lower_case_name) return &value;
  }
  return nullptr;
}

struct Client::State {
  State(Endpoint at, ClientLimits client_limits)
      : endpoint(std::move(at)), limits(client_limits), stream(context) {}

  http::request<http::string_body> make(const std::string& method, const std::string& target,
                                        const Headers& headers, const std::string& body) const;
  HttpResult exchange(const http::request<http::string_body>& request);
  void drop();

  Endpoint endpoint;
  ClientLimits limits;
  net::io_context context;
  beast::tcp_stream stream;
  beast::flat_buffer buffer;
};

http::request<http::string_body> Client::State::make(const std::string& method,
                                                     const std::string& target,
                                                     const Headers& headers,
                                                     const std::string& body) const {
  http::request<http::string_body> request;
  request.version(11);
  request.method_string(method);
  request.target(target);
  request.set(http::field::host, host_field(endpoint));
  if (!endpoint.token.empty()) {
    request.set(http::field::authorization, "Bearer " + endpoint.token);
  }
  for (const auto& [name, value] : headers) request.set(name, value);
  request.body() = body;
  if (!body.empty() || (method != "GET" && method != "HEAD")) request.content_length(body.size());
  return request;
}

void Client::State::drop() {
  error_code ignored;
  stream.socket().close(ignored);
  buffer.clear();
}

HttpResult Client::State::exchange(const http::request<http::string_body>& request) {
  HttpResult result;
  error_code code;
  stream.expires_after(limits.request_timeout);
  http::response_parser<http::string_body> parser;
  parser.body_limit(limits.response_bytes_max);
  parser.skip(request.method() == http::verb::head);
  http::async_write(stream, request, [&](const error_code& written, std::size_t) {
    code = written;
    // A server that refuses early may have answered before it hung up: read even when writing
    // failed.
    if (written == beast::error::timeout) return;
    http::async_read(stream, buffer, parser,
                     [&](const error_code& read, std::size_t) { code = read; });
  });
  complete(context);
  if (code) {
    drop();
    result.error = sort_error(code);
    return result;
  }
  auto response = parser.release();
  result.status = static_cast<int>(response.result_int());
  for (const auto& field : response) {
    result.headers.emplace_back(lower_case(field.name_string()),
                                std::string(field.value().data(), field.value().size()));
  }
  result.body = std::move(response.body());
  if (!response.keep_alive()) drop();
  return result;
}

Client::Client(Endpoint endpoint, ClientLimits limits)
    : state_(std::make_unique<State>(std::move(endpoint), limits)) {}
Client::~Client() = default;
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

HttpResult Client::request(const std::string& method, const std::string& target,
                           const Headers& headers, const std::string& body) {
  State& state = *state_;
  const auto request = state.make(method, target, headers, body);
  const bool may_repeat = method == "GET" || method == "HEAD";
  bool reused = state.stream.socket().is_open();
  for (;;) {
    if (!reused) {
      const error_code code =
          open(state.context, state.stream, state.endpoint, state.limits.connect_timeout);
      if (code) {
        state.drop();
        HttpResult result;
        result.error = sort_error(code);
        return result;
      }
    }
    HttpResult result = state.exchange(request);
    if (result.error.kind != ErrorKind::closed || !reused || !may_repeat) return result;
    reused = false;
  }
}

struct LiveClient::State {
  using Stream = websocket::stream<beast::tcp_stream>;

  State(Endpoint at, ClientLimits client_limits, Encoding messages)
      : endpoint(std::move(at)), limits(client_limits), encoding(messages) {}

  void start_read();
  const Error& fail(Error failure);
  Error closed(const error_code& code) const;
  bool run_until(const std::function<bool()>& finished, milliseconds timeout);

  Endpoint endpoint;
  ClientLimits limits;
  Encoding encoding;
  net::io_context context;
  std::unique_ptr<Stream> stream;  // made anew for each connect()
  beast::flat_buffer buffer;
  bool reading = false;  // one read is under way, perhaps across calls of receive()
  bool read_done = false;
  error_code read_code;
  Error error;
  bool open = false;
};

void LiveClient::State::start_read() {
  if (reading || read_done) return;
  reading = true;
  stream->async_read(buffer, [this](const error_code& code, std::size_t) {
    reading = false;
    read_done = true;
    read_code = code;
  });
}

// Runs handlers until `finished` or the time is up. What is under way stays so.
bool LiveClient::State::run_until(const std::function<bool()>& finished, milliseconds timeout) {
  const auto deadline = std::chrono::steady_clock::now() + timeout;
  context.restart();
  while (!finished()) {
    if (context.run_one_until(deadline) > 0) continue;
    if (context.stopped()) context.restart();
    if (std::chrono::steady_clock::now() >= deadline) return finished();
  }
  return true;
}

const Error& LiveClient::State::fail(Error failure) {
  error = std::move(failure);
  return error;
}

Error LiveClient::State::closed(const error_code& code) const {
  Error failure = sort_error(code);
  if (code == websocket::error::closed) {
    failure.close_code = stream->reason().code;
    failure.close_reason.assign(stream->reason().reason.data(), stream->reason().reason.size());
  }
  return failure;
}

LiveClient::LiveClient(Endpoint endpoint, ClientLimits limits, Encoding encoding)
    : state_(std::make_unique<State>(std::move(endpoint), limits, encoding)) {}

// Handlers refer to the state: whatever is under way is cancelled and awaited first.
LiveClient::~LiveClient() {
  if (!state_ || !state_->stream) return;
  error_code ignored;
  beast::get_lowest_layer(*state_->stream).socket().close(ignored);
  complete(state_->context);
}

LiveClient::LiveClient(LiveClient&&) noexcept = default;

LiveClient& LiveClient::operator=(LiveClient&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

Error LiveClient::connect(const std::string& query, const Headers& headers) {
  State& state = *state_;
  if (state.stream) {
    error_code ignored;
    beast::get_lowest_layer(*state.stream).socket().close(ignored);
    complete(state.context);
  }
  state.stream = std::make_unique<State::Stream>(state.context);
  state.buffer.clear();
  state.reading = state.read_done = state.open = false;
  auto& lowest = beast::get_lowest_layer(*state.stream);
  error_code code = open(state.context, lowest, state.endpoint, state.limits.connect_timeout);
  if (code) return state.fail(sort_error(code));
  state.stream->set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    if (!state.endpoint.token.empty()) {
      request.set(http::field::authorization, "Bearer " + state.endpoint.token);
    }
    request.set(http::field::sec_websocket_protocol,
                state.encoding == Encoding::binary ? "silkledger.v1.capnp" : "silkledger.v1");
    for (const auto& [name, value] : headers) request.set(name, value);
  }));
  state.stream->read_message_max(state.limits.message_bytes_max);
  state.stream->text(state.encoding == Encoding::json);
  websocket::response_type response;
  const std::string target = query.empty() ? kLivePath : std::string(kLivePath) + "?" + query;
  lowest.expires_after(state.limits.connect_timeout);
  state.stream->async_handshake(response, host_field(state.endpoint), target,
                                [&](const error_code& result) { code = result; });
  complete(state.context);
  if (code == websocket::error::upgrade_declined) {
    Error rejected = make_error(ErrorKind::rejected, "the upgrade was rejected");
    rejected.status = static_cast<int>(response.result_int());
    rejected.body = response.body();
    rejected.retry_after =
        std::chrono::seconds(std::atoi(std::string(response[http::field::retry_after]).c_str()));
    return state.fail(std::move(rejected));
  }
  if (code) return state.fail(sort_error(code));
  lowest.expires_never();
  state.open = true;
  return state.fail({});
}

Error LiveClient::send(const std::string& message) {
  State& state = *state_;
  if (!state.open) return state.fail(make_error(ErrorKind::closed, "not connected"));
  bool written = false;
  error_code code;
  state.stream->async_write(net::buffer(message), [&](const error_code& result, std::size_t) {
    code = result;
    written = true;
  });
  const bool in_time = state.run_until([&] { return written; }, state.limits.request_timeout);
  if (in_time && !code) return state.fail({});
  state.open = false;
  if (!in_time) {
    error_code ignored;
    beast::get_lowest_layer(*state.stream).socket().close(ignored);
    complete(state.context);
    return state.fail(make_error(ErrorKind::timeout, "the message was not taken in time"));
  }
  return state.fail(state.closed(code));
}

std::optional<std::string> LiveClient::receive(milliseconds timeout) {
  State& state = *state_;
  if (!state.open) {
    if (!state.error) state.fail(make_error(ErrorKind::closed, "not connected"));
    return std::nullopt;
  }
  state.start_read();
  if (!state.run_until([&] { return state.read_done; }, timeout)) {
    state.fail(make_error(ErrorKind::timeout, "no message in time"));
    return std::nullopt;
  }
  state.read_done = false;
  if (state.read_code) {
    state.open = false;
    state.fail(state.closed(state.read_code));
    return std::nullopt;
  }
  std::string message = beast::buffers_to_string(state.buffer.data());
  state.buffer.clear();
  state.fail({});
  return message;
}

const Error& LiveClient::error() const { return state_->error; }

bool LiveClient::is_open() const { return state_->open; }

Error LiveClient::close(std::uint16_t code, const std::string& reason) {
  State& state = *state_;
  if (!state.open) return state.fail({});
  state.open = false;
  bool done = false;
  error_code result;
  state.stream->async_close(
      websocket::close_reason(static_cast<websocket::close_code>(code), reason),
      [&](const error_code& closed) {
        result = closed;
        done = true;
      });
  const bool in_time = state.run_until([&] { return done; }, state.limits.connect_timeout);
  error_code ignored;
  beast::get_lowest_layer(*state.stream).socket().close(ignored);
  complete(state.context);
  if (!in_time) return state.fail(make_error(ErrorKind::timeout, "the other side did not close"));
  return state.fail(sort_error(result));
}

}  // namespace silkledger::client
