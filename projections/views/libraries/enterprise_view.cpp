// 目标企业库: whom to approach, to whom each was given, and what came of it (Art. 16, 17, 19).
//
// Notes: "parties/<enterprise>" units that take part besides chain-lead units; "code/<credit code>"
// and "name/<name>" the open records that state it, by which two of one enterprise are found.
#include "projections/views/views.h"

#include <algorithm>
#include <map>

#include "domain/enterprises/enterprise.h"
#include "domain/schema/event.wire.h"
#include "projections/views/participants.h"
#include "projections/views/uscc_warnings.h"

namespace silkledger::projections {
namespace {

using schema::ClaimStatus;
using schema::EnterpriseRow;

constexpr std::size_t kContactsShown = 50;  // the latest; all of them are in the history

std::string parties_note(std::string_view id) { return "parties/" + std::string(id); }

// ---------------------------------------------------------------- what follows from the rest

void set_units(Fold& fold, const EventInput& input, EnterpriseRow& row) {
  auto parties = Participants::from_note(fold.note(parties_note(row.enterprise_id)));
  for (const std::string& chain_id : row.chains) {
    parties.add(chain_lead_today(fold, input, chain_id));
  }
  row.units = parties.list();
}

void add_parties(Fold& fold, const EventInput& input, const EnterpriseRow& row) {
  auto parties = Participants::from_note(fold.note(parties_note(row.enterprise_id)));
  const auto before = parties;
  parties.add(named_by(input.event()));
  if (parties != before) fold.set_note(parties_note(row.enterprise_id), parties.note());
}

// Art. 16 divides the country among the branches: two units of one kind that receive no projects
// should not work on one enterprise. Two counties may.
bool two_branches_hold(const Fold& fold, const EventInput& input, const EnterpriseRow& row) {
  const domain::Reference& reference = fold.reference();
  const schema::RuleSet* rules = reference.rules_on(today(fold, input));
  std::map<std::string_view, int> by_kind;
  for (const std::string& holder : row.holders) {
    const domain::Unit* unit = reference.unit(holder);
    if (!unit) continue;
    const schema::UnitKind* kind = rules ? reference.kind_of(*unit, *rules) : nullptr;
    if (kind && kind->receives) continue;
    if (++by_kind[unit->kind] > 1) return true;
  }
  return false;
}

void set_warnings(const Fold& fold, const EventInput& input, EnterpriseRow& row) {
  row.warnings = uscc_warnings(row.uscc);
  if (!row.twins.empty()) row.warnings.emplace_back("same-enterprise-twice");
  if (two_branches_hold(fold, input, row)) row.warnings.emplace_back("two-branches");
}

void settle(Fold& fold, const EventInput& input, EnterpriseRow row) {
  set_units(fold, input, row);
  set_warnings(fold, input, row);
  row.position = input.position;
  fold.put(std::move(row));
}

// ---------------------------------------------------------------- twins

std::vector<std::string> marks_of(const EnterpriseRow& row) {
  std::vector<std::string> marks{"name/" + row.name};
  if (row.uscc) marks.push_back("code/" + *row.uscc);
  return marks;
}

// Open records of the same code or name, this one among them.
Participants records_of(Fold& fold, const EnterpriseRow& row) {
  Participants records;
  for (const std::string& mark : marks_of(row)) {
    records.add(Participants::from_note(fold.note(mark)));
  }
  return records;
}

void find_twins(Fold& fold, const EventInput& input, const std::string& enterprise_id) {
  auto row = fold.existing<EnterpriseRow>(enterprise_id);
  Participants twins = records_of(fold, row);
  twins.remove(enterprise_id);
  if (twins.list() == row.twins) return;
  row.twins = twins.list();
  settle(fold, input, std::move(row));
}

void enter_marks(Fold& fold, const EnterpriseRow& row) {
  for (const std::string& mark : marks_of(row)) {
    auto records = Participants::from_note(fold.note(mark));
    records.add(std::string_view(row.enterprise_id));
    fold.set_note(mark, records.note());
  }
}

void leave_marks(Fold& fold, const EnterpriseRow& row) {
  for (const std::string& mark : marks_of(row)) {
    auto records = Participants::from_note(fold.note(mark));
    records.remove(row.enterprise_id);
    if (records.list().empty()) {
      fold.erase_note(mark);
    } else {
      fold.set_note(mark, records.note());
    }
  }
}

// ---------------------------------------------------------------- events

void add(Fold& fold, const EventInput& input, schema::EnterpriseAdded event) {
  EnterpriseRow row;
  row.enterprise_id = std::move(event.enterprise_id);
  row.name = std::move(event.name);
  row.uscc = std::move(event.uscc);
  row.main_business = std::move(event.main_business);
  row.registered_place = std::move(event.registered_place);
  row.registered_code = std::move(event.registered_code);
  row.version = input.version;
  enter_marks(fold, row);
  const Participants records = records_of(fold, row);
  settle(fold, input, std::move(row));
  for (const std::string& record : records.list()) find_twins(fold, input, record);
}

void merge(Fold& fold, const EventInput& input, const schema::EnterpriseMerged& event) {
  auto row = fold.existing<EnterpriseRow>(event.enterprise_id);
  row.version = input.version;
  row.merged_into = event.into;
  leave_marks(fold, row);
  row.twins.clear();
  const Participants records = records_of(fold, row);
  settle(fold, input, std::move(row));
  for (const std::string& record : records.list()) find_twins(fold, input, record);
}

template <class Event, class Change>
void change_enterprise(Fold& fold, const EventInput& input, const Event& event, Change change) {
  auto row = fold.existing<EnterpriseRow>(event.enterprise_id);
  row.version = input.version;
  change(row, event);
  add_parties(fold, input, row);
  settle(fold, input, std::move(row));
}

void set_holding(EnterpriseRow& row, domain::EnterpriseHolding holding) {
  row.regions = std::move(holding.regions);
  row.holders = std::move(holding.holders);
  Participants circles;
  for (const auto& region : row.regions) circles.add(region.circle);
  row.circles = circles.list();
}

void assign_by_region(EnterpriseRow& row, const schema::EnterpriseAssignedByRegion& event) {
  domain::EnterpriseHolding holding{row.regions, row.holders};
  holding.assign({event.basis, event.unit_id, event.circle, event.place_code});
  set_holding(row, std::move(holding));
}

void hand_over(EnterpriseRow& row, const schema::EnterpriseHandedOver& event) {
  domain::EnterpriseHolding holding{row.regions, row.holders};
  holding.hand_over(event.from_unit, event.to_unit);
  set_holding(row, std::move(holding));
}

void receive(EnterpriseRow& row, const std::string& unit_id, CivilDate on) {
  const auto push = std::ranges::find(row.pushes, unit_id, &schema::EnterprisePush::unit_id);
  if (push == row.pushes.end()) {
    throw ImpossibleEvent("enterprise " + row.enterprise_id + " was never pushed to " + unit_id);
  }
  push->received_on = on;
  std::erase(row.unreceived, unit_id);
}

void contact(EnterpriseRow& row, schema::EnterpriseContactMade event) {
  ++row.contact_count;
  row.last_contact_on =
      std::max(row.last_contact_on.value_or(event.contacted_on), event.contacted_on);
  row.contacts.push_back({std::move(event.unit_id), event.contacted_on, std::move(event.person),
                          std::move(event.phone), std::move(event.result)});
  if (row.contacts.size() > kContactsShown) row.contacts.erase(row.contacts.begin());
}

void claim(EnterpriseRow& row, const schema::EnterpriseStatusClaimed& event) {
  row.claims.push_back({event.claim_id, event.lead_class, event.list, event.list_year,
                        event.evidence, event.holding_path, ClaimStatus::claimed, std::nullopt});
}

void check(EnterpriseRow& row, const schema::EnterpriseStatusChecked& event) {
  const auto found =
      std::ranges::find(row.claims, event.claim_id, &schema::EnterpriseClaim::claim_id);
  if (found == row.claims.end()) {
    throw ImpossibleEvent("enterprise " + row.enterprise_id + " has no claim " + event.claim_id);
  }
  found->status = event.upheld ? ClaimStatus::upheld : ClaimStatus::not_upheld;
  found->basis = event.basis;
  Participants classes;
  for (const auto& one : row.claims) {
    if (one.status == ClaimStatus::upheld) classes.add(std::string_view(one.lead_class));
  }
  row.classes = classes.list();
}

void follow_chain_leads(Fold& fold, const EventInput& input) {
  const std::vector<std::string> chains = chains_with_new_lead(fold, input);
  if (chains.empty()) return;
  for (const std::string& enterprise_id : fold.keys<EnterpriseRow>()) {
    const EnterpriseRow& present = *fold.get<EnterpriseRow>(enterprise_id);
    if (std::ranges::find_first_of(present.chains, chains) == present.chains.end()) continue;
    EnterpriseRow row = present;
    set_units(fold, input, row);
    if (row.units == present.units) continue;
    row.position = input.position;
    fold.put(std::move(row));
  }
}

void fold_enterprise(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::ENTERPRISE_ADDED:
      return add(fold, input, read(event.getEnterpriseAdded()));
    case EventKind::ENTERPRISE_ASSIGNED_BY_CHAIN:
      return change_enterprise(fold, input, read(event.getEnterpriseAssignedByChain()),
                               [](EnterpriseRow& row, const auto& assigned) {
                                 row.chains.push_back(assigned.chain_id);
                               });
    case EventKind::ENTERPRISE_ASSIGNED_BY_REGION:
      return change_enterprise(fold, input, read(event.getEnterpriseAssignedByRegion()),
                               assign_by_region);
    case EventKind::ENTERPRISE_PUSHED:
      return change_enterprise(
          fold, input, read(event.getEnterprisePushed()),
          [&](EnterpriseRow& row, const auto& pushed) {
            row.pushes.push_back({pushed.unit_id, input.occurred_on(), std::nullopt});
            row.unreceived.push_back(pushed.unit_id);
          });
    case EventKind::ENTERPRISE_RECEIPT_CONFIRMED:
      return change_enterprise(fold, input, read(event.getEnterpriseReceiptConfirmed()),
                               [&](EnterpriseRow& row, const auto& confirmed) {
                                 receive(row, confirmed.unit_id, input.occurred_on());
                               });
    case EventKind::ENTERPRISE_CONTACT_MADE:
      return change_enterprise(fold, input, read(event.getEnterpriseContactMade()), contact);
    case EventKind::ENTERPRISE_HANDED_OVER:
      return change_enterprise(fold, input, read(event.getEnterpriseHandedOver()), hand_over);
    case EventKind::ENTERPRISE_STATUS_CLAIMED:
      return change_enterprise(fold, input, read(event.getEnterpriseStatusClaimed()), claim);
    case EventKind::ENTERPRISE_STATUS_CHECKED:
      return change_enterprise(fold, input, read(event.getEnterpriseStatusChecked()), check);
    case EventKind::ENTERPRISE_MERGED:
      return merge(fold, input, read(event.getEnterpriseMerged()));
    default:
      return follow_chain_leads(fold, input);
  }
}

}  // namespace

View enterprise_view() {
  return {.name = "enterprise",
          .version = 1,
          .folds = {EventKind::ENTERPRISE_ADDED, EventKind::ENTERPRISE_ASSIGNED_BY_CHAIN,
                    EventKind::ENTERPRISE_ASSIGNED_BY_REGION, EventKind::ENTERPRISE_PUSHED,
                    EventKind::ENTERPRISE_RECEIPT_CONFIRMED, EventKind::ENTERPRISE_CONTACT_MADE,
                    EventKind::ENTERPRISE_HANDED_OVER, EventKind::ENTERPRISE_STATUS_CLAIMED,
                    EventKind::ENTERPRISE_STATUS_CHECKED, EventKind::ENTERPRISE_MERGED,
                    EventKind::CHAIN_LEAD_ASSIGNED, EventKind::DAY_BEGAN},
          .reads = {},
          .fold = fold_enterprise};
}

}  // namespace silkledger::projections
