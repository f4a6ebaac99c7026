#include "server/http/head_gate.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "server/http/text.h"

namespace silkledger::server {

namespace {

// What may be in a request line besides the target: method, two spaces, version.
constexpr std::size_t kRequestLineOverheadBytes = 64;

// Fields that mean one thing and may therefore come once. Host and the framing fields are counted
// apart.
constexpr std::array<std::string_view, 13> kOnce = {
    "authorization",     "content-type", "content-encoding",      "expect",
    "idempotency-key",   "if-match",     "if-none-match",         "origin",
    "sec-websocket-key", "upgrade",      "sec-websocket-version", "referer",
    "user-agent"};

constexpr std::array<std::string_view, 6> kMethods = {"GET", "HEAD",  "POST",
                                                      "PUT", "PATCH", "DELETE"};

bool is_visible(char c) { return c > 0x20 && c < 0x7f; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_host_character(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' ||
         c == '_' || c == ':' || c == '[' || c == ']';
}

}  // namespace

HeadGate::Verdict HeadGate::look(std::string_view bytes) {
  if (!scan(bytes) || !check_sizes(bytes)) return Verdict::refused;
  if (!ended_) return Verdict::more;
  return check_head(bytes.substr(0, scanned_)) ? Verdict::complete : Verdict::refused;
}

bool HeadGate::refuse(EdgeProblem kind, const char* detail_en, const char* detail_zh) {
  problem_ = {kind, detail_en, detail_zh};
  return false;
}

// Walks on to the empty line, once over each byte however the bytes arrive. What could never become
// a header (a TLS greeting, a bare line feed) is refused at its first byte and not waited for.
bool HeadGate::scan(std::string_view bytes) {
  const std::size_t end = std::min(bytes.size(), limits_.header_bytes_max);
  for (; scanned_ < end && !ended_; ++scanned_) {
    const auto c = static_cast<unsigned char>(bytes[scanned_]);
    const char before = scanned_ > 0 ? bytes[scanned_ - 1] : '\0';
    if ((before == '\r') != (c == '\n')) {
      return refuse(EdgeProblem::malformed_request,
                    "Every line ends with CR LF; a bare one was sent.",
                    "每一行必须以 CR LF 结束，请求中出现了单独的 CR 或 LF。");
    }
    if ((c < 0x20 && c != '\r' && c != '\n' && c != '\t') || c == 0x7f) {
      return refuse(EdgeProblem::malformed_request,
                    "The header contains a control character. Is this HTTP/1.1 without TLS?",
                    "请求头中含有控制字符。请确认使用的是不带 TLS 的 HTTP/1.1。");
    }
    if (c != '\n') continue;
    if (line_end_ == 0) line_end_ = scanned_ - 1;
    if (scanned_ == 1) {
      return refuse(EdgeProblem::malformed_request, "The request begins with an empty line.",
                    "请求以空行开头。");
    }
    ended_ = scanned_ >= 3 && bytes[scanned_ - 2] == '\n';
  }
  return true;
}

bool HeadGate::check_sizes(std::string_view bytes) {
  const std::size_t line = line_end_ > 0 ? line_end_ : bytes.size();
  if (line > limits_.target_bytes_max + kRequestLineOverheadBytes) {
    return refuse(EdgeProblem::target_too_long,
                  "The path and query are too long; send less in them.",
                  "请求路径和查询参数过长，请缩短。");
  }
  if (!ended_ && bytes.size() >= limits_.header_bytes_max) {
    return refuse(EdgeProblem::header_too_large,
                  "The header is too large; send fewer or shorter fields.",
                  "请求头过大，请减少或缩短字段。");
  }
  return true;
}

bool HeadGate::check_head(std::string_view head) {
  if (!check_request_line(head.substr(0, line_end_))) return false;
  std::string_view rest = head.substr(line_end_ + 2);
  while (rest.size() > 2) {
    const std::size_t end = rest.find("\r\n");
    if (!check_field(rest.substr(0, end))) return false;
    rest.remove_prefix(end + 2);
  }
  return check_framing();
}

bool HeadGate::check_request_line(std::string_view line) {
  const auto malformed = [this] {
    return refuse(EdgeProblem::malformed_request,
                  "The request line is not: method, space, target, space, HTTP/1.1.",
                  "请求行格式应为：方法、空格、地址、空格、HTTP/1.1。");
  };
  const std::size_t first = line.find(' ');
  const std::size_t second = line.rfind(' ');
  if (first == std::string_view::npos || first == second) return malformed();
  const std::string_view method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, second - first - 1);
  const std::string_view version = line.substr(second + 1);
  if (!is_token(method) || target.empty() ||
      !std::all_of(target.begin(), target.end(), is_visible)) {
    return malformed();
  }
  if (version.size() != 8 || version.substr(0, 5) != "HTTP/" || !is_digit(version[5]) ||
      version[6] != '.' || !is_digit(version[7])) {
    return malformed();
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    return refuse(EdgeProblem::version_not_supported, "Only HTTP/1.1 is spoken here.",
                  "本服务仅支持 HTTP/1.1。");
  }
  http_1_0_ = version == "HTTP/1.0";
  if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
    return refuse(EdgeProblem::method_not_allowed, "This method is not offered here.",
                  "本服务不提供该请求方法。");
  }
  if (target.size() > limits_.target_bytes_max) {
    return refuse(EdgeProblem::target_too_long,
                  "The path and query are too long; send less in them.",
                  "请求路径和查询参数过长，请缩短。");
  }
  return true;
}

