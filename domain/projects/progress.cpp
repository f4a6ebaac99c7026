// Art. 21: the node plan and the milestones of a project that is being carried forward.
#include <algorithm>
#include <set>
#include <utility>

#include "domain/checks.h"
#include "domain/projects/project.h"
#include "domain/projects/project_checks.h"
#include "domain/states.h"

namespace silkledger::domain {

namespace {

using Kind = Rejection::Kind;
using schema::Milestone;
using schema::OpeningStage;

Objection check_nodes(const Checks& check, const std::vector<schema::PlanNode>& nodes) {
  if (nodes.empty()) {
    return check.reject(Kind::invalid, "plan-empty", "/nodes",
                        {"节点计划没有节点。", "The plan has no node."},
                        {"请至少填写一个节点。", "State at least one node."});
  }
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::string pointer = "/nodes/" + std::to_string(i);
    const schema::PlanNode& node = nodes[i];
    if (!ids.insert(node.node_id).second) {
      return check.reject(Kind::invalid, "node-twice", pointer + "/nodeId",
                          {"节点编号" + quoted_zh(node.node_id) + "重复。",
                           "The node id " + quoted_en(node.node_id) + " is used twice."},
                          {"请为每个节点使用不同的编号。", "Give every node an id of its own."});
    }
    if (auto no = check.name(node.name, pointer + "/name")) return no;
    if (node.unit_id) {
      if (auto no = check.unit_exists(*node.unit_id, pointer + "/unitId")) return no;
    }
  }
  return {};
}

Objection keeps_reached_nodes(const Checks& check, const ProjectState& project,
                              const std::vector<schema::PlanNode>& nodes) {
  for (const ProjectState::Node& before : project.nodes) {
    if (!before.reached_on) continue;
    const bool kept = std::any_of(nodes.begin(), nodes.end(), [&](const schema::PlanNode& node) {
      return node.node_id == before.node_id;
    });
    if (kept) continue;
    return check.reject(
        Kind::invalid, "reached-node-dropped", "/nodes",
        {"已完成的节点" + quoted_zh(before.node_id) + "不在新计划中。",
         "The node " + quoted_en(before.node_id) + " was reached and is not in the new plan."},
        {"请在新计划中保留已完成的节点。", "Keep the nodes that were reached."});
  }
  return {};
}

// Known, of an active project and not reached.
Objection node_is_open(const Checks& check, const ProjectState& project,
                       const std::string& node_id) {
  const ProjectState::Node* node = project.node(node_id);
  if (auto no = check.exists(node != nullptr, {"节点", "node"}, node_id, "/nodeId")) return no;
  if (!node->reached_on) return {};
  const std::string day = to_string(*node->reached_on);
  return check.reject(Kind::wrong_state, "node-already-reached", "/nodeId",
                      {"节点" + quoted_zh(node_id) + "已于 " + day + " 完成。",
                       "The node " + quoted_en(node_id) + " was reached on " + day + "."},
                      {"请选择尚未完成的节点。", "Choose a node that is not reached."});
}

// An opening entry of that stage or a later one tells that the milestone was passed, not when.
bool passed_before_ledger(const ProjectState& project, Milestone milestone) {
  if (!project.opening) return false;
  switch (milestone) {
    case Milestone::construction_started:
      return *project.opening == OpeningStage::under_construction ||
             *project.opening == OpeningStage::producing;
    case Milestone::production_started:
      return *project.opening == OpeningStage::producing;
    default:
      return false;
  }
}

Objection milestone_in_order(const Checks& check, const ProjectState& project,
                             const schema::ProjectMilestoneReached& stated) {
  const Text construction_day{"开工日期", "the start of construction"};
  const Text production_day{"投产日期", "the start of production"};
  const auto construction = project.reached(Milestone::construction_started);
  const auto production = project.reached(Milestone::production_started);
  if (stated.milestone == Milestone::construction_started && production) {
    return check.in_order(stated.reached_on, construction_day, *production, production_day,
                          "/reachedOn");
  }
  if (stated.milestone != Milestone::production_started) return {};
  if (construction) {
    return check.in_order(*construction, construction_day, stated.reached_on, production_day,
                          "/reachedOn");
  }
  if (passed_before_ledger(project, Milestone::construction_started)) return {};
  return check.reject(
      Kind::wrong_state, "construction-not-started", "/milestone",
      {"项目尚未开工，不能投产。", "Construction has not started, so production cannot have."},
      {"请先登记开工。", "Record the start of construction first."});
}

}  // namespace

Result<Decision> decide(const schema::ProjectPlanSet& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = check_nodes(check, stated.nodes)) return *no;
  if (auto no = keeps_reached_nodes(check, project, stated.nodes)) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectNodeReached& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = node_is_open(check, project, stated.node_id)) return *no;
  if (auto no =
          check.happened(stated.reached_on, {"完成日期", "the day of completion"}, "/reachedOn")) {
    return *no;
  }
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectNodeSlipped& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (auto no = node_is_open(check, project, stated.node_id)) return *no;
  if (project.node(stated.node_id)->planned_on == stated.planned_on) {
    return check.reject(Kind::invalid, "date-unchanged", "/plannedOn",
                        {"调整后的日期与原计划日期相同。", "The new day is the planned day."},
                        {"请填写不同的日期。", "State another day."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return only(check.fact(stated));
}

Result<Decision> decide(const schema::ProjectMilestoneReached& stated, const Context& context) {
  const Checks check(context, "21");
  const ProjectState& project = context.states.get<ProjectState>(stated.project_id);
  if (auto no = project_is_active(check, project, stated.project_id, "/projectId")) return *no;
  if (project.status != ProjectState::Status::signed_ && !project.opening) {
    return check.reject(Kind::wrong_state, "project-not-signed", "/projectId",
                        {"项目尚未正式签约，没有里程碑可登记。",
                         "The project is not signed; it has no milestones yet."},
                        {"请先登记正式协议。", "Record the formal contract first."});
  }
  if (const auto before = project.reached(stated.milestone)) {
    const std::string day = to_string(*before);
    return check.reject(
        Kind::wrong_state, "milestone-already-reached", "/milestone",
        {"该里程碑已于 " + day + " 达成。", "This milestone was reached on " + day + "."},
        {"请选择尚未达成的里程碑。", "Choose a milestone that is not reached."});
  }
  if (auto no =
          check.happened(stated.reached_on, {"达成日期", "the day it was reached"}, "/reachedOn")) {
    return *no;
  }
  if (auto no = milestone_in_order(check, project, stated)) return *no;
  return only(check.fact(stated));
}

}  // namespace silkledger::domain
