#include "domain/projects/contract.h"

#include <utility>
#include <variant>

#include "domain/corrections.h"
#include "domain/projects/project_checks.h"
#include "domain/states.h"

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;

const Text kContract{"合同", "contract"};
const Text kSigningDay{"签订日期", "the day of signing"};

TierGround ground_of(const ContractState& contract) {
  return {.total_investment = contract.amount,
          .fixed_assets = contract.fixed_assets,
          .jobs = contract.jobs};
}

// Art. 22: the tier follows the agreement both ways; the old one stays named beside the new.
void add_tier(Decision& decision, const Checks& check, const ContractState& contract,
              const TierGround& ground) {
  const TierOutcome outcome = determine_tier(ground, check.context().rules);
  if (contract.tier == outcome) return;
  schema::ContractTierDetermined event{.contract_id = contract.contract_id,
                                       .project_id = contract.project_id,
                                       .tier = outcome.tier,
                                       .by_amount = outcome.by_amount,
                                       .by_jobs = outcome.by_jobs,
                                       .amount_fen = outcome.amount_fen,
                                       .jobs = outcome.jobs};
  if (contract.tier) event.previous_tier = contract.tier->tier;
  decision.facts.push_back(by_system(check.fact(std::move(event))));
}

// A tier that is decided on fixed assets cannot be decided without them.
Objection check_basis(const Checks& check, bool formal,
                      const std::optional<schema::Money>& fixed_assets) {
  const bool needed =
      check.context().rules.tier_amount_basis == schema::TierAmountBasis::fixed_assets;
  if (!formal || !needed || fixed_assets) return {};
  return check.reject(Kind::invalid, "fixed-assets-missing", "/fixedAssets",
                      {"规则集按固定资产投资分档，但未填报固定资产投资。",
                       "The rule set decides tiers by fixed assets, which are not stated."},
                      {"请填写协议中的固定资产投资。", "State the agreement's fixed assets."});
}

// Art. 20: evaluated first, signed afterwards.
Objection check_evaluated(const Checks& check, const ProjectState& project, CivilDate signed_on,
                          std::string_view pointer) {
  const Checks under_20(check.context(), "20");
  if (!project.passed_evaluation) {
    if (!project.prefecture_led) return {};
    return under_20.reject(
        Kind::wrong_state, "evaluation-not-passed", "/projectId",
        {"六类投资方的项目须先通过项目评估会，才能正式签约。",
         "A project of the six classes is signed only after it passed an "
         "evaluation."},
        {"请由领导小组办公室召开项目评估会。", "Let the office convene an evaluation."});
  }
  const EvaluationState& evaluation =
      check.context().states.get<EvaluationState>(*project.passed_evaluation);
  return under_20.in_order(evaluation.held_on, {"评估会日期", "the day of the evaluation"},
                           signed_on, kSigningDay, pointer);
}

Objection check_formal(const Checks& check, const ProjectState& project,
                       const schema::ContractSigned& stated) {
  if (project.open_evaluation) {
    return refuse(check.context(), Kind::wrong_state, "evaluation-open", "20",
                  {"项目正在评估，评估办结前不能正式签约。",
                   "The project is being evaluated; it is not signed before that is concluded."},
                  {"请先对评估作出结论。", "Conclude the evaluation first."}, "/projectId");
  }
  if (auto no = check_evaluated(check, project, stated.signed_on, "/signedOn")) return no;
  return check_basis(check, true, stated.fixed_assets);
}

void set_by(ContractState& state, schema::ContractField field, std::uint64_t position) {
  const auto index = static_cast<std::size_t>(field);
  if (index < state.set_at.size()) state.set_at[index] = position;
}

void on_signed(ContractState& state, schema::ContractSigned event, const EventPlace& place) {
  state = ContractState();
  state.signed_ = true;
  state.contract_id = std::move(event.contract_id);
  state.project_id = std::move(event.project_id);
  state.kind = event.kind;
  state.signed_on = event.signed_on;
  state.amount = event.amount;
  state.fixed_assets = event.fixed_assets;
  state.jobs = event.jobs;
  // Fields left out were left out by this event as well: a correction that adds one names it.
  state.set_at.fill(place.position);
}

void on_amended(ContractState& state, const schema::ContractAmended& event,
                const EventPlace& place) {
  state.amended_on = event.amended_on;
  state.amount = event.amount;
  set_by(state, schema::ContractField::amount, place.position);
  // A figure left out stays as it was: an omission must not lower a tier.
  if (event.fixed_assets) state.fixed_assets = event.fixed_assets;
  if (event.jobs) {
    state.jobs = event.jobs;
    set_by(state, schema::ContractField::jobs, place.position);
  }
}

void on_corrected(ContractState& state, wire::ContractCorrected::Reader event,
                  const EventPlace& place) {
  const auto field = static_cast<schema::ContractField>(event.getField());
  bool applied = false;
  switch (field) {
    case schema::ContractField::amount:
      applied = apply_change(event.getChange(), state.amount);
      break;
    case schema::ContractField::jobs:
      applied = apply_change(event.getChange(), state.jobs);
      break;
    case schema::ContractField::signed_on:
      applied = apply_change(event.getChange(), state.signed_on);
      break;
  }
  if (applied) set_by(state, field, place.position);
}

