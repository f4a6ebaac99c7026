// A project, from the opening of its negotiation until it produces or is ended.
// Art. 9 (chain before evaluation), Art. 19 (who may negotiate), Art. 21 (node plan, progress),
// Art. 20 (end and reserve), Art. 21 and 27 (risks, major list, lights set by hand), and opening
// entries for what began before the ledger. Stream: "project/<project id>". Evaluations and
// contracts have streams of their own; this one names them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.h"
#include "domain/schema/event.wire.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct ProjectState {
  static constexpr std::string_view kAggregate = "project";
  enum class Status {
    unknown,
    negotiating,
    signed_,  // formally; a framework agreement leaves it in negotiation
    ended     // terminated; only corrections are still taken
  };
  struct Node {
    std::string node_id;
    CivilDate planned_on;
    std::optional<CivilDate> reached_on;
    friend bool operator==(const Node&, const Node&) = default;
  };
  struct Risk {
    std::string risk_id;
    bool cleared = false;
    friend bool operator==(const Risk&, const Risk&) = default;
  };
  static constexpr std::size_t kFields = 5;      // of schema::ProjectField
  static constexpr std::size_t kMilestones = 4;  // of schema::Milestone

  Status status = Status::unknown;
  std::string project_id;
  std::string name;
  std::string investor_name;  // empty when an opening entry states none
  std::string unit_id;        // where it is managed: zone, county or city
  std::string content;
  std::optional<std::string> lead_id;
  std::optional<std::string> lead_class;  // none for an opening entry
  std::optional<std::string> chain_id;
  std::optional<schema::Money> amount;  // intended, or as the source of an opening entry states it
  std::optional<schema::Count> jobs;
  // Art. 19: of the six classes, so decided, evaluated and placed by the prefecture.
  bool prefecture_led = false;
  // Set for what began before the ledger: its stage then. The evaluation of Art. 20 is not asked of
  // it.
  std::optional<schema::OpeningStage> opening;
  bool in_reserve = false;

  std::optional<std::string> open_evaluation;    // convened, not concluded
  std::optional<std::string> passed_evaluation;  // the latest that passed
  std::optional<std::string> contract_id;  // the formal contract; look its sums up in its stream
  std::vector<std::string> framework_contracts;

  std::vector<Node> nodes;  // in the order of the plan
  std::vector<Risk> risks;  // in the order in which they were raised, those that were cleared too
  bool major = false;       // on the list of major projects
  // A light set by hand: its last day, or none until it is released. It may have run out.
  bool light_set = false;
  std::optional<CivilDate> light_until;
  std::array<std::optional<CivilDate>, kMilestones> milestones;

  // By ProjectField: position of the event that last set the field; 0 when none did.
  std::array<std::uint64_t, kFields> set_at{};

  bool exists() const { return status != Status::unknown; }
  bool ended() const { return status == Status::ended; }
  std::optional<CivilDate> reached(schema::Milestone milestone) const;
  const Node* node(std::string_view node_id) const;
  const Risk* risk(std::string_view risk_id) const;
  bool light_set_on(CivilDate day) const {
    return light_set && (!light_until || day <= *light_until);
  }
  friend bool operator==(const ProjectState&, const ProjectState&) = default;
};

void evolve(ProjectState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::ProjectNegotiationOpened& stated, const Context& context);
Result<Decision> decide(const schema::ProjectChainAssigned& stated, const Context& context);
Result<Decision> decide(const schema::ProjectNegotiationNoted& stated, const Context& context);
Result<Decision> decide(const schema::ProjectPlanSet& stated, const Context& context);
Result<Decision> decide(const schema::ProjectNodeReached& stated, const Context& context);
Result<Decision> decide(const schema::ProjectNodeSlipped& stated, const Context& context);
Result<Decision> decide(const schema::ProjectMilestoneReached& stated, const Context& context);
Result<Decision> decide(const schema::ProjectTerminated& stated, const Context& context);
Result<Decision> decide(const schema::ProjectOpeningRecorded& stated, const Context& context);
Result<Decision> decide(const schema::ProjectCorrected& stated, const Context& context);
// Art. 21: risks, by whoever follows the project; a light set by hand, beside the computed one.
Result<Decision> decide(const schema::ProjectRiskRaised& stated, const Context& context);
Result<Decision> decide(const schema::ProjectRiskCleared& stated, const Context& context);
Result<Decision> decide(const schema::ProjectLightOverridden& stated, const Context& context);
Result<Decision> decide(const schema::ProjectLightReleased& stated, const Context& context);
// Art. 27: the zone and the counties list their major projects.
Result<Decision> decide(const schema::ProjectMajorListed& stated, const Context& context);
Result<Decision> decide(const schema::ProjectMajorDelisted& stated, const Context& context);

}  // namespace silkledger::domain
