// 帮办代办: every assisted approval with its clock (Art. 23).
//
// `version` is that of the approval's stream. The clock of an accepted, undecided approval moves
// with the days; notes "open/<approval>" name those. "of/<project>/<approval>" leads from a project
// to its approvals, and "claim/<approval>" holds the working days in which it is to be claimed,
// under the rules it was requested under.
#include "projections/views/views.h"

#include <algorithm>
#include <charconv>

#include "domain/kernel/half_time.h"
#include "domain/schema/event.wire.h"
#include "projections/views/of_project.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::ApprovalRow;
using schema::ApprovalStatus;

constexpr std::string_view kOpen = "open/";

std::string open_note(std::string_view approval_id) {
  return std::string(kOpen) + std::string(approval_id);
}
std::string claim_note(std::string_view approval_id) { return "claim/" + std::string(approval_id); }

// ---------------------------------------------------------------- the clock

StatutoryLimit limit_of(const ApprovalRow& row) {
  const std::int32_t days = row.statutory_days.value_or(0);
  switch (row.days) {
    case schema::ItemDays::working:
      return days >= 1 ? StatutoryLimit{LimitKind::working_days, days} : StatutoryLimit{};
    case schema::ItemDays::calendar:
      return days >= 1 ? StatutoryLimit{LimitKind::calendar_days, days} : StatutoryLimit{};
    case schema::ItemDays::instant:
      return {LimitKind::instant, 0};
    case schema::ItemDays::none:
      return {};
  }
  return {};
}

// Rows and events name the first day that does not count and the first that counts again; the
// kernel names the last that counts and the last that does not.
std::vector<Pause> pauses_of(const ApprovalRow& row) {
  std::vector<Pause> pauses;
  for (const schema::Pause& pause : row.pauses) {
    Pause stood{CivilDate{pause.from.days - 1}, std::nullopt};
    if (pause.resumed_on) stood.resumed_on = CivilDate{pause.resumed_on->days - 1};
    pauses.push_back(stood);
  }
  return pauses;
}

schema::HalfTime verdict_of(HalfTimeState state) {
  switch (state) {
    case HalfTimeState::not_applicable:
      return schema::HalfTime::not_applicable;
    case HalfTimeState::running:
    case HalfTimeState::at_risk:
    case HalfTimeState::paused:
      return schema::HalfTime::running;
    case HalfTimeState::met:
      return schema::HalfTime::met;
    case HalfTimeState::overdue:
    case HalfTimeState::missed:
      return schema::HalfTime::missed;
  }
  return schema::HalfTime::not_applicable;
}

UnitCalendar calendar_of(const Fold& fold, const ApprovalRow& row) {
  const domain::Reference& reference = fold.reference();
  return reference.calendar().for_layers(reference.calendar_layers(row.handling_unit));
}

bool is_decided(const ApprovalRow& row) { return row.decided_on.has_value(); }

void set_clock(Fold& fold, const EventInput& input, ApprovalRow& row) {
  const UnitCalendar calendar = calendar_of(fold, row);
  row.provisional = false;
  const auto claim = fold.note(claim_note(row.approval_id));
  std::int32_t claim_days = 0;
  if (claim) std::from_chars(claim->data(), claim->data() + claim->size(), claim_days);
  const Due claim_by = calendar.add_working_days(row.requested_on, claim_days);
  row.claim_by = claim_by.day;
  if (!row.agent && !is_decided(row)) row.provisional = claim_by.is_provisional;
  if (!row.accepted_on) return;

  const std::vector<Pause> pauses = pauses_of(row);
  const HalfTimeMeter meter = half_time(
      calendar, {limit_of(row), *row.accepted_on, pauses, row.decided_on}, today(fold, input));
  row.elapsed_days = meter.elapsed_days;
  row.half_due_on = meter.due;
  row.statutory_due_on = meter.statutory_due;
  row.half_time = verdict_of(meter.state);
  row.overdue = meter.statutory_days > 0 && meter.statutory_remaining_days < 0;
  row.provisional = row.provisional || meter.is_provisional;
}

// ---------------------------------------------------------------- units and project

void copy_project(ApprovalRow& row, const schema::ProjectRow& project) {
  Participants units(project.units);
  units.add(std::string_view(row.handling_unit));
  row.project_name = project.name;
  row.unit_id = project.unit_id;
  row.units = units.list();
}

// Brings one row up to date with its project and the day; written when anything in it is new.
void refresh(Fold& fold, const EventInput& input, const std::string& approval_id) {
  const ApprovalRow& present = *fold.get<ApprovalRow>(approval_id);
  ApprovalRow row = present;
  copy_project(row, project_of(fold, row.project_id));
  set_clock(fold, input, row);
  if (row == present) return;
  row.position = input.position;
  fold.put(std::move(row));
}

// ---------------------------------------------------------------- events

void request(Fold& fold, const EventInput& input, const schema::ApprovalRequested& event) {
  ApprovalRow row;
  row.approval_id = event.approval_id;
  row.project_id = event.project_id;
  row.item_id = event.item_id;
  row.item_name = event.item_id;
  if (const schema::ApprovalItemDefined* item = fold.reference().item(event.item_id)) {
    row.item_name = item->name;
    row.days = item->days;
    row.statutory_days = item->statutory_days;
  }
  row.handling_unit = event.handling_unit;
  row.status = ApprovalStatus::requested;
  row.requested_on = event.requested_on;
  row.version = input.version;
  row.position = input.position;
  copy_project(row, project_of(fold, event.project_id));
  if (const schema::RuleSet* rules = fold.reference().rules_on(event.requested_on)) {
    fold.set_note(claim_note(event.approval_id), std::to_string(rules->claim_working_days));
  }
  set_of_project(fold, event.project_id, event.approval_id);
  set_clock(fold, input, row);
  fold.put(std::move(row));
}

