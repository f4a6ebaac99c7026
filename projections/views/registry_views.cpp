// Reference data as people look it up: units, people, approval items and chains (Art. 2, 5, 9, 23).
// Rows are made from the Reference, so they cannot say anything else than what decisions were made
// on.
#include "projections/views/views.h"

#include "domain/schema/event.wire.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

std::string text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

// Puts a row that differs from the present one in more than position and version; with `input` of
// the row's own stream it takes the version of the event.
template <class Row>
void settle(Fold& fold, const EventInput& input, std::string_view key, Row row, bool own_stream) {
  const Row* present = fold.get<Row>(key);
  if (present) {
    row.version = present->version;
    row.position = present->position;
  }
  if (own_stream) row.version = input.version;
  if (present && row == *present) return;
  row.position = input.position;
  fold.put(std::move(row));
}

// ---------------------------------------------------------------- units

void set_unit(Fold& fold, const EventInput& input, std::string_view unit_id, bool own_stream) {
  const domain::Reference& reference = fold.reference();
  const domain::Unit* unit = reference.unit(unit_id);
  if (!unit) throw ImpossibleEvent("unit " + std::string(unit_id) + " was never registered");
  schema::UnitRow row;
  row.unit_id = unit->unit_id;
  row.kind = unit->kind;
  row.name = unit->name;
  row.name_en = unit->name_en;
  row.parent = unit->parent;
  row.division_code = unit->division_code;
  if (const schema::RuleSet* rules = reference.rules_on(today(fold, input))) {
    if (const schema::UnitKind* kind = reference.kind_of(*unit, *rules)) {
      row.attracting = kind->attracting;
      row.receives = kind->receives;
    }
  }
  row.valid_from = unit->valid_from;
  row.valid_until = unit->valid_until;
  row.aliases = unit->aliases;
  settle(fold, input, unit_id, std::move(row), own_stream);
}

// Which units attract and receive is a matter of the rules in force (Art. 2).
void follow_rules(Fold& fold, const EventInput& input) {
  const domain::Reference& reference = fold.reference();
  const auto& before = fold.day_before_event();
  if (input.event().isDayBegan() && before &&
      reference.rules_on(*before) == reference.rules_on(today(fold, input))) {
    return;
  }
  for (const auto& [unit_id, unit] : reference.units()) set_unit(fold, input, unit_id, false);
}

void fold_unit(Fold& fold, const EventInput& input) {
  const wire::Event::Reader event = input.event();
  const auto set = [&](capnp::Text::Reader unit_id) {
    set_unit(fold, input, text_of(unit_id), true);
  };
  switch (event.which()) {
    case EventKind::UNIT_REGISTERED:
      return set(event.getUnitRegistered().getUnitId());
    case EventKind::UNIT_RENAMED:
      return set(event.getUnitRenamed().getUnitId());
    case EventKind::UNIT_CLOSED:
      return set(event.getUnitClosed().getUnitId());
    default:
      return follow_rules(fold, input);
  }
}

// ---------------------------------------------------------------- people

void set_person(Fold& fold, const EventInput& input, const std::string& person_id) {
  const domain::Person* person = fold.reference().person(person_id);
  if (!person) throw ImpossibleEvent("person " + person_id + " was never registered");
  schema::PersonRow row;
  row.person_id = person->person_id;
  row.name = person->name;
  row.title = person->title;
  Participants units;
  for (const domain::RoleHeld& held : person->roles) {
    row.roles.push_back({held.unit_id, held.role, held.from, held.until});
    units.add(std::string_view(held.unit_id));
  }
  row.units = units.list();
  settle(fold, input, person_id, std::move(row), true);
}

void fold_person(Fold& fold, const EventInput& input) {
  const wire::Event::Reader event = input.event();
  const auto set = [&](capnp::Text::Reader person_id) {
    set_person(fold, input, text_of(person_id));
  };
  switch (event.which()) {
    case EventKind::PERSON_REGISTERED:
      return set(event.getPersonRegistered().getPersonId());
    case EventKind::ROLE_GRANTED:
      return set(event.getRoleGranted().getPersonId());
    case EventKind::ROLE_REVOKED:
      return set(event.getRoleRevoked().getPersonId());
    case EventKind::TOKEN_ISSUED:
      return set(event.getTokenIssued().getPersonId());
    case EventKind::TOKEN_REVOKED:
      return set(event.getTokenRevoked().getPersonId());
    default:
      return;
  }
}

// ---------------------------------------------------------------- items

void fold_item(Fold& fold, const EventInput& input) {
  auto item = schema::read(input.event().getApprovalItemDefined());
  schema::ItemRow row;
  row.item_id = item.item_id;
  row.stage = std::move(item.stage);
  row.name = std::move(item.name);
  row.authority = std::move(item.authority);
  row.days = item.days;
  row.statutory_days = item.statutory_days;
  row.law = std::move(item.law);
  settle(fold, input, item.item_id, std::move(row), true);
}

// ---------------------------------------------------------------- chains

void set_chain(Fold& fold, const EventInput& input, const std::string& chain_id, bool own_stream) {
  const domain::Chain* chain = fold.reference().chain(chain_id);
  if (!chain) throw ImpossibleEvent("chain " + chain_id + " was never defined");
  schema::ChainRow row;
  row.chain_id = chain->chain_id;
  row.name = chain->name;
  row.name_en = chain->name_en;
  row.lead_unit = chain_lead_today(fold, input, chain_id);
  settle(fold, input, chain_id, std::move(row), own_stream);
}

void fold_chain(Fold& fold, const EventInput& input) {
  const wire::Event::Reader event = input.event();
  if (event.isChainDefined()) {
    return set_chain(fold, input, text_of(event.getChainDefined().getChainId()), true);
  }
  for (const std::string& chain_id : chains_with_new_lead(fold, input)) {
    set_chain(fold, input, chain_id, event.isChainLeadAssigned());
  }
}

}  // namespace

View unit_view() {
  return {.name = "unit",
          .version = 1,
          .folds = {EventKind::UNIT_REGISTERED, EventKind::UNIT_RENAMED, EventKind::UNIT_CLOSED,
                    EventKind::RULE_SET_PUBLISHED, EventKind::DAY_BEGAN},
          .reads = {},
          .fold = fold_unit};
}

View person_view() {
  return {.name = "person",
          .version = 1,
          .folds = {EventKind::PERSON_REGISTERED, EventKind::ROLE_GRANTED, EventKind::ROLE_REVOKED,
                    EventKind::TOKEN_ISSUED, EventKind::TOKEN_REVOKED},
          .reads = {},
          .fold = fold_person};
}

View item_view() {
  return {.name = "item",
          .version = 1,
          .folds = {EventKind::APPROVAL_ITEM_DEFINED},
          .reads = {},
          .fold = fold_item};
}

View chain_view() {
  return {.name = "chain",
          .version = 1,
          .folds = {EventKind::CHAIN_DEFINED, EventKind::CHAIN_LEAD_ASSIGNED, EventKind::DAY_BEGAN},
          .reads = {},
          .fold = fold_chain};
}

}  // namespace silkledger::projections
