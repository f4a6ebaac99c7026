// 到位资金: every sum that reached a project (Art. 26). What was reported and what was verified
// stay two values.
//
// Notes: "of/<project>/<fund>"; "voucher/<bank>/<number>" the fund that first named a voucher.
#include "projections/views/views.h"

#include "domain/schema/event.wire.h"
#include "projections/views/corrected.h"
#include "projections/views/of_project.h"

namespace silkledger::projections {
namespace {

using schema::FundRow;
using schema::FundStatus;

std::vector<std::string> warnings_of(Fold& fold, const schema::FundReported& event,
                                     const schema::ProjectRow& project) {
  std::vector<std::string> warnings;
  if (event.voucher_no) {
    const std::string voucher =
        "voucher/" + event.bank.value_or(std::string()) + "/" + *event.voucher_no;
    if (fold.note(voucher)) {
      warnings.emplace_back("voucher-seen-before");
    } else {
      fold.set_note(voucher, event.fund_id);
    }
  }
  // The project's sums are those after this event: project folds before fund.
  if (project.agreement_amount && project.funds_reported_fen > project.agreement_amount->fen) {
    warnings.emplace_back("above-agreement");
  }
  return warnings;
}

void report(Fold& fold, const EventInput& input, const schema::FundReported& event) {
  const schema::ProjectRow& project = project_of(fold, event.project_id);
  FundRow row;
  row.fund_id = event.fund_id;
  row.project_id = event.project_id;
  row.unit_id = project.unit_id;
  row.units = project.units;
  row.status = FundStatus::reported;
  row.reported_fen = event.amount_fen;
  row.first_reported_fen = event.amount_fen;
  row.paid_on = event.paid_on;
  row.source = event.source;
  row.evidence = event.evidence;
  row.voucher_no = event.voucher_no;
  row.warnings = warnings_of(fold, event, project);
  row.version = input.version;
  row.position = input.position;
  set_of_project(fold, event.project_id, event.fund_id);
  fold.put(std::move(row));
}

template <class Event, class Change>
void change_fund(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<FundRow>(event.fund_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  fold.put(std::move(row));
}

void correct(FundRow& row, const schema::FundCorrected& event) {
  switch (event.field) {
    case schema::FundField::amount_fen:
      row.reported_fen = corrected_fen(event.change);
      break;
    case schema::FundField::paid_on:
      row.paid_on = corrected_date(event.change);
      break;
  }
}

void follow_project(Fold& fold, const EventInput& input) {
  for (const std::string& fund_id : rows_with_new_project<FundRow>(fold, input)) {
    FundRow row = fold.existing<FundRow>(fund_id);
    const std::vector<std::string>& units = project_of(fold, row.project_id).units;
    if (row.units == units) continue;
    row.units = units;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void fold_fund(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::FUND_REPORTED:
      return report(fold, input, read(event.getFundReported()));
    case EventKind::FUND_VERIFIED:
      return change_fund(fold, input, read(event.getFundVerified()),
                         [](FundRow& row, const auto& verified) {
                           row.status = FundStatus::verified;
                           row.verified_fen = verified.amount_fen;
                         });
    case EventKind::FUND_REJECTED:
      return change_fund(fold, input, read(event.getFundRejected()),
                         [](FundRow& row, const auto&) { row.status = FundStatus::rejected; });
    case EventKind::FUND_CORRECTED:
      return change_fund(fold, input, read(event.getFundCorrected()), correct);
    default:
      return follow_project(fold, input);
  }
}

}  // namespace

View fund_view() {
  View view{.name = "fund",
            .version = 1,
            .folds = {EventKind::FUND_REPORTED, EventKind::FUND_VERIFIED, EventKind::FUND_REJECTED,
                      EventKind::FUND_CORRECTED},
            .reads = {"project"},
            .fold = fold_fund};
  fold_what_changes_projects(view);
  return view;
}

}  // namespace silkledger::projections
