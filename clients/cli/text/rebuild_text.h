// The state of the rebuild job as people read it.
//
// Values, pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "clients/cli/text/paint.h"
#include "clients/cli/text/words.h"

namespace silkledger::cli {

// Where a follower stops: nothing more happens by itself.
bool rebuild_rests(const boost::json::value& state, bool compare_only);
bool rebuild_succeeded(const boost::json::value& state, bool compare_only);

// One line, with a bar while it folds.
std::string rebuild_line(const boost::json::value& state, Lang lang);

// What a finished or waiting rebuild found, and what can be done next.
std::vector<std::string> rebuild_summary(const boost::json::value& state, Lang lang,
                                         const Paint& paint);

}  // namespace silkledger::cli
