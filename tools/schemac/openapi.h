// The description of the HTTP API, OpenAPI 3.1.
#pragma once

#include <boost/json/value.hpp>

#include <string>
#include <string_view>

#include "tools/schemac/model.h"

namespace silkledger::schemac {

// The hand-written part, built in from openapi-base.json.
extern const std::string_view kOpenapiBase;

// Commands and view rows added to `base`.
std::string openapi(const Model& model, std::string_view base);

// Two blanks a level, short leaves on one line, so that a change of the schema is a small diff.
std::string pretty(const boost::json::value& value);

}  // namespace silkledger::schemac
