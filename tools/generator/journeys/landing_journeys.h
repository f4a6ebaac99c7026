// Approvals (Art. 23) and funds in place (Art. 26) of a project that has landed.
#pragma once

#include <optional>
#include <string>

#include "tools/generator/simulation.h"

namespace silkledger::generator {

struct ApprovalCourse {
  std::string project_id = {};
  std::string unit_id = {};  // of the project
  CivilDate day = {};
  std::string item_id = {};  // drawn when empty
};

class ApprovalJourney final : public Journey {
 public:
  ApprovalJourney(Simulation& simulation, ApprovalCourse course);

 private:
  ApprovalJourney(Simulation& simulation, ApprovalCourse course, std::string id);
  void request();
  void plan();
  void claim();
  void accept();
  void pause(std::int64_t days_left);
  void resume(std::int64_t days_left);
  void decide();
  // So many days of the item's own unit later.
  void run(std::int64_t days, std::function<void()> step);
  std::int64_t drawn_days();

  std::string id_;
  ApprovalCourse course_;
  std::string handling_unit_;
  const schema::ApprovalItemDefined* item_;
};

struct FundCourse {
  std::string project_id = {};
  std::string unit_id = {};
  CivilDate paid_on = {};
  std::int64_t fen = 0;
};

class FundJourney final : public Journey {
 public:
  FundJourney(Simulation& simulation, FundCourse course);

 private:
  FundJourney(Simulation& simulation, FundCourse course, std::string id);
  void report();
  void judge();
  void correct();

  std::string id_;
  FundCourse course_;
};

// The sums and the approvals that follow on a signed or opening project.
void start_landing(Simulation& simulation, const Dice& dice, const std::string& project_id,
                   const std::string& unit_id, CivilDate day, std::int64_t agreed_fen);

}  // namespace silkledger::generator
