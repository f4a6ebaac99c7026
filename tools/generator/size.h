// How much is made, of what, over which days.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/kernel/time.h"

namespace silkledger::generator {

struct Size {
  std::string_view name;
  CivilDate first;  // days of the ledger, both included
  CivilDate last;
  std::array<CivilDate, 3> light_days;  // on whose evening the lights are noted; the last is `last`
  std::size_t receiving_units = 0;      // zone, counties and cities that take part; 0 for all
  bool zone_takes_part = false;
  std::size_t branches = 0;
  std::size_t stations = 0;  // below each branch
  std::size_t chains = 0;
  std::int64_t leads_percent = 0;  // leads per working day, in hundredths, before the season
  std::int64_t gaps_percent = 0;   // length of the gaps between steps, of those of a real year
  std::int64_t opening_projects = 0;
  bool has_seasons = false;
};

// "tiny", "s0", "demo".
std::optional<Size> size_named(std::string_view name);

}  // namespace silkledger::generator
