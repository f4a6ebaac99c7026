// From an HttpResponse to the bytes of its header. Pure but for the date that is passed in.
#pragma once

#include <cstdint>
#include <string>

#include "server/edge.h"

namespace silkledger::server {

// Whether name and value can stand in a header: a token, and no control character.
bool is_sendable(const HttpResponse& response);

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::int64_t seconds_since_epoch);

// Status line, security headers, the application's headers, framing, empty line. Every answer says
// nosniff, no-store, a CSP that allows nothing and no referrer, unless the application says it
// differently.
std::string answer_head(const HttpResponse& response, bool keep_alive, const std::string& date);

}  // namespace silkledger::server
