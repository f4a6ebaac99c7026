#include "domain/registry/reference.h"

#include <algorithm>
#include <utility>

#include "domain/schema/event.wire.h"

namespace silkledger::domain {
namespace {

constexpr std::string_view kRegionLayer = "region";

template <class Map>
auto find_in(Map& map, std::string_view id) -> decltype(&map.begin()->second) {
  const auto found = map.find(id);
  return found == map.end() ? nullptr : &found->second;
}

template <class Range, class Code>
auto find_code(const Range& range, const Code& code) -> decltype(&*range.begin()) {
  const auto found = std::ranges::find_if(range, [&](const auto& one) { return one.code == code; });
  return found == range.end() ? nullptr : &*found;
}

}  // namespace

void Reference::evolve(wire::Event::Reader event, const EventPlace& place) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::RULE_SET_PUBLISHED:
      on(read(event.getRuleSetPublished()));
      break;
    case wire::Event::RULE_SET_RENEWED:
      on(read(event.getRuleSetRenewed()));
      break;
    case wire::Event::UNIT_REGISTERED:
      on(read(event.getUnitRegistered()));
      break;
    case wire::Event::UNIT_RENAMED:
      on(read(event.getUnitRenamed()));
      break;
    case wire::Event::UNIT_CLOSED:
      on(read(event.getUnitClosed()));
      break;
    case wire::Event::PERSON_REGISTERED:
      on(read(event.getPersonRegistered()));
      break;
    case wire::Event::ROLE_GRANTED:
      on(read(event.getRoleGranted()), place.occurred_on);
      break;
    case wire::Event::ROLE_REVOKED:
      on(read(event.getRoleRevoked()), place.occurred_on);
      break;
    case wire::Event::TOKEN_ISSUED:
      on(read(event.getTokenIssued()));
      break;
    case wire::Event::TOKEN_REVOKED:
      on(read(event.getTokenRevoked()));
      break;
    case wire::Event::CHAIN_DEFINED:
      on(read(event.getChainDefined()));
      break;
    case wire::Event::CHAIN_LEAD_ASSIGNED:
      on(read(event.getChainLeadAssigned()));
      break;
    case wire::Event::CALENDAR_DAYS_SET:
      on(read(event.getCalendarDaysSet()));
      break;
    case wire::Event::APPROVAL_ITEM_DEFINED: {
      schema::ApprovalItemDefined item = read(event.getApprovalItemDefined());
      std::string item_id = item.item_id;
      items_.insert_or_assign(std::move(item_id), std::move(item));
      break;
    }
    case wire::Event::DAY_BEGAN:
      current_day_ = read(event.getDayBegan()).date;
      break;
    case wire::Event::EPOCH_BEGAN:
      epochs_.push_back(read(event.getEpochBegan()));
      break;
    default:  // of another aggregate
      return;
  }
  ++revision_;
}

void Reference::on(const schema::RuleSetPublished& event) {
  const auto behind = std::ranges::upper_bound(rule_sets_, event.rules.valid_from, {},
                                               &schema::RuleSet::valid_from);
  rule_sets_.insert(behind, event.rules);
}

void Reference::on(const schema::RuleSetRenewed& event) {
  for (schema::RuleSet& rules : rule_sets_) {
    if (rules.version == event.version) rules.valid_until = event.valid_until;
  }
}

void Reference::on(const schema::UnitRegistered& event) {
  Unit unit;
  unit.unit_id = event.unit_id;
  unit.kind = event.kind;
  unit.name = event.name;
  unit.name_en = event.name_en;
  unit.parent = event.parent;
  unit.division_code = event.division_code;
  unit.aliases = event.aliases;
  unit.valid_from = event.valid_from;
  units_.insert_or_assign(event.unit_id, std::move(unit));
}

void Reference::on(const schema::UnitRenamed& event) {
  Unit* unit = find_in(units_, event.unit_id);
  if (unit == nullptr) return;
  // Papers go on using the old name, so it stays one by which the unit is recognised.
  if (unit->name != event.name) unit->aliases.push_back(unit->name);
  unit->name = event.name;
  unit->name_en = event.name_en;
}

void Reference::on(const schema::UnitClosed& event) {
  if (Unit* unit = find_in(units_, event.unit_id)) unit->valid_until = event.until;
}

void Reference::on(const schema::PersonRegistered& event) {
  Person person;
  person.person_id = event.person_id;
  person.name = event.name;
  person.title = event.title;
  persons_.insert_or_assign(event.person_id, std::move(person));
}

void Reference::on(const schema::RoleGranted& event, CivilDate occurred_on) {
  Person* person = find_in(persons_, event.person_id);
  if (person == nullptr) return;
  person->roles.push_back({event.unit_id, event.role, event.from, event.until});
  const schema::RuleSet* rules = rules_on(occurred_on);
  const schema::Role* granted = rules == nullptr ? nullptr : role(*rules, event.role);
  if (granted != nullptr && granted->administers) has_administrator_ = true;
}

