// Who follows a project besides the unit that manages it, and for whom somebody acts (Art. 27, 28).
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "domain/checks.h"
#include "domain/projects/project.h"

namespace silkledger::domain {

// The actor's unit is that unit, stands above it or below it. The prefecture's word is not enough:
// this is asked where a unit has to speak for itself.
bool acts_for(const Context& context, std::string_view unit_id);

// Art. 9, 28: the actor acts for the unit that leads the project's chain on the stated day.
bool acts_for_chain_lead(const Context& context, const ProjectState& project);

// Who tracks a project: its managing unit, its chain-lead unit, the office.
Objection follows_project(const Checks& check, const ProjectState& project);

// The unit that was given a task, one above or below it, or the office for it.
Objection owner_acts(const Checks& check, std::string_view owner_unit);

// A day until which something is to be done: not before the day on which that is said.
Objection due_ahead(const Checks& check, CivilDate due, std::string_view pointer);

}  // namespace silkledger::domain
