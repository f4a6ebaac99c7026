#include "clients/cli/import/dates.h"

#include <algorithm>
#include <array>
#include <vector>

#include "clients/cli/text/words.h"
#include "domain/kernel/time.h"

namespace silkledger::cli {

std::optional<std::string> partial_date(std::string_view text) {
  std::string plain = half_width(trimmed(text));
  constexpr std::array<std::string_view, 3> kMarks = {"年", "月", "日"};
  for (const std::string_view mark : kMarks) {
    const std::size_t at = plain.find(mark);
    if (at != std::string::npos) plain.replace(at, mark.size(), "-");
  }
  if (plain.ends_with('-')) plain.pop_back();
  std::ranges::replace(plain, '.', '-');
  std::ranges::replace(plain, '/', '-');
  std::string iso;
  std::size_t parts = 0;
  std::string_view rest = plain;
  for (;; ++parts) {
    const std::size_t end = std::min(rest.find('-'), rest.size());
    const std::string part(rest.substr(0, end));
    if (part.empty() || part.size() > (parts == 0 ? 4U : 2U)) return std::nullopt;
    iso += (parts > 0 ? "-" : "") + std::string(parts > 0 && part.size() == 1 ? "0" : "") + part;
    if (end == rest.size()) break;
    rest.remove_prefix(end + 1);
  }
  if (!is_partial_date(iso)) return std::nullopt;
  return iso;
}

}  // namespace silkledger::cli