void Reference::on(const schema::RoleRevoked& event, CivilDate occurred_on) {
  Person* person = find_in(persons_, event.person_id);
  if (person == nullptr) return;
  const CivilDate last{occurred_on.days - 1};
  std::erase_if(person->roles, [&](RoleHeld& held) {
    if (held.unit_id != event.unit_id || held.role != event.role) return false;
    if (held.from > last) return true;  // never begun
    if (!held.until || *held.until > last) held.until = last;
    return false;
  });
}

void Reference::on(const schema::TokenIssued& event) {
  tokens_.insert_or_assign(event.token_id, Token{event.token_id, event.person_id,
                                                 event.secret_sha256, event.expires_on, false});
  token_by_secret_.insert_or_assign(event.secret_sha256, event.token_id);
}

void Reference::on(const schema::TokenRevoked& event) {
  if (Token* token = find_in(tokens_, event.token_id)) token->revoked = true;
}

void Reference::on(const schema::ChainDefined& event) {
  Chain chain;
  chain.chain_id = event.chain_id;
  chain.name = event.name;
  chain.name_en = event.name_en;
  chain.from = event.from;
  chains_.insert_or_assign(event.chain_id, std::move(chain));
}

void Reference::on(const schema::ChainLeadAssigned& event) {
  Chain* chain = find_in(chains_, event.chain_id);
  if (chain == nullptr) return;
  // Of two assignments from one day the later entry speaks, so it stands behind.
  const auto behind = std::ranges::upper_bound(chain->lead_units, event.from, {},
                                               &std::pair<CivilDate, std::string>::first);
  chain->lead_units.insert(behind, {event.from, event.unit_id});
}

void Reference::on(const schema::CalendarDaysSet& event) {
  std::vector<DayEntry> days;
  days.reserve(event.days.size());
  for (const schema::CalendarDay& day : event.days) {
    days.push_back(
        {day.date,
         day.kind == schema::DayKind::workday ? DayEntryKind::workday : DayEntryKind::holiday,
         day.name});
  }
  calendar_.publish_list(event.layer, event.year, std::move(days));
}

const Unit* Reference::unit(std::string_view unit_id) const { return find_in(units_, unit_id); }

const Person* Reference::person(std::string_view person_id) const {
  return find_in(persons_, person_id);
}

const Chain* Reference::chain(std::string_view chain_id) const {
  return find_in(chains_, chain_id);
}

const schema::ApprovalItemDefined* Reference::item(std::string_view item_id) const {
  return find_in(items_, item_id);
}

const Token* Reference::token(std::string_view token_id) const {
  return find_in(tokens_, token_id);
}

const Token* Reference::token_by_secret(std::string_view secret_sha256) const {
  const std::string* token_id = find_in(token_by_secret_, secret_sha256);
  return token_id == nullptr ? nullptr : token(*token_id);
}

const schema::RuleSet* Reference::rules_on(CivilDate day) const {
  const auto behind = std::ranges::upper_bound(rule_sets_, day, {}, &schema::RuleSet::valid_from);
  return behind == rule_sets_.begin() ? nullptr : &*std::prev(behind);
}

const schema::RuleSet* Reference::rules_by_version(std::string_view version) const {
  const auto found = std::ranges::find(rule_sets_, version, &schema::RuleSet::version);
  return found == rule_sets_.end() ? nullptr : &*found;
}

bool Reference::lapsed(const schema::RuleSet& rules, CivilDate day) const {
  return rules.valid_until < day;
}

const schema::UnitKind* Reference::kind_of(const Unit& unit, const schema::RuleSet& rules) const {
  return find_code(rules.unit_kinds, unit.kind);
}

const schema::Role* Reference::role(const schema::RuleSet& rules, std::string_view code) const {
  return find_code(rules.roles, code);
}

const schema::LeadClass* Reference::lead_class(const schema::RuleSet& rules,
                                               std::string_view code) const {
  return find_code(rules.lead_classes, code);
}

bool Reference::within(std::string_view unit, std::string_view ancestor) const {
  // A parent is registered before what stands below it, so the way up ends; the bound keeps that
  // true for any log.
  for (std::size_t steps = 0; steps <= units_.size(); ++steps) {
    if (unit == ancestor) return true;
    const Unit* here = this->unit(unit);
    if (here == nullptr || !here->parent) return false;
    unit = *here->parent;
  }
  return false;
}

std::optional<std::string> Reference::chain_lead(std::string_view chain_id, CivilDate day) const {
  const Chain* chain = this->chain(chain_id);
  if (chain == nullptr) return std::nullopt;
  const auto behind = std::ranges::upper_bound(chain->lead_units, day, {},
                                               &std::pair<CivilDate, std::string>::first);
  if (behind == chain->lead_units.begin()) return std::nullopt;
  return std::prev(behind)->second;
}

std::vector<std::string> Reference::calendar_layers(std::string_view unit_id) const {
  std::vector<std::string> below;  // the unit first
  for (const Unit* here = unit(unit_id); here != nullptr && below.size() < units_.size();
       here = here->parent ? unit(*here->parent) : nullptr) {
    below.push_back(here->unit_id);
  }
  std::vector<std::string> layers{std::string(kNationalLayer), std::string(kRegionLayer)};
  layers.insert(layers.end(), below.rbegin(), below.rend());
  return layers;
}

}  // namespace silkledger::domain
