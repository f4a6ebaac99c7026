// A made-up prefecture with units, people, chains, one rule set and a ledger that decides and
// evolves as the server does: what the tests of leads and projects are played in.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "domain/registry/reference.h"
#include "tests/support/memory_states.h"

namespace silkledger::domain {

inline constexpr CivilDate kToday{20500};  // 2026-02-16
inline CivilDate days_ago(int days) { return {kToday.days - days}; }
inline CivilDate in_days(int days) { return {kToday.days + days}; }
inline schema::Money yuan(std::int64_t yuan, std::int64_t fen = 0) {
  return {yuan * 100 + fen, {}};
}
inline schema::Count people(std::int32_t number) { return {number, {}}; }

// Units: office, county-a (with bureau-a below it), county-b, branch (with station below it),
// chain-lead, command (aid command: owes no report), county-new (from tomorrow).
inline Actor office() { return {"p-office", "office", "", true}; }
inline Actor acting_for(std::string unit) { return {"p-" + unit, unit, "", false}; }

schema::RuleSet small_rules();

class SmallPrefecture {
 public:
  explicit SmallPrefecture(schema::RuleSet rules = small_rules());

  // Decides without recording.
  template <class Stated>
  Result<Decision> ask(const Stated& stated, const Actor& actor, CivilDate on = kToday) {
    return decide(stated, context(actor, on));
  }

  // Borrows the actor.
  Context context(const Actor& actor, CivilDate on = kToday) {
    return {.actor = actor,
            .today = kToday,
            .occurred_on = on,
            .reference = reference_,
            .rules = rules_,
            .states = states_};
  }

  // Decides and records what was decided.
  template <class Stated>
  Result<Decision> send(const Stated& stated, const Actor& actor, CivilDate on = kToday) {
    auto decided = ask(stated, actor, on);
    if (decided) record(*decided, on);
    return decided;
  }

  // The same for what a test builds on; a refusal fails the test.
  template <class Stated>
  Decision must(const Stated& stated, const Actor& actor = office(), CivilDate on = kToday) {
    auto decided = send(stated, actor, on);
    if (decided) return *decided;
    ADD_FAILURE() << decided.error().code << ": " << decided.error().message.en;
    return {};
  }

  void record(const Decision& decision, CivilDate on = kToday);
  std::uint64_t last_position() const { return history_.size(); }
  schema::RuleSet& rules() { return rules_; }

  struct Recorded {
    std::string stream;
    std::string bytes;  // of a schema::Event
    EventPlace place;
    schema::Event event;
  };
  const std::vector<Recorded>& history() const { return history_; }

  const LeadState& lead(std::string_view id) { return states_.get<LeadState>(id); }
  const ProjectState& project(std::string_view id) { return states_.get<ProjectState>(id); }
  const EvaluationState& evaluation(std::string_view id) {
    return states_.get<EvaluationState>(id);
  }
  const ContractState& contract(std::string_view id) { return states_.get<ContractState>(id); }
  const MemoryStates& states() const { return states_; }

 private:
  void register_everybody();
  void refer(const schema::Event& event);

  schema::RuleSet rules_;
  Reference reference_;
  MemoryStates states_;
  std::vector<Recorded> history_;
};

// ---------------------------------------------------------------- stories

schema::LeadReported some_lead(std::string lead_id = "L1");
// Takes a lead of the six classes to the leading group's decision: opens project P1 with county-a.
void decide_lead(SmallPrefecture& in, std::string lead_id = "L1", std::string project_id = "P1");
// Gives an ordinary lead to county-a.
void delegate_lead(SmallPrefecture& in, std::string lead_id = "L1");
schema::ProjectNegotiationOpened county_project(std::string project_id = "P1");
schema::EvaluationConvened some_evaluation(std::string evaluation_id = "E1");
void give_every_opinion(SmallPrefecture& in, std::string evaluation_id = "E1");
// Convenes, hears everybody and passes.
void pass_evaluation(SmallPrefecture& in, std::string evaluation_id = "E1");
schema::ContractSigned some_contract(std::string contract_id = "C1");

// Every refusal says what, where, under which rules, and what would help, in both languages.
void expect_refused(const Result<Decision>& decided, Rejection::Kind kind, std::string_view code,
                    std::string_view article, std::string_view pointer);

}  // namespace silkledger::domain