bool HeadGate::check_field(std::string_view line) {
  if (++fields_ > limits_.header_fields_max) {
    return refuse(EdgeProblem::header_too_large, "There are too many header fields.",
                  "请求头字段过多。");
  }
  if (line.front() == ' ' || line.front() == '\t') {
    return refuse(EdgeProblem::malformed_request, "Folded header lines are not accepted.",
                  "不接受折行的请求头。");
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) {
    return refuse(EdgeProblem::malformed_request,
                  "A header field is a name and a colon without space between them.",
                  "请求头字段应为名称后紧跟冒号，中间不得有空格。");
  }
  return check_known_field(line.substr(0, colon), trim(line.substr(colon + 1)));
}

bool HeadGate::check_known_field(std::string_view name, std::string_view value) {
  if (equal_ignoring_case(name, "host")) {
    if (++hosts_ > 1 || value.empty() ||
        !std::all_of(value.begin(), value.end(), is_host_character)) {
      return refuse(EdgeProblem::malformed_request, "There must be exactly one valid Host field.",
                    "必须有且仅有一个有效的 Host 字段。");
    }
    return true;
  }
  if (equal_ignoring_case(name, "content-length")) return check_content_length(value);
  if (equal_ignoring_case(name, "transfer-encoding")) {
    if (++transfer_encodings_ > 1 || value != "chunked") {
      return refuse(EdgeProblem::ambiguous_framing,
                    "Transfer-Encoding, if sent at all, is exactly chunked and comes once.",
                    "Transfer-Encoding 如需发送，只能为 chunked 且只能出现一次。");
    }
    return true;
  }
  if (equal_ignoring_case(name, "trailer")) {
    return refuse(EdgeProblem::ambiguous_framing, "Trailer fields are not accepted.",
                  "不接受尾部字段（trailer）。");
  }
  if (equal_ignoring_case(name, "expect")) {
    if (!equal_ignoring_case(value, "100-continue")) {
      return refuse(EdgeProblem::expectation_failed,
                    "The only expectation we meet is 100-continue.",
                    "本服务仅支持 100-continue 期望。");
    }
    expects_continue_ = true;
  }
  return check_once(name);
}

bool HeadGate::check_once(std::string_view name) {
  for (std::size_t i = 0; i < kOnce.size(); ++i) {
    if (!equal_ignoring_case(name, kOnce[i])) continue;
    const std::uint32_t bit = 1u << i;
    if ((seen_once_ & bit) != 0) {
      return refuse(EdgeProblem::malformed_request, "A header field that may come once came twice.",
                    "只能出现一次的请求头字段重复出现。");
    }
    seen_once_ |= bit;
  }
  return true;
}

bool HeadGate::check_content_length(std::string_view value) {
  constexpr std::size_t kDigitsMax = 18;  // fits 64 bits whatever the digits are
  if (++content_lengths_ > 1 || value.empty() ||
      !std::all_of(value.begin(), value.end(), is_digit)) {
    return refuse(EdgeProblem::ambiguous_framing,
                  "Content-Length is one plain decimal number and comes once.",
                  "Content-Length 必须是一个十进制数且只能出现一次。");
  }
  content_length_ = limits_.body_bytes_max + 1;
  if (value.size() <= kDigitsMax) {
    content_length_ = 0;
    for (const char digit : value) {
      content_length_ = content_length_ * 10 + static_cast<std::uint64_t>(digit - '0');
    }
  }
  return true;
}

bool HeadGate::check_framing() {
  if (hosts_ != 1) {
    return refuse(EdgeProblem::malformed_request, "There must be exactly one valid Host field.",
                  "必须有且仅有一个有效的 Host 字段。");
  }
  if (transfer_encodings_ > 0 && (content_lengths_ > 0 || http_1_0_)) {
    return refuse(EdgeProblem::ambiguous_framing,
                  "Transfer-Encoding does not go with Content-Length or HTTP/1.0.",
                  "Transfer-Encoding 不能与 Content-Length 或 HTTP/1.0 同时使用。");
  }
  if (content_length_ > limits_.body_bytes_max) {
    return refuse(EdgeProblem::body_too_large, "The body is too large; send it in parts.",
                  "请求内容过大，请分批发送。");
  }
  return true;
}

}  // namespace silkledger::server
