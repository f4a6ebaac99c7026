#include "domain/dispatch/action.h"

#include <utility>

#include "domain/dispatch/parties.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = ActionState::Status;

constexpr std::string_view kArticle = "25";
const Text kAction{"交办事项", "action"};
const Text kExtended{"延期后的期限", "the extended due day"};

Decision one(schema::Event event) { return {{recorded(std::move(event))}}; }

const ActionState& action_in(const Checks& check, std::string_view action_id) {
  return check.context().states.get<ActionState>(action_id);
}

Objection wrong_state(const Checks& check, const ActionState& state, Text remedy) {
  static const Text kStands[] = {
      {"未登记", "is not known"},
      {"正在办理", "is being worked on"},
      {"已办结、待销号", "is done and waits to be struck off"},
      {"已销号", "was struck off"},
  };
  const Text& stands = kStands[static_cast<std::size_t>(state.status)];
  return check.reject(Kind::wrong_state, "action-in-wrong-state", "/actionId",
                      {"该事项" + stands.zh + "。", "The item " + stands.en + "."},
                      std::move(remedy));
}

Objection goes_on(const Checks& check, const ActionState& state, std::string_view action_id) {
  if (auto no = check.exists(state.exists(), kAction, action_id, "/actionId")) return no;
  return check.in_order(state.assigned_on, {"交办日期", "the day it was assigned"},
                        check.context().occurred_on,
                        {"业务发生日期", "the day on which this occurred"}, {});
}

// Worked on, and the actor is the unit that works on it.
Objection owner_works(const Checks& check, const ActionState& state, std::string_view action_id) {
  if (auto no = goes_on(check, state, action_id)) return no;
  if (auto no = owner_acts(check, state.owner_unit)) return no;
  if (state.status == Status::open) return {};
  return wrong_state(check, state,
                     {"如需继续办理，请由交办单位退回。",
                      "To go on with it, let the unit that assigned it return it."});
}

// Art. 25: a meeting gives out what it resolved; its convenor assigns it.
Objection from_meeting(const Checks& check, const schema::ActionAssigned& stated) {
  if (!stated.meeting_id) return {};
  const MeetingState& meeting = check.context().states.get<MeetingState>(*stated.meeting_id);
  if (auto no =
          check.exists(meeting.exists(), {"会议", "meeting"}, *stated.meeting_id, "/meetingId")) {
    return no;
  }
  if (meeting.unit_id != stated.assigned_by) {
    const Text convenor = unit_label(check.context(), meeting.unit_id);
    return check.reject(
        Kind::invalid, "not-the-convenors", "/assignedBy",
        {"该会议由" + convenor.zh + "召集。", "The meeting was called by " + convenor.en + "."},
        {"会议交办的事项由召集单位交办。",
         "What a meeting gives out is assigned by the unit that called it."});
  }
  if (!meeting.was_held()) {
    return check.reject(Kind::wrong_state, "meeting-not-held", "/meetingId",
                        {"该会议没有召开。", "The meeting was not held."},
                        {"请先登记会议召开情况，或不填会议。",
                         "Record first that it was held, or name no meeting."});
  }
  return check.in_order(meeting.held_on, {"会议日期", "the day of the meeting"},
                        check.context().occurred_on, {"交办日期", "the day of the assignment"},
                        "/meetingId");
}

// An answer to an extension that was asked for.
Objection may_answer(const Checks& check, const ActionState& state, std::string_view action_id) {
  if (auto no = goes_on(check, state, action_id)) return no;
  if (auto no = check.own_unit(state.assigned_by)) return no;
  if (state.asked_until) return {};
  return check.reject(Kind::wrong_state, "no-extension-asked", "/actionId",
                      {"该事项没有待答复的延期申请。", "No extension waits for an answer."},
                      {"须先由承办单位申请延期。", "The owner has to ask for one first."});
}

Objection is_later(const Checks& check, const ActionState& state, CivilDate until) {
  if (until > state.due) return {};
  return check.reject(
      Kind::invalid, "extension-extends-nothing", "/until",
      {"延期后的期限没有晚于现行期限 " + to_string(state.due) + "。",
       "The day asked for does not lie behind the present due day, " + to_string(state.due) + "."},
      {"请填写更晚的日期。", "State a later day."});
}

