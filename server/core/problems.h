// Answers of the application as JSON: RFC 9457 problem details in Chinese and English, and
// receipts.
//
// Pure. What is said is a value of the schema, the same for HTTP, JSON and binary frames;
// docs/API.md lists the types.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "domain/schema/json/options.h"
#include "domain/schema/protocol.values.h"
#include "server/core/sequencer.h"
#include "server/edge.h"

namespace silkledger::server {

struct Reply {
  int status = 200;
  std::string body;  // a JSON object, unless the answer is a value
  NamedValues headers;
  std::variant<std::monostate, schema::ReceiptBody, schema::ProblemBody> value = {};
};

// The answer as a JSON object.
std::string body_of(const Reply& reply);

// A problem without more to say than its text. `code` names its type:
// "urn:silkledger:problem:<code>".
Reply problem(int status, std::string_view code, const Text& title, const Text& detail);

Reply unauthorised();
Reply forbidden(const Text& detail);
Reply not_found(const Text& detail);
Reply bad_parameter(std::string_view name, const Text& detail);
Reply unavailable(const Text& detail, int retry_after_s);
// What a client has seen is not all of this log's history: it was restored, and `kept` is the last
// position that its epoch `theirs` shares with the present one.
Reply epoch_changed(std::uint64_t now, std::uint64_t theirs, std::uint64_t kept);
// Every fault of a JSON document, each with its JSON Pointer.
Reply invalid_json(const std::vector<json::JsonError>& errors);
// What a rule refused: article, rule-set version and remedy included.
Reply refusal(const Rejection& rejection);
Reply undecided(const Undecided& why);
Reply receipt(const std::string& command_id, const Accepted& accepted);

Reply reply_to(const std::string& command_id, const CommandOutcome& outcome);

// Adds Retry-After to an answer of 429 or 503 that lacks it.
void say_when(HttpResponse& response);
HttpResponse to_http(Reply reply);

}  // namespace silkledger::server
