// 调度会议: dispatch and promotion meetings, who came and was heard, minutes, and how many of the
// items they gave out are struck off (Art. 25, 27).
//
// Notes: "action/<action>" the meeting that gave the item out.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::MeetingRow;
using schema::MeetingStatus;

std::string action_note(std::string_view action_id) { return "action/" + std::string(action_id); }

void call(Fold& fold, const EventInput& input, schema::MeetingCalled event) {
  MeetingRow row;
  row.meeting_id = std::move(event.meeting_id);
  row.kind = event.kind;
  row.unit_id = std::move(event.unit_id);
  row.on = event.on;
  row.agenda = std::move(event.agenda);
  row.chair = std::move(event.chair);
  row.invited = std::move(event.invited);
  row.units = named_by(input.event()).list();
  row.version = input.version;
  row.position = input.position;
  fold.put(std::move(row));
}

template <class Event, class Change>
void change_meeting(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<MeetingRow>(event.meeting_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  fold.put(std::move(row));
}

// The promotion authority of a county speaks for the county.
bool somebody_came(const domain::Reference& reference, const std::vector<std::string>& attended,
                   const std::string& invited) {
  return std::ranges::any_of(
      attended, [&](const std::string& unit) { return reference.within(unit, invited); });
}

void hold(Fold& fold, const EventInput& input, MeetingRow& row, const schema::MeetingHeld& event) {
  row.status = MeetingStatus::held;
  row.held_on = event.held_on;
  row.attended = event.attended;
  row.heard = event.heard;
  row.absent.clear();
  for (const std::string& invited : row.invited) {
    if (!somebody_came(fold.reference(), event.attended, invited)) row.absent.push_back(invited);
  }
  Participants units(row.units);
  units.add(named_by(input.event()));
  row.units = units.list();
}

void count_action(Fold& fold, const EventInput& input, const std::string& meeting_id,
                  std::int32_t MeetingRow::*count) {
  auto row = fold.existing<MeetingRow>(meeting_id);
  ++(row.*count);
  row.position = input.position;
  fold.put(std::move(row));
}

void assign(Fold& fold, const EventInput& input, const schema::ActionAssigned& event) {
  if (!event.meeting_id) return;
  fold.set_note(action_note(event.action_id), *event.meeting_id);
  count_action(fold, input, *event.meeting_id, &MeetingRow::actions);
}

// An item is struck off once.
void confirm(Fold& fold, const EventInput& input, const schema::ActionConfirmed& event) {
  const std::string* note = fold.note(action_note(event.action_id));
  if (!note) return;
  const std::string meeting_id = *note;
  fold.erase_note(action_note(event.action_id));
  count_action(fold, input, meeting_id, &MeetingRow::actions_confirmed);
}

void fold_meeting(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::MEETING_CALLED:
      return call(fold, input, read(event.getMeetingCalled()));
    case EventKind::MEETING_HELD:
      return change_meeting(
          fold, input, read(event.getMeetingHeld()),
          [&](MeetingRow& row, const auto& held) { hold(fold, input, row, held); });
    case EventKind::MEETING_MINUTES_ISSUED:
      return change_meeting(fold, input, read(event.getMeetingMinutesIssued()),
                            [&](MeetingRow& row, const auto& issued) {
                              row.status = MeetingStatus::minuted;
                              row.minutes_no = issued.number;
                              row.minutes = issued.text;
                              row.minutes_on = input.occurred_on();
                            });
    case EventKind::MEETING_CALLED_OFF:
      return change_meeting(fold, input, read(event.getMeetingCalledOff()),
                            [](MeetingRow& row, const auto& off) {
                              row.status = MeetingStatus::called_off;
                              row.reason = off.reason;
                            });
    case EventKind::ACTION_ASSIGNED:
      return assign(fold, input, read(event.getActionAssigned()));
    case EventKind::ACTION_CONFIRMED:
      return confirm(fold, input, read(event.getActionConfirmed()));
    default:
      return;
  }
}

}  // namespace

View meeting_view() {
  return {.name = "meeting",
          .version = 1,
          .folds = {EventKind::MEETING_CALLED, EventKind::MEETING_HELD,
                    EventKind::MEETING_MINUTES_ISSUED, EventKind::MEETING_CALLED_OFF,
                    EventKind::ACTION_ASSIGNED, EventKind::ACTION_CONFIRMED},
          .reads = {},
          .fold = fold_meeting};
}

}  // namespace silkledger::projections
