// What deciders say no with: a Rejection under the rule set of the context, and the checks that
// every aggregate shares. Each check answers nothing when there is nothing to refuse.
//
// Pure. Pointers are JSON Pointers into the command, "/reason".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/kernel/name_rules.h"

namespace silkledger::domain {

Rejection refuse(const Context& context, Rejection::Kind kind, std::string_view code,
                 std::string_view article, Text message, Text remedy,
                 std::string_view pointer = {});

// A text that must say something and may not carry what name_rules.h refuses.
std::optional<Rejection> refuse_text(const Context& context, std::string_view article,
                                     std::string_view text, TextKind kind,
                                     std::string_view pointer);

// Two stated or known days that must be in order, earlier ≤ later. `pointer` names the field to put
// right.
struct NamedDay {
  CivilDate day;
  std::string_view zh;
  std::string_view en;
};
std::optional<Rejection> refuse_order(const Context& context, std::string_view article,
                                      NamedDay earlier, NamedDay later, std::string_view pointer);
// A stated day of something that happened: not after the business date, which is not after today.
std::optional<Rejection> refuse_future(const Context& context, std::string_view article,
                                       NamedDay stated, std::string_view pointer);

// The id is known and the unit exists on that day.
std::optional<Rejection> refuse_unit(const Context& context, std::string_view article,
                                     std::string_view unit_id, CivilDate day,
                                     std::string_view pointer);

// The subject belongs to the actor: its unit is the acting unit or stands below it, or the actor's
// word is the prefecture's (Actor::everything), or the system acts.
bool is_own_unit(const Context& context, std::string_view subject_unit);
std::optional<Rejection> refuse_foreign(const Context& context, std::string_view article,
                                        std::string_view subject_unit);

// "the name of the unit (id)", or the id alone when it is not known; for messages.
Text unit_label(const Context& context, std::string_view unit_id);

Text operator+(Text left, const Text& right);

}  // namespace silkledger::domain
