#include "server/http/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cassert>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>

#include "server/http/head_gate.h"
#include "server/http/target.h"
#include "server/http/text.h"

namespace silkledger::server {

namespace http = boost::beast::http;
using boost::system::error_code;

struct RequestReader::Parsing {
  explicit Parsing(const EdgeLimits& edge_limits) : limits(edge_limits), gate(edge_limits) {
    parser.eager(true);
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes_max) + 1);
    parser.body_limit(limits.body_bytes_max);
    parser.on_chunk_header(refuse_extension);
  }

  Step refuse(EdgeProblem kind, const char* detail_en, const char* detail_zh) {
    problem = {kind, detail_en, detail_zh};
    return Step::refused;
  }

  Step begin_body(std::string& buffer);
  Step parse(std::string& buffer);
  Step finish();
  void decode_fields();

  static void on_chunk(std::uint64_t, boost::beast::string_view extension, error_code& error) {
    if (!extension.empty()) error = http::error::bad_chunk_extension;
  }

  const EdgeLimits& limits;
  HeadGate gate;
  bool head_passed = false;
  bool body_begun = false;
  std::size_t fields_of_head = 0;
  http::request_parser<http::string_body> parser;
  // Beast keeps a reference to the callback.
  std::function<void(std::uint64_t, boost::beast::string_view, error_code&)> refuse_extension =
      on_chunk;
  HttpRequest request;
  Problem problem;
};

RequestReader::RequestReader(const EdgeLimits& limits)
    : parsing_(std::make_unique<Parsing>(limits)) {}

RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::advance(std::string& buffer) {
  Parsing& state = *parsing_;
  if (state.head_passed) {
    state.body_begun = state.body_begun || !buffer.empty();
    return state.parse(buffer);
  }
  switch (state.gate.look(buffer)) {
    case HeadGate::Verdict::more:
      return Step::need_header;
    case HeadGate::Verdict::refused:
      state.problem = state.gate.problem();
      return Step::refused;
    case HeadGate::Verdict::complete:
      return state.begin_body(buffer);
  }
  return Step::refused;
}

RequestReader::Step RequestReader::Parsing::begin_body(std::string& buffer) {
  head_passed = true;
  body_begun = buffer.size() > gate.head_bytes();
  error_code error;
  // The header alone first: only then is known how many fields it has, which tells trailers apart.
  parser.eager(false);
  const std::size_t used = parser.put(boost::asio::buffer(buffer.data(), gate.head_bytes()), error);
  if (error || used != gate.head_bytes() || !parser.is_header_done()) {
    return refuse(EdgeProblem::malformed_request, "The request header cannot be read.",
                  "无法解析请求头。");
  }
  buffer.erase(0, used);
  parser.eager(true);
  const auto& head = parser.get();
  fields_of_head = static_cast<std::size_t>(std::distance(head.begin(), head.end()));
  auto target = parse_target({head.target().data(), head.target().size()}, limits);
  if (auto* wrong = std::get_if<Problem>(&target)) {
    problem = std::move(*wrong);
    return Step::refused;
  }
  request.path = std::move(std::get<Target>(target).path);
  request.query = std::move(std::get<Target>(target).query);
  return parse(buffer);
}

RequestReader::Step RequestReader::Parsing::parse(std::string& buffer) {
  while (!parser.is_done() && !buffer.empty()) {
    error_code error;
    const std::size_t used = parser.put(boost::asio::buffer(buffer), error);
    buffer.erase(0, used);
    if (error == http::error::need_more) {
      // A chunk size that does not end is not waited for without end.
      if (buffer.size() < limits.header_bytes_max) return Step::need_body;
      error = http::error::bad_chunk;
    }
    if (error == http::error::body_limit) {
      return refuse(EdgeProblem::body_too_large, "The body is too large; send it in parts.",
                    "请求内容过大，请分批发送。");
    }
    if (error) {
      return refuse(EdgeProblem::malformed_request,
                    "The chunked body is malformed or has chunk extensions.",
                    "分块传输的请求内容格式错误或带有扩展。");
    }
  }
  return parser.is_done() ? finish() : Step::need_body;
}

RequestReader::Step RequestReader::Parsing::finish() {
  const auto& message = parser.get();
  if (static_cast<std::size_t>(std::distance(message.begin(), message.end())) != fields_of_head) {
    return refuse(EdgeProblem::ambiguous_framing, "Trailer fields are not accepted.",
                  "不接受尾部字段（trailer）。");
  }
  decode_fields();
  request.body = std::move(parser.get().body());
  return Step::complete;
}

void RequestReader::Parsing::decode_fields() {
  constexpr std::string_view kScheme = "bearer ";
  const auto& message = parser.get();
  const auto method = message.method_string();
  request.method.assign(method.data(), method.size());
  if (request.method == "HEAD") request.method = "GET";
  request.headers.reserve(fields_of_head);
  for (const auto& field : message) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.emplace_back(lower_case({name.data(), name.size()}),
                                 std::string(value.data(), value.size()));
  }
  const std::string* authorization = request.header("authorization");
  if (authorization != nullptr &&
      equal_ignoring_case(std::string_view(*authorization).substr(0, kScheme.size()), kScheme)) {
    request.token = std::string(trim(std::string_view(*authorization).substr(kScheme.size())));
  }
}

bool RequestReader::must_continue() const {
  return parsing_->gate.expects_continue() && !parsing_->gate.http_1_0() && !parsing_->body_begun;
}

HttpRequest RequestReader::take() {
  assert(parsing_->parser.is_done());
  return std::move(parsing_->request);
}

// HTTP/1.0 is answered and closed: its keep-alive was never specified.
bool RequestReader::keep_alive() const {
  return !parsing_->gate.http_1_0() && parsing_->parser.keep_alive();
}

bool RequestReader::head_only() const {
  return parsing_->parser.get().method() == http::verb::head;
}

bool RequestReader::wants_upgrade() const {
  const auto& message = parsing_->parser.get();
  const auto upgrade = message[http::field::upgrade];
  const auto connection = message[http::field::connection];
  return message.method() == http::verb::get && !parsing_->gate.http_1_0() &&
         !parsing_->gate.chunked() && parsing_->gate.content_length() == 0 &&
         list_contains({upgrade.data(), upgrade.size()}, "websocket") &&
         list_contains({connection.data(), connection.size()}, "upgrade");
}

const Problem& RequestReader::problem() const { return parsing_->problem; }

}  // namespace silkledger::server
