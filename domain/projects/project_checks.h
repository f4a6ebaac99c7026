// What the deciders of projects, evaluations and contracts ask of a project. For domain/projects
// alone.
#pragma once

#include <string_view>

#include "domain/checks.h"
#include "domain/projects/project.h"

namespace silkledger::domain {

// Known and not ended.
Objection project_goes_on(const Checks& check, const ProjectState& project,
                          std::string_view project_id, std::string_view pointer);
// The same, and the actor's own.
Objection project_is_active(const Checks& check, const ProjectState& project,
                            std::string_view project_id, std::string_view pointer);
// Active, and not signed yet.
Objection project_negotiates(const Checks& check, const ProjectState& project,
                             std::string_view project_id, std::string_view pointer);
// Art. 20: what concerns the six classes is the office's, everything else the managing unit's.
Objection may_evaluate(const Checks& check, const ProjectState& project);

}  // namespace silkledger::domain
