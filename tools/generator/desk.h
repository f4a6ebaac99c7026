// The desk writes the script: acts are scheduled for moments, and each sends commands at its
// moment, in one order.
//
// Single thread. Acts may schedule further acts, never for a moment before their own. Times are
// instants UTC; days are Beijing days.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "domain/kernel/working_days.h"
#include "tools/generator/draw.h"
#include "tools/generator/oracle/books.h"

namespace silkledger::generator {

struct Letter {
  std::string principal = {};
  std::optional<std::string> acting_unit = {};
  schema::Command command = {};
  std::optional<CivilDate> occurred_on = {};
  std::optional<std::string> expect_refusal = {};
  std::optional<std::string> command_id = {};  // numbered when left out
  std::optional<std::uint64_t> expected_version = {};
  std::optional<std::string> on_behalf_of = {};
};

class Desk {
 public:
  // Borrows the files. Lines carry the correlation.
  Desk(const RuleFiles& files, std::string correlation);

  void at(Instant moment, std::function<void()> act);
  void send(Letter letter);
  // Runs everything scheduled up to and including that moment; what lies later is dropped.
  // `progress` is called with each moment.
  void run(Instant until, const std::function<void(Instant)>& progress);

  Instant now() const { return now_; }
  CivilDate today() const { return beijing_date(now_); }
  const Books& books() const { return books_; }
  const std::string& script() const { return script_; }
  std::string take_script() { return std::move(script_); }

 private:
  Books books_;
  std::string correlation_;
  std::string script_;
  Instant now_{0};
  std::uint64_t scheduled_ = 0;
  std::map<std::pair<Instant, std::uint64_t>, std::function<void()>> acts_;
};

// A moment in office hours of that day: 10:00 to 19:30 Beijing time, as offices in Xinjiang keep
// them.
Instant office_time(CivilDate day, const Dice& dice, std::string_view purpose,
                    std::uint64_t index = 0);

// The day itself if it is a working day, else the next one.
CivilDate working_day_from(const UnitCalendar& calendar, CivilDate day);

}  // namespace silkledger::generator
