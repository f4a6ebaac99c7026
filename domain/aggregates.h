// Every aggregate that has a state of its own: the one list of them.
//
// The registry (units, people, rules, calendar, chains, items, days) is not among them: it is
// folded into Reference, which every decision sees whole.
// Pure values; one thread at a time.
#pragma once

#include <string_view>
#include <variant>

#include "domain/dispatch/action.h"
#include "domain/dispatch/meeting.h"
#include "domain/dispatch/problem.h"
#include "domain/enterprises/enterprise.h"
#include "domain/landing/approval.h"
#include "domain/landing/fund.h"
#include "domain/landing/work_group.h"
#include "domain/leads/lead.h"
#include "domain/projects/contract.h"
#include "domain/projects/evaluation.h"
#include "domain/projects/project.h"
#include "domain/reports/half_month_report.h"
#include "domain/reports/weekly_report.h"
#include "domain/research/chain_graph.h"
#include "domain/research/offer.h"
#include "domain/research/unit_plan.h"

namespace silkledger::domain {

// A new aggregate adds its state here, and nothing else of the server needs to know it.
using AggregateState =
    std::variant<std::monostate, LeadState, ProjectState, EvaluationState, ContractState,
                 ApprovalState, FundState, WeeklyReportState, HalfMonthReportState, ProblemState,
                 MeetingState, ActionState, WorkGroupState, ChainGraphState, OfferState,
                 UnitPlanState, EnterpriseState>;

// The state of a stream before its first event; std::monostate where the stream has none.
AggregateState fresh_state(std::string_view stream);

// Lets whichever state it is take the event in. Total: a state without a stream takes nothing.
void evolve_any(AggregateState& state, wire::Event::Reader event, const EventPlace& place);

}  // namespace silkledger::domain
