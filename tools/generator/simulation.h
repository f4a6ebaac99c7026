// Everything that happens, from the first setting-up to the last day: the desk with its clock, the
// world, and the journeys of leads, projects, approvals and funds.
//
// Single thread. A fault of the rules (nobody may send what the story needs) ends as a sentence in
// failure().
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/generator/desk.h"
#include "tools/generator/quantiles.h"
#include "tools/generator/size.h"
#include "tools/generator/world.h"

namespace silkledger::generator {

class Journey;

// The lights of one evening, by project on the board.
struct LightsOfADay {
  CivilDate day = {};
  std::uint64_t position = 0;  // of the last event of that day
  std::map<std::string, schema::Light> lights = {};
};

// A case that was planted, for truth.json.
struct PlantedCase {
  std::string name = {};
  std::string what = {};  // in words
  std::vector<std::pair<std::string, std::string>> ids = {};
};

class Simulation {
 public:
  // Borrows the files.
  Simulation(const RuleFiles& files, World world, const Size& size, std::uint64_t seed);
  ~Simulation();

  // Runs to the end of the last day.
  void run(const std::function<void(Instant)>& progress);

  Desk& desk() { return desk_; }
  const Books& books() const { return desk_.books(); }
  const World& world() const { return world_; }
  const Size& size() const { return size_; }
  const RuleFiles& files() const { return files_; }
  const UnitCalendar& calendar() const { return calendar_; }
  Dice dice(std::string_view stream) const { return {seed_, stream}; }

  // "L-0001", "L-0002", …
  std::string next_id(std::string_view prefix);
  std::int64_t next_uscc_serial() { return ++uscc_serial_; }
  template <class OneJourney, class... Arguments>
  OneJourney& start(Arguments&&... arguments) {
    auto journey = std::make_unique<OneJourney>(*this, std::forward<Arguments>(arguments)...);
    OneJourney& started = *journey;
    keep(std::move(journey));
    return started;
  }

  // Sent by somebody of the unit, or for it.
  void send_for(const std::string& unit_id, schema::Command command, CivilDate occurred_on);
  void send_for_prefecture(schema::Command command, CivilDate occurred_on);
  void send_by(const Member* member, schema::Command command, CivilDate occurred_on);
  // A command that must be refused with this code.
  void send_in_vain(const Member* member, schema::Command command, std::string code,
                    std::optional<std::uint64_t> expected_version = std::nullopt);

  std::uint64_t draw_for_line() const;
  // Holds what scheduled acts refer to.
  void keep_alive(std::shared_ptr<void> owner) { owners_.push_back(std::move(owner)); }
  void plant(PlantedCase planted) { planted_.push_back(std::move(planted)); }
  const std::vector<PlantedCase>& planted() const { return planted_; }
  const std::vector<LightsOfADay>& lights() const { return lights_; }
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  void keep(std::unique_ptr<Journey> journey);
  void schedule_days();
  void schedule_leads();
  void schedule_openings();
  std::int64_t leads_on(CivilDate day) const;
  void note_lights(CivilDate day);

  const RuleFiles& files_;
  World world_;
  Size size_;
  std::uint64_t seed_;
  Dice dice_;
  UnitCalendar calendar_;
  Desk desk_;
  std::map<std::string, std::int64_t, std::less<>> last_id_;
  std::int64_t uscc_serial_ = 0;
  std::vector<std::unique_ptr<Journey>> journeys_;
  std::vector<std::shared_ptr<void>> owners_;
  std::vector<PlantedCase> planted_;
  std::vector<LightsOfADay> lights_;
  std::optional<std::string> failure_;
};

// One thread of steps: each happens on a business day and is entered a little later.
class Journey {
 public:
  Journey(Simulation& simulation, std::string_view stream, CivilDate start,
          const std::string& unit_id);
  virtual ~Journey() = default;
  Journey(const Journey&) = delete;
  Journey& operator=(const Journey&) = delete;

 protected:
  // So many working days after the last step, as gaps go in this size, and entered with the unit's
  // delay.
  void later(std::int64_t working_days, std::function<void()> step);
  // On that business day, or on the last step's if that is later.
  void on_day(CivilDate day, std::function<void()> step);
  std::int64_t scaled(std::int64_t working_days);

  Simulation& sim_;
  Dice dice_;
  Temperament temperament_;
  CivilDate day_;  // of the last step

 private:
  Instant entered_{0};
  std::uint64_t step_ = 0;
};

// Sets the ledger up: rule files, administrator, units, people, chains. All on the eve of 2026.
void schedule_setup(Simulation& simulation);
// Cases whose outcome is known beforehand.
void schedule_planted(Simulation& simulation);
void schedule_turnover(Simulation& simulation);
// What units owe week by week and half month by half month.
void schedule_reports(Simulation& simulation);
// Working groups, risks, lights by hand, meetings, action items, problems of signed projects.
void schedule_services(Simulation& simulation);
// Chain graphs, offers, plans; and target enterprises.
void schedule_libraries(Simulation& simulation);
void schedule_enterprises(Simulation& simulation);

// Amounts rounded as people round them; fen.
schema::Money drawn_amount(const Dice& dice, std::string_view purpose);
schema::Count drawn_jobs(const Dice& dice, std::string_view purpose, Labour labour);
CivilDate days_after(CivilDate day, std::int64_t days);

}  // namespace silkledger::generator
