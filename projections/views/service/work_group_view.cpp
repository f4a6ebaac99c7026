// 项目工作组: every signed project with a tier and the group that works on it; those without one
// are here too, so that supervision sees them (Art. 22).
//
// Notes: "of/<project>/<project>" for each row (of_project.h).
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "domain/schema/registry.meta.h"
#include "projections/views/of_project.h"

namespace silkledger::projections {
namespace {

using schema::WorkGroupRow;
using schema::WorkGroupStatus;

std::string_view text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

// Art. 22, 23: a project is followed from signing until it produces.
bool needs_a_group(const schema::ProjectRow& project) {
  return project.tier > 0 && project.library == schema::Library::signed_ &&
         project.stage != schema::Stage::production;
}

void set_units(WorkGroupRow& row, const schema::ProjectRow& project) {
  Participants units(project.units);
  if (row.status == WorkGroupStatus::formed) {
    units.add(row.lead_service_unit);
    for (const schema::WorkGroupMember& member : row.members) {
      units.add(std::string_view(member.unit_id));
    }
  }
  row.units = units.list();
}

// Sets what follows from the project, and writes the row if anything in it is new.
void settle(Fold& fold, const EventInput& input, WorkGroupRow row, const WorkGroupRow* present) {
  const schema::ProjectRow& project = project_of(fold, row.project_id);
  row.project_name = project.name;
  row.unit_id = project.unit_id;
  row.tier = project.tier;
  set_units(row, project);
  const bool was_missing = row.missing;
  row.missing = needs_a_group(project) && row.status != WorkGroupStatus::formed;
  if (!row.missing) row.missing_since.reset();
  if (row.missing && !was_missing) row.missing_since = input.occurred_on();
  if (present && row == *present) return;
  row.position = input.position;
  set_of_project(fold, row.project_id, row.project_id);
  fold.put(std::move(row));
}

// A project that an event of its own, of its contract or of its chain may have changed.
void follow(Fold& fold, const EventInput& input, std::string_view project_id) {
  const schema::ProjectRow& project = project_of(fold, project_id);
  const WorkGroupRow* present = fold.get<WorkGroupRow>(project_id);
  if (!present && !needs_a_group(project)) return;
  WorkGroupRow row = present ? *present : WorkGroupRow();
  row.project_id = project_id;
  if (present && row.status == WorkGroupStatus::none && project.tier == 0) {
    // Its tier fell away before there was a group: nothing is asked for any more.
    fold.erase_note("of/" + row.project_id + "/" + row.project_id);
    return fold.erase<WorkGroupRow>(project_id);
  }
  settle(fold, input, std::move(row), present);
}

template <class Event, class Change>
void change_group(Fold& fold, const EventInput& input, const Event& event, Change change) {
  const WorkGroupRow* present = fold.get<WorkGroupRow>(event.project_id);
  WorkGroupRow row = present ? *present : WorkGroupRow();
  row.project_id = event.project_id;
  row.version = input.version;
  change(row, event);
  settle(fold, input, std::move(row), present);
}

void add_deviation(WorkGroupRow& row, const std::optional<std::string>& deviation) {
  if (deviation) row.deviations.push_back(*deviation);
}

void set_sponsor(WorkGroupRow& row, const std::string& sponsor, schema::SponsorLevel level) {
  row.sponsor = sponsor;
  row.sponsor_level = std::string(schema::name(level));
}

void form(const EventInput& input, WorkGroupRow& row, const schema::WorkGroupFormed& event) {
  row.status = WorkGroupStatus::formed;
  set_sponsor(row, event.sponsor, event.sponsor_level);
  row.lead_service_unit = event.lead_service_unit;
  row.members.clear();
  for (const std::string& unit_id : event.departments) {
    row.members.push_back({unit_id, std::nullopt});
  }
  row.deviations.clear();
  add_deviation(row, event.deviation);
  row.formed_on = input.occurred_on();
  row.dissolved_on.reset();
  row.reason.reset();
}

void set_member(WorkGroupRow& row, const schema::WorkGroupMemberSet& event) {
  const auto at = std::ranges::find(row.members, event.unit_id, &schema::WorkGroupMember::unit_id);
  if (at == row.members.end()) {
    row.members.push_back({event.unit_id, event.contact});
  } else {
    at->contact = event.contact;
  }
  add_deviation(row, event.deviation);
}

void remove_member(WorkGroupRow& row, const schema::WorkGroupMemberRemoved& event) {
  std::erase_if(row.members, [&](const auto& member) { return member.unit_id == event.unit_id; });
  add_deviation(row, event.deviation);
}

void follow_project(Fold& fold, const EventInput& input) {
  for (const std::string& project_id : rows_with_new_project<WorkGroupRow>(fold, input)) {
    follow(fold, input, project_id);
  }
}

void fold_own_stream(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::WORK_GROUP_FORMED:
      return change_group(fold, input, read(event.getWorkGroupFormed()),
                          [&](WorkGroupRow& row, const auto& formed) { form(input, row, formed); });
    case EventKind::WORK_GROUP_LEADER_SET:
      return change_group(fold, input, read(event.getWorkGroupLeaderSet()),
                          [](WorkGroupRow& row, const auto& set) {
                            set_sponsor(row, set.sponsor, set.sponsor_level);
                            add_deviation(row, set.deviation);
                          });
    case EventKind::WORK_GROUP_MEMBER_SET:
      return change_group(fold, input, read(event.getWorkGroupMemberSet()), set_member);
    case EventKind::WORK_GROUP_MEMBER_REMOVED:
      return change_group(fold, input, read(event.getWorkGroupMemberRemoved()), remove_member);
    case EventKind::WORK_GROUP_LEAD_SERVICE_UNIT_SET:
      return change_group(
          fold, input, read(event.getWorkGroupLeadServiceUnitSet()),
          [](WorkGroupRow& row, const auto& set) { row.lead_service_unit = set.unit_id; });
    case EventKind::WORK_GROUP_DISSOLVED:
      return change_group(fold, input, read(event.getWorkGroupDissolved()),
                          [&](WorkGroupRow& row, const auto& dissolved) {
                            row.status = WorkGroupStatus::dissolved;
                            row.dissolved_on = input.occurred_on();
                            row.reason = dissolved.reason;
                          });
    default:
      return follow_project(fold, input);
  }
}

void fold_work_group(Fold& fold, const EventInput& input) {
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::CONTRACT_TIER_DETERMINED:
      return follow(fold, input, text_of(event.getContractTierDetermined().getProjectId()));
    case EventKind::PROJECT_MILESTONE_REACHED:
      return follow(fold, input, text_of(event.getProjectMilestoneReached().getProjectId()));
    case EventKind::PROJECT_TERMINATED:
      return follow(fold, input, text_of(event.getProjectTerminated().getProjectId()));
    case EventKind::PROJECT_ENTERED_RESERVE:
      return follow(fold, input, text_of(event.getProjectEnteredReserve().getProjectId()));
    default:
      return fold_own_stream(fold, input);
  }
}

}  // namespace

View work_group_view() {
  View view{.name = "work-group",
            .version = 1,
            .folds = {EventKind::CONTRACT_TIER_DETERMINED, EventKind::PROJECT_MILESTONE_REACHED,
                      EventKind::PROJECT_TERMINATED, EventKind::PROJECT_ENTERED_RESERVE,
                      EventKind::WORK_GROUP_FORMED, EventKind::WORK_GROUP_LEADER_SET,
                      EventKind::WORK_GROUP_MEMBER_SET, EventKind::WORK_GROUP_MEMBER_REMOVED,
                      EventKind::WORK_GROUP_LEAD_SERVICE_UNIT_SET, EventKind::WORK_GROUP_DISSOLVED},
            .reads = {"project"},
            .fold = fold_work_group};
  fold_what_changes_projects(view);
  return view;
}

}  // namespace silkledger::projections
