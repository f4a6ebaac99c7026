// What differs between two rows, and between two answers of one view.
//
// Values, pure.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/text/catalogue.h"
#include "clients/cli/text/paint.h"
#include "clients/cli/text/words.h"

namespace silkledger::cli {

struct Sides {
  Text before, after;
};

// One line for each field that differs: "stage: signed → construction". Null: the row is missing.
// `position` and `version` are left out, since they differ whenever anything does.
std::vector<std::string> difference_lines(const boost::json::value* before,
                                          const boost::json::value* after, const Sides& sides,
                                          Lang lang, const Paint& paint);

// Rows that came, went or changed between two lists of rows of a view, in the order of their keys.
std::vector<std::string> list_difference(std::string_view view, const boost::json::value& then,
                                         const boost::json::value& now, const Catalogue& catalogue,
                                         Lang lang, const Paint& paint);

}  // namespace silkledger::cli
