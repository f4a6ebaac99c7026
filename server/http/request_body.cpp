#include "server/http/request_body.h"

#include <algorithm>

namespace silkledger::server {

namespace {

constexpr std::size_t kSizeDigitsMax = 16;  // fit 64 bits whatever they are

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

void RequestBody::expect_length(std::uint64_t bytes) { left_ = bytes; }

void RequestBody::expect_chunks() {
  chunked_ = true;
  part_ = Part::size;
}

RequestBody::Step RequestBody::advance(std::string_view& bytes) {
  while (part_ != Part::end) {
    Step step = Step::complete;
    switch (part_) {
      case Part::data:
        step = read_data(bytes);
        break;
      case Part::after_data:
        step = read_line_end(bytes, last_ ? Part::end : Part::size);
        break;
      case Part::size:
        step = read_size(bytes);
        break;
      case Part::end_of_size:
        step = read_line_end(bytes, Part::data);
        break;
      case Part::end:
        break;
    }
    if (step != Step::complete) return step;
  }
  return Step::complete;
}

RequestBody::Step RequestBody::refuse(EdgeProblem kind, const char* detail_en,
                                      const char* detail_zh) {
  problem_ = {kind, detail_en, detail_zh};
  return Step::refused;
}

RequestBody::Step RequestBody::malformed() {
  return refuse(EdgeProblem::malformed_request,
                "The chunked body is malformed or has chunk extensions.",
                "分块传输的请求内容格式错误或带有扩展。");
}

RequestBody::Step RequestBody::read_data(std::string_view& bytes) {
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
  body_.append(bytes.substr(0, size));
  bytes.remove_prefix(size);
  left_ -= size;
  if (left_ > 0) return Step::more;
  part_ = chunked_ ? Part::after_data : Part::end;
  return Step::complete;
}

RequestBody::Step RequestBody::read_line_end(std::string_view& bytes, Part next) {
  while (!bytes.empty()) {
    const char byte = bytes.front();
    if (byte != (carriage_return_ ? '\n' : '\r')) {
      if (part_ != Part::after_data || !last_ || carriage_return_) return malformed();
      return refuse(EdgeProblem::ambiguous_framing, "Trailer fields are not accepted.",
                    "不接受尾部字段（trailer）。");
    }
    bytes.remove_prefix(1);
    carriage_return_ = !carriage_return_;
    if (carriage_return_) continue;
    part_ = next;
    return Step::complete;
  }
  return Step::more;
}

RequestBody::Step RequestBody::read_size(std::string_view& bytes) {
  for (; !bytes.empty(); bytes.remove_prefix(1)) {
    const int digit = hex_digit(bytes.front());
    if (digit < 0) {
      if (size_digits_ == 0) return malformed();
      if (left_ > limits_.body_bytes_max - body_.size()) {
        return refuse(EdgeProblem::body_too_large, "The body is too large; send it in parts.",
                      "请求内容过大，请分批发送。");
      }
      last_ = left_ == 0;
      size_digits_ = 0;
      part_ = Part::end_of_size;
      return Step::complete;
    }
    if (++size_digits_ > kSizeDigitsMax) return malformed();
    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
  }
  return Step::more;
}

}  // namespace silkledger::server
