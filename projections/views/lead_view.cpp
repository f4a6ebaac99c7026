// 客商信息库: every lead from its first report (Art. 18, 19).
//
// Notes: "parties/<lead>" units that take part besides the chain-lead unit, which changes with the
// chain.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "projections/views/corrected.h"
#include "projections/views/participants.h"
#include "projections/views/uscc_warnings.h"

namespace silkledger::projections {
namespace {

using schema::LeadRow;
using schema::LeadStatus;

std::string parties_note(std::string_view lead_id) { return "parties/" + std::string(lead_id); }

void set_units(Fold& fold, const EventInput& input, LeadRow& row) {
  auto parties = Participants::from_note(fold.note(parties_note(row.lead_id)));
  parties.add(chain_lead_today(fold, input, row.chain_id));
  row.units = parties.list();
}

void add_parties(Fold& fold, const EventInput& input, LeadRow& row) {
  auto parties = Participants::from_note(fold.note(parties_note(row.lead_id)));
  const auto before = parties;
  parties.add(named_by(input.event()));
  if (parties != before) fold.set_note(parties_note(row.lead_id), parties.note());
  set_units(fold, input, row);
}

void report(Fold& fold, const EventInput& input, schema::LeadReported event) {
  LeadRow row;
  row.lead_id = event.lead_id;
  row.investor_name = std::move(event.investor_name);
  row.uscc = event.uscc;
  row.origin = event.origin;
  row.reporting_unit = std::move(event.reporting_unit);
  row.chain_id = std::move(event.chain_id);
  row.content = std::move(event.content);
  row.amount = event.amount;
  row.jobs = event.jobs;
  row.intended_unit = std::move(event.intended_unit);
  row.contact_name = std::move(event.contact_name);
  row.contact_phone = std::move(event.contact_phone);
  row.status = LeadStatus::reported;
  row.reported_on = input.occurred_on();
  row.report_order = input.position;
  row.warnings = uscc_warnings(event.uscc);
  row.version = input.version;
  row.position = input.position;
  add_parties(fold, input, row);
  fold.put(std::move(row));
}

void classify(LeadRow& row, const schema::LeadClassified& event) {
  constexpr std::string_view kNoList = "class-without-list";
  row.status = LeadStatus::classified;
  row.lead_class = event.lead_class;
  row.prefecture_decides = event.prefecture_decides;
  std::erase(row.warnings, kNoList);
  // Art. 19: the six classes are published lists; a claim that names none is shown as such.
  if (event.prefecture_decides && !event.list) row.warnings.emplace_back(kNoList);
}

void review(LeadRow& row, schema::ReviewVerdict verdict) {
  if (verdict == schema::ReviewVerdict::agree) {
    row.status = LeadStatus::reviewed;
  } else if (verdict == schema::ReviewVerdict::returned || row.analysis == "decline") {
    // Back to the office for another analysis, also when the leader does not share a decline.
    row.status = LeadStatus::classified;
    row.analysis.reset();
  }
  // A leader who disagrees with a lead that was to proceed closes it: an event of its own follows.
}

void correct(LeadRow& row, const schema::LeadCorrected& event) {
  switch (event.field) {
    case schema::LeadField::investor_name:
      row.investor_name = corrected_text(event.change);
      break;
    case schema::LeadField::content:
      row.content = corrected_text(event.change);
      break;
    case schema::LeadField::amount:
      row.amount = corrected_money(event.change);
      break;
    case schema::LeadField::jobs:
      row.jobs = corrected_count(event.change);
      break;
  }
}

// Changes one lead by an event of its own stream.
template <class Event, class Change>
void change_lead(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<LeadRow>(event.lead_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  fold.put(std::move(row));
}

void follow_chain_leads(Fold& fold, const EventInput& input) {
  const std::vector<std::string> chains = chains_with_new_lead(fold, input);
  if (chains.empty()) return;
  for (const std::string& lead_id : fold.keys<LeadRow>()) {
    const LeadRow& present = *fold.get<LeadRow>(lead_id);
    if (!present.chain_id || std::ranges::find(chains, *present.chain_id) == chains.end()) continue;
    LeadRow row = present;
    set_units(fold, input, row);
    if (row.units == present.units) continue;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void fold_lead(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::LEAD_REPORTED:
      return report(fold, input, read(event.getLeadReported()));
    case EventKind::LEAD_FORM_FILED:
      return change_lead(fold, input, read(event.getLeadFormFiled()),
                         [](LeadRow& row, const auto& filed) { row.form_no = filed.form_no; });
    case EventKind::LEAD_CLASSIFIED:
      return change_lead(fold, input, read(event.getLeadClassified()), classify);
    case EventKind::LEAD_ANALYSIS_CONCLUDED:
      return change_lead(fold, input, read(event.getLeadAnalysisConcluded()),
                         [](LeadRow& row, const auto& concluded) {
                           row.status = LeadStatus::analysed;
                           const bool proceed =
                               concluded.verdict == schema::AnalysisVerdict::proceed;
                           row.analysis = proceed ? "proceed" : "decline";
                         });
    case EventKind::LEAD_LEADER_REVIEWED:
      return change_lead(fold, input, read(event.getLeadLeaderReviewed()),
                         [](LeadRow& row, const auto& reviewed) { review(row, reviewed.verdict); });
    case EventKind::LEAD_LEADING_GROUP_DECIDED:
      return change_lead(fold, input, read(event.getLeadLeadingGroupDecided()),
                         [&](LeadRow& row, const auto& decided) {
                           row.status = LeadStatus::decided;
                           row.responsible_leader = decided.responsible_leader;
                           row.project_id = decided.project_id;
                           add_parties(fold, input, row);
                         });
    case EventKind::LEAD_DELEGATED:
      return change_lead(fold, input, read(event.getLeadDelegated()),
                         [&](LeadRow& row, const auto& delegated) {
                           row.status = LeadStatus::delegated;
                           row.following_unit = delegated.unit_id;
                           add_parties(fold, input, row);
                         });
    case EventKind::LEAD_NEGOTIATION_OPENED:
      return change_lead(
          fold, input, read(event.getLeadNegotiationOpened()),
          [](LeadRow& row, const auto& opened) { row.project_id = opened.project_id; });
    case EventKind::LEAD_CLOSED:
      return change_lead(fold, input, read(event.getLeadClosed()),
                         [](LeadRow& row, const auto&) { row.status = LeadStatus::closed; });
    case EventKind::LEAD_CORRECTED:
      return change_lead(fold, input, read(event.getLeadCorrected()), correct);
    case EventKind::CHAIN_LEAD_ASSIGNED:
    case EventKind::DAY_BEGAN:
      return follow_chain_leads(fold, input);
    default:
      return;
  }
}

}  // namespace

View lead_view() {
  return {
      .name = "lead",
      .version = 1,
      .folds = {EventKind::LEAD_REPORTED, EventKind::LEAD_FORM_FILED, EventKind::LEAD_CLASSIFIED,
                EventKind::LEAD_ANALYSIS_CONCLUDED, EventKind::LEAD_LEADER_REVIEWED,
                EventKind::LEAD_LEADING_GROUP_DECIDED, EventKind::LEAD_DELEGATED,
                EventKind::LEAD_NEGOTIATION_OPENED, EventKind::LEAD_CLOSED,
                EventKind::LEAD_CORRECTED, EventKind::CHAIN_LEAD_ASSIGNED, EventKind::DAY_BEGAN},
      .reads = {},
      .fold = fold_lead};
}

}  // namespace silkledger::projections