// Done, and the actor's to strike off or to return.
Objection may_judge(const Checks& check, const ActionState& state, std::string_view action_id) {
  if (auto no = goes_on(check, state, action_id)) return no;
  if (auto no = check.own_unit(state.assigned_by)) return no;
  if (state.status == Status::done) return {};
  return wrong_state(
      check, state,
      {"承办单位办结之后才能销号或退回。", "It is struck off or returned after its owner did it."});
}

}  // namespace

void evolve(ActionState& state, wire::Event::Reader event, const EventPlace& place) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::ACTION_ASSIGNED: {
      const auto assigned = read(event.getActionAssigned());
      state.status = Status::open;
      state.assigned_by = assigned.assigned_by;
      state.owner_unit = assigned.owner_unit;
      state.assigned_on = place.occurred_on;
      state.due = assigned.due;
      return;
    }
    case wire::Event::ACTION_EXTENSION_ASKED:
      state.asked_until = CivilDate{event.getActionExtensionAsked().getUntil()};
      return;
    case wire::Event::ACTION_EXTENSION_GRANTED:
      state.due = {event.getActionExtensionGranted().getUntil()};
      state.asked_until.reset();
      return;
    case wire::Event::ACTION_EXTENSION_REFUSED:
      state.asked_until.reset();
      return;
    case wire::Event::ACTION_DONE:
      state.status = Status::done;
      state.asked_until.reset();
      return;
    case wire::Event::ACTION_CONFIRMED:
      state.status = Status::confirmed;
      return;
    case wire::Event::ACTION_RETURNED:
      state.status = Status::open;
      return;
    default:  // feedback, and what is of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::ActionAssigned& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = check.id_is_free(state.exists(), kAction, stated.action_id, "/actionId")) {
    return *no;
  }
  if (auto no = check.unit_exists(stated.assigned_by, "/assignedBy")) return *no;
  if (auto no = check.own_unit(stated.assigned_by)) return *no;
  if (auto no = check.unit_exists(stated.owner_unit, "/ownerUnit")) return *no;
  // Nobody charges a unit that does not stand below it but the prefecture.
  if (auto no = check.own_unit(stated.owner_unit)) return *no;
  if (auto no = from_meeting(check, stated)) return *no;
  if (stated.project_id) {
    const bool known = context.states.get<ProjectState>(*stated.project_id).exists();
    if (auto no = check.exists(known, {"项目", "project"}, *stated.project_id, "/projectId")) {
      return *no;
    }
  }
  if (auto no = check.words(stated.text, "/text")) return *no;
  if (auto no = due_ahead(check, stated.due, "/due")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ActionFeedbackGiven& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = owner_works(check, state, stated.action_id)) return *no;
  if (auto no = check.words(stated.text, "/text")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ActionExtensionAsked& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = owner_works(check, state, stated.action_id)) return *no;
  if (state.asked_until) {
    return check.reject(
        Kind::wrong_state, "extension-already-asked", "/actionId",
        {"已申请延至 " + to_string(*state.asked_until) + "，尚未答复。",
         "An extension until " + to_string(*state.asked_until) + " waits for its answer."},
        {"请等待交办单位答复。", "Wait for the unit that assigned the item."});
  }
  if (auto no = is_later(check, state, stated.until)) return *no;
  if (auto no = due_ahead(check, stated.until, "/until")) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ActionExtensionGranted& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = may_answer(check, state, stated.action_id)) return *no;
  if (auto no = is_later(check, state, stated.until)) return *no;
  if (auto no = check.in_order(stated.until, kExtended, *state.asked_until,
                               {"申请的期限", "the day asked for"}, "/until")) {
    return *no;
  }
  return one(stated);
}

Result<Decision> decide(const schema::ActionExtensionRefused& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = may_answer(check, state, stated.action_id)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ActionDone& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = owner_works(check, state, stated.action_id)) return *no;
  if (auto no = check.words(stated.result, "/result")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ActionConfirmed& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = may_judge(check, state, stated.action_id)) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::ActionReturned& stated, const Context& context) {
  const Checks check(context, kArticle);
  const ActionState& state = action_in(check, stated.action_id);
  if (auto no = may_judge(check, state, stated.action_id)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

}  // namespace silkledger::domain
