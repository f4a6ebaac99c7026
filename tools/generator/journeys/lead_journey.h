// A lead, from its report until a project begins, a unit follows it up or it is closed (Art. 18,
// 19).
#pragma once

#include <optional>
#include <string>

#include "tools/generator/simulation.h"

namespace silkledger::generator {

// What of a lead is settled beforehand; the rest is drawn.
struct LeadCourse {
  std::string reporting_unit = {};
  CivilDate day = {};
  std::optional<std::string> investor = {};
  std::optional<std::string> uscc = {};
  std::optional<std::int64_t> entered_days_later = {};
  bool stays_reported = false;
};

class LeadJourney final : public Journey {
 public:
  LeadJourney(Simulation& simulation, LeadCourse course);
  const std::string& id() const { return id_; }

 private:
  LeadJourney(Simulation& simulation, LeadCourse course, std::string id);
  void report();
  void file_form();
  void classify();
  void analyse(bool again);
  void review(schema::AnalysisVerdict verdict, bool again);
  void decide();
  void delegate();
  void follow();
  void close(const std::string& unit_id);
  void correct_amount();
  std::string placed_in() const;

  std::string id_;
  LeadCourse course_;
  const ChainInPlay* chain_;
  schema::LeadReported report_;
};

}  // namespace silkledger::generator
