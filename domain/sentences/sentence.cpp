#include "domain/sentences/sentence.h"

#include "domain/decision.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain {

Text predicate(const schema::Event& event, const Names& names) {
  return std::visit([&](const auto& one) { return sentences::predicate(one, names); }, event);
}

Text sentence(const schema::StoredEvent& stored, const Names& names) {
  const bool by_system = stored.actor == kSystemActor;
  Text who = by_system ? Text{"系统", "The system"} : sentences::same(names.person(stored.actor));
  if (stored.acting_unit && !by_system) {
    const auto unit = names.unit(*stored.acting_unit);
    who = sentences::join({who, {"（" + unit.zh + "）", " (" + unit.en + ")"}});
  }
  const auto what = predicate(stored.event, names);
  return {to_string(stored.occurred_on) + " " + who.zh + what.zh,
          to_string(stored.occurred_on) + " " + who.en + " " + what.en};
}

}  // namespace silkledger::domain
