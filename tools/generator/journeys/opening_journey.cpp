#include <array>
#include <utility>

#include "tools/generator/journeys/landing_journeys.h"
#include "tools/generator/journeys/project_journey.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

using schema::OpeningStage;

constexpr std::array<std::string_view, 4> kStatus = {"前期", "已签约", "在建", "已投产"};

}  // namespace

OpeningJourney::OpeningJourney(Simulation& simulation, const std::string& unit_id, CivilDate day,
                               std::int64_t number)
    : OpeningJourney(simulation, unit_id, day, number, simulation.next_id("P")) {}

OpeningJourney::OpeningJourney(Simulation& simulation, const std::string& unit_id, CivilDate day,
                               std::int64_t number, std::string project_id)
    : Journey(simulation, "project/" + project_id, day, unit_id),
      project_id_(std::move(project_id)),
      unit_id_(unit_id) {
  on_day(day_, [this, number] { record(number); });
}

void OpeningJourney::record(std::int64_t number) {
  const auto& chains = sim_.world().chains();
  const ChainWords& words = *chains[static_cast<std::size_t>(number) % chains.size()].words;
  const auto stage = static_cast<OpeningStage>(number % 4);
  schema::ProjectOpeningRecorded opening{
      .project_id = project_id_,
      .name = project_name(dice_, words),
      .unit_id = unit_id_,
      .industry = std::string(words.trade),
      .stage = stage,
      .status_text = std::string(kStatus[static_cast<std::size_t>(stage)]),
      .status_date = "2025-12",
      .source = {.title = "示例台账期初清单", .kind = "示例"},
      .batch = "opening-demo"};
  // What the old list did not say stays unsaid.
  if (dice_.percent("investor", 80)) opening.investor_name = enterprise_name(dice_, words);
  if (dice_.percent("content", 60)) opening.content = note(Note::project_content, dice_, words);
  if (dice_.percent("amount", 85)) opening.amount = drawn_amount(dice_, "opening-amount");
  if (dice_.percent("jobs", 50)) opening.jobs = drawn_jobs(dice_, "opening-jobs", words.labour);
  const std::int64_t agreed = opening.amount ? opening.amount->fen : 5'000'000'000;
  if (stage != OpeningStage::planned && dice_.percent("in-place", 60)) {
    opening.in_place =
        schema::Money{agreed / 100 * dice_.between("share", 5, 60), schema::Qualifier::about};
  }
  sim_.send_for(unit_id_, std::move(opening), day_);
  if (stage == OpeningStage::planned) return;
  start_landing(sim_, dice_, project_id_, unit_id_, day_, agreed);
  if (stage == OpeningStage::producing) return;
  later(dice_.between("milestone-gap", 20, 120), [this, stage] { go_on(stage); });
}

void OpeningJourney::go_on(OpeningStage stage) {
  const bool builds = stage == OpeningStage::under_construction;
  const schema::ProjectMilestoneReached reached{
      .project_id = project_id_,
      .milestone =
          builds ? schema::Milestone::production_started : schema::Milestone::construction_started,
      .reached_on = day_};
  sim_.send_for(unit_id_, reached, day_);
  if (!builds) {
    later(dice_.between("production-gap", 60, 160),
          [this] { go_on(OpeningStage::under_construction); });
  }
}

}  // namespace silkledger::generator
