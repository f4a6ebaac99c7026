// What the two halves of the project view share: events of the project itself (project_view.cpp)
// and of its contracts and funds (project_sums.cpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "projections/view.h"

namespace silkledger::projections {

inline std::string note_of(std::string_view kind, std::string_view id) {
  return std::string(kind) + "/" + std::string(id);
}

// Changes a project by an event of another stream.
template <class Change>
void touch(Fold& fold, const EventInput& input, std::string_view project_id, Change change) {
  auto row = fold.existing<schema::ProjectRow>(project_id);
  row.position = input.position;
  change(row);
  fold.put(std::move(row));
}

inline bool has_ended(const schema::ProjectRow& row) {
  return row.library == schema::Library::closed;
}

// Stages only advance: a milestone entered late does not take a project back.
inline void advance(schema::ProjectRow& row, schema::Stage stage) {
  if (has_ended(row)) return;
  if (row.stage == schema::Stage::reserve || row.stage < stage) row.stage = stage;
}

// Contracts and their tier (Art. 22), funds in place (Art. 26).
void fold_project_sums(Fold& fold, const EventInput& input);

}  // namespace silkledger::projections
