// 交办事项: what was to be done by whom and until when, with extensions and the first due day
// beside the present one (Art. 25, 27, 28).
//
// Overdue days move with the days while the item is not done; notes "open/<action>" name those
// rows.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::ActionRow;
using schema::ActionStatus;

constexpr std::string_view kOpen = "open/";

std::string open_note(std::string_view action_id) {
  return std::string(kOpen) + std::string(action_id);
}

void set_days(Fold& fold, const EventInput& input, ActionRow& row) {
  const CivilDate until = row.done_on.value_or(today(fold, input));
  row.days_overdue = std::max(until.days - row.due.days, 0);
  row.overdue = row.days_overdue > 0;
}

void assign(Fold& fold, const EventInput& input, const schema::ActionAssigned& event) {
  ActionRow row;
  row.action_id = event.action_id;
  row.meeting_id = event.meeting_id;
  row.project_id = event.project_id;
  row.assigned_by = event.assigned_by;
  row.owner_unit = event.owner_unit;
  row.units = named_by(input.event()).list();
  row.text = event.text;
  row.assigned_on = input.occurred_on();
  row.due = event.due;
  row.original_due = event.due;
  row.version = input.version;
  row.position = input.position;
  set_days(fold, input, row);
  fold.set_note(open_note(event.action_id), "");
  fold.put(std::move(row));
}

template <class Event, class Change>
void change_action(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<ActionRow>(event.action_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  set_days(fold, input, row);
  fold.put(std::move(row));
}

void feed_back(const EventInput& input, ActionRow& row, const std::string& text) {
  ++row.feedbacks;
  row.last_feedback = text;
  row.last_feedback_on = input.occurred_on();
}

void ask(ActionRow& row, const schema::ActionExtensionAsked& event) {
  row.status = ActionStatus::extension_asked;
  row.asked_until = event.until;
  row.asked_reason = event.reason;
}

// Granted, refused, or overtaken: nothing waits for an answer any more.
void answer(ActionRow& row, ActionStatus status) {
  row.status = status;
  row.asked_until.reset();
  row.asked_reason.reset();
}

void follow_day(Fold& fold, const EventInput& input) {
  for (const std::string& note : fold.note_keys(kOpen, std::string(kOpen) + "\x7f")) {
    const ActionRow& present = *fold.get<ActionRow>(note.substr(kOpen.size()));
    ActionRow row = present;
    set_days(fold, input, row);
    if (row == present) continue;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void fold_work(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::ACTION_FEEDBACK_GIVEN:
      return change_action(
          fold, input, read(event.getActionFeedbackGiven()),
          [&](ActionRow& row, const auto& given) { feed_back(input, row, given.text); });
    case EventKind::ACTION_EXTENSION_ASKED:
      return change_action(fold, input, read(event.getActionExtensionAsked()), ask);
    case EventKind::ACTION_EXTENSION_GRANTED:
      return change_action(fold, input, read(event.getActionExtensionGranted()),
                           [](ActionRow& row, const auto& granted) {
                             answer(row, ActionStatus::open);
                             row.due = granted.until;
                             ++row.extensions;
                           });
    case EventKind::ACTION_EXTENSION_REFUSED:
      return change_action(fold, input, read(event.getActionExtensionRefused()),
                           [](ActionRow& row, const auto&) { answer(row, ActionStatus::open); });
    default:
      return;
  }
}

void fold_action(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::ACTION_ASSIGNED:
      return assign(fold, input, read(event.getActionAssigned()));
    case EventKind::ACTION_DONE:
      return change_action(fold, input, read(event.getActionDone()),
                           [&](ActionRow& row, const auto& done) {
                             answer(row, ActionStatus::done);
                             row.result = done.result;
                             row.done_on = input.occurred_on();
                             fold.erase_note(open_note(row.action_id));
                           });
    case EventKind::ACTION_CONFIRMED:
      return change_action(fold, input, read(event.getActionConfirmed()),
                           [&](ActionRow& row, const auto&) {
                             row.status = ActionStatus::confirmed;
                             row.confirmed_on = input.occurred_on();
                           });
    case EventKind::ACTION_RETURNED:
      return change_action(fold, input, read(event.getActionReturned()),
                           [&](ActionRow& row, const auto&) {
                             row.status = ActionStatus::open;
                             row.done_on.reset();
                             ++row.returned;
                             fold.set_note(open_note(row.action_id), "");
                           });
    case EventKind::DAY_BEGAN:
      return follow_day(fold, input);
    default:
      return fold_work(fold, input);
  }
}

}  // namespace

View action_view() {
  return {.name = "action",
          .version = 1,
          .folds = {EventKind::ACTION_ASSIGNED, EventKind::ACTION_FEEDBACK_GIVEN,
                    EventKind::ACTION_EXTENSION_ASKED, EventKind::ACTION_EXTENSION_GRANTED,
                    EventKind::ACTION_EXTENSION_REFUSED, EventKind::ACTION_DONE,
                    EventKind::ACTION_CONFIRMED, EventKind::ACTION_RETURNED, EventKind::DAY_BEGAN},
          .reads = {},
          .fold = fold_action};
}

}  // namespace silkledger::projections
