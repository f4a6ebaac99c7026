// Agreement, tier and funds of a project (Art. 22, 26).
//
// Notes: "contract/<contract>" its kind and project; "fund/<fund>" reported and verified fen and
// the project.
#include "projections/views/project_row.h"

#include <charconv>

#include "domain/schema/event.wire.h"
#include "projections/views/corrected.h"

namespace silkledger::projections {
namespace {

using schema::Library;
using schema::ProjectRow;
using schema::Stage;

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

}  // namespace

void fold_project_sums(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
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
    default:
      return;
  }
}

}  // namespace silkledger::projections
