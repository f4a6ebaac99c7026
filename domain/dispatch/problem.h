// A problem of a project, from the day somebody raises it until the same unit confirms that it is
// solved (Art. 28; counties use the same ledger for Art. 27). Stream: "problem/<problem id>".
//
//   raised ─► assigned ─► resolved ─► confirmed        beside it: none ─► asked ─► taken
//               ▲            │            │                              ▲   └───► returned ─┐
//               └─ reopened ─┴────────────┘                              └───────────────────┘
//
// Whether a problem is solved is not its owner's word alone: only the unit that raised it confirms,
// not even the office can. A matter that needs the prefecture is put to it by the chain-lead unit
// or the owner, and decided by the office.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct ProblemState {
  static constexpr std::string_view kAggregate = "problem";
  enum class Status { unknown, raised, assigned, resolved, confirmed };
  enum class Escalation { none, asked, taken, returned };
  Status status = Status::unknown;
  Escalation escalation = Escalation::none;
  std::string project_id;
  std::string raised_by;
  CivilDate raised_on;
  std::string owner_unit;  // empty until it is assigned
  CivilDate due;           // of the latest assignment
  bool exists() const { return status != Status::unknown; }
  bool open() const { return status == Status::raised || status == Status::assigned; }
};

void evolve(ProblemState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::ProblemRaised& stated, const Context& context);
Result<Decision> decide(const schema::ProblemAssigned& stated, const Context& context);
Result<Decision> decide(const schema::ProblemFeedbackGiven& stated, const Context& context);
Result<Decision> decide(const schema::ProblemEscalated& stated, const Context& context);
Result<Decision> decide(const schema::ProblemEscalationDecided& stated, const Context& context);
Result<Decision> decide(const schema::ProblemResolved& stated, const Context& context);
Result<Decision> decide(const schema::ProblemConfirmed& stated, const Context& context);
Result<Decision> decide(const schema::ProblemReopened& stated, const Context& context);

}  // namespace silkledger::domain
