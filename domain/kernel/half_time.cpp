#include "domain/kernel/half_time.h"

#include <algorithm>
#include <cassert>
#include <string>

namespace silkledger {
namespace {

bool has_days(const StatutoryLimit& limit) {
  return limit.kind == LimitKind::working_days || limit.kind == LimitKind::calendar_days;
}

// The first day on which `limit` days have elapsed; nothing while the clock stands still before it.
std::optional<Due> due_day(const UnitCalendar& calendar, const ItemClock& clock, DayUnit unit,
                           std::int32_t limit) {
  CivilDate cursor = clock.accepted_on;
  bool is_provisional = false;
  for (const Pause& pause : clock.pauses) {
    const DayCount ran = calendar.days_between(unit, cursor, pause.paused_on);
    if (ran.days >= limit) break;
    limit -= ran.days;
    is_provisional = is_provisional || ran.is_provisional;
    if (!pause.resumed_on) return std::nullopt;
    cursor = std::max(cursor, *pause.resumed_on);
  }
  Due due = calendar.add_days(unit, cursor, limit);
  due.is_provisional = due.is_provisional || is_provisional;
  return due;
}

bool is_paused_on(const ItemClock& clock, CivilDate day) {
  return std::ranges::any_of(clock.pauses, [day](const Pause& pause) {
    return pause.paused_on <= day && (!pause.resumed_on || day < *pause.resumed_on);
  });
}

HalfTimeState state_of(const HalfTimeMeter& meter, const ItemClock& clock, CivilDate as_of,
                       std::int32_t at_risk_days) {
  if (!meter.is_applicable) return HalfTimeState::not_applicable;
  // Art. 23: 提速50%以上 includes the half itself; doubled instead of halved, so no odd day is
  // lost.
  const bool is_within = std::int64_t{meter.elapsed_days} * 2 <= meter.statutory_days;
  if (clock.decided_on) return is_within ? HalfTimeState::met : HalfTimeState::missed;
  if (!is_within) return HalfTimeState::overdue;
  if (is_paused_on(clock, as_of)) return HalfTimeState::paused;
  return meter.remaining_days <= at_risk_days ? HalfTimeState::at_risk : HalfTimeState::running;
}

std::string days_zh(std::int32_t days, DayUnit unit) {
  return std::to_string(days) + (unit == DayUnit::working ? "个工作日" : "个自然日");
}

std::string days_en(std::int32_t days, DayUnit unit) {
  return std::to_string(days) + (unit == DayUnit::working ? " working day" : " calendar day") +
         (days == 1 ? "" : "s");
}

Text not_applicable_text(const HalfTimeMeter& meter) {
  if (meter.statutory_days == 1) {
    return {"法定期限为" + days_zh(1, meter.unit) + "，无法减半，不适用提速50%（第二十三条）",
            "the statutory limit is " + days_en(1, meter.unit) +
                " and cannot be halved: half-time not applicable (Art. 23)"};
  }
  if (meter.statutory_due) {
    return {"即办事项，应于受理当日办结，不适用提速50%（第二十三条）",
            "an instant item, decided on the day of acceptance: half-time not applicable "
            "(Art. 23)"};
  }
  return {"无法定期限，不适用提速50%（第二十三条）",
          "no statutory limit: half-time not applicable (Art. 23)"};
}

Text due_text(const HalfTimeMeter& meter) {
  if (!meter.due) {
    return {"暂停计时中，恢复之日不计入，其后第" + days_zh(meter.remaining_days, meter.unit) +
                "为减半到期日",
            "the clock is paused; the half-time day falls " +
                days_en(meter.remaining_days, meter.unit) + " after the day it resumes"};
  }
  Text text{"减半到期日" + to_string(*meter.due), "half-time day " + to_string(*meter.due)};
  if (meter.is_provisional) {
    text.zh += "（暂定：相应年度放假安排尚未录入）";
    text.en += " (provisional: the holiday list of a year it touches is not entered)";
  }
  return text;
}

Text state_text(HalfTimeState state) {
  switch (state) {
    case HalfTimeState::not_applicable:
      break;
    case HalfTimeState::running:
      return {"进行中", "running"};
    case HalfTimeState::at_risk:
      return {"临近到期", "at risk"};
    case HalfTimeState::paused:
      return {"暂停中", "paused"};
    case HalfTimeState::overdue:
      return {"已超减半时限", "past the half-time limit"};
    case HalfTimeState::met:
      return {"已按减半时限办结", "decided within half the time"};
    case HalfTimeState::missed:
      return {"办结时已超减半时限", "decided past the half-time limit"};
  }
  return {"不适用", "not applicable"};
}

}  // namespace

HalfTimeMeter half_time(const UnitCalendar& calendar, const ItemClock& clock, CivilDate as_of,
                        std::int32_t at_risk_days) {
  HalfTimeMeter meter;
  meter.unit = clock.limit.kind == LimitKind::calendar_days ? DayUnit::calendar : DayUnit::working;
  const DayCount elapsed = calendar.days_between(meter.unit, clock.accepted_on,
                                                 clock.decided_on.value_or(as_of), clock.pauses);
  meter.elapsed_days = elapsed.days;
  meter.is_provisional = elapsed.is_provisional;
  if (clock.limit.kind == LimitKind::instant) {
    meter.due = meter.statutory_due = clock.accepted_on;
  }
  if (!has_days(clock.limit)) return meter;

  assert(clock.limit.days >= 1 && clock.limit.days <= kMostAddedDays);
  meter.statutory_days = clock.limit.days;
  meter.limit_days = std::max(clock.limit.days / 2, 1);
  meter.is_applicable = clock.limit.days >= 2;
  meter.remaining_days = meter.limit_days - meter.elapsed_days;
  meter.statutory_remaining_days = meter.statutory_days - meter.elapsed_days;
  if (const auto due = due_day(calendar, clock, meter.unit, meter.limit_days)) {
    meter.due = due->day;
    meter.is_provisional = meter.is_provisional || due->is_provisional;
  }
  if (const auto due = due_day(calendar, clock, meter.unit, meter.statutory_days)) {
    meter.statutory_due = due->day;
    meter.is_provisional = meter.is_provisional || due->is_provisional;
  }
  meter.state = state_of(meter, clock, as_of, at_risk_days);
  return meter;
}

Due due_if_resumed(const UnitCalendar& calendar, const HalfTimeMeter& meter, CivilDate resumed_on) {
  assert(meter.remaining_days >= 0);
  return calendar.add_days(meter.unit, resumed_on, meter.remaining_days);
}

Text explain(const HalfTimeMeter& meter) {
  if (!meter.is_applicable) return not_applicable_text(meter);
  const Text state = state_text(meter.state);
  const Text due = due_text(meter);
  return {state.zh + "：法定" + days_zh(meter.statutory_days, meter.unit) + "，减半" +
              days_zh(meter.limit_days, meter.unit) + "，已用" +
              days_zh(meter.elapsed_days, meter.unit) + "；" + due.zh + "（第二十三条）",
          state.en + ": statutory " + days_en(meter.statutory_days, meter.unit) + ", half " +
              days_en(meter.limit_days, meter.unit) + ", elapsed " +
              days_en(meter.elapsed_days, meter.unit) + "; " + due.en + " (Art. 23)"};
}

}  // namespace silkledger
