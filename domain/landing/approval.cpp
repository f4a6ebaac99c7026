#include "domain/landing/approval.h"

#include <algorithm>
#include <utility>

#include "domain/landing/landed.h"
#include "domain/registry/reference.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Status = ApprovalState::Status;

constexpr std::string_view kArticle = "23";
const Text kRequested{"申请日期", "the day of the request"};
const Text kSubmitted{"提交日期", "the day of submission"};
const Text kAccepted{"受理日期", "the day of acceptance"};
const Text kResumed{"恢复计时日期", "the day on which the clock resumed"};
const Text kDecided{"决定日期", "the day of the decision"};

Decision one(schema::Event event) { return {{recorded(std::move(event))}}; }

Text status_text(Status status) {
  switch (status) {
    case Status::unknown:
      return {"不存在", "unknown"};
    case Status::requested:
      return {"已申请、待认领", "requested and unclaimed"};
    case Status::planned:
      return {"已排定、待认领", "planned and unclaimed"};
    case Status::claimed:
      return {"已认领、待受理", "claimed and not yet accepted"};
    case Status::running:
      return {"已受理、计时中", "accepted, its clock running"};
    case Status::paused:
      return {"中止计时", "accepted, its clock paused"};
    case Status::granted:
      return {"已准予", "granted"};
    case Status::refused:
      return {"已决定不予", "refused"};
  }
  return {};
}

Objection wrong_state(const Checks& check, const ApprovalState& state, Text remedy) {
  const Text now = status_text(state.status);
  return check.reject(Rejection::Kind::wrong_state, "approval-in-wrong-state", {},
                      {"办件当前状态为“" + now.zh + "”，不能进行此操作。",
                       "The approval is " + now.en + "; this cannot be done now."},
                      std::move(remedy));
}

const ApprovalState& approval_in(const Checks& check, std::string_view approval_id) {
  return check.context().states.get<ApprovalState>(approval_id);
}

// Known, and the actor takes part: for the project's unit, for the handling unit, or below it.
Objection may_handle(const Checks& check, const ApprovalState& state,
                     std::string_view approval_id) {
  if (auto no = check.exists(state.exists(), {"办件", "approval"}, approval_id, "/approvalId")) {
    return no;
  }
  const Context& context = check.context();
  if (is_own_unit(context, state.handling_unit)) return {};
  if (context.reference.within(context.actor.unit, state.handling_unit)) return {};
  if (is_own_unit(context, context.states.get<ProjectState>(state.project_id).unit_id)) return {};
  return check.own_unit(state.handling_unit);
}

// The agent holds a role in the handling unit or below it on the day of the claim.
Objection may_be_agent(const Checks& check, const ApprovalState& state, std::string_view agent,
                       CivilDate day) {
  if (auto no = check.person_known(agent, "/agent")) return no;
  const Reference& reference = check.context().reference;
  const std::vector<RoleHeld>& roles = reference.person(agent)->roles;
  const bool belongs = std::ranges::any_of(roles, [&](const RoleHeld& held) {
    return held.held_on(day) && reference.within(held.unit_id, state.handling_unit);
  });
  if (belongs) return {};
  const Text unit = unit_label(check.context(), state.handling_unit);
  return check.reject(Rejection::Kind::invalid, "agent-of-another-unit", "/agent",
                      {"该人员在" + to_string(day) + "不属于" + unit.zh + "。",
                       "On " + to_string(day) + " this person holds no role in " + unit.en + "."},
                      {"请填写办理单位或其下属单位的专人。",
                       "Name a person of the handling unit or of one below it."});
}

// The earliest day that a next step of an accepted approval may carry.
NamedDay last_step(const ApprovalState& state) {
  if (!state.pauses.empty() && state.pauses.back().resumed_on) {
    return {CivilDate{state.pauses.back().resumed_on->days + 1}, kResumed.zh, kResumed.en};
  }
  return {*state.accepted_on, kAccepted.zh, kAccepted.en};
}

Objection may_decide(const Checks& check, std::string_view approval_id, CivilDate decided_on) {
  const ApprovalState& state = approval_in(check, approval_id);
  if (auto no = may_handle(check, state, approval_id)) return no;
  if (state.status == Status::paused) {
    return wrong_state(check, state,
                       {"请先恢复计时，再登记决定。", "Resume the clock first, then decide."});
  }
  if (state.status != Status::running) {
    return wrong_state(
        check, state,
        {"决定须在受理之后作出，且只作一次。", "A decision follows an acceptance, once."});
  }
  if (auto no = check.happened(decided_on, kDecided, "/decidedOn")) return no;
  return refuse_order(check.context(), kArticle, last_step(state),
                      {decided_on, kDecided.zh, kDecided.en}, "/decidedOn");
}

}  // namespace

