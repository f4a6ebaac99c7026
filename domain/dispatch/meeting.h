// A dispatch or promotion meeting: called, held, minuted, or called off (Art. 25; counties and
// chain-lead units hold their own, Art. 27, 28). Stream: "meeting/<meeting id>".
//
// What a meeting gives out to be done are action items (action.h), each a stream of its own.
#pragma once

#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct MeetingState {
  static constexpr std::string_view kAggregate = "meeting";
  enum class Status { unknown, called, held, minuted, called_off };
  Status status = Status::unknown;
  std::string unit_id;  // that called it
  CivilDate called_on;
  CivilDate held_on;  // once it was
  bool exists() const { return status != Status::unknown; }
  bool was_held() const { return status == Status::held || status == Status::minuted; }
};

void evolve(MeetingState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::MeetingCalled& stated, const Context& context);
// Who attended need not have been invited.
Result<Decision> decide(const schema::MeetingHeld& stated, const Context& context);
Result<Decision> decide(const schema::MeetingMinutesIssued& stated, const Context& context);
Result<Decision> decide(const schema::MeetingCalledOff& stated, const Context& context);

}  // namespace silkledger::domain
