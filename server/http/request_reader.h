// From received bytes to one HttpRequest: the strict gate first, then Beast's parser for the
// header, and both must agree; the body is read by RequestBody.
//
// No sockets, no time: whoever has bytes appends them to a buffer and calls advance(), which takes
// from the front what belongs to this request and leaves the rest (a pipelined request, or frames
// after an upgrade). One reader reads one request. Errors are problems; after one, the buffer is
// worthless and must be dropped. Throws nothing. Memory: bounded by header_bytes_max and
// body_bytes_max.
#pragma once

#include <memory>
#include <string>

#include "server/edge.h"
#include "server/edge_limits.h"
#include "server/http/problem.h"

namespace silkledger::server {

class RequestReader {
 public:
  enum class Step { need_header, need_body, complete, refused };

  explicit RequestReader(const EdgeLimits& limits);  // the limits outlive the reader
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  Step advance(std::string& buffer);

  // While `need_body`: the client waits for "100 Continue" and nothing of the body has come.
  bool must_continue() const;
  // After `complete`. `remote` is left empty.
  HttpRequest take();
  bool keep_alive() const;
  bool head_only() const;      // the method was HEAD
  bool wants_upgrade() const;  // "Upgrade: websocket" with "Connection: upgrade" and no body
  // After `refused`.
  const Problem& problem() const;

 private:
  struct Parsing;
  std::unique_ptr<Parsing> parsing_;
};

}  // namespace silkledger::server
