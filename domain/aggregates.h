// Every aggregate that has a state of its own: the one list of them.
//
// The registry (units, people, rules, calendar, chains, items, days) is not among them: it is
// folded into Reference, which every decision sees whole.
// Pure values; one thread at a time.
#pragma once

#include <string_view>
#include <variant>

#include "domain/landing/approval.h"
#include "domain/landing/fund.h"
#include "domain/leads/lead.h"
#include "domain/projects/contract.h"
#include "domain/projects/evaluation.h"
#include "domain/projects/project.h"

namespace silkledger::domain {

// A new aggregate adds its state here, and nothing else of the server needs to know it.
using AggregateState = std::variant<std::monostate, LeadState, ProjectState, EvaluationState,
                                    ContractState, ApprovalState, FundState>;

// The state of a stream before its first event; std::monostate where the stream has none.
AggregateState fresh_state(std::string_view stream);

// Lets whichever state it is take the event in. Total: a state without a stream takes nothing.
void evolve_any(AggregateState& state, wire::Event::Reader event, const EventPlace& place);

}  // namespace silkledger::domain
