// Promotion plans and work programmes (Art. 7) and research (Art. 11, 12) of a unit for a year:
// drafted, issued, withdrawn. What they say is not judged.
// Stream: "unit-plan/<plan id>".
#pragma once

#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

struct UnitPlanState {
  static constexpr std::string_view kAggregate = "unit-plan";
  enum class Status { unknown, drafted, issued, withdrawn };
  Status status = Status::unknown;
  std::string unit_id;
  schema::UnitPlanKind kind = schema::UnitPlanKind::plan;
  bool exists() const { return status != Status::unknown; }
};

void evolve(UnitPlanState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::UnitPlanDrafted& stated, const Context& context);
Result<Decision> decide(const schema::UnitPlanIssued& stated, const Context& context);
Result<Decision> decide(const schema::UnitPlanWithdrawn& stated, const Context& context);

}  // namespace silkledger::domain
