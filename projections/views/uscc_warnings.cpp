#include "projections/views/uscc_warnings.h"

#include "domain/kernel/uscc.h"

namespace silkledger::projections {

std::vector<std::string> uscc_warnings(const std::optional<std::string>& uscc) {
  std::vector<std::string> warnings;
  if (!uscc) return warnings;
  for (const UsccWarning& warning : check_uscc(*uscc)) {
    switch (warning.doubt) {
      case UsccDoubt::length:
        warnings.emplace_back("uscc-length");
        break;
      case UsccDoubt::character:
        warnings.emplace_back("uscc-character");
        break;
      case UsccDoubt::organisation_digit:
        warnings.emplace_back("uscc-organisation-digit");
        break;
      case UsccDoubt::check_digit:
        warnings.emplace_back("uscc-check-digit");
        break;
    }
  }
  return warnings;
}

}  // namespace silkledger::projections