StatutoryLimit limit_of(schema::ItemDays days, std::optional<std::int32_t> statutory_days) {
  switch (days) {
    case schema::ItemDays::working:
      return {LimitKind::working_days, statutory_days.value_or(0)};
    case schema::ItemDays::calendar:
      return {LimitKind::calendar_days, statutory_days.value_or(0)};
    case schema::ItemDays::instant:
      return {LimitKind::instant, 0};
    case schema::ItemDays::none:
      break;
  }
  return {};
}

Pause paused_from(CivilDate first_day_not_counted) {
  return {CivilDate{first_day_not_counted.days - 1}, std::nullopt};
}

void resume(Pause& pause, CivilDate first_day_counted) {
  pause.resumed_on = CivilDate{first_day_counted.days - 1};
}

void evolve(ApprovalState& state, wire::Event::Reader event, const EventPlace&) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::APPROVAL_REQUESTED: {
      const auto requested = read(event.getApprovalRequested());
      state.status = Status::requested;
      state.approval_id = requested.approval_id;
      state.project_id = requested.project_id;
      state.item_id = requested.item_id;
      state.handling_unit = requested.handling_unit;
      state.requested_on = requested.requested_on;
      return;
    }
    case wire::Event::APPROVAL_PLANNED:
      if (state.status == Status::requested) state.status = Status::planned;
      return;
    case wire::Event::APPROVAL_CLAIMED:
      state.status = Status::claimed;
      state.agent = read(event.getApprovalClaimed()).agent;
      return;
    case wire::Event::APPROVAL_ACCEPTED: {
      const auto accepted = read(event.getApprovalAccepted());
      state.status = Status::running;
      state.accepted_on = accepted.accepted_on;
      state.limit = limit_of(accepted.days, accepted.statutory_days);
      return;
    }
    case wire::Event::APPROVAL_CLOCK_PAUSED:
      state.status = Status::paused;
      state.pauses.push_back(paused_from(read(event.getApprovalClockPaused()).paused_on));
      return;
    case wire::Event::APPROVAL_CLOCK_RESUMED:
      state.status = Status::running;
      if (state.pauses.empty()) return;
      resume(state.pauses.back(), read(event.getApprovalClockResumed()).resumed_on);
      return;
    case wire::Event::APPROVAL_GRANTED:
      state.status = Status::granted;
      state.decided_on = read(event.getApprovalGranted()).decided_on;
      return;
    case wire::Event::APPROVAL_REFUSED:
      state.status = Status::refused;
      state.decided_on = read(event.getApprovalRefused()).decided_on;
      return;
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::ApprovalRequested& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ApprovalState& state = approval_in(check, stated.approval_id);
  if (auto no = check.id_is_free(state.exists(), {"办件", "approval"}, stated.approval_id,
                                 "/approvalId")) {
    return *no;
  }
  if (auto no = project_has_landed(check, stated.project_id)) return *no;
  if (auto no = check.own_unit(context.states.get<ProjectState>(stated.project_id).unit_id))
    return *no;
  if (auto no = check.exists(context.reference.item(stated.item_id) != nullptr,
                             {"审批事项", "approval-item"}, stated.item_id, "/itemId")) {
    return *no;
  }
  if (auto no = check.unit_exists(stated.handling_unit, "/handlingUnit")) return *no;
  if (auto no = check.happened(stated.requested_on, kRequested, "/requestedOn")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ApprovalPlanned& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ApprovalState& state = approval_in(check, stated.approval_id);
  if (auto no = may_handle(check, state, stated.approval_id)) return *no;
  if (state.accepted_on) {
    return *wrong_state(
        check, state,
        {"受理之后不再排定提交计划。", "After acceptance there is nothing left to plan."});
  }
  if (auto no = check.in_order(state.requested_on, kRequested, stated.submit_by,
                               {"计划提交日期", "the planned day of submission"}, "/submitBy")) {
    return *no;
  }
  return one(stated);
}

