#include "projections/view.h"

#include <algorithm>
#include <set>

#include "projections/past.h"
#include "projections/views/views.h"

namespace silkledger::projections {

// A view stands behind those it reads: it then sees their rows after the event it folds.
Catalogue catalogue() {
  return {
      lead_view(),       project_view(),     progress_view(),   approval_view(),
      fund_view(),       evaluation_view(),  audit_view(),      unit_view(),
      person_view(),     item_view(),        chain_view(),      duty_view(),
      problem_view(),    meeting_view(),     action_view(),     work_group_view(),
      risk_view(),       chain_graph_view(), offer_view(),      unit_plan_view(),
      enterprise_view(),
  };
}

std::vector<std::string> families_of(const Catalogue& catalogue) {
  std::vector<std::string> families;
  for (const View& view : catalogue) {
    families.push_back(view.name);
    families.push_back(past_family(view.name));
  }
  families.emplace_back(kEndsFamily);
  families.emplace_back(kRegistryFamily);
  return families;
}

Catalogue with_what_they_read(const Catalogue& catalogue, std::span<const std::string> views) {
  std::set<std::string> wanted(views.begin(), views.end());
  // What a view reads stands before it, so one way back finds everything.
  for (auto view = catalogue.rbegin(); view != catalogue.rend(); ++view) {
    if (wanted.contains(view->name)) wanted.insert(view->reads.begin(), view->reads.end());
  }
  Catalogue found;
  std::ranges::copy_if(catalogue, std::back_inserter(found),
                       [&](const View& view) { return wanted.contains(view.name); });
  return found;
}

}  // namespace silkledger::projections
