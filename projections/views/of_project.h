// Rows that belong to a project and copy from it who takes part (approvals, funds, evaluations).
//
// Notes "of/<project>/<row>" lead from a project to its rows.
// Pure.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "projections/view.h"
#include "projections/views/participants.h"

namespace silkledger::projections {

// Throws when there is no such project.
const schema::ProjectRow& project_of(Fold& fold, std::string_view project_id);

void set_of_project(Fold& fold, std::string_view project_id, std::string_view key);
std::vector<std::string> keys_of_project(Fold& fold, std::string_view project_id);

// Adds the events by which a project's name or units change to what a view folds.
void fold_what_changes_projects(View& view);

// The project that such an event changes; nothing for the others.
std::optional<std::string> changed_project(wire::Event::Reader event);

// The view's rows whose project this event may have changed in name or units.
template <class Row>
std::vector<std::string> rows_with_new_project(Fold& fold, const EventInput& input) {
  if (const auto project_id = changed_project(input.event())) {
    return keys_of_project(fold, *project_id);
  }
  const std::vector<std::string> chains = chains_with_new_lead(fold, input);
  if (chains.empty()) return {};
  std::vector<std::string> changed;
  for (const std::string& key : fold.keys<Row>()) {
    const auto& chain_id = project_of(fold, fold.get<Row>(key)->project_id).chain_id;
    if (chain_id && std::ranges::find(chains, *chain_id) != chains.end()) changed.push_back(key);
  }
  return changed;
}

}  // namespace silkledger::projections
