// A course whose days are fixed beforehand: each step so many working days behind the last one, in
// office hours, entered on the day itself. What would lie behind the last day is left out.
//
// Single thread. Whoever schedules keeps what the acts refer to alive.
#pragma once

#include <algorithm>
#include <functional>
#include <utility>

#include "tools/generator/simulation.h"

namespace silkledger::generator {

class PacedCourse {
 public:
  PacedCourse(Simulation& simulation, const Dice& dice, CivilDate first)
      : sim_(simulation), dice_(dice), day_(working_day_from(simulation.calendar(), first)) {
    begin_day();
  }

  // Gaps go as in this size, yet a gap stays a day at least; without one it is the same day.
  void then(std::int64_t working_days, std::function<void()> act) {
    if (working_days > 0 && day_ <= sim_.size().last) {
      const std::int64_t gap =
          std::max<std::int64_t>(working_days * sim_.size().gaps_percent / 100, 1);
      day_ = sim_.calendar().add_working_days(day_, static_cast<std::int32_t>(gap)).day;
      begin_day();
    }
    if (day_ > sim_.size().last) return;
    moment_.us += dice_.between("pause", 60, 360, ++step_) * kMicrosPerSecond;
    sim_.desk().at(moment_, std::move(act));
  }

 private:
  void begin_day() {
    constexpr std::int64_t kOpens = 10 * 3600;  // seconds after midnight
    constexpr std::int64_t kBeginsWithin = 7 * 3600;
    const std::int64_t second = kOpens + dice_.below("begins", kBeginsWithin, ++step_);
    moment_ = {beijing_midnight(day_).us + second * kMicrosPerSecond};
  }

  Simulation& sim_;
  Dice dice_;
  CivilDate day_;
  Instant moment_{0};
  std::uint64_t step_ = 0;
};

}  // namespace silkledger::generator
