#include "tools/generator/size.h"

namespace silkledger::generator {
namespace {

CivilDate day(std::int32_t year, std::int32_t month, std::int32_t of_month) {
  return *civil_date({year, month, of_month});
}

// One county, ten days; for tests that need little.
Size tiny() {
  return {.name = "tiny",
          .first = day(2026, 5, 6),
          .last = day(2026, 5, 15),
          .light_days = {day(2026, 5, 8), day(2026, 5, 12), day(2026, 5, 15)},
          .receiving_units = 1,
          .branches = 1,
          .stations = 0,
          .chains = 1,
          .leads_percent = 80,
          .gaps_percent = 6,
          .opening_projects = 2};
}

// One county, one month that holds a national holiday, an exchanged Saturday and a regional
// holiday.
Size s0() {
  return {.name = "s0",
          .first = day(2026, 5, 1),
          .last = day(2026, 5, 31),
          .light_days = {day(2026, 5, 12), day(2026, 5, 21), day(2026, 5, 31)},
          .receiving_units = 1,
          .branches = 2,
          .stations = 1,
          .chains = 4,
          .leads_percent = 900,
          .gaps_percent = 14,
          .opening_projects = 10};
}

// The prefecture from January to a day in late November, so that the year is not over.
Size demo() {
  return {.name = "demo",
          .first = day(2026, 1, 1),
          .last = day(2026, 11, 20),
          .light_days = {day(2026, 6, 30), day(2026, 9, 30), day(2026, 11, 20)},
          .receiving_units = 0,
          .zone_takes_part = true,
          .branches = 6,
          .stations = 2,
          .chains = 8,
          .leads_percent = 190,
          .gaps_percent = 100,
          .opening_projects = 24,
          .has_seasons = true};
}

}  // namespace

std::optional<Size> size_named(std::string_view name) {
  if (name == "tiny") return tiny();
  if (name == "s0") return s0();
  if (name == "demo") return demo();
  return std::nullopt;
}

}  // namespace silkledger::generator