// The new day of signing lies where a day of signing may lie.
Objection check_new_signing_day(const Checks& check, const ContractState& contract,
                                const ProjectState& project, CivilDate day) {
  if (auto no = check.happened(day, kSigningDay, "/change/becomes")) return no;
  if (contract.amended_on) {
    if (auto no = check.in_order(day, kSigningDay, *contract.amended_on,
                                 {"变更日期", "the day of the amendment"}, "/change/becomes")) {
      return no;
    }
  }
  if (!contract.formal() || !project.prefecture_led) return {};
  return check_evaluated(check, project, day, "/change/becomes");
}

}  // namespace

void evolve(ContractState& state, wire::Event::Reader event, const EventPlace& place) {
  if (event.isContractSigned()) {
    on_signed(state, schema::read(event.getContractSigned()), place);
    return;
  }
  if (!state.exists()) return;  // nothing can follow on a contract that was never signed
  if (event.isContractAmended()) {
    on_amended(state, schema::read(event.getContractAmended()), place);
  } else if (event.isContractCorrected()) {
    on_corrected(state, event.getContractCorrected(), place);
  } else if (event.isContractTierDetermined()) {
    const auto tier = event.getContractTierDetermined();
    state.tier = TierOutcome{.tier = tier.getTier(),
                             .by_amount = tier.getByAmount(),
                             .by_jobs = tier.getByJobs(),
                             .amount_fen = tier.getAmountFen(),
                             .jobs = tier.getJobs()};
  }
}

Result<Decision> decide(const schema::ContractSigned& stated, const Context& context) {
  const Checks check(context, "22");
  if (auto no = check.id_is_free(context.states.get<ContractState>(stated.contract_id).exists(),
                                 kContract, stated.contract_id, "/contractId")) {
    return *no;
  }
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_negotiates(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = check.happened(stated.signed_on, kSigningDay, "/signedOn")) return *no;
  const bool formal = stated.kind == schema::ContractKind::formal;
  if (formal) {
    if (auto no = check_formal(check, project, stated)) return *no;
  }
  Decision decision = only(check.fact(stated));
  if (formal) {
    ContractState contract;
    contract.contract_id = stated.contract_id;
    contract.project_id = stated.project_id;
    add_tier(decision, check, contract,
             {.total_investment = stated.amount,
              .fixed_assets = stated.fixed_assets,
              .jobs = stated.jobs});
  }
  decision.facts.push_back(by_system(
      check.fact(schema::ProjectSigned{stated.project_id, stated.contract_id, stated.kind})));
  return decision;
}

Result<Decision> decide(const schema::ContractAmended& stated, const Context& context) {
  const Checks check(context, "22");
  const ContractState& contract = context.states.get<ContractState>(stated.contract_id);
  if (auto no = check.exists(contract.exists(), kContract, stated.contract_id, "/contractId")) {
    return *no;
  }
  if (auto no = project_is_active(check, context.states.get<ProjectState>(contract.project_id),
                                  contract.project_id, "/contractId")) {
    return *no;
  }
  const Text amendment_day{"变更日期", "the day of the amendment"};
  if (auto no = check.happened(stated.amended_on, amendment_day, "/amendedOn")) return *no;
  if (auto no = check.in_order(
          contract.amended_on.value_or(contract.signed_on),
          contract.amended_on ? Text{"上次变更日期", "the previous amendment"} : kSigningDay,
          stated.amended_on, amendment_day, "/amendedOn")) {
    return *no;
  }
  TierGround ground = ground_of(contract);
  ground.total_investment = stated.amount;
  if (stated.fixed_assets) ground.fixed_assets = stated.fixed_assets;
  if (stated.jobs) ground.jobs = stated.jobs;
  if (ground == ground_of(contract)) {
    return check.reject(Kind::invalid, "nothing-amended", "/amount",
                        {"变更后的金额和岗位与现行协议相同。",
                         "The sums and jobs are those of the agreement as it stands."},
                        {"请填写发生变化的内容。", "State what changed."});
  }
  if (auto no = check_basis(check, contract.formal(), ground.fixed_assets)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  Decision decision = only(check.fact(stated));
  if (contract.formal()) add_tier(decision, check, contract, ground);
  return decision;
}

Result<Decision> decide(const schema::ContractCorrected& stated, const Context& context) {
  const Checks check(context, "22");
  const ContractState& contract = context.states.get<ContractState>(stated.contract_id);
  if (auto no = check.exists(contract.exists(), kContract, stated.contract_id, "/contractId")) {
    return *no;
  }
  const ProjectState& project = context.states.get<ProjectState>(contract.project_id);
  if (auto no = check.own_unit(project.unit_id)) return *no;
  const auto index = static_cast<std::size_t>(stated.field);
  const Correction correction =
      correction_of(stated, index < contract.set_at.size() ? contract.set_at[index] : 0);
  TierGround ground = ground_of(contract);
  Objection no;
  switch (stated.field) {
    case schema::ContractField::amount:
      no = check_correction(check, correction, std::optional(contract.amount));
      if (!no) ground.total_investment = std::get<schema::MoneyChange>(stated.change).becomes;
      break;
    case schema::ContractField::jobs:
      no = check_correction(check, correction, contract.jobs);
      if (!no) ground.jobs = std::get<schema::CountChange>(stated.change).becomes;
      break;
    case schema::ContractField::signed_on:
      no = check_correction(check, correction, contract.signed_on);
      if (!no) {
        no = check_new_signing_day(check, contract, project,
                                   std::get<schema::DateChange>(stated.change).becomes);
      }
      break;
  }
  if (!no) no = check_basis(check, contract.formal(), ground.fixed_assets);
  if (no) return *no;
  Decision decision = only(check.fact(stated));
  if (contract.formal()) add_tier(decision, check, contract, ground);
  return decision;
}

}  // namespace silkledger::domain
