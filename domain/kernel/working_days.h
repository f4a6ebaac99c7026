// The working-day calendar: lists of holidays and exchanged working days, in layers.
//
// Statutory periods run in working days (行政许可法 Art. 82). The State Council publishes one list a year,
// the autonomous region adds 肉孜节 and 古尔邦节, and a unit may differ again. A layer overrides the layers
// above it in either direction, day by day; without any entry Saturdays and Sundays are off.
//
// WorkingCalendar holds all layers and changes only through events; UnitCalendar is one unit's view of
// them and answers every question. Both are values: copies share their layers and copy a layer when they
// change it, so a copy is cheap and independent. Const members may be called from any thread.
//
// A yearly list that is not yet known makes answers provisional: the national list always, another layer's
// once that layer has published any. The list of a year may name days of its neighbours (2022-12-31 stood
// in the notice for 2023).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/time.h"

namespace silkledger {

inline constexpr std::string_view kNationalLayer = "national";
inline constexpr std::int32_t kMostAddedDays = 100'000;  // days; about 270 years

enum class DayEntryKind : std::uint8_t { holiday, workday };

struct DayEntry {
  CivilDate date;
  DayEntryKind kind = DayEntryKind::holiday;
  std::string name;  // "春节", "春节调休上班"
  friend bool operator==(const DayEntry&, const DayEntry&) = default;
};

// Why a day is what it is.
struct DayKind {
  enum class Because : std::uint8_t { weekday, weekend, layer };
  bool is_working = true;
  bool is_provisional = false;
  Because because = Because::weekday;
  std::string layer;  // the layer that decided; empty unless because == layer
  std::string name;   // its entry's name
  friend bool operator==(const DayKind&, const DayKind&) = default;
};

struct Due {
  CivilDate day;
  bool is_provisional = false;
  friend bool operator==(const Due&, const Due&) = default;
};

struct DayCount {
  std::int32_t days = 0;
  bool is_provisional = false;
  friend bool operator==(const DayCount&, const DayCount&) = default;
};

enum class DayUnit : std::uint8_t { working, calendar };

// A clock that stood still. The day of the pause still counts and the day of the resumption does not, as
// with any first day (民法典 Art. 201): the days (paused_on, resumed_on] are left out. Without resumed_on
// the clock still stands.
struct Pause {
  CivilDate paused_on;
  std::optional<CivilDate> resumed_on;
  friend bool operator==(const Pause&, const Pause&) = default;
};

// One layer: its lists by year and, derived from them, a bitmap for each year they touch.
class CalendarLayer {
 public:
  static constexpr std::size_t kWords = 6;  // 64-bit words for 366 days
  using YearBits = std::array<std::uint64_t, kWords>;

  struct Year {
    std::int32_t year = 0;
    YearBits named{};                    // days this layer speaks about
    YearBits working{};                  // those of them that are working days
    std::vector<const DayEntry*> empty;  // unused
  };
};

class UnitCalendar;
class WorkingCalendar;

}  // namespace silkledger
