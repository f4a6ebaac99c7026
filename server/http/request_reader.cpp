#include "server/http/request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/none.hpp>
#include <cassert>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include "server/http/head_gate.h"
#include "server/http/request_body.h"
#include "server/http/target.h"
#include "server/http/text.h"

namespace silkledger::server {

namespace http = boost::beast::http;
using boost::system::error_code;

struct RequestReader::Parsing {
  explicit Parsing(const EdgeLimits& edge_limits)
      : limits(edge_limits), gate(edge_limits), body(edge_limits) {
    parser.eager(false);
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes_max) + 1);
    parser.body_limit(boost::none);  // the gate and the body keep it
  }

  Step refuse(Problem why) {
    problem = std::move(why);
    return Step::refused;
  }

  Step read_head(std::string& buffer);
  Step read_body(std::string& buffer);
  void decode_fields();

  const EdgeLimits& limits;
  HeadGate gate;
  bool head_passed = false;
  bool body_begun = false;
  bool complete = false;
  http::request_parser<http::empty_body> parser;  // of the header alone
  RequestBody body;
  HttpRequest request;
  Problem problem;
};

RequestReader::RequestReader(const EdgeLimits& limits)
    : parsing_(std::make_unique<Parsing>(limits)) {}

RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::advance(std::string& buffer) {
  Parsing& state = *parsing_;
  if (!state.head_passed) {
    const auto verdict = state.gate.look(buffer);
    if (verdict == HeadGate::Verdict::more) return Step::need_header;
    if (verdict == HeadGate::Verdict::refused) return state.refuse(state.gate.problem());
    if (state.read_head(buffer) == Step::refused) return Step::refused;
  }
  return state.read_body(buffer);
}

RequestReader::Step RequestReader::Parsing::read_head(std::string& buffer) {
  head_passed = true;
  error_code error;
  const std::size_t used = parser.put(boost::asio::buffer(buffer.data(), gate.head_bytes()), error);
  if (error || used != gate.head_bytes() || !parser.is_header_done()) {
    return refuse(
        {EdgeProblem::malformed_request, "The request header cannot be read.", "无法解析请求头。"});
  }
  buffer.erase(0, used);
  const auto& head = parser.get();
  auto target = parse_target({head.target().data(), head.target().size()}, limits);
  if (auto* wrong = std::get_if<Problem>(&target)) return refuse(std::move(*wrong));
  request.path = std::move(std::get<Target>(target).path);
  request.query = std::move(std::get<Target>(target).query);
  if (gate.chunked()) {
    body.expect_chunks();
  } else {
    body.expect_length(gate.content_length());
  }
  return Step::need_body;
}

RequestReader::Step RequestReader::Parsing::read_body(std::string& buffer) {
  body_begun = body_begun || !buffer.empty();
  std::string_view bytes = buffer;
  const auto step = body.advance(bytes);
  buffer.erase(0, buffer.size() - bytes.size());
  if (step == RequestBody::Step::more) return Step::need_body;
  if (step == RequestBody::Step::refused) return refuse(body.problem());
  decode_fields();
  request.body = body.take();
  complete = true;
  return Step::complete;
}

void RequestReader::Parsing::decode_fields() {
  constexpr std::string_view kScheme = "bearer ";
  const auto& message = parser.get();
  const auto method = message.method_string();
  request.method.assign(method.data(), method.size());
  if (request.method == "HEAD") request.method = "GET";
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
  assert(parsing_->complete);
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
