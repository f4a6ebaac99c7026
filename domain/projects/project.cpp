#include "domain/projects/project.h"

#include <algorithm>
#include <utility>

#include "domain/corrections.h"

namespace silkledger::domain {

namespace {

using Status = ProjectState::Status;

void on_opened(ProjectState& state, const schema::ProjectNegotiationOpened& event,
               const EventPlace& place) {
  state = ProjectState();
  state.status = Status::negotiating;
  state.project_id = event.project_id;
  state.name = event.name;
  state.investor_name = event.investor_name;
  state.unit_id = event.unit_id;
  state.content = event.content;
  state.lead_id = event.lead_id;
  state.lead_class = event.lead_class;
  state.chain_id = event.chain_id;
  state.amount = event.amount;
  state.jobs = event.jobs;
  state.prefecture_led = event.prefecture_led;
  // Fields left out were left out by this event as well: a correction that adds one names it.
  state.set_at.fill(place.position);
}

void on_opening_recorded(ProjectState& state, const schema::ProjectOpeningRecorded& event,
                         const EventPlace& place) {
  state = ProjectState();
  // A planned project may still come to a contract here; the others were signed before the ledger.
  state.status =
      event.stage == schema::OpeningStage::planned ? Status::negotiating : Status::signed_;
  state.opening = event.stage;
  state.project_id = event.project_id;
  state.name = event.name;
  state.investor_name = event.investor_name.value_or("");
  state.unit_id = event.unit_id;
  state.content = event.content.value_or("");
  state.amount = event.amount;
  state.jobs = event.jobs;
  state.set_at.fill(place.position);
}

void on_plan_set(ProjectState& state, const schema::ProjectPlanSet& event) {
  std::vector<ProjectState::Node> nodes;
  nodes.reserve(event.nodes.size());
  for (const schema::PlanNode& planned : event.nodes) {
    const ProjectState::Node* before = state.node(planned.node_id);
    nodes.push_back({.node_id = planned.node_id,
                     .planned_on = planned.planned_on,
                     .reached_on = before == nullptr ? std::nullopt : before->reached_on});
  }
  state.nodes = std::move(nodes);
}

ProjectState::Node* find_node(ProjectState& state, const std::string& node_id) {
  const auto found = std::find_if(state.nodes.begin(), state.nodes.end(),
                                  [&](const auto& node) { return node.node_id == node_id; });
  return found == state.nodes.end() ? nullptr : &*found;
}

void on_milestone(ProjectState& state, const schema::ProjectMilestoneReached& event) {
  const auto index = static_cast<std::size_t>(event.milestone);
  if (index < state.milestones.size()) state.milestones[index] = event.reached_on;
}

void on_evaluated(ProjectState& state, const schema::ProjectEvaluated& event) {
  if (state.open_evaluation == event.evaluation_id) state.open_evaluation.reset();
  if (event.verdict == schema::EvaluationVerdict::pass) {
    state.passed_evaluation = event.evaluation_id;
  }
}

void on_signed(ProjectState& state, const schema::ProjectSigned& event) {
  if (event.kind != schema::ContractKind::formal) {
    state.framework_contracts.push_back(event.contract_id);
    return;
  }
  state.contract_id = event.contract_id;
  if (!state.ended()) state.status = Status::signed_;
}

void on_corrected(ProjectState& state, wire::ProjectCorrected::Reader event,
                  const EventPlace& place) {
  const auto field = static_cast<schema::ProjectField>(event.getField());
  bool applied = false;
  switch (field) {
    case schema::ProjectField::name:
      applied = apply_change(event.getChange(), state.name);
      break;
    case schema::ProjectField::investor_name:
      applied = apply_change(event.getChange(), state.investor_name);
      break;
    case schema::ProjectField::content:
      applied = apply_change(event.getChange(), state.content);
      break;
    case schema::ProjectField::amount:
      applied = apply_change(event.getChange(), state.amount);
      break;
    case schema::ProjectField::jobs:
      applied = apply_change(event.getChange(), state.jobs);
      break;
  }
  const auto index = static_cast<std::size_t>(field);
  if (applied && index < state.set_at.size()) state.set_at[index] = place.position;
}

void on_risk_cleared(ProjectState& state, const schema::ProjectRiskCleared& event) {
  const auto found = std::ranges::find(state.risks, event.risk_id, &ProjectState::Risk::risk_id);
  if (found != state.risks.end()) found->cleared = true;
}

// Risks, major list, lights set by hand.
void on_attention(ProjectState& state, wire::Event::Reader event) {
  switch (event.which()) {
    case wire::Event::PROJECT_RISK_RAISED:
      state.risks.push_back({schema::read(event.getProjectRiskRaised()).risk_id, false});
      break;
    case wire::Event::PROJECT_RISK_CLEARED:
      on_risk_cleared(state, schema::read(event.getProjectRiskCleared()));
      break;
    case wire::Event::PROJECT_MAJOR_LISTED:
      state.major = true;
      break;
    case wire::Event::PROJECT_MAJOR_DELISTED:
      state.major = false;
      break;
    case wire::Event::PROJECT_LIGHT_OVERRIDDEN:
      state.light_set = true;
      state.light_until = schema::read(event.getProjectLightOverridden()).until;
      break;
    case wire::Event::PROJECT_LIGHT_RELEASED:
      state.light_set = false;
      state.light_until.reset();
      break;
    default:
      break;
  }
}

}  // namespace

std::optional<CivilDate> ProjectState::reached(schema::Milestone milestone) const {
  const auto index = static_cast<std::size_t>(milestone);
  return index < milestones.size() ? milestones[index] : std::nullopt;
}

const ProjectState::Node* ProjectState::node(std::string_view node_id) const {
  const auto found = std::find_if(nodes.begin(), nodes.end(),
                                  [&](const Node& node) { return node.node_id == node_id; });
  return found == nodes.end() ? nullptr : &*found;
}

const ProjectState::Risk* ProjectState::risk(std::string_view risk_id) const {
  const auto found = std::ranges::find(risks, risk_id, &Risk::risk_id);
  return found == risks.end() ? nullptr : &*found;
}

void evolve(ProjectState& state, wire::Event::Reader event, const EventPlace& place) {
  if (event.isProjectNegotiationOpened()) {
    on_opened(state, schema::read(event.getProjectNegotiationOpened()), place);
    return;
  }
  if (event.isProjectOpeningRecorded()) {
    on_opening_recorded(state, schema::read(event.getProjectOpeningRecorded()), place);
    return;
  }
  if (!state.exists()) return;  // nothing can follow on a project that never began
  switch (event.which()) {
    case wire::Event::PROJECT_CHAIN_ASSIGNED:
      state.chain_id = schema::read(event.getProjectChainAssigned()).chain_id;
      break;
    case wire::Event::PROJECT_PLAN_SET:
      on_plan_set(state, schema::read(event.getProjectPlanSet()));
      break;
    case wire::Event::PROJECT_NODE_REACHED: {
      const auto reached = schema::read(event.getProjectNodeReached());
      if (auto* node = find_node(state, reached.node_id)) node->reached_on = reached.reached_on;
      break;
    }
    case wire::Event::PROJECT_NODE_SLIPPED: {
      const auto slipped = schema::read(event.getProjectNodeSlipped());
      if (auto* node = find_node(state, slipped.node_id)) node->planned_on = slipped.planned_on;
      break;
    }
    case wire::Event::PROJECT_MILESTONE_REACHED:
      on_milestone(state, schema::read(event.getProjectMilestoneReached()));
      break;
    case wire::Event::PROJECT_TERMINATED:
      state.status = Status::ended;
      state.open_evaluation.reset();
      break;
    case wire::Event::PROJECT_ENTERED_RESERVE:
      state.in_reserve = true;
      break;
    case wire::Event::PROJECT_EVALUATION_CONVENED:
      state.open_evaluation = schema::read(event.getProjectEvaluationConvened()).evaluation_id;
      break;
    case wire::Event::PROJECT_EVALUATED:
      on_evaluated(state, schema::read(event.getProjectEvaluated()));
      break;
    case wire::Event::PROJECT_SIGNED:
      on_signed(state, schema::read(event.getProjectSigned()));
      break;
    case wire::Event::PROJECT_CORRECTED:
      on_corrected(state, event.getProjectCorrected(), place);
      break;
    default:
      on_attention(state, event);
      break;
  }
}

}  // namespace silkledger::domain
