// 项目库: every project with its library, stage, agreement, tier and funds (Art. 19–22, 26).
//
// `version` is that of the project's own stream; contracts, evaluations and funds change the row,
// not it. Notes: "parties/<project>" units that take part besides the chain-lead unit;
// "contract/<contract>" its kind and project; "fund/<fund>" its project, reported and verified fen.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "projections/views/corrected.h"
#include "projections/views/participants.h"
#include "projections/views/project_row.h"

namespace silkledger::projections {
namespace {

using schema::Library;
using schema::ProjectRow;
using schema::Stage;

// ---------------------------------------------------------------- units

void set_units(Fold& fold, const EventInput& input, ProjectRow& row) {
  auto parties = Participants::from_note(fold.note(note_of("parties", row.project_id)));
  parties.add(chain_lead_today(fold, input, row.chain_id));
  row.units = parties.list();
}

void add_parties(Fold& fold, const EventInput& input, ProjectRow& row,
                 const Participants& more = {}) {
  const std::string note = note_of("parties", row.project_id);
  auto parties = Participants::from_note(fold.note(note));
  const auto before = parties;
  parties.add(named_by(input.event()));
  parties.add(more);
  if (parties != before) fold.set_note(note, parties.note());
  set_units(fold, input, row);
}

// Whoever found and followed the lead goes on taking part: the credit of Art. 8 and 19 hangs on it.
// The chain-lead unit of the lead's chain does so only as long as it leads the project's.
Participants parties_of_lead(Fold& fold, const EventInput& input,
                             const std::optional<std::string>& lead_id) {
  Participants parties;
  const schema::LeadRow* lead = lead_id ? fold.get<schema::LeadRow>(*lead_id) : nullptr;
  if (!lead) return parties;
  parties.add(lead->units);
  if (const auto chain_lead = chain_lead_today(fold, input, lead->chain_id)) {
    parties.remove(*chain_lead);
  }
  parties.add(std::string_view(lead->reporting_unit));
  parties.add(lead->intended_unit);
  parties.add(lead->following_unit);
  return parties;
}

void follow_chain_leads(Fold& fold, const EventInput& input) {
  const std::vector<std::string> chains = chains_with_new_lead(fold, input);
  if (chains.empty()) return;
  for (const std::string& project_id : fold.keys<ProjectRow>()) {
    const ProjectRow& present = *fold.get<ProjectRow>(project_id);
    if (!present.chain_id || std::ranges::find(chains, *present.chain_id) == chains.end()) continue;
    ProjectRow row = present;
    set_units(fold, input, row);
    if (row.units == present.units) continue;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

// ---------------------------------------------------------------- changing one row

// Changes a project by an event of its own stream.
template <class Event, class Change>
void change_project(Fold& fold, const EventInput& input, const Event& event, Change change) {
  touch(fold, input, event.project_id, [&](ProjectRow& row) {
    row.version = input.version;
    change(row, event);
  });
}

// ---------------------------------------------------------------- opening and end

void open(Fold& fold, const EventInput& input, schema::ProjectNegotiationOpened event) {
  ProjectRow row;
  row.project_id = event.project_id;
  row.name = std::move(event.name);
  row.investor_name = std::move(event.investor_name);
  row.library = Library::negotiating;
  row.stage = Stage::negotiating;
  row.unit_id = std::move(event.unit_id);
  row.chain_id = std::move(event.chain_id);
  row.lead_id = event.lead_id;
  row.lead_class = std::move(event.lead_class);
  row.content = std::move(event.content);
  row.amount = event.amount;
  row.jobs = event.jobs;
  row.responsible_leader = std::move(event.responsible_leader);
  row.opened_on = input.occurred_on();
  row.version = input.version;
  row.position = input.position;
  add_parties(fold, input, row, parties_of_lead(fold, input, event.lead_id));
  fold.put(std::move(row));
}

void record_opening(Fold& fold, const EventInput& input, schema::ProjectOpeningRecorded event) {
  ProjectRow row;
  row.project_id = event.project_id;
  row.name = std::move(event.name);
  row.investor_name = std::move(event.investor_name);
  switch (event.stage) {
    case schema::OpeningStage::planned:
      row.stage = Stage::negotiating;
      break;
    case schema::OpeningStage::signed_:
      row.stage = Stage::signed_;
      break;
    case schema::OpeningStage::under_construction:
      row.stage = Stage::construction;
      break;
    case schema::OpeningStage::producing:
      row.stage = Stage::production;
      break;
  }
  row.library = row.stage == Stage::negotiating ? Library::negotiating : Library::signed_;
  row.unit_id = std::move(event.unit_id);
  row.content = std::move(event.content);
  row.amount = event.amount;
  row.jobs = event.jobs;
  row.opening = true;
  row.opening_status = std::move(event.status_text);
  row.opening_date = std::move(event.status_date);
  row.opening_in_place = event.in_place;
  row.source = std::move(event.source);
  row.opened_on = input.occurred_on();
  row.version = input.version;
  row.position = input.position;
  add_parties(fold, input, row);
  fold.put(std::move(row));
}

void reach(ProjectRow& row, const schema::ProjectMilestoneReached& event) {
  switch (event.milestone) {
    case schema::Milestone::company_registered:
    case schema::Milestone::land_secured:
      return advance(row, Stage::landing);
    case schema::Milestone::construction_started:
      return advance(row, Stage::construction);
    case schema::Milestone::production_started:
      return advance(row, Stage::production);
  }
}

void evaluate(ProjectRow& row, const schema::ProjectEvaluated& event) {
  if (event.verdict == schema::EvaluationVerdict::fail) {
    row.evaluation = "fail";
    return;
  }
  row.evaluation = "pass";
  if (row.library == Library::reserve) row.library = Library::negotiating;
  row.reason.reset();
  advance(row, Stage::evaluated);
}

void correct(ProjectRow& row, const schema::ProjectCorrected& event) {
  switch (event.field) {
    case schema::ProjectField::name:
      row.name = corrected_text(event.change);
      break;
    case schema::ProjectField::investor_name:
      row.investor_name = corrected_text(event.change);
      break;
    case schema::ProjectField::content:
      row.content = corrected_text(event.change);
      break;
    case schema::ProjectField::amount:
      row.amount = corrected_money(event.change);
      break;
    case schema::ProjectField::jobs:
      row.jobs = corrected_count(event.change);
      break;
  }
}

// ---------------------------------------------------------------- risks, major list

void fold_attention(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  const auto nothing_more = [](ProjectRow&, const auto&) {};
  switch (event.which()) {
    case EventKind::PROJECT_RISK_RAISED:
      return change_project(fold, input, read(event.getProjectRiskRaised()),
                            [](ProjectRow& row, const auto&) { ++row.open_risks; });
    case EventKind::PROJECT_RISK_CLEARED:
      return change_project(fold, input, read(event.getProjectRiskCleared()),
                            [](ProjectRow& row, const auto&) { --row.open_risks; });
    case EventKind::PROJECT_MAJOR_LISTED:
      return change_project(fold, input, read(event.getProjectMajorListed()),
                            [](ProjectRow& row, const auto& listed) {
                              row.major = true;
                              row.major_reason = listed.reason;
                            });
    case EventKind::PROJECT_MAJOR_DELISTED:
      return change_project(fold, input, read(event.getProjectMajorDelisted()),
                            [](ProjectRow& row, const auto&) {
                              row.major = false;
                              row.major_reason.reset();
                            });
    // The light itself stands on the board (progress_view.cpp).
    case EventKind::PROJECT_LIGHT_OVERRIDDEN:
      return change_project(fold, input, read(event.getProjectLightOverridden()), nothing_more);
    case EventKind::PROJECT_LIGHT_RELEASED:
      return change_project(fold, input, read(event.getProjectLightReleased()), nothing_more);
    default:
      return;
  }
}

// ---------------------------------------------------------------- the fold

void fold_own_stream(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  const auto nothing_more = [](ProjectRow&, const auto&) {};
  switch (event.which()) {
    case EventKind::PROJECT_CHAIN_ASSIGNED:
      return change_project(fold, input, read(event.getProjectChainAssigned()),
                            [&](ProjectRow& row, const auto& assigned) {
                              row.chain_id = assigned.chain_id;
                              set_units(fold, input, row);
                            });
    case EventKind::PROJECT_NEGOTIATION_NOTED:
      return change_project(fold, input, read(event.getProjectNegotiationNoted()), nothing_more);
    case EventKind::PROJECT_PLAN_SET:
      return change_project(fold, input, read(event.getProjectPlanSet()),
                            [&](ProjectRow& row, const auto&) { add_parties(fold, input, row); });
    case EventKind::PROJECT_NODE_REACHED:
      return change_project(fold, input, read(event.getProjectNodeReached()), nothing_more);
    case EventKind::PROJECT_NODE_SLIPPED:
      return change_project(fold, input, read(event.getProjectNodeSlipped()), nothing_more);
    case EventKind::PROJECT_MILESTONE_REACHED:
      return change_project(fold, input, read(event.getProjectMilestoneReached()), reach);
    case EventKind::PROJECT_TERMINATED:
      return change_project(fold, input, read(event.getProjectTerminated()),
                            [](ProjectRow& row, const auto& ended) {
                              row.library = Library::closed;
                              row.stage = Stage::closed;
                              row.reason = ended.reason;
                            });
    case EventKind::PROJECT_ENTERED_RESERVE:
      return change_project(fold, input, read(event.getProjectEnteredReserve()),
                            [](ProjectRow& row, const auto& reserved) {
                              row.library = Library::reserve;
                              row.stage = Stage::reserve;
                              row.reason = reserved.reason;
                            });
    case EventKind::PROJECT_SIGNING_URGED:
      return change_project(fold, input, read(event.getProjectSigningUrged()), nothing_more);
    case EventKind::PROJECT_EVALUATION_CONVENED:
      return change_project(fold, input, read(event.getProjectEvaluationConvened()), nothing_more);
    case EventKind::PROJECT_EVALUATED:
      return change_project(fold, input, read(event.getProjectEvaluated()), evaluate);
    case EventKind::PROJECT_SIGNED:
      return change_project(fold, input, read(event.getProjectSigned()), nothing_more);
    case EventKind::PROJECT_CORRECTED:
      return change_project(fold, input, read(event.getProjectCorrected()), correct);
    default:
      return fold_attention(fold, input);
  }
}

void fold_project(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::PROJECT_NEGOTIATION_OPENED:
      return open(fold, input, read(event.getProjectNegotiationOpened()));
    case EventKind::PROJECT_OPENING_RECORDED:
      return record_opening(fold, input, read(event.getProjectOpeningRecorded()));
    case EventKind::EVALUATION_CONVENED: {
      // Who is invited must see what is evaluated (Art. 20).
      const std::string project_id = read(event.getEvaluationConvened()).project_id;
      return touch(fold, input, project_id,
                   [&](ProjectRow& row) { add_parties(fold, input, row); });
    }
    case EventKind::CONTRACT_SIGNED:
    case EventKind::CONTRACT_AMENDED:
    case EventKind::CONTRACT_TIER_DETERMINED:
    case EventKind::CONTRACT_CORRECTED:
    case EventKind::FUND_REPORTED:
    case EventKind::FUND_VERIFIED:
    case EventKind::FUND_CORRECTED:
      return fold_project_sums(fold, input);
    case EventKind::CHAIN_LEAD_ASSIGNED:
    case EventKind::DAY_BEGAN:
      return follow_chain_leads(fold, input);
    default:
      return fold_own_stream(fold, input);
  }
}

}  // namespace

View project_view() {
  return {.name = "project",
          .version = 1,
          .folds =
              {
                  EventKind::PROJECT_NEGOTIATION_OPENED,
                  EventKind::PROJECT_OPENING_RECORDED,
                  EventKind::PROJECT_CHAIN_ASSIGNED,
                  EventKind::PROJECT_NEGOTIATION_NOTED,
                  EventKind::PROJECT_PLAN_SET,
                  EventKind::PROJECT_NODE_REACHED,
                  EventKind::PROJECT_NODE_SLIPPED,
                  EventKind::PROJECT_MILESTONE_REACHED,
                  EventKind::PROJECT_TERMINATED,
                  EventKind::PROJECT_ENTERED_RESERVE,
                  EventKind::PROJECT_SIGNING_URGED,
                  EventKind::PROJECT_EVALUATION_CONVENED,
                  EventKind::PROJECT_EVALUATED,
                  EventKind::PROJECT_SIGNED,
                  EventKind::PROJECT_CORRECTED,
                  EventKind::PROJECT_RISK_RAISED,
                  EventKind::PROJECT_RISK_CLEARED,
                  EventKind::PROJECT_MAJOR_LISTED,
                  EventKind::PROJECT_MAJOR_DELISTED,
                  EventKind::PROJECT_LIGHT_OVERRIDDEN,
                  EventKind::PROJECT_LIGHT_RELEASED,
                  EventKind::EVALUATION_CONVENED,
                  EventKind::CONTRACT_SIGNED,
                  EventKind::CONTRACT_AMENDED,
                  EventKind::CONTRACT_TIER_DETERMINED,
                  EventKind::CONTRACT_CORRECTED,
                  EventKind::FUND_REPORTED,
                  EventKind::FUND_VERIFIED,
                  EventKind::FUND_CORRECTED,
                  EventKind::CHAIN_LEAD_ASSIGNED,
                  EventKind::DAY_BEGAN,
              },
          .reads = {"lead"},
          .fold = fold_project};
}

}  // namespace silkledger::projections
