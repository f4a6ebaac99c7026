// An evaluation meeting: is the project feasible, does it fit, can the place carry it (Art. 20)?
// The prefecture's office convenes it for the six classes, a county or the zone for its own
// projects. Stream: "evaluation/<evaluation id>". What its outcome does to the project is written
// to the project's stream.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/decision.h"
#include "domain/schema/event.wire.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct EvaluationState {
  static constexpr std::string_view kAggregate = "evaluation";
  enum class Status { unknown, convened, passed, failed };
  Status status = Status::unknown;
  std::string evaluation_id;
  std::string project_id;
  CivilDate held_on;
  std::vector<std::string> invited;  // unit ids, in the order of the invitation
  std::vector<std::pair<std::string, std::string>>
      opinions;  // (unit, criterion), in order of arrival
  bool exists() const { return status != Status::unknown; }
  bool concluded() const { return status == Status::passed || status == Status::failed; }
  bool is_invited(std::string_view unit_id) const;
  bool has_opinion(std::string_view unit_id, std::string_view criterion) const;
  friend bool operator==(const EvaluationState&, const EvaluationState&) = default;
};

void evolve(EvaluationState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::EvaluationConvened& stated, const Context& context);
Result<Decision> decide(const schema::EvaluationOpinionGiven& stated, const Context& context);
Result<Decision> decide(const schema::EvaluationConcluded& stated, const Context& context);

}  // namespace silkledger::domain
