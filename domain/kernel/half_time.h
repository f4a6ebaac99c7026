// The half-time rule of Art. 23: 在法定期限内提速50%以上或按法定时间减半办结.
//
// An item is met when its elapsed days, doubled, do not exceed the statutory limit: integers only,
// so 3 of 7 days is met and 4 is not. Days run from the day after acceptance (行政许可法 Art. 42,
// 民法典 Art. 201), in the unit of the item, without the days on which the clock lawfully stood
// still (行政许可法 Art. 45). A limit of one day cannot be halved, an instant item is done on the
// spot, and an item without a limit has nothing to halve: these are "not applicable", never red.
//
// Values, pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "domain/kernel/text.h"
#include "domain/kernel/time.h"
#include "domain/kernel/working_days.h"

namespace silkledger {

inline constexpr std::int32_t kDefaultAtRiskDays = 1;  // days left, of the item's unit

enum class LimitKind : std::uint8_t { working_days, calendar_days, instant, none };

struct StatutoryLimit {
  LimitKind kind = LimitKind::none;
  std::int32_t days = 0;  // 1 … kMostAddedDays for the first two kinds, else without meaning
  friend bool operator==(const StatutoryLimit&, const StatutoryLimit&) = default;
};

// One item's clock. `pauses` come in order of paused_on.
struct ItemClock {
  StatutoryLimit limit;
  CivilDate accepted_on;
  std::span<const Pause> pauses;
  std::optional<CivilDate> decided_on;
};

enum class HalfTimeState : std::uint8_t {
  not_applicable,
  running,
  at_risk,  // undecided, and no more than the given days are left
  paused,   // undecided and standing still; no due day is known
  overdue,  // undecided, past the half
  met,      // decided within the half
  missed,   // decided past the half
};

struct HalfTimeMeter {
  HalfTimeState state = HalfTimeState::not_applicable;
  bool is_applicable = false;
  bool is_provisional = false;      // a day counted or due lies in a year whose list is not known
  DayUnit unit = DayUnit::working;  // of every number of days below
  std::int32_t elapsed_days = 0;    // to the decision, else to the as-of day
  std::int32_t limit_days = 0;  // floor(statutory / 2), at least 1; 0 for instant items and none
  std::int32_t statutory_days = 0;  // 0 for instant items and none
  // What is left of either limit; negative when it was passed.
  std::int32_t remaining_days = 0;
  std::int32_t statutory_remaining_days = 0;
  // The first day on which the elapsed days reach the limit. Unknown while the clock stands still
  // before that: it then lies `remaining_days` after the day of resumption (due_if_resumed).
  std::optional<CivilDate> due;
  std::optional<CivilDate> statutory_due;
  friend bool operator==(const HalfTimeMeter&, const HalfTimeMeter&) = default;
};

// The meter as it stands at the end of `as_of`. Days that are not working days do not move it: an
// item due on Friday is not overdue on Saturday, and a decision entered then is met.
HalfTimeMeter half_time(const UnitCalendar& calendar, const ItemClock& clock, CivilDate as_of,
                        std::int32_t at_risk_days = kDefaultAtRiskDays);

// Where the half-time day of a paused item would fall if its clock resumed on that day. Requires
// remaining_days ≥ 0.
Due due_if_resumed(const UnitCalendar& calendar, const HalfTimeMeter& meter, CivilDate resumed_on);

// The meter in one sentence, with its article.
Text explain(const HalfTimeMeter& meter);

}  // namespace silkledger
