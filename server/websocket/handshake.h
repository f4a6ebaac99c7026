// The opening handshake of RFC 6455 section 4.2, with our rules of who may come. Pure but for
// SHA-1.
//
// A token comes in the Authorization header or, because browsers cannot set headers, as one of the
// subprotocols: "Sec-WebSocket-Protocol: silkledger.v1, bearer.<token>". Never in the URL, which is
// logged. Of our subprotocols the first that is offered is spoken. The token is only carried here;
// whether it is good is the application's answer.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "server/edge.h"
#include "server/http/edge_config.h"
#include "server/http/problem.h"

namespace silkledger::server {

inline constexpr std::string_view kTokenSubprotocolPrefix = "bearer.";

struct Handshake {
  LiveRequest request;
  std::string accept_key;
};

// `request` asked for an upgrade at the live path.
std::variant<Handshake, Problem> read_handshake(const HttpRequest& request,
                                                const EdgeConfig& config);

// The 101 answer, whole.
std::string handshake_answer(const Handshake& handshake);

}  // namespace silkledger::server