// A plan entered after the claim does not take an approval back.
void advance(ApprovalRow& row, ApprovalStatus status) {
  if (row.status < status) row.status = status;
}

template <class Event, class Change>
void change_approval(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<ApprovalRow>(event.approval_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  set_clock(fold, input, row);
  fold.put(std::move(row));
}

void accept(Fold& fold, ApprovalRow& row, const schema::ApprovalAccepted& event) {
  row.status = ApprovalStatus::accepted;
  row.submitted_on = event.submitted_on;
  row.accepted_on = event.accepted_on;
  // The limit under which this approval runs, whatever becomes of the item.
  row.days = event.days;
  row.statutory_days = event.statutory_days;
  fold.set_note(open_note(row.approval_id), "");
}

void pause(ApprovalRow& row, const schema::ApprovalClockPaused& event) {
  row.status = ApprovalStatus::paused;
  row.pauses.push_back({event.paused_on, std::nullopt, event.reason});
}

void resume(ApprovalRow& row, const schema::ApprovalClockResumed& event) {
  if (row.pauses.empty() || row.pauses.back().resumed_on) {
    throw ImpossibleEvent("the clock of approval " + row.approval_id + " does not stand still");
  }
  row.status = ApprovalStatus::accepted;
  row.pauses.back().resumed_on = event.resumed_on;
}

void decide(Fold& fold, ApprovalRow& row, ApprovalStatus status, CivilDate decided_on) {
  row.status = status;
  row.decided_on = decided_on;
  fold.erase_note(open_note(row.approval_id));
}

// ---------------------------------------------------------------- days, calendars, chains

void follow_day(Fold& fold, const EventInput& input) {
  const std::string last = std::string(kOpen) + "\x7f";
  for (const std::string& note : fold.note_keys(kOpen, last)) {
    refresh(fold, input, note.substr(kOpen.size()));
  }
}

void refresh_all(Fold& fold, const EventInput& input) {
  for (const std::string& approval_id : fold.keys<ApprovalRow>()) {
    refresh(fold, input, approval_id);
  }
}

void fold_approval(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::APPROVAL_REQUESTED:
      return request(fold, input, read(event.getApprovalRequested()));
    case EventKind::APPROVAL_PLANNED:
      return change_approval(fold, input, read(event.getApprovalPlanned()),
                             [](ApprovalRow& row, const auto& planned) {
                               row.submit_by = planned.submit_by;
                               advance(row, ApprovalStatus::planned);
                             });
    case EventKind::APPROVAL_CLAIMED:
      return change_approval(fold, input, read(event.getApprovalClaimed()),
                             [](ApprovalRow& row, const auto& claimed) {
                               row.agent = claimed.agent;
                               advance(row, ApprovalStatus::claimed);
                             });
    case EventKind::APPROVAL_ACCEPTED:
      return change_approval(
          fold, input, read(event.getApprovalAccepted()),
          [&](ApprovalRow& row, const auto& accepted) { accept(fold, row, accepted); });
    case EventKind::APPROVAL_CLOCK_PAUSED:
      return change_approval(fold, input, read(event.getApprovalClockPaused()), pause);
    case EventKind::APPROVAL_CLOCK_RESUMED:
      return change_approval(fold, input, read(event.getApprovalClockResumed()), resume);
    case EventKind::APPROVAL_GRANTED:
      return change_approval(fold, input, read(event.getApprovalGranted()),
                             [&](ApprovalRow& row, const auto& granted) {
                               decide(fold, row, ApprovalStatus::granted, granted.decided_on);
                             });
    case EventKind::APPROVAL_REFUSED:
      return change_approval(fold, input, read(event.getApprovalRefused()),
                             [&](ApprovalRow& row, const auto& refused) {
                               decide(fold, row, ApprovalStatus::refused, refused.decided_on);
                             });
    case EventKind::CALENDAR_DAYS_SET:
      return refresh_all(fold, input);
    case EventKind::DAY_BEGAN:
      follow_day(fold, input);
      [[fallthrough]];
    default:
      for (const std::string& approval_id : rows_with_new_project<ApprovalRow>(fold, input)) {
        refresh(fold, input, approval_id);
      }
  }
}

}  // namespace

View approval_view() {
  View view{.name = "approval",
            .version = 1,
            .folds = {EventKind::APPROVAL_REQUESTED, EventKind::APPROVAL_PLANNED,
                      EventKind::APPROVAL_CLAIMED, EventKind::APPROVAL_ACCEPTED,
                      EventKind::APPROVAL_CLOCK_PAUSED, EventKind::APPROVAL_CLOCK_RESUMED,
                      EventKind::APPROVAL_GRANTED, EventKind::APPROVAL_REFUSED,
                      EventKind::CALENDAR_DAYS_SET},
            .reads = {"project"},
            .fold = fold_approval};
  fold_what_changes_projects(view);
  return view;
}

}  // namespace silkledger::projections
