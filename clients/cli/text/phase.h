// What the phases of the server's jobs are called (docs/API.md, "jobs").
//
// Pure; any thread.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "clients/cli/text/words.h"

namespace silkledger::cli {

// Of a job's state, "phase"; one that is not known as it came.
std::string phase_word(const boost::json::value& state, Lang lang);

// Adds why it failed or was cancelled, if the state says so.
void add_reason(std::vector<std::string>& lines, const boost::json::value& state, Lang lang);

}  // namespace silkledger::cli