Result<Decision> decide(const schema::ApprovalClaimed& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ApprovalState& state = approval_in(check, stated.approval_id);
  if (auto no = may_handle(check, state, stated.approval_id)) return *no;
  if (state.status != Status::requested && state.status != Status::planned) {
    return *wrong_state(check, state, {"办件只认领一次。", "An approval is claimed once."});
  }
  const Text claimed{"认领日期", "the day of the claim"};
  if (auto no = check.happened(stated.claimed_on, claimed, "/claimedOn")) return *no;
  if (auto no = check.in_order(state.requested_on, kRequested, stated.claimed_on, claimed,
                               "/claimedOn")) {
    return *no;
  }
  if (auto no = may_be_agent(check, state, stated.agent, stated.claimed_on)) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::AcceptApproval& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ApprovalState& state = approval_in(check, stated.approval_id);
  if (auto no = may_handle(check, state, stated.approval_id)) return *no;
  if (state.status != Status::claimed) {
    return *wrong_state(check, state,
                        {"请先由帮办代办员认领；受理只登记一次。",
                         "An agent has to claim it first; it is accepted once."});
  }
  if (auto no = check.in_order(state.requested_on, kRequested, stated.submitted_on, kSubmitted,
                               "/submittedOn")) {
    return *no;
  }
  if (auto no = check.in_order(stated.submitted_on, kSubmitted, stated.accepted_on, kAccepted,
                               "/acceptedOn")) {
    return *no;
  }
  if (auto no = check.happened(stated.accepted_on, kAccepted, "/acceptedOn")) return *no;
  schema::ApprovalAccepted accepted;
  accepted.approval_id = stated.approval_id;
  accepted.submitted_on = stated.submitted_on;
  accepted.accepted_on = stated.accepted_on;
  // The request named a known item, and items are never taken back.
  if (const schema::ApprovalItemDefined* item = context.reference.item(state.item_id)) {
    accepted.days = item->days;
    accepted.statutory_days = item->statutory_days;
  }
  return one(std::move(accepted));
}

Result<Decision> decide(const schema::ApprovalClockPaused& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ApprovalState& state = approval_in(check, stated.approval_id);
  if (auto no = may_handle(check, state, stated.approval_id)) return *no;
  if (state.status != Status::running) {
    return *wrong_state(
        check, state,
        {"只有已受理且正在计时的办件可以中止计时。", "Only a running clock can be paused."});
  }
  const Text paused{"中止日期", "the day of the pause"};
  if (auto no = check.happened(stated.paused_on, paused, "/pausedOn")) return *no;
  if (auto no = refuse_order(context, kArticle, last_step(state),
                             {stated.paused_on, paused.zh, paused.en}, "/pausedOn")) {
    return *no;
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  // 行政许可法 Art. 45 names what may stop the clock; without a basis it runs on.
  if (auto no = check.words(stated.legal_basis, "/legalBasis")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ApprovalClockResumed& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ApprovalState& state = approval_in(check, stated.approval_id);
  if (auto no = may_handle(check, state, stated.approval_id)) return *no;
  if (state.status != Status::paused) {
    return *wrong_state(check, state,
                        {"只有中止计时的办件可以恢复。", "Only a paused clock can resume."});
  }
  if (auto no = check.happened(stated.resumed_on, kResumed, "/resumedOn")) return *no;
  const CivilDate paused_on{state.pauses.back().paused_on.days + 1};
  if (auto no = check.in_order(paused_on, {"中止日期", "the day of the pause"}, stated.resumed_on,
                               kResumed, "/resumedOn")) {
    return *no;
  }
  return one(stated);
}

Result<Decision> decide(const schema::ApprovalGranted& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_decide(check, stated.approval_id, stated.decided_on)) return *no;
  if (auto no = check.words_if_stated(stated.document_no, "/documentNo")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ApprovalRefused& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = may_decide(check, stated.approval_id, stated.decided_on)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

HalfTimeMeter half_time_of(const ApprovalState& state, const Reference& reference,
                           CivilDate as_of) {
  if (!state.accepted_on) return {};
  const std::vector<std::string> layers = reference.calendar_layers(state.handling_unit);
  return half_time(reference.calendar().for_layers(layers),
                   {.limit = state.limit,
                    .accepted_on = *state.accepted_on,
                    .pauses = state.pauses,
                    .decided_on = state.decided_on},
                   as_of);
}

}  // namespace silkledger::domain
