// A project, from the opening of its negotiation to production, or to its end (Art. 20–22).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "tools/generator/simulation.h"

namespace silkledger::generator {

// What of a project is settled beforehand; the rest is drawn.
struct ProjectCourse {
  std::string project_id = {};
  std::string unit_id = {};
  const ChainInPlay* chain = nullptr;
  bool has_chain = false;  // the ledger knows it already
  bool prefecture_led = false;
  std::optional<schema::Money> amount = {};
  std::optional<schema::Count> jobs = {};
  CivilDate day = {};
  // Planted: signed at once for exactly this, and amended step by step.
  std::vector<std::pair<std::int64_t, std::int32_t>> agreements = {};  // fen, jobs
};

class ProjectJourney final : public Journey {
 public:
  ProjectJourney(Simulation& simulation, ProjectCourse course);

 private:
  enum class Step : std::uint8_t {
    contact,
    negotiate,
    evaluate,
    sign,
    registered,
    land,
    construction,
    equipment,
    production
  };
  static constexpr std::size_t kSteps = 9;

  void assign_chain();
  void set_plan();
  void go(Step step);
  void perform(Step step);
  void take_note();
  void convene();
  void hold(const std::string& evaluation_id, CivilDate held_on,
            const std::vector<std::string>& invited);
  void conclude(const std::string& evaluation_id);
  void sign_framework();
  void sign();
  void sign_for(schema::Money amount, std::optional<schema::Count> jobs);
  void amend(std::size_t index);
  void amend_somehow();
  void correct_contract();
  void correct_name();
  void after_signing();
  void milestone(schema::Milestone milestone);
  void terminate();
  void reached(Step step);
  void maybe_slip(Step step);
  bool ended() const;

  ProjectCourse course_;
  std::string contract_id_;
  schema::Money agreed_;
  bool planned_ = false;
  std::int64_t pace_ = 100;  // percent of the planned gaps
  std::array<CivilDate, kSteps> planned_on_{};
};

// What began before the ledger and goes on in it (opening entries).
class OpeningJourney final : public Journey {
 public:
  OpeningJourney(Simulation& simulation, const std::string& unit_id, CivilDate day,
                 std::int64_t number);

 private:
  OpeningJourney(Simulation& simulation, const std::string& unit_id, CivilDate day,
                 std::int64_t number, std::string project_id);
  void record(std::int64_t number);
  void go_on(schema::OpeningStage stage);
  std::string project_id_;
  std::string unit_id_;
};

}  // namespace silkledger::generator
