#include "clients/cli/text/bar.h"

#include <algorithm>

namespace silkledger::cli {
namespace {

constexpr std::uint64_t kSecondsInMinute = 60;
constexpr std::uint64_t kSecondsInHour = 3600;

std::string two_digits(std::uint64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string duration(std::uint64_t seconds, Lang lang) {
  const bool zh = lang == Lang::zh;
  if (seconds < kSecondsInMinute) return std::to_string(seconds) + (zh ? "秒" : "s");
  if (seconds < kSecondsInHour) {
    return std::to_string(seconds / kSecondsInMinute) + (zh ? "分" : "m") +
           two_digits(seconds % kSecondsInMinute) + (zh ? "秒" : "s");
  }
  return std::to_string(seconds / kSecondsInHour) + (zh ? "小时" : "h") +
         two_digits(seconds % kSecondsInHour / kSecondsInMinute) + (zh ? "分" : "m");
}

std::string bar_line(const std::string& what, const Progress& progress, Lang lang,
                     std::size_t bar_columns) {
  const std::uint64_t done =
      progress.total > 0 ? std::min(progress.done, progress.total) : progress.done;
  std::string line = what + ' ';
  if (progress.total > 0) {
    // Products of 64-bit counts could wrap; the share needs no more than these digits.
    const long double share =
        static_cast<long double>(done) / static_cast<long double>(progress.total);
    const auto full = static_cast<std::size_t>(share * static_cast<long double>(bar_columns));
    for (std::size_t i = 0; i < bar_columns; ++i) line += i < full ? "█" : "░";
    const auto percent = static_cast<unsigned>(share * 100);
    line += (percent < 10 ? "   " : percent < 100 ? "  " : " ") + std::to_string(percent) + "%  ";
    line += grouped(done) + '/' + grouped(progress.total);
  } else {
    line += grouped(done);
  }
  if (progress.per_second) {
    line += lang == Lang::zh ? "  每秒 " + grouped(*progress.per_second)
                             : "  " + grouped(*progress.per_second) + "/s";
  }
  if (progress.seconds_left) {
    line += (lang == Lang::zh ? "  剩余 " : "  left ") + duration(*progress.seconds_left, lang);
  }
  return line;
}

}  // namespace silkledger::cli
