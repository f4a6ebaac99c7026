#include "server/core/names.h"

#include "domain/registry/circles.h"

namespace silkledger::server {
namespace {

// The newest rule set that knows the code gives its name; `list` picks the codes of one kind.
template <class List>
std::optional<Text> named(const schema::RuleSet& rules, const List& list, std::string_view code) {
  for (const auto& entry : rules.*list) {
    if (entry.code == code) return Text{entry.zh, entry.en};
  }
  return std::nullopt;
}

}  // namespace

std::string ReferenceNames::person(std::string_view person_id) const {
  const auto* person = reference_.person(person_id);
  if (!person) return std::string(person_id);
  if (unsealer_) {
    if (auto name = unsealer_->unseal(person->name)) return *name;
  }
  return std::string(json::kMask);
}

Text ReferenceNames::unit(std::string_view unit_id) const {
  const auto* unit = reference_.unit(unit_id);
  if (!unit) return {std::string(unit_id), std::string(unit_id)};
  return {unit->name, unit->name_en};
}

Text ReferenceNames::chain(std::string_view chain_id) const {
  const auto* chain = reference_.chain(chain_id);
  if (!chain) return {std::string(chain_id), std::string(chain_id)};
  return {chain->name, chain->name_en};
}

Text ReferenceNames::item(std::string_view item_id) const {
  const auto* item = reference_.item(item_id);
  if (!item) return {std::string(item_id), std::string(item_id)};
  return {item->name, item->name};
}

Text ReferenceNames::code(std::string_view kind, std::string_view code) const {
  const Text itself{std::string(code), std::string(code)};
  const auto* rules = reference_.rules_on(reference_.current_day().value_or(CivilDate{}));
  if (!rules) return itself;
  std::optional<Text> found;
  if (kind == "lead-class") found = named(*rules, &schema::RuleSet::lead_classes, code);
  if (kind == "criterion") found = named(*rules, &schema::RuleSet::criteria, code);
  if (kind == "role") found = named(*rules, &schema::RuleSet::roles, code);
  if (kind == "circle") {
    for (const schema::Circle& circle : domain::circles_of(*rules)) {
      if (circle.code == code) found = Text{circle.zh, circle.en};
    }
  }
  if (kind == "unit-kind") found = named(*rules, &schema::RuleSet::unit_kinds, code);
  return found.value_or(itself);
}

}  // namespace silkledger::server
