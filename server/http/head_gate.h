// The strict gate: looks at the raw bytes of a request header before any parser does.
//
// Why: a parser that is lenient where a proxy in front of it is strict (or the other way round)
// lets one request hide inside another. Beast 1.81 takes several such shapes: `Transfer-Encoding:
// xchunked`, two Hosts, folded lines, TE under HTTP/1.0, a repeated Content-Length. The gate
// refuses every shape that two readers could read differently, and whoever is refused is
// disconnected, so that nothing behind the refused header is ever taken for a request.
//
// Pure, one request each, no copies of the bytes. Errors are values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "server/edge_limits.h"
#include "server/http/problem.h"

namespace silkledger::server {

class HeadGate {
 public:
  enum class Verdict { more, complete, refused };

  explicit HeadGate(const EdgeLimits& limits) : limits_(limits) {}

  // `bytes` is everything received of the request so far, from its first byte; it may run on behind
  // the header. Call again with more while the verdict is `more`, not after another verdict.
  Verdict look(std::string_view bytes);

  // After `complete`:
  std::size_t head_bytes() const { return scanned_; }  // request line to the empty line, inclusive
  bool http_1_0() const { return http_1_0_; }
  bool chunked() const { return transfer_encodings_ > 0; }
  std::uint64_t content_length() const { return content_length_; }
  bool expects_continue() const { return expects_continue_; }

  // After `refused`:
  const Problem& problem() const { return problem_; }

 private:
  bool refuse(EdgeProblem kind, const char* detail_en, const char* detail_zh);
  bool scan(std::string_view bytes);
  bool check_sizes(std::string_view bytes);
  bool check_head(std::string_view head);
  bool check_request_line(std::string_view line);
  bool check_field(std::string_view line);
  bool check_known_field(std::string_view name, std::string_view value);
  bool check_once(std::string_view name);
  bool check_content_length(std::string_view value);
  bool check_framing();

  const EdgeLimits& limits_;
  std::size_t scanned_ = 0;
  std::size_t line_end_ = 0;  // of the request line, once seen
  bool ended_ = false;
  std::size_t fields_ = 0;
  std::size_t hosts_ = 0;
  std::size_t content_lengths_ = 0;
  std::size_t transfer_encodings_ = 0;
  std::uint32_t seen_once_ = 0;  // one bit per field that may come once
  std::uint64_t content_length_ = 0;
  bool http_1_0_ = false;
  bool expects_continue_ = false;
  Problem problem_;
};

}  // namespace silkledger::server
