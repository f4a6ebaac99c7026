// A progress bar as one line of text.
//
// Values, pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "clients/cli/text/words.h"

namespace silkledger::cli {

struct Progress {
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // 0: not known yet
  std::optional<std::uint64_t> per_second = {};
  std::optional<std::uint64_t> seconds_left = {};
};

// "导入 ███████░░░░░  58%  580/1,000  每秒 1,200  剩余 2分05秒"
std::string bar_line(const std::string& what, const Progress& progress, Lang lang,
                     std::size_t bar_columns = 24);

std::string grouped(std::uint64_t number);               // "12,345"
std::string duration(std::uint64_t seconds, Lang lang);  // "2分05秒", "2m05s"

}  // namespace silkledger::cli
