#include "tools/generator/simulation.h"

#include <algorithm>
#include <utility>

#include "domain/schema/command.meta.h"
#include "tools/generator/journeys/lead_journey.h"
#include "tools/generator/journeys/project_journey.h"
#include "tools/generator/oracle/expected.h"

namespace silkledger::generator {
namespace {

std::string_view name_of(const schema::Command& command) {
  return schema::command_arms()[command.index()].kebab;
}

UnitCalendar office_calendar(const RuleFiles& files) {
  const std::vector<std::string> layers{std::string(kNationalLayer), std::string(kRegionalLayer)};
  return files.calendar.for_layers(layers);
}

}  // namespace

Simulation::Simulation(const RuleFiles& files, World world, const Size& size, std::uint64_t seed)
    : files_(files),
      world_(std::move(world)),
      size_(size),
      seed_(seed),
      dice_(seed, "simulation"),
      calendar_(office_calendar(files)),
      desk_(files, "seed-" + std::string(size.name) + "-" + std::to_string(seed)) {}

Simulation::~Simulation() = default;

void Simulation::keep(std::unique_ptr<Journey> journey) { journeys_.push_back(std::move(journey)); }

void Simulation::run(const std::function<void(Instant)>& progress) {
  schedule_setup(*this);
  schedule_days();
  schedule_openings();
  schedule_leads();
  schedule_planted(*this);
  schedule_turnover(*this);
  schedule_reports(*this);
  schedule_services(*this);
  schedule_libraries(*this);
  const Instant end{beijing_midnight(days_after(size_.last, 1)).us - kMicrosPerSecond};
  desk_.run(end, progress);
  note_lights(size_.last);
}

void Simulation::schedule_days() {
  for (CivilDate day = size_.first; day <= size_.last; ++day.days) {
    constexpr std::int64_t kAfterMidnight = 5 * kMicrosPerSecond;
    desk_.at({beijing_midnight(day).us + kAfterMidnight}, [this, day] {
      const CivilDate yesterday = days_after(day, -1);
      const auto& noted = size_.light_days;
      if (std::ranges::find(noted, yesterday) != noted.end()) note_lights(yesterday);
      desk_.send({.principal = "system",
                  .command = schema::DayBegan{day},
                  .occurred_on = day,
                  .command_id = "begin-day-" + to_string(day)});
    });
  }
}

void Simulation::note_lights(CivilDate day) {
  LightsOfADay noted{day, books().position(), {}};
  for (const auto& [project_id, project] : books().projects()) {
    if (project.on_board()) {
      noted.lights[project_id] = light_of(project, files_.rules_on(day), day);
    }
  }
  lights_.push_back(std::move(noted));
}

// In hundredths: spring is slow, summer has the fairs.
std::int64_t Simulation::leads_on(CivilDate day) const {
  if (!calendar_.is_working(day)) return 0;
  std::int64_t percent = size_.leads_percent;
  if (size_.has_seasons) {
    const YearMonthDay date = year_month_day(day);
    if (date.month == 2) percent = percent * 35 / 100;
    if (date.month == 3) percent = percent * 70 / 100;
    if (date.month >= 6 && date.month <= 8) percent = percent * 140 / 100;
    // 喀交会-like days: a large batch at once.
    if (date == YearMonthDay{2026, 6, 26} || date == YearMonthDay{2026, 8, 18}) percent += 3000;
  }
  const auto index = static_cast<std::uint64_t>(day.days);
  return percent / 100 + (dice_.percent("rest", percent % 100, index) ? 1 : 0);
}

void Simulation::schedule_leads() {
  std::uint64_t index = 0;
  for (CivilDate day = size_.first; day <= size_.last; ++day.days) {
    const std::vector<std::string> units = world_.reporting(day);
    for (std::int64_t left = leads_on(day); left > 0; --left) {
      const auto chosen = dice_.below("unit", static_cast<std::int64_t>(units.size()), ++index);
      start<LeadJourney>(
          LeadCourse{.reporting_unit = units[static_cast<std::size_t>(chosen)], .day = day});
    }
  }
}

void Simulation::schedule_openings() {
  for (std::int64_t i = 0; i < size_.opening_projects; ++i) {
    const auto index = static_cast<std::uint64_t>(i);
    const CivilDate day = working_day_from(calendar_, days_after(size_.first, i / 4));
    const std::vector<std::string> units = world_.receiving(day);
    const auto chosen = dice_.below("opening", static_cast<std::int64_t>(units.size()), index);
    start<OpeningJourney>(units[static_cast<std::size_t>(chosen)], day, i);
  }
}

std::string Simulation::next_id(std::string_view prefix) {
  const auto found = last_id_.try_emplace(std::string(prefix), 0).first;
  const std::string digits = std::to_string(++found->second);
  return std::string(prefix) + "-" + std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') +
         digits;
}

std::uint64_t Simulation::draw_for_line() const { return dice_.raw("sender", books().lines()); }

void Simulation::send_for(const std::string& unit_id, schema::Command command,
                          CivilDate occurred_on) {
  const Member* member = world_.sender(name_of(command), unit_id, draw_for_line());
  send_by(member, std::move(command), occurred_on);
}

void Simulation::send_for_prefecture(schema::Command command, CivilDate occurred_on) {
  const Member* member = world_.prefecture_sender(name_of(command), draw_for_line());
  send_by(member, std::move(command), occurred_on);
}

void Simulation::send_by(const Member* member, schema::Command command, CivilDate occurred_on) {
  if (member == nullptr) {
    if (!failure_) failure_ = "no role of the rule set may send " + std::string(name_of(command));
    return;
  }
  desk_.send({.principal = member->person_id,
              .acting_unit = member->unit_id,
              .command = std::move(command),
              .occurred_on = occurred_on});
}

void Simulation::send_in_vain(const Member* member, schema::Command command, std::string code,
                              std::optional<std::uint64_t> expected_version) {
  if (member == nullptr) return;  // this rule set has nobody to try it
  desk_.send({.principal = member->person_id,
              .acting_unit = member->unit_id,
              .command = std::move(command),
              .expect_refusal = std::move(code),
              .expected_version = expected_version});
}

// ---------------------------------------------------------------- journeys

Journey::Journey(Simulation& simulation, std::string_view stream, CivilDate start,
                 const std::string& unit_id)
    : sim_(simulation), dice_(simulation.dice(stream)), day_(start) {
  temperament_ = simulation.world().unit(unit_id).temperament;
  // People differ within a unit, too.
  if (dice_.percent("own-pace", 30)) {
    temperament_ = static_cast<Temperament>(dice_.below("temperament", 3));
  }
}

std::int64_t Journey::scaled(std::int64_t working_days) {
  const std::int64_t hundredths = working_days * sim_.size().gaps_percent;
  return (hundredths + dice_.below("rounding", 100, step_)) / 100;
}

void Journey::later(std::int64_t working_days, std::function<void()> step) {
  const auto days = static_cast<std::int32_t>(std::max<std::int64_t>(scaled(working_days), 0));
  on_day(sim_.calendar().add_working_days(day_, days).day, std::move(step));
}

void Journey::on_day(CivilDate day, std::function<void()> step) {
  ++step_;
  day_ = std::max(day_, day);
  const std::int64_t lag = draw_quantile(dice_, "lag", entry_lag_quantiles(temperament_), step_);
  const CivilDate entry = working_day_from(sim_.calendar(), days_after(day_, lag));
  Instant moment = office_time(entry, dice_, "entry", step_);
  constexpr std::int64_t kApart = 60 * kMicrosPerSecond;
  moment.us = std::max({moment.us, entered_.us + kApart, sim_.desk().now().us + kApart});
  entered_ = moment;
  sim_.desk().at(moment, std::move(step));
}

schema::Money drawn_amount(const Dice& dice, std::string_view purpose) {
  constexpr std::int64_t kFenPerWan = 1'000'000;
  std::int64_t wan = draw_quantile(dice, purpose, amount_quantiles());
  wan -= wan % (wan >= 10'000 ? 500 : wan >= 1'000 ? 100 : 10);
  schema::Money money{wan * kFenPerWan, schema::Qualifier::exact};
  const std::int64_t vague = dice.below("qualifier", 100);
  if (vague < 14) money.qualifier = schema::Qualifier::about;
  if (vague >= 14 && vague < 22) money.qualifier = schema::Qualifier::over;
  if (vague >= 22 && vague < 26) money.qualifier = schema::Qualifier::at_least;
  return money;
}

schema::Count drawn_jobs(const Dice& dice, std::string_view purpose, Labour labour) {
  const std::int64_t jobs = draw_quantile(dice, purpose, jobs_quantiles(labour));
  const bool vague = dice.percent("jobs-qualifier", 20);
  return {static_cast<std::int32_t>(jobs),
          vague ? schema::Qualifier::about : schema::Qualifier::exact};
}

CivilDate days_after(CivilDate day, std::int64_t days) {
  return {static_cast<std::int32_t>(day.days + days)};
}

}  // namespace silkledger::generator
