// An action item (交办事项): what a unit was charged with by a meeting or by the unit above it,
// until whoever assigned it strikes it off (Art. 25, 27, 28). Stream: "action/<action id>".
//
//   open ─► done ─► confirmed        An extension is asked for by the owner and granted or refused
//    ▲       │                       by the unit that assigned the item; the first due day stays
//    └returned┘                      known beside the present one.
//
// The office strikes off what the prefecture assigned; a county what it assigned to its own units.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct ActionState {
  static constexpr std::string_view kAggregate = "action";
  enum class Status { unknown, open, done, confirmed };
  Status status = Status::unknown;
  std::string assigned_by;
  std::string owner_unit;
  CivilDate assigned_on;
  CivilDate due;                         // as extended
  std::optional<CivilDate> asked_until;  // an extension that waits for its answer
  bool exists() const { return status != Status::unknown; }
};

void evolve(ActionState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::ActionAssigned& stated, const Context& context);
Result<Decision> decide(const schema::ActionFeedbackGiven& stated, const Context& context);
Result<Decision> decide(const schema::ActionExtensionAsked& stated, const Context& context);
Result<Decision> decide(const schema::ActionExtensionGranted& stated, const Context& context);
Result<Decision> decide(const schema::ActionExtensionRefused& stated, const Context& context);
// An extension that was asked for falls away.
Result<Decision> decide(const schema::ActionDone& stated, const Context& context);
Result<Decision> decide(const schema::ActionConfirmed& stated, const Context& context);
Result<Decision> decide(const schema::ActionReturned& stated, const Context& context);

}  // namespace silkledger::domain
