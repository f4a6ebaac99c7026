#include "domain/dispatch/problem.h"

#include <utility>

#include "domain/dispatch/parties.h"
#include "domain/landing/landed.h"
#include "domain/projects/project_checks.h"
#include "domain/registry/reference.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = ProblemState::Status;
using Escalation = ProblemState::Escalation;

constexpr std::string_view kArticle = "28";
const Text kProblem{"问题", "problem"};

Decision one(schema::Event event) { return {{recorded(std::move(event))}}; }

const ProblemState& problem_in(const Checks& check, std::string_view problem_id) {
  return check.context().states.get<ProblemState>(problem_id);
}

const ProjectState& project_of(const Checks& check, const ProblemState& state) {
  return check.context().states.get<ProjectState>(state.project_id);
}

Objection wrong_state(const Checks& check, const ProblemState& state, Text remedy) {
  static const Text kStands[] = {
      {"未登记", "is not known"},
      {"已提出、未交办", "was raised and nobody was charged with it"},
      {"正在办理", "is being worked on"},
      {"已办结、待确认", "is resolved and waits for confirmation"},
      {"已确认解决", "was confirmed as solved"},
  };
  const Text& stands = kStands[static_cast<std::size_t>(state.status)];
  return check.reject(Kind::wrong_state, "problem-in-wrong-state", "/problemId",
                      {"该问题" + stands.zh + "。", "The problem " + stands.en + "."},
                      std::move(remedy));
}

// Known, and nothing is said of it from before it was raised.
Objection goes_on(const Checks& check, const ProblemState& state, std::string_view problem_id) {
  if (auto no = check.exists(state.exists(), kProblem, problem_id, "/problemId")) return no;
  return check.in_order(state.raised_on, {"提出日期", "the day it was raised"},
                        check.context().occurred_on,
                        {"业务发生日期", "the day on which this occurred"}, {});
}

Objection is_open(const Checks& check, const ProblemState& state, std::string_view problem_id) {
  if (auto no = goes_on(check, state, problem_id)) return no;
  if (state.open()) return {};
  return wrong_state(check, state,
                     {"如未真正解决，请由提出单位重新打开。",
                      "If it is not solved, let the unit that raised it reopen it."});
}

Objection is_assigned(const Checks& check, const ProblemState& state, std::string_view problem_id) {
  if (auto no = is_open(check, state, problem_id)) return no;
  if (state.status == Status::assigned) return {};
  return wrong_state(check, state, {"请先交办责任单位。", "Assign it to a unit first."});
}

// Of performance and fulfilment there can be problems only after an agreement.
Objection project_can_have(const Checks& check, const schema::ProblemRaised& stated) {
  const bool needs_agreement = stated.problem_class == schema::ProblemClass::performance ||
                               stated.problem_class == schema::ProblemClass::fulfilment;
  if (needs_agreement) return project_has_landed(check, stated.project_id);
  return project_goes_on(check, check.context().states.get<ProjectState>(stated.project_id),
                         stated.project_id, "/projectId");
}

// The office and the chain-lead unit may charge any unit; the managing unit those below it. What
// lies beyond its reach is what an escalation is for.
Objection owner_in_reach(const Checks& check, const ProblemState& state,
                         std::string_view owner_unit) {
  if (auto no = check.unit_exists(owner_unit, "/ownerUnit")) return no;
  if (acts_for_chain_lead(check.context(), project_of(check, state))) return {};
  return check.own_unit(owner_unit);
}

// Art. 28: whoever raised it, and nobody in its place.
Objection raiser_acts(const Checks& check, const ProblemState& state) {
  const Context& context = check.context();
  if (context.reference.within(state.raised_by, context.actor.unit)) return {};
  const Text raiser = unit_label(context, state.raised_by);
  return check.reject(
      Kind::not_your_unit, "not-the-raising-unit", "/problemId",
      {"问题由" + raiser.zh + "提出，是否解决由其确认。",
       "The problem was raised by " + raiser.en + "; whether it is solved is for it to say."},
      {"请由" + raiser.zh + "办理。", "Let " + raiser.en + " do it."});
}

}  // namespace

