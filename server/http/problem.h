// What the edge itself refuses, as RFC 9457 problem details in English and Chinese. Pure.
//
// Details never repeat what the client sent: they are written before anything is known about it.
#pragma once

#include <string>

#include "server/edge.h"

namespace silkledger::server {

enum class EdgeProblem {
  malformed_request,
  ambiguous_framing,
  bad_target,
  bad_upgrade,
  origin_not_allowed,
  method_not_allowed,
  request_timeout,
  body_too_large,
  target_too_long,
  expectation_failed,
  upgrade_required,
  too_many_connections,
  header_too_large,
  application_failed,
  server_full,
  version_not_supported,
};

struct Problem {
  EdgeProblem kind = EdgeProblem::malformed_request;
  std::string detail_en;  // one sentence: what is wrong and what would help. No quotes, no control
                          // characters
  std::string detail_zh;
};

int status_of(EdgeProblem kind);

// {"type":"urn:silkledger:problem:…","title":…,"titleZh":…,"status":…,"detail":…,"detailZh":…}
HttpResponse to_response(const Problem& problem);

}  // namespace silkledger::server
