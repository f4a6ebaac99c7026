// 项目库: every project with its library, stage, agreement, tier and funds (Art. 19–22, 26).
//
// `version` is that of the project's own stream; contracts, evaluations and funds change the row,
// not it. Notes: "parties/<project>" units that take part besides the chain-lead unit;
// "contract/<contract>" its kind and project; "fund/<fund>" its project, reported and verified fen.
#include <algorithm>
#include <charconv>

#include "domain/schema/event.wire.h"
#include "projections/views/corrected.h"
#include "projections/views/participants.h"
#include "projections/views/views.h"

namespace silkledger::projections {
namespace {

using schema::Library;
using schema::ProjectRow;
using schema::Stage;

std::string note_of(std::string_view kind, std::string_view id) {
  return std::string(kind) + "/" + std::string(id);
}

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
  parties.add(named_by(input.event()).list());
  parties.add(more.list());
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
    fold.put(project_id, std::move(row));
  }
}

// ---------------------------------------------------------------- changing one row

// Changes a project by an event of another stream.
template <class Change>
void touch(Fold& fold, const EventInput& input, std::string_view project_id, Change change) {
  auto row = fold.existing<ProjectRow>(project_id);
  row.position = input.position;
  change(row);
  fold.put(project_id, std::move(row));
}

// Changes a project by an event of its own stream.
template <class Event, class Change>
void change_project(Fold& fold, const EventInput& input, const Event& event, Change change) {
  touch(fold, input, event.project_id, [&](ProjectRow& row) {
    row.version = input.version;
    change(row, event);
  });
}

bool has_ended(const ProjectRow& row) { return row.library == Library::closed; }

// Stages only advance: a milestone entered late does not take a project back.
void advance(ProjectRow& row, Stage stage) {
  if (has_ended(row)) return;
  if (row.stage == Stage::reserve || row.stage < stage) row.stage = stage;
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
  fold.put(event.project_id, std::move(row));
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
  fold.put(event.project_id, std::move(row));
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

// ---------------------------------------------------------------- contracts

constexpr std::string_view kFormal = "formal ";
constexpr std::string_view kFramework = "framework ";

void sign(Fold& fold, const EventInput& input, const schema::ContractSigned& event) {
  const bool is_formal = event.kind == schema::ContractKind::formal;
  fold.set_note(note_of("contract", event.contract_id),
                std::string(is_formal ? kFormal : kFramework) + event.project_id);
  touch(fold, input, event.project_id, [&](ProjectRow& row) {
    // Art. 22: a framework agreement is shown apart; it opens no tier and no duty.
    if (!is_formal) {
      row.framework_amount = event.amount;
      return;
    }
    row.contract_id = event.contract_id;
    row.signed_on = event.signed_on;
    row.agreement_amount = event.amount;
    row.promised_jobs = event.jobs;
    if (!has_ended(row)) row.library = Library::signed_;
    advance(row, Stage::signed_);
  });
}

// Changes the project of a contract; `change` is told whether it is the formal one.
template <class Event, class Change>
void change_contract(Fold& fold, const EventInput& input, const Event& event, Change change) {
  const auto note = fold.note(note_of("contract", event.contract_id));
  if (!note) throw ImpossibleEvent("contract " + event.contract_id + " was never signed");
  const bool is_formal = note->starts_with(kFormal);
  const std::string project_id = note->substr(is_formal ? kFormal.size() : kFramework.size());
  touch(fold, input, project_id, [&](ProjectRow& row) { change(row, is_formal, event); });
}

void amend(ProjectRow& row, bool is_formal, const schema::ContractAmended& event) {
  if (!is_formal) {
    row.framework_amount = event.amount;
    return;
  }
  row.agreement_amount = event.amount;
  if (event.jobs) row.promised_jobs = event.jobs;  // an omission must not lower a tier
}

void correct_contract(ProjectRow& row, bool is_formal, const schema::ContractCorrected& event) {
  switch (event.field) {
    case schema::ContractField::amount:
      (is_formal ? row.agreement_amount : row.framework_amount) = corrected_money(event.change);
      break;
    case schema::ContractField::jobs:
      if (is_formal) row.promised_jobs = corrected_count(event.change);
      break;
    case schema::ContractField::signed_on:
      if (is_formal) row.signed_on = corrected_date(event.change);
      break;
  }
}

// ---------------------------------------------------------------- funds (Art. 26)

struct FundSums {
  std::string project_id;
  std::int64_t reported_fen = 0;
  std::int64_t verified_fen = 0;
};

std::int64_t take_fen(std::string_view& text) {
  std::int64_t fen = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), fen);
  if (error != std::errc{}) throw ImpossibleEvent("a note of this view is damaged");
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.empty()) text.remove_prefix(1);
  return fen;
}

FundSums sums_of(Fold& fold, std::string_view fund_id) {
  const auto note = fold.note(note_of("fund", fund_id));
  if (!note) throw ImpossibleEvent("fund " + std::string(fund_id) + " was never reported");
  std::string_view rest = *note;
  FundSums sums;
  sums.reported_fen = take_fen(rest);
  sums.verified_fen = take_fen(rest);
  sums.project_id = std::string(rest);
  return sums;
}

// A rejected sum stays reported: what a unit claimed and what the office verified are two figures.
void set_sums(Fold& fold, const EventInput& input, std::string_view fund_id, const FundSums& was,
              const FundSums& now) {
  fold.set_note(note_of("fund", fund_id), std::to_string(now.reported_fen) + " " +
                                              std::to_string(now.verified_fen) + " " +
                                              now.project_id);
  touch(fold, input, now.project_id, [&](ProjectRow& row) {
    row.funds_reported_fen += now.reported_fen - was.reported_fen;
    row.funds_verified_fen += now.verified_fen - was.verified_fen;
  });
}

void report_fund(Fold& fold, const EventInput& input, const schema::FundReported& event) {
  const FundSums none{event.project_id, 0, 0};
  set_sums(fold, input, event.fund_id, none, {event.project_id, event.amount_fen, 0});
}

void verify_fund(Fold& fold, const EventInput& input, const schema::FundVerified& event) {
  const FundSums was = sums_of(fold, event.fund_id);
  set_sums(fold, input, event.fund_id, was, {was.project_id, was.reported_fen, event.amount_fen});
}

void correct_fund(Fold& fold, const EventInput& input, const schema::FundCorrected& event) {
  if (event.field != schema::FundField::amount_fen) return;  // the date stands in the fund's row
  const FundSums was = sums_of(fold, event.fund_id);
  set_sums(fold, input, event.fund_id, was,
           {was.project_id, corrected_fen(event.change), was.verified_fen});
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
      return;
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
      return sign(fold, input, read(event.getContractSigned()));
    case EventKind::CONTRACT_AMENDED:
      return change_contract(fold, input, read(event.getContractAmended()), amend);
    case EventKind::CONTRACT_TIER_DETERMINED:
      return change_contract(
          fold, input, read(event.getContractTierDetermined()),
          [](ProjectRow& row, bool, const auto& determined) { row.tier = determined.tier; });
    case EventKind::CONTRACT_CORRECTED:
      return change_contract(fold, input, read(event.getContractCorrected()), correct_contract);
    case EventKind::FUND_REPORTED:
      return report_fund(fold, input, read(event.getFundReported()));
    case EventKind::FUND_VERIFIED:
      return verify_fund(fold, input, read(event.getFundVerified()));
    case EventKind::FUND_CORRECTED:
      return correct_fund(fold, input, read(event.getFundCorrected()));
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
