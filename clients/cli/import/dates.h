// Dates as files hold them, as ISO 8601: a year, a month or a day.
//
// Values, pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace silkledger::cli {

// "2023-09-20", "2023.9", "2023/9/20", "2023年9月20日", full-width digits. Nothing for what can be
// read in two ways (9/20/2023), spreadsheet serials, and days that do not exist.
std::optional<std::string> partial_date(std::string_view text);

}  // namespace silkledger::cli
