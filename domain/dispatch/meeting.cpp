#include "domain/dispatch/meeting.h"

#include <algorithm>
#include <utility>

#include "domain/checks.h"
#include "domain/dispatch/parties.h"
#include "domain/registry/reference.h"
#include "domain/schema/event.wire.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = MeetingState::Status;

constexpr std::string_view kArticle = "25";
const Text kMeeting{"会议", "meeting"};
const Text kHeld{"实际召开日期", "the day on which it was held"};

Decision one(schema::Event event) { return {{recorded(std::move(event))}}; }

Objection wrong_state(const Checks& check, const MeetingState& state, Text remedy) {
  static const Text kStands[] = {
      {"未登记", "is not known"},   {"已召集、尚未召开", "was called and not held"},
      {"已召开", "was held"},       {"已印发纪要", "has its minutes"},
      {"已取消", "was called off"},
  };
  const Text& stands = kStands[static_cast<std::size_t>(state.status)];
  return check.reject(Kind::wrong_state, "meeting-in-wrong-state", "/meetingId",
                      {"该会议" + stands.zh + "。", "The meeting " + stands.en + "."},
                      std::move(remedy));
}

// Known, and the actor's to report on.
Objection is_own(const Checks& check, const MeetingState& state, std::string_view meeting_id) {
  if (auto no = check.exists(state.exists(), kMeeting, meeting_id, "/meetingId")) return no;
  return check.own_unit(state.unit_id);
}

Objection still_called(const Checks& check, const MeetingState& state,
                       std::string_view meeting_id) {
  if (auto no = is_own(check, state, meeting_id)) return no;
  if (state.status == Status::called) return {};
  return wrong_state(check, state,
                     {"会议只召开或取消一次；再次召开请另行召集。",
                      "A meeting is held or called off once; call another one."});
}

Objection somebody_attended(const Checks& check, const std::vector<std::string>& attended) {
  if (!attended.empty()) return check.units_once(attended, "/attended");
  return check.reject(Kind::invalid, "nobody-attended", "/attended",
                      {"没有出席单位。", "No unit attended."},
                      {"未开成的会议请登记取消。", "Call a meeting off that did not take place."});
}

bool leads_a_chain(const Reference& reference, std::string_view unit_id, CivilDate day) {
  return std::ranges::any_of(reference.chains(), [&](const auto& chain) {
    return reference.chain_lead(chain.first, day) == unit_id;
  });
}

// Art. 25: heard are chain-lead units, and they were there.
Objection were_heard(const Checks& check, const schema::MeetingHeld& stated) {
  if (auto no = check.units_once(stated.heard, "/heard")) return no;
  for (std::size_t i = 0; i < stated.heard.size(); ++i) {
    const std::string pointer = "/heard/" + std::to_string(i);
    const Text unit = unit_label(check.context(), stated.heard[i]);
    if (std::ranges::find(stated.attended, stated.heard[i]) == stated.attended.end()) {
      return check.reject(Kind::invalid, "heard-but-absent", pointer,
                          {unit.zh + "没有出席会议。", unit.en + " did not attend."},
                          {"请核对出席单位。", "Check who attended."});
    }
    if (!leads_a_chain(check.context().reference, stated.heard[i], stated.held_on)) {
      return check.reject(
          Kind::invalid, "unit-leads-no-chain", pointer,
          {unit.zh + "在会议当日不是任何产业链的链主单位。",
           unit.en + " leads no chain on the day of the meeting."},
          {"此处只填写链主单位；其他单位填入出席单位。",
           "Only chain-lead units stand here; the others are among those that attended."});
    }
  }
  return {};
}

}  // namespace

void evolve(MeetingState& state, wire::Event::Reader event, const EventPlace& place) {
  switch (event.which()) {
    case wire::Event::MEETING_CALLED:
      state.status = Status::called;
      state.unit_id = schema::read(event.getMeetingCalled()).unit_id;
      state.called_on = place.occurred_on;
      return;
    case wire::Event::MEETING_HELD:
      state.status = Status::held;
      state.held_on = {event.getMeetingHeld().getHeldOn()};
      return;
    case wire::Event::MEETING_MINUTES_ISSUED:
      state.status = Status::minuted;
      return;
    case wire::Event::MEETING_CALLED_OFF:
      state.status = Status::called_off;
      return;
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::MeetingCalled& stated, const Context& context) {
  const Checks check(context, kArticle);
  const MeetingState& state = context.states.get<MeetingState>(stated.meeting_id);
  if (auto no = check.id_is_free(state.exists(), kMeeting, stated.meeting_id, "/meetingId")) {
    return *no;
  }
  if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  if (auto no = check.own_unit(stated.unit_id)) return *no;
  if (auto no = due_ahead(check, stated.on, "/on")) return *no;
  if (auto no = check.words(stated.agenda, "/agenda")) return *no;
  if (auto no = check.invited(stated.invited, "/invited")) return *no;
  if (auto no = check.person_known(stated.chair, "/chair")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::MeetingHeld& stated, const Context& context) {
  const Checks check(context, kArticle);
  const MeetingState& state = context.states.get<MeetingState>(stated.meeting_id);
  if (auto no = still_called(check, state, stated.meeting_id)) return *no;
  if (auto no = check.happened(stated.held_on, kHeld, "/heldOn")) return *no;
  if (auto no = check.in_order(state.called_on, {"召集日期", "the day on which it was called"},
                               stated.held_on, kHeld, "/heldOn")) {
    return *no;
  }
  if (auto no = somebody_attended(check, stated.attended)) return *no;
  if (auto no = were_heard(check, stated)) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::MeetingMinutesIssued& stated, const Context& context) {
  const Checks check(context, kArticle);
  const MeetingState& state = context.states.get<MeetingState>(stated.meeting_id);
  if (auto no = is_own(check, state, stated.meeting_id)) return *no;
  if (state.status != Status::held) {
    return *wrong_state(
        check, state,
        {"纪要在会议召开之后印发，且只印发一次。", "Minutes follow the meeting, once."});
  }
  if (auto no = check.in_order(state.held_on, kHeld, context.occurred_on,
                               {"印发日期", "the day of the minutes"}, {})) {
    return *no;
  }
  if (auto no = check.name(stated.number, "/number")) return *no;
  if (auto no = check.words(stated.text, "/text")) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::MeetingCalledOff& stated, const Context& context) {
  const Checks check(context, kArticle);
  const MeetingState& state = context.states.get<MeetingState>(stated.meeting_id);
  if (auto no = still_called(check, state, stated.meeting_id)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

}  // namespace silkledger::domain
