// The edge's way to say something: a level, the name of an event, and fields. Whoever composes the
// server decides where it goes. Called from any network thread; must not block for long and must
// not throw.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace silkledger::server {

enum class LogLevel { debug, info, warning, error };

using LogFields = std::vector<std::pair<std::string_view, std::string>>;
using Log = std::function<void(LogLevel level, std::string_view event, const LogFields& fields)>;

}  // namespace silkledger::server
