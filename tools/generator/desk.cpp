#include "tools/generator/desk.h"

#include <cassert>

#include "domain/schema/script/script.json.h"

namespace silkledger::generator {
namespace {

std::string numbered(std::uint64_t number) {
  const std::string digits = std::to_string(number);
  return "seed-" + std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

}  // namespace

Desk::Desk(const RuleFiles& files, std::string correlation)
    : books_(files), correlation_(std::move(correlation)) {}

void Desk::at(Instant moment, std::function<void()> act) {
  assert(moment >= now_);
  acts_.emplace(std::pair(moment, scheduled_++), std::move(act));
}

void Desk::send(Letter letter) {
  schema::ScriptLine line;
  line.at = now_;
  line.principal = std::move(letter.principal);
  line.command_id = letter.command_id ? *letter.command_id : numbered(books_.lines() + 1);
  line.request.acting_unit = std::move(letter.acting_unit);
  line.request.on_behalf_of = std::move(letter.on_behalf_of);
  line.request.occurred_on = letter.occurred_on.value_or(today());
  line.request.expected_version = letter.expected_version;
  line.request.correlation = correlation_;
  line.request.command = std::move(letter.command);
  line.expect_refusal = std::move(letter.expect_refusal);
  json::PlainText plain;
  json::append_json(script_, line, {.unsealer = &plain});
  script_ += '\n';
  books_.take(line);
}

void Desk::run(Instant until, const std::function<void(Instant)>& progress) {
  while (!acts_.empty() && acts_.begin()->first.first <= until) {
    const auto next = acts_.extract(acts_.begin());
    now_ = next.key().first;
    next.mapped()();
    progress(now_);
  }
}

Instant office_time(CivilDate day, const Dice& dice, std::string_view purpose,
                    std::uint64_t index) {
  constexpr std::int64_t kOpens = 10 * 3600;  // seconds after midnight
  constexpr std::int64_t kOpenFor = 9 * 3600 + 1800;
  const std::int64_t second = kOpens + dice.below(purpose, kOpenFor, index);
  return {beijing_midnight(day).us + second * kMicrosPerSecond};
}

CivilDate working_day_from(const UnitCalendar& calendar, CivilDate day) {
  while (!calendar.is_working(day)) ++day.days;
  return day;
}

}  // namespace silkledger::generator
