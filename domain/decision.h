// What a decider is given and what it gives back.
//
//   decide(stated facts, Context) → Decision or Rejection            pure: same arguments, same
//   answer evolve(state, event, EventPlace)                                 pure and total: never
//   refuses
//
// A decision may write to several streams at once (an evaluation that fails also ends its project);
// it is appended whole or not at all.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "domain/kernel/result.h"
#include "domain/kernel/time.h"
#include "domain/schema/command.values.h"
#include "domain/schema/event.values.h"

namespace silkledger::domain {

class Reference;
class States;

// Who acts. Made by access.h from a token; deciders trust it.
struct Actor {
  std::string person;        // person id, or "system"
  std::string unit;          // acting unit; empty for the system
  std::string on_behalf_of;  // person or unit id, or empty
  bool everything =
      false;  // acts in one of the units whose word is the prefecture's: any subject is its own
  friend bool operator==(const Actor&, const Actor&) = default;
};

inline constexpr std::string_view kSystemActor = "system";

// Everything a decision may depend on.
struct Context {
  const Actor& actor;
  CivilDate today;               // in Beijing, by the server's clock
  CivilDate occurred_on;         // stated business date; never after today
  const Reference& reference;    // units, people, rules, calendar: as of this point of the log
  const schema::RuleSet& rules;  // in force on occurred_on
  States& states;                // aggregates as of this point of the log
};

struct Fact {
  std::string stream;
  schema::Event event;
  std::string article;     // the article it was decided under
  bool by_system = false;  // a consequence that the rules drew, not the actor
  friend bool operator==(const Fact&, const Fact&) = default;
};

struct Decision {
  std::vector<Fact> facts;  // at least one, in order
  friend bool operator==(const Decision&, const Decision&) = default;
};

// The event as a fact of its own stream, under the article that the schema names for it.
Fact recorded(schema::Event event);

// Where an event stands in the log.
struct EventPlace {
  std::uint64_t position = 0;
  std::uint64_t version = 0;
  CivilDate occurred_on;
};

// The stream a command belongs to: its expected version is that stream's.
std::string stream_of(const schema::Command& command);
// The stream that an event is appended to.
std::string stream_of_event(const schema::Event& event);

// Its name in the API, "report-lead".
std::string_view name_of(const schema::Command& command);

// Finds the aggregate and lets it decide.
Result<Decision> decide(const schema::Command& command, const Context& context);

}  // namespace silkledger::domain
