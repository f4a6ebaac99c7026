// Projects, evaluations, contracts and tiers.
#include "tools/generator/oracle/books.h"

#include <algorithm>

#include "domain/schema/event.meta.h"

namespace silkledger::generator {
namespace {

using schema::Library;
using schema::Stage;

const std::string kSystem = "system";

template <class Change>
auto becomes(const schema::Change& change) {
  return std::get<Change>(change).becomes;
}

template <class Field>
std::size_t at(Field field) {
  return static_cast<std::size_t>(field);
}

}  // namespace

void Books::on(const schema::ProjectNegotiationOpened& stated, const Place& place) {
  event(schema::meta<schema::ProjectNegotiationOpened>(), place.actor);
  ProjectBook& project = projects_[stated.project_id];
  project.unit_id = stated.unit_id;
  project.name = stated.name;
  project.chain_id = stated.chain_id;
  project.amount = stated.amount;
  project.set_at.fill(position_);
  if (!stated.lead_id) return;
  event(schema::meta<schema::LeadNegotiationOpened>(), kSystem);
  leads_.at(*stated.lead_id).project_id = stated.project_id;
}

void Books::on(const schema::ProjectChainAssigned& stated, const Place& place) {
  event(schema::meta<schema::ProjectChainAssigned>(), place.actor);
  projects_.at(stated.project_id).chain_id = stated.chain_id;
}

void Books::on(const schema::ProjectPlanSet& stated, const Place& place) {
  event(schema::meta<schema::ProjectPlanSet>(), place.actor);
  ProjectBook& project = projects_.at(stated.project_id);
  std::vector<NodeBook> nodes;
  for (const schema::PlanNode& planned : stated.nodes) {
    const auto before = std::ranges::find(project.nodes, planned.node_id, &NodeBook::node_id);
    const bool reached = before != project.nodes.end() && before->reached;
    nodes.push_back({planned.node_id, planned.planned_on, reached});
  }
  project.nodes = std::move(nodes);
}

void Books::on(const schema::ProjectNodeReached& stated, const Place& place) {
  event(schema::meta<schema::ProjectNodeReached>(), place.actor);
  auto& nodes = projects_.at(stated.project_id).nodes;
  std::ranges::find(nodes, stated.node_id, &NodeBook::node_id)->reached = true;
}

void Books::on(const schema::ProjectNodeSlipped& stated, const Place& place) {
  event(schema::meta<schema::ProjectNodeSlipped>(), place.actor);
  auto& nodes = projects_.at(stated.project_id).nodes;
  std::ranges::find(nodes, stated.node_id, &NodeBook::node_id)->planned_on = stated.planned_on;
}

void Books::advance(ProjectBook& project, Stage stage) {
  if (project.on_board() && project.stage < stage) project.stage = stage;
}

void Books::on(const schema::ProjectMilestoneReached& stated, const Place& place) {
  event(schema::meta<schema::ProjectMilestoneReached>(), place.actor);
  constexpr std::array<Stage, 4> kStages = {Stage::landing, Stage::landing, Stage::construction,
                                            Stage::production};
  advance(projects_.at(stated.project_id), kStages[at(stated.milestone)]);
}

void Books::on(const schema::ProjectTerminated& stated, const Place& place) {
  event(schema::meta<schema::ProjectTerminated>(), place.actor);
  ProjectBook& project = projects_.at(stated.project_id);
  project.library = Library::closed;
  project.stage = Stage::closed;
}

void Books::on(const schema::ProjectOpeningRecorded& stated, const Place& place) {
  event(schema::meta<schema::ProjectOpeningRecorded>(), place.actor);
  constexpr std::array<Stage, 4> kStages = {Stage::negotiating, Stage::signed_, Stage::construction,
                                            Stage::production};
  ProjectBook& project = projects_[stated.project_id];
  project.opening = true;
  project.unit_id = stated.unit_id;
  project.name = stated.name;
  project.amount = stated.amount;
  project.stage = kStages[at(stated.stage)];
  const bool planned = stated.stage == schema::OpeningStage::planned;
  project.library = planned ? Library::negotiating : Library::signed_;
  project.set_at.fill(position_);
}

void Books::on(const schema::ProjectCorrected& stated, const Place& place) {
  event(schema::meta<schema::ProjectCorrected>(), place.actor);
  ProjectBook& project = projects_.at(stated.project_id);
  project.set_at[at(stated.field)] = position_;
  if (stated.field == schema::ProjectField::name) {
    project.name = becomes<schema::TextChange>(stated.change);
  } else if (stated.field == schema::ProjectField::amount) {
    project.amount = becomes<schema::MoneyChange>(stated.change);
  }
}

void Books::on(const schema::EvaluationConvened& stated, const Place& place) {
  event(schema::meta<schema::EvaluationConvened>(), place.actor);
  event(schema::meta<schema::ProjectEvaluationConvened>(), kSystem);
  evaluations_[stated.evaluation_id].project_id = stated.project_id;
}

void Books::on(const schema::EvaluationOpinionGiven& stated, const Place& place) {
  event(schema::meta<schema::EvaluationOpinionGiven>(), place.actor);
  ++evaluations_.at(stated.evaluation_id).opinions;
}

void Books::on(const schema::EvaluationConcluded& stated, const Place& place) {
  event(schema::meta<schema::EvaluationConcluded>(), place.actor);
  EvaluationBook& evaluation = evaluations_.at(stated.evaluation_id);
  evaluation.verdict = stated.verdict;
  ProjectBook& project = projects_.at(evaluation.project_id);
  event(schema::meta<schema::ProjectEvaluated>(), kSystem);
  if (stated.verdict == schema::EvaluationVerdict::pass) {
    advance(project, Stage::evaluated);
    event(schema::meta<schema::ProjectSigningUrged>(), kSystem);
    return;
  }
  event(schema::meta<schema::ProjectTerminated>(), kSystem);
  event(schema::meta<schema::ProjectEnteredReserve>(), kSystem);
  project.library = Library::reserve;
  project.stage = Stage::reserve;
}

// ---------------------------------------------------------------- contracts and tiers

void Books::determine_tier(ContractBook& contract, CivilDate day) {
  if (!contract.formal) return;
  const schema::RuleSet& rules = *files_->rules_on(day);
  TierBook now;
  now.amount_fen = contract.amount.fen;
  if (rules.tier_amount_basis == schema::TierAmountBasis::fixed_assets) {
    now.amount_fen = contract.fixed_assets ? contract.fixed_assets->fen : 0;
  }
  now.jobs = contract.jobs ? contract.jobs->number : 0;
  for (const schema::Tier& tier : rules.tiers) {
    const bool by_amount = now.amount_fen >= tier.amount_fen;
    const bool by_jobs = now.jobs >= tier.jobs;
    if ((!by_amount && !by_jobs) || tier.tier < now.tier) continue;
    now.tier = tier.tier;
    now.by_amount = by_amount;
    now.by_jobs = by_jobs;
  }
  if (contract.tier == now) return;
  contract.tier = now;
  event(schema::meta<schema::ContractTierDetermined>(), kSystem);
  projects_.at(contract.project_id).tier = now.tier;
}

void Books::on(const schema::ContractSigned& stated, const Place& place) {
  event(schema::meta<schema::ContractSigned>(), place.actor);
  ContractBook& contract = contracts_[stated.contract_id];
  contract.project_id = stated.project_id;
  contract.formal = stated.kind == schema::ContractKind::formal;
  contract.amount = stated.amount;
  contract.fixed_assets = stated.fixed_assets;
  contract.jobs = stated.jobs;
  contract.signed_on = stated.signed_on;
  contract.set_at.fill(position_);
  determine_tier(contract, place.occurred_on);
  event(schema::meta<schema::ProjectSigned>(), kSystem);
  if (!contract.formal) return;
  ProjectBook& project = projects_.at(stated.project_id);
  project.contract_id = stated.contract_id;
  project.library = Library::signed_;
  advance(project, Stage::signed_);
}

void Books::on(const schema::ContractAmended& stated, const Place& place) {
  event(schema::meta<schema::ContractAmended>(), place.actor);
  ContractBook& contract = contracts_.at(stated.contract_id);
  contract.amount = stated.amount;
  contract.set_at[at(schema::ContractField::amount)] = position_;
  if (stated.fixed_assets) contract.fixed_assets = stated.fixed_assets;
  if (stated.jobs) {
    contract.jobs = stated.jobs;
    contract.set_at[at(schema::ContractField::jobs)] = position_;
  }
  determine_tier(contract, place.occurred_on);
}

void Books::on(const schema::ContractCorrected& stated, const Place& place) {
  event(schema::meta<schema::ContractCorrected>(), place.actor);
  ContractBook& contract = contracts_.at(stated.contract_id);
  contract.set_at[at(stated.field)] = position_;
  switch (stated.field) {
    case schema::ContractField::amount:
      contract.amount = becomes<schema::MoneyChange>(stated.change);
      break;
    case schema::ContractField::jobs:
      contract.jobs = becomes<schema::CountChange>(stated.change);
      break;
    case schema::ContractField::signed_on:
      contract.signed_on = becomes<schema::DateChange>(stated.change);
      break;
  }
  determine_tier(contract, place.occurred_on);
}

}  // namespace silkledger::generator
