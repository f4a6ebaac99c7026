// The states of the backup and check jobs as people read them.
//
// Values, pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <vector>

#include "clients/cli/text/paint.h"
#include "clients/cli/text/words.h"

namespace silkledger::cli {

// Nothing more happens by itself.
bool job_rests(const boost::json::value& state);

bool backup_succeeded(const boost::json::value& state);
std::string backup_line(const boost::json::value& state, Lang lang);
std::vector<std::string> backup_summary(const boost::json::value& state, Lang lang,
                                        const Paint& paint);

// Done, and nothing was found.
bool check_succeeded(const boost::json::value& state);
std::string check_line(const boost::json::value& state, Lang lang);
std::vector<std::string> check_summary(const boost::json::value& state, Lang lang,
                                       const Paint& paint);

}  // namespace silkledger::cli
