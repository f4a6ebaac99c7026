#include "projections/views/lights.h"

#include <algorithm>
#include <cstdint>

namespace silkledger::projections {
namespace {

bool is_due(const schema::ProgressNode& node, CivilDate day) { return node.planned_on <= day; }

schema::Light light_of(const schema::ProgressRow& row, const schema::RuleSet* rules) {
  using schema::Light;
  if (!rules || row.nodes.empty()) return Light::grey;
  const schema::Lights& lights = rules->lights;
  if (row.points_behind > lights.red_points_behind || row.days_overdue > lights.red_days_overdue) {
    return Light::red;
  }
  if (row.points_behind >= lights.yellow_points_behind ||
      row.days_overdue > lights.yellow_days_overdue) {
    return Light::yellow;
  }
  return Light::green;
}

}  // namespace

void set_light(schema::ProgressRow& row, const schema::RuleSet* rules, CivilDate day) {
  const auto all = static_cast<std::int32_t>(row.nodes.size());
  std::int32_t due = 0;
  std::int32_t reached = 0;
  std::int32_t days_overdue = 0;
  const schema::ProgressNode* next = nullptr;  // of two on one day the earlier in the plan
  for (const schema::ProgressNode& node : row.nodes) {
    if (is_due(node, day)) ++due;
    if (node.reached_on) {
      ++reached;
      continue;
    }
    if (is_due(node, day)) days_overdue = std::max(days_overdue, day.days - node.planned_on.days);
    if (!next || node.planned_on < next->planned_on) next = &node;
  }
  row.nodes_due = due;
  row.nodes_reached = reached;
  row.days_overdue = days_overdue;
  row.points_behind = all == 0 ? 0 : std::max(due - reached, 0) * 100 / all;
  row.next_node.reset();
  row.next_on.reset();
  if (next) {
    row.next_node = next->name;
    row.next_on = next->planned_on;
  }
  row.rule_set = rules ? rules->version : "none";
  row.light = light_of(row, rules);
}

std::optional<CivilDate> next_change(const schema::ProgressRow& row, CivilDate day) {
  std::optional<CivilDate> next;
  for (const schema::ProgressNode& node : row.nodes) {
    const bool is_overdue = !node.reached_on && is_due(node, day);
    if (is_overdue) return CivilDate{day.days + 1};  // one more day overdue
    // A node that was reached early still becomes due.
    if (!is_due(node, day) && (!next || node.planned_on < *next)) next = node.planned_on;
  }
  return next;
}

}  // namespace silkledger::projections
