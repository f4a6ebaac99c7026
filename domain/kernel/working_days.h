// The working-day calendar: lists of holidays and exchanged working days, in layers.
//
// Statutory periods run in working days (行政许可法 Art. 82). The State Council publishes one list
// a year, the autonomous region adds 肉孜节 and 古尔邦节, and a unit may differ again. A layer
// overrides the layers above it in either direction, day by day; without any entry Saturdays and
// Sundays are off.
//
// WorkingCalendar holds all layers and changes only through events; UnitCalendar is one unit's view
// of them and answers every question. Both are values: copies share their layers and copy a layer
// when they change it, so a copy is cheap and independent. Const members may be called from any
// thread.
//
// A yearly list that is not yet known makes answers provisional: the national one always, the
// regional one once the region has published any, a unit's never. The list of a year may name days
// of its neighbours (2022-12-31 stood in the notice for 2023).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/text.h"
#include "domain/kernel/time.h"

namespace silkledger {

inline constexpr std::string_view kNationalLayer = "national";
inline constexpr std::string_view kRegionalLayer = "region";
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

// A clock that stood still. The day of the pause still counts and the day of the resumption does
// not, as with any first day (民法典 Art. 201): the days (paused_on, resumed_on] are left out.
// Without resumed_on the clock still stands.
struct Pause {
  CivilDate paused_on;
  std::optional<CivilDate> resumed_on;
  friend bool operator==(const Pause&, const Pause&) = default;
};

class CalendarLayer;  // one layer's lists and the bitmaps derived from them; see working_days.cpp

// The calendar of one unit: the national layer and the layers below it, in one stack.
// Questions allocate nothing, except explain.
class UnitCalendar {
 public:
  UnitCalendar() = default;  // weekends only, every year provisional

  bool is_working(CivilDate date) const;
  DayKind explain(CivilDate date) const;
  bool is_provisional(std::int32_t year) const;

  // The n-th working day after `from`; the first day is not counted (民法典 Art. 201). n = 0 is
  // `from`. Requires 0 ≤ n ≤ kMostAddedDays.
  Due add_working_days(CivilDate from, std::int32_t n) const;
  // Working days after `after` up to and including `through`, the paused ones left out; 0 when
  // `through` is not later. Pauses come in order of paused_on and may overlap.
  DayCount working_days_between(CivilDate after, CivilDate through,
                                std::span<const Pause> pauses = {}) const;

  // The same in the unit of the item. Calendar days are never provisional, and a calendar day that
  // falls on a holiday is not moved: the stricter reading, since 民法典 Art. 203 could only add
  // days.
  Due add_days(DayUnit unit, CivilDate from, std::int32_t n) const;
  DayCount days_between(DayUnit unit, CivilDate after, CivilDate through,
                        std::span<const Pause> pauses = {}) const;

  friend bool operator==(const UnitCalendar& a, const UnitCalendar& b);

 private:
  friend class WorkingCalendar;
  struct Named {
    std::string name;
    std::shared_ptr<const CalendarLayer> layer;
  };
  DayCount count(DayUnit unit, CivilDate after, CivilDate through) const;

  std::vector<Named> layers_;  // widest first
};

// All layers of the ledger, by name.
class WorkingCalendar {
 public:
  // Makes `days` the layer's list of `year`, in place of the one published before. Where the lists
  // of two years name the same day, the later list speaks.
  void publish_list(std::string_view layer, std::int32_t year, std::vector<DayEntry> days);
  // A single day, set or taken back. It stands above the layer's lists and does not make a year
  // known.
  void set_day(std::string_view layer, DayEntry entry);
  void clear_day(std::string_view layer, CivilDate date);

  bool has_list(std::string_view layer, std::int32_t year) const;

  // The calendar under `layers`, widest first: national, region, units from above to below. The
  // national layer comes first even when it is not named. A layer without entries is no error: it
  // overrides nothing.
  UnitCalendar for_layers(std::span<const std::string> layers) const;
  UnitCalendar national() const { return for_layers({}); }
  bool is_working(CivilDate date, std::span<const std::string> layers) const {
    return for_layers(layers).is_working(date);
  }

  friend bool operator==(const WorkingCalendar& a, const WorkingCalendar& b);

 private:
  CalendarLayer copy_of(std::string_view layer) const;
  void put(std::string_view name, CalendarLayer layer);

  std::map<std::string, std::shared_ptr<const CalendarLayer>, std::less<>> layers_;
};

// What is wrong with a list before it is published: a day named twice, a day that lies neither in
// the year nor in the weeks around it. Empty when it may be published.
std::vector<Text> check_holiday_list(std::int32_t year, std::span<const DayEntry> days);

}  // namespace silkledger
