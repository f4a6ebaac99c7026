// One event of a history or of the live channel as one line: "#42 2026-03-05 09:02:03  sentence".
//
// Values, pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>

#include "clients/cli/text/paint.h"
#include "clients/cli/text/words.h"

namespace silkledger::cli {

std::string event_line(const boost::json::value& event, Lang lang, const Paint& paint);

// The moment in Beijing, "2026-03-05 09:02:03"; the text itself when it is none.
std::string beijing_time(const std::string& rfc3339);

}  // namespace silkledger::cli
