// The bytes behind a request's header: a body of known length, or chunks joined (RFC 9112, 7.1).
//
//   chunked := *(size CRLF data CRLF) 1*"0" CRLF CRLF      size := 1*16 hex digits, not all zero
// Stricter than the RFC, because two readers could read the rest differently: no extensions, no
// trailer fields, no white space. Our own, because Beast 1.81 asserts that a trailer's line ends
// with CR LF and dies of `0\r\n` with a lone CR behind it.
//
// Pure, one body each. Errors are problems; after one, the bytes are worthless. Memory: what has
// come, never more than body_bytes_max.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "server/edge_limits.h"
#include "server/http/problem.h"

namespace silkledger::server {

class RequestBody {
 public:
  enum class Step { more, complete, refused };

  explicit RequestBody(const EdgeLimits& limits) : limits_(limits) {}  // outlive the body

  // Once, before any advance(). A length is at most body_bytes_max.
  void expect_length(std::uint64_t bytes);
  void expect_chunks();

  // Takes from the front of `bytes` what belongs to this body.
  Step advance(std::string_view& bytes);

  std::string take() { return std::move(body_); }      // after `complete`
  const Problem& problem() const { return problem_; }  // after `refused`

 private:
  // What comes next.
  enum class Part { data, after_data, size, end_of_size, end };

  Step refuse(EdgeProblem kind, const char* detail_en, const char* detail_zh);
  Step malformed();
  Step read_data(std::string_view& bytes);
  Step read_line_end(std::string_view& bytes, Part next);
  Step read_size(std::string_view& bytes);

  const EdgeLimits& limits_;
  bool chunked_ = false;
  Part part_ = Part::data;
  std::uint64_t left_ = 0;        // of the chunk, or of the whole body
  std::size_t size_digits_ = 0;   // of the size under way
  bool carriage_return_ = false;  // the first half of a line's end has come
  bool last_ = false;             // the chunk of size zero has begun
  std::string body_;
  Problem problem_;
};

}  // namespace silkledger::server