void evolve(ProblemState& state, wire::Event::Reader event, const EventPlace& place) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::PROBLEM_RAISED: {
      const auto raised = read(event.getProblemRaised());
      state.status = Status::raised;
      state.project_id = raised.project_id;
      state.raised_by = raised.raised_by;
      state.raised_on = place.occurred_on;
      return;
    }
    case wire::Event::PROBLEM_ASSIGNED: {
      const auto assigned = read(event.getProblemAssigned());
      state.status = Status::assigned;
      state.owner_unit = assigned.owner_unit;
      state.due = assigned.due;
      return;
    }
    case wire::Event::PROBLEM_ESCALATED:
      state.escalation = Escalation::asked;
      return;
    case wire::Event::PROBLEM_ESCALATION_DECIDED: {
      const bool taken =
          event.getProblemEscalationDecided().getVerdict() == wire::EscalationVerdict::TAKEN;
      state.escalation = taken ? Escalation::taken : Escalation::returned;
      return;
    }
    case wire::Event::PROBLEM_RESOLVED:
      state.status = Status::resolved;
      return;
    case wire::Event::PROBLEM_CONFIRMED:
      state.status = Status::confirmed;
      return;
    case wire::Event::PROBLEM_REOPENED:
      state.status = Status::assigned;
      return;
    default:  // feedback, and what is of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::ProblemRaised& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = check.id_is_free(state.exists(), kProblem, stated.problem_id, "/problemId")) {
    return *no;
  }
  if (auto no = check.unit_exists(stated.raised_by, "/raisedBy")) return *no;
  if (auto no = check.own_unit(stated.raised_by)) return *no;
  if (auto no = project_can_have(check, stated)) return *no;
  if (auto no = check.words(stated.text, "/text")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ProblemAssigned& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = check.exists(state.exists(), kProblem, stated.problem_id, "/problemId")) return *no;
  if (auto no = follows_project(check, project_of(check, state))) return *no;
  if (auto no = is_open(check, state, stated.problem_id)) return *no;
  if (auto no = owner_in_reach(check, state, stated.owner_unit)) return *no;
  if (auto no = due_ahead(check, stated.due, "/due")) return *no;
  const bool is_same = state.owner_unit == stated.owner_unit && state.due == stated.due;
  if (state.status == Status::assigned && is_same) {
    return *wrong_state(check, state,
                        {"责任单位和期限与现在相同，无需重复交办。",
                         "Owner and due day are those it has; nothing is left to do."});
  }
  return one(stated);
}

Result<Decision> decide(const schema::ProblemFeedbackGiven& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = is_assigned(check, state, stated.problem_id)) return *no;
  if (auto no = owner_acts(check, state.owner_unit)) return *no;
  if (auto no = check.words(stated.text, "/text")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ProblemEscalated& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = is_open(check, state, stated.problem_id)) return *no;
  const bool owns = !state.owner_unit.empty() && acts_for(context, state.owner_unit);
  if (!owns && !acts_for_chain_lead(context, project_of(check, state))) {
    return check.reject(
        Kind::not_your_unit, "not-to-be-escalated-by-you", "/problemId",
        {"只有链主单位或责任单位可以将问题提请地区协调。",
         "Only the chain-lead unit or the unit that owns a problem puts it to the prefecture."},
        {"请由链主单位或责任单位提请。", "Let one of them do it."});
  }
  if (state.escalation == Escalation::asked || state.escalation == Escalation::taken) {
    return check.reject(Kind::wrong_state, "already-escalated", "/problemId",
                        {"该问题已提请地区协调。", "The problem lies with the prefecture already."},
                        {"请等待领导小组办公室的意见。", "Wait for what the office says."});
  }
  if (auto no = check.words(stated.matter, "/matter")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ProblemEscalationDecided& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = check.exists(state.exists(), kProblem, stated.problem_id, "/problemId")) return *no;
  if (auto no = check.prefecture_acts()) return *no;
  if (auto no = is_open(check, state, stated.problem_id)) return *no;
  if (state.escalation != Escalation::asked) {
    return check.reject(Kind::wrong_state, "not-escalated", "/problemId",
                        {"该问题没有待研究的提请事项。",
                         "Nothing about this problem waits for the prefecture's word."},
                        {"须先由链主单位或责任单位提请地区协调。",
                         "The chain-lead unit or the owner has to escalate it first."});
  }
  if (auto no = check.words(stated.text, "/text")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ProblemResolved& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = is_assigned(check, state, stated.problem_id)) return *no;
  if (auto no = owner_acts(check, state.owner_unit)) return *no;
  if (auto no = check.words(stated.result, "/result")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ProblemConfirmed& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = goes_on(check, state, stated.problem_id)) return *no;
  if (auto no = raiser_acts(check, state)) return *no;
  if (state.status != Status::resolved) {
    return *wrong_state(check, state,
                        {"责任单位办结之后才能确认，且只确认一次。",
                         "It is confirmed once, after its owner resolved it."});
  }
  return one(stated);
}

Result<Decision> decide(const schema::ProblemReopened& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ProblemState& state = problem_in(check, stated.problem_id);
  if (auto no = goes_on(check, state, stated.problem_id)) return *no;
  if (auto no = raiser_acts(check, state)) return *no;
  if (state.open()) {
    return *wrong_state(check, state,
                        {"该问题尚未办结，无需重新打开。", "It is open; nothing is left to do."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

}  // namespace silkledger::domain
