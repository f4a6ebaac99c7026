// What happened, as one plain sentence in Chinese and in English: what a person reads in a history.
//
// "2026-03-05 张·某（叶城县）上报到位资金 1,200.00 万元，凭证为银行回单"
//
// Pure. The sentence says what the event says and nothing that would have to be looked up elsewhere
// but names.
#pragma once

#include <string>
#include <string_view>

#include "domain/kernel/text.h"
#include "domain/schema/event.values.h"

namespace silkledger::domain {

// Turns ids into what people call them; an unknown id comes back as it is.
class Names {
 public:
  virtual ~Names() = default;
  virtual std::string person(
      std::string_view person_id) const = 0;  // masked for those who may not see it
  virtual Text unit(std::string_view unit_id) const = 0;
  virtual Text chain(std::string_view chain_id) const = 0;
  virtual Text item(std::string_view item_id) const = 0;
  // Of a kind: "lead-class", "criterion", "role", "unit-kind", "circle".
  virtual Text code(std::string_view kind, std::string_view code) const = 0;
};

// With the day, the actor and the acting unit in front.
Text sentence(const schema::StoredEvent& stored, const Names& names);

// Only what happened.
Text predicate(const schema::Event& event, const Names& names);

}  // namespace silkledger::domain
