// The working group of a signed project with a tier (Art. 22): a leader who sponsors it, the unit
// that leads the service to it, the departments that work on it. Stream: "work-group/<project id>".
//
// Level of the sponsor and number of departments are settings of the rule set for each tier. They
// hold "in principle": what deviates is taken with a reason, and stays recorded with it. A higher
// level than asked for deviates from nothing. When the tier changes or falls away, the group stays
// as it is until it is dissolved.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct WorkGroupState {
  static constexpr std::string_view kAggregate = "work-group";
  enum class Status { none, formed, dissolved };
  struct Member {
    std::string unit_id;
    std::optional<std::string> contact;
  };
  Status status = Status::none;
  std::string sponsor;
  schema::SponsorLevel sponsor_level = {};
  std::string lead_service_unit;
  std::vector<Member> members;  // in the order in which they were named
  bool formed() const { return status == Status::formed; }
  const Member* member(std::string_view unit_id) const;
};

void evolve(WorkGroupState& state, wire::Event::Reader event, const EventPlace& place);

// What the rules ask of the group of a project of that tier: the row of the tier, or of the highest
// below it; nothing for tier 0. Rule sets that say nothing of groups mean what Art. 22 says.
std::optional<schema::WorkGroupRule> work_group_rule(const schema::RuleSet& rules,
                                                     std::int32_t tier);

Result<Decision> decide(const schema::WorkGroupFormed& stated, const Context& context);
Result<Decision> decide(const schema::WorkGroupLeaderSet& stated, const Context& context);
Result<Decision> decide(const schema::WorkGroupMemberSet& stated, const Context& context);
Result<Decision> decide(const schema::WorkGroupMemberRemoved& stated, const Context& context);
Result<Decision> decide(const schema::WorkGroupLeadServiceUnitSet& stated, const Context& context);
Result<Decision> decide(const schema::WorkGroupDissolved& stated, const Context& context);

}  // namespace silkledger::domain
