// 重点项目库: what the zone, counties and cities have to offer, and whether each entry of the
// library still holds (Art. 13–15).
//
// Notes: "due/<day>/<offer>" entries of the library by the day until which they are to be
// confirmed; one that is overdue has none.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/research/offer.h"
#include "domain/schema/event.wire.h"
#include "domain/schema/research.meta.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::OfferRow;
using schema::OfferStatus;

constexpr std::string_view kDue = "due/";

std::string due_note(const OfferRow& row) {
  return std::string(kDue) + to_string(*row.confirm_by) + "/" + row.offer_id;
}

void set_units(const Fold& fold, const EventInput& input, OfferRow& row) {
  Participants units;
  units.add(std::string_view(row.unit_id));
  units.add(chain_lead_today(fold, input, row.chain_id));
  row.units = units.list();
}

void propose(Fold& fold, const EventInput& input, schema::OfferProposed event) {
  OfferRow row;
  row.offer_id = std::move(event.offer_id);
  row.name = std::move(event.name);
  row.status = OfferStatus::proposed;
  row.unit_id = std::move(event.unit_id);
  row.chain_id = std::move(event.chain_id);
  row.node_id = std::move(event.node_id);
  row.content = std::move(event.content);
  row.amount = event.amount;
  row.land = std::move(event.land);
  row.expected_return = std::move(event.expected_return);
  row.study = std::move(event.study);
  row.proposed_on = input.occurred_on();
  row.version = input.version;
  row.position = input.position;
  set_units(fold, input, row);
  fold.put(std::move(row));
}

void leave_library(Fold& fold, OfferRow& row) {
  if (row.confirm_by && !row.overdue) fold.erase_note(due_note(row));
  row.confirm_by.reset();
  row.overdue = false;
}

void hold_until(Fold& fold, const EventInput& input, OfferRow& row, CivilDate confirm_by) {
  leave_library(fold, row);
  row.confirmed_on = input.occurred_on();
  row.confirm_by = confirm_by;
  row.overdue = confirm_by < today(fold, input);
  if (!row.overdue) fold.set_note(due_note(row), "");
}

void review(OfferRow& row, const schema::OfferReviewedByChainUnit& event) {
  row.status = OfferStatus::reviewed;
  row.chain_verdict = std::string(schema::name(event.verdict));
  row.chain_opinion = event.opinion;
}

void assess(OfferRow& row, const schema::OfferAssessed& event) {
  const bool feasible = event.feasibility == schema::Feasibility::feasible;
  row.status = feasible ? OfferStatus::feasible : OfferStatus::not_feasible;
  row.assessment = event.opinion;
}

void update(Fold& fold, const EventInput& input, OfferRow& row, const schema::OfferUpdated& event) {
  domain::apply_update(row, event);
  set_units(fold, input, row);
  if (row.status == OfferStatus::in_library) return;
  // What was reviewed and assessed is no longer what it says.
  row.status = OfferStatus::proposed;
  row.chain_verdict.reset();
  row.chain_opinion.reset();
  row.assessment.reset();
}

void end(Fold& fold, OfferRow& row, OfferStatus status) {
  leave_library(fold, row);
  row.status = status;
}

template <class Event, class Change>
void change_offer(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<OfferRow>(event.offer_id);
  row.version = input.version;
  row.position = input.position;
  change(row, event);
  fold.put(std::move(row));
}

// ---------------------------------------------------------------- days and chain-lead units

void follow_day(Fold& fold, const EventInput& input) {
  const CivilDate day = today(fold, input);
  // Notes of days before this one: "due/2026-06-01/…" sorts behind "due/2026-06-01".
  for (const std::string& note : fold.note_keys(kDue, std::string(kDue) + to_string(day))) {
    auto row = fold.existing<OfferRow>(note.substr(note.rfind('/') + 1));
    row.overdue = true;
    row.position = input.position;
    fold.erase_note(note);
    fold.put(std::move(row));
  }
}

void follow_chain_leads(Fold& fold, const EventInput& input) {
  const std::vector<std::string> chains = chains_with_new_lead(fold, input);
  if (chains.empty()) return;
  for (const std::string& offer_id : fold.keys<OfferRow>()) {
    const OfferRow& present = *fold.get<OfferRow>(offer_id);
    if (!present.chain_id || std::ranges::find(chains, *present.chain_id) == chains.end()) continue;
    OfferRow row = present;
    set_units(fold, input, row);
    if (row.units == present.units) continue;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void fold_offer(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::OFFER_PROPOSED:
      return propose(fold, input, read(event.getOfferProposed()));
    case EventKind::OFFER_REVIEWED_BY_CHAIN_UNIT:
      return change_offer(fold, input, read(event.getOfferReviewedByChainUnit()), review);
    case EventKind::OFFER_ASSESSED:
      return change_offer(fold, input, read(event.getOfferAssessed()), assess);
    case EventKind::OFFER_ENTERED_LIBRARY:
      return change_offer(fold, input, read(event.getOfferEnteredLibrary()),
                          [&](OfferRow& row, const auto& entered) {
                            row.status = OfferStatus::in_library;
                            row.entered_on = input.occurred_on();
                            hold_until(fold, input, row, entered.confirm_by);
                          });
    case EventKind::OFFER_CONFIRMED:
      return change_offer(fold, input, read(event.getOfferConfirmed()),
                          [&](OfferRow& row, const auto& confirmed) {
                            hold_until(fold, input, row, confirmed.confirm_by);
                          });
    case EventKind::OFFER_UPDATED:
      return change_offer(
          fold, input, read(event.getOfferUpdated()),
          [&](OfferRow& row, const auto& updated) { update(fold, input, row, updated); });
    case EventKind::OFFER_WITHDRAWN:
      return change_offer(fold, input, read(event.getOfferWithdrawn()),
                          [&](OfferRow& row, const auto& withdrawn) {
                            end(fold, row, OfferStatus::withdrawn);
                            row.reason = withdrawn.reason;
                          });
    case EventKind::OFFER_LANDED:
      return change_offer(fold, input, read(event.getOfferLanded()),
                          [&](OfferRow& row, const auto& landed) {
                            end(fold, row, OfferStatus::landed);
                            row.project_id = landed.project_id;
                          });
    case EventKind::DAY_BEGAN:
      follow_day(fold, input);
      [[fallthrough]];
    default:
      return follow_chain_leads(fold, input);
  }
}

}  // namespace

View offer_view() {
  return {
      .name = "offer",
      .version = 1,
      .folds = {EventKind::OFFER_PROPOSED, EventKind::OFFER_REVIEWED_BY_CHAIN_UNIT,
                EventKind::OFFER_ASSESSED, EventKind::OFFER_ENTERED_LIBRARY,
                EventKind::OFFER_CONFIRMED, EventKind::OFFER_UPDATED, EventKind::OFFER_WITHDRAWN,
                EventKind::OFFER_LANDED, EventKind::CHAIN_LEAD_ASSIGNED, EventKind::DAY_BEGAN},
      .reads = {},
      .fold = fold_offer};
}

}  // namespace silkledger::projections
