// 挂图作战: the node plan and the light of every project under negotiation or signed (Art. 21).
//
// A light changes without any event of its project, by the day. So that a day looks only at the
// rows it can change, each row with something still to come has a note "next/<day>/<project>" at
// the first day on which it must be looked at again, and "at/<project>" says which day that is.
// Note "kept/<project>": the row of a project in reserve, whose plan goes on when it comes back.
#include "projections/views/views.h"

#include <algorithm>

#include "domain/schema/event.wire.h"
#include "projections/views/lights.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::ProgressRow;
using schema::ProjectRow;

std::string_view text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

// Ten digits in the order of the days, those before 1970 included.
std::string day_text(CivilDate day) {
  constexpr std::int64_t kBias = 2'147'483'648;
  const std::string digits = std::to_string(day.days + kBias);
  return std::string(10 - digits.size(), '0') + digits;
}

std::string next_note(std::string_view day, std::string_view project_id) {
  return "next/" + std::string(day) + "/" + std::string(project_id);
}
std::string at_note(std::string_view project_id) { return "at/" + std::string(project_id); }
std::string kept_note(std::string_view project_id) { return "kept/" + std::string(project_id); }

void look_again(Fold& fold, std::string_view project_id, std::optional<CivilDate> day) {
  const std::optional<std::string> text = day ? std::optional(day_text(*day)) : std::nullopt;
  const std::string note = at_note(project_id);
  const std::string* present = fold.note(note);
  if (present ? text == *present : !text) return;
  if (present) fold.erase_note(next_note(*present, project_id));
  if (!text) return fold.erase_note(note);
  fold.set_note(note, *text);
  fold.set_note(next_note(*text, project_id), "");
}

void copy_project(ProgressRow& row, const ProjectRow& project) {
  row.project_id = project.project_id;
  row.name = project.name;
  row.unit_id = project.unit_id;
  row.units = project.units;
  row.chain_id = project.chain_id;
  row.stage = project.stage;
  row.tier = project.tier;
  row.open_risks = project.open_risks;
  row.major = project.major;
  row.version = project.version;
}

// The day on which the row has to be looked at again: by its plan, or because a light set by hand
// has run out.
std::optional<CivilDate> next_look(const ProgressRow& row, CivilDate day) {
  const std::optional<CivilDate> by_plan = next_change(row, day);
  if (!row.overridden || !row.overridden->until) return by_plan;
  const CivilDate ran_out{row.overridden->until->days + 1};
  return by_plan ? std::min(*by_plan, ran_out) : ran_out;
}

// Sets what follows from plan, day and rules, and writes the row if anything in it is new.
void settle(Fold& fold, const EventInput& input, ProgressRow row, const ProgressRow* present) {
  const CivilDate day = today(fold, input);
  set_light(row, fold.reference().rules_on(day), day);
  const bool has_run_out = row.overridden && row.overridden->until && *row.overridden->until < day;
  if (has_run_out) row.overridden.reset();
  look_again(fold, row.project_id, next_look(row, day));
  if (present && row == *present) return;
  row.as_of = day;
  row.position = input.position;
  fold.put(std::move(row));
}

void take_off(Fold& fold, const ProjectRow& project, const ProgressRow& present) {
  const bool may_come_back = project.library == schema::Library::reserve;
  if (may_come_back) fold.set_note(kept_note(project.project_id), schema::encode(present));
  look_again(fold, project.project_id, std::nullopt);
  fold.erase<ProgressRow>(project.project_id);
}

// The row as it was, or as it was kept, or a new one.
ProgressRow row_to_change(Fold& fold, std::string_view project_id, const ProgressRow* present) {
  if (present) return *present;
  const std::string note = kept_note(project_id);
  const std::string* kept = fold.note(note);
  if (!kept) return {};
  auto row = schema::decode<ProgressRow>(*kept, schema::Trust::own);
  fold.erase_note(note);
  return std::move(row).value_or(ProgressRow());
}

// Brings the row of one project up to date; `change` changes its plan.
template <class Change>
void follow(Fold& fold, const EventInput& input, std::string_view project_id, Change change) {
  const ProjectRow* found = fold.get<ProjectRow>(project_id);
  if (!found) throw ImpossibleEvent("there is no project " + std::string(project_id));
  const ProjectRow& project = *found;
  const ProgressRow* present = fold.get<ProgressRow>(project_id);
  const bool is_shown = project.library == schema::Library::negotiating ||
                        project.library == schema::Library::signed_;
  if (!is_shown) {
    if (present) take_off(fold, project, *present);
    return;
  }
  ProgressRow row = row_to_change(fold, project_id, present);
  copy_project(row, project);
  change(row);
  settle(fold, input, std::move(row), present);
}

void follow(Fold& fold, const EventInput& input, std::string_view project_id) {
  follow(fold, input, project_id, [](ProgressRow&) {});
}

// ---------------------------------------------------------------- the plan

schema::ProgressNode* node_of(ProgressRow& row, std::string_view node_id) {
  const auto found = std::ranges::find(row.nodes, node_id, &schema::ProgressNode::node_id);
  return found == row.nodes.end() ? nullptr : &*found;
}

schema::ProgressNode& existing_node(ProgressRow& row, std::string_view node_id) {
  if (schema::ProgressNode* node = node_of(row, node_id)) return *node;
  throw ImpossibleEvent("the plan of project " + row.project_id + " has no node " +
                        std::string(node_id));
}

void set_plan(ProgressRow& row, const schema::ProjectPlanSet& event) {
  std::vector<schema::ProgressNode> nodes;
  for (const schema::PlanNode& planned : event.nodes) {
    schema::ProgressNode node;
    node.first_planned_on = planned.planned_on;
    // What was reached stays reached, and how often it slipped stays known, while the id is kept.
    if (const schema::ProgressNode* before = node_of(row, planned.node_id)) node = *before;
    node.node_id = planned.node_id;
    node.name = planned.name;
    node.planned_on = planned.planned_on;
    node.unit_id = planned.unit_id;
    nodes.push_back(std::move(node));
  }
  row.nodes = std::move(nodes);
}

void reach(ProgressRow& row, const schema::ProjectNodeReached& event) {
  schema::ProgressNode& node = existing_node(row, event.node_id);
  node.reached_on = event.reached_on;
  node.evidenced = event.evidence.has_value();
}

void slip(ProgressRow& row, const schema::ProjectNodeSlipped& event) {
  schema::ProgressNode& node = existing_node(row, event.node_id);
  node.planned_on = event.planned_on;
  ++node.slips;
}

// ---------------------------------------------------------------- a light set by hand

void override_light(const EventInput& input, ProgressRow& row,
                    const schema::ProjectLightOverridden& event) {
  row.overridden = {event.light, event.reason, event.until,
                    std::string(text_of(input.stored.getActor())), input.occurred_on()};
}

// ---------------------------------------------------------------- days and rules

// Some other rules may be in force than those a row was judged by.
bool may_have_new_rules(const Fold& fold, const EventInput& input) {
  if (!input.event().isDayBegan()) return true;
  if (!fold.day_before_event()) return true;
  const domain::Reference& reference = fold.reference();
  return reference.rules_on(*fold.day_before_event()) != reference.rules_on(today(fold, input));
}

void follow_day(Fold& fold, const EventInput& input) {
  std::vector<std::string> projects;
  if (may_have_new_rules(fold, input)) {
    projects = fold.keys<ProgressRow>();
  } else {
    const std::string last = next_note(day_text(today(fold, input)), "\x7f");
    for (const std::string& note : fold.note_keys("next/", last)) {
      projects.push_back(note.substr(note.rfind('/') + 1));
    }
  }
  for (const std::string& project_id : projects) follow(fold, input, project_id);
}

void follow_chain_leads(Fold& fold, const EventInput& input) {
  const std::vector<std::string> chains = chains_with_new_lead(fold, input);
  if (chains.empty()) return;
  for (const std::string& project_id : fold.keys<ProgressRow>()) {
    const auto& chain_id = fold.get<ProgressRow>(project_id)->chain_id;
    if (chain_id && std::ranges::find(chains, *chain_id) != chains.end()) {
      follow(fold, input, project_id);
    }
  }
}

// ---------------------------------------------------------------- the fold

// Risks, major list, lights set by hand (Art. 21, 27).
void fold_attention(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  const auto of_project = [&](auto reader) { follow(fold, input, text_of(reader.getProjectId())); };
  switch (event.which()) {
    case EventKind::PROJECT_RISK_RAISED:
      return of_project(event.getProjectRiskRaised());
    case EventKind::PROJECT_RISK_CLEARED:
      return of_project(event.getProjectRiskCleared());
    case EventKind::PROJECT_MAJOR_LISTED:
      return of_project(event.getProjectMajorListed());
    case EventKind::PROJECT_MAJOR_DELISTED:
      return of_project(event.getProjectMajorDelisted());
    case EventKind::PROJECT_LIGHT_OVERRIDDEN: {
      const auto set = read(event.getProjectLightOverridden());
      return follow(fold, input, set.project_id,
                    [&](ProgressRow& row) { override_light(input, row, set); });
    }
    case EventKind::PROJECT_LIGHT_RELEASED:
      return follow(fold, input, text_of(event.getProjectLightReleased().getProjectId()),
                    [](ProgressRow& row) { row.overridden.reset(); });
    default:
      return;
  }
}

// The project that an event of another kind belongs to, by what its row names.
void fold_progress(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  const auto of_project = [&](auto reader) { follow(fold, input, text_of(reader.getProjectId())); };
  switch (event.which()) {
    case EventKind::PROJECT_NEGOTIATION_OPENED:
      return of_project(event.getProjectNegotiationOpened());
    case EventKind::PROJECT_OPENING_RECORDED:
      return of_project(event.getProjectOpeningRecorded());
    case EventKind::PROJECT_CHAIN_ASSIGNED:
      return of_project(event.getProjectChainAssigned());
    case EventKind::PROJECT_NEGOTIATION_NOTED:
      return of_project(event.getProjectNegotiationNoted());
    case EventKind::PROJECT_PLAN_SET: {
      const auto set = read(event.getProjectPlanSet());
      return follow(fold, input, set.project_id, [&](ProgressRow& row) { set_plan(row, set); });
    }
    case EventKind::PROJECT_NODE_REACHED: {
      const auto reached = read(event.getProjectNodeReached());
      return follow(fold, input, reached.project_id,
                    [&](ProgressRow& row) { reach(row, reached); });
    }
    case EventKind::PROJECT_NODE_SLIPPED: {
      const auto slipped = read(event.getProjectNodeSlipped());
      return follow(fold, input, slipped.project_id, [&](ProgressRow& row) { slip(row, slipped); });
    }
    case EventKind::PROJECT_MILESTONE_REACHED:
      return of_project(event.getProjectMilestoneReached());
    case EventKind::PROJECT_TERMINATED:
      return of_project(event.getProjectTerminated());
    case EventKind::PROJECT_ENTERED_RESERVE:
      return of_project(event.getProjectEnteredReserve());
    case EventKind::PROJECT_SIGNING_URGED:
      return of_project(event.getProjectSigningUrged());
    case EventKind::PROJECT_EVALUATION_CONVENED:
      return of_project(event.getProjectEvaluationConvened());
    case EventKind::PROJECT_EVALUATED:
      return of_project(event.getProjectEvaluated());
    case EventKind::PROJECT_SIGNED:
      return of_project(event.getProjectSigned());
    case EventKind::PROJECT_CORRECTED:
      return of_project(event.getProjectCorrected());
    case EventKind::EVALUATION_CONVENED:
      return of_project(event.getEvaluationConvened());
    case EventKind::CONTRACT_SIGNED:
      return of_project(event.getContractSigned());
    case EventKind::CONTRACT_TIER_DETERMINED:
      return of_project(event.getContractTierDetermined());
    case EventKind::CHAIN_LEAD_ASSIGNED:
      return follow_chain_leads(fold, input);
    case EventKind::DAY_BEGAN:
      follow_chain_leads(fold, input);
      return follow_day(fold, input);
    case EventKind::RULE_SET_PUBLISHED:
      return follow_day(fold, input);
    default:
      return fold_attention(fold, input);
  }
}

}  // namespace

View progress_view() {
  return {.name = "progress",
          .version = 1,
          .folds =
              {
                  EventKind::PROJECT_NEGOTIATION_OPENED,
                  EventKind::PROJECT_OPENING_RECORDED,
                  EventKind::PROJECT_CHAIN_ASSIGNED,
                  EventKind::PROJECT_NEGOTIATION_NOTED,
                  EventKind::PROJECT_PLAN_SET,
                  EventKind::PROJECT_NODE_REACHED,
                  EventKind::PROJECT_NODE_SLIPPED,
                  EventKind::PROJECT_MILESTONE_REACHED,
                  EventKind::PROJECT_TERMINATED,
                  EventKind::PROJECT_ENTERED_RESERVE,
                  EventKind::PROJECT_SIGNING_URGED,
                  EventKind::PROJECT_EVALUATION_CONVENED,
                  EventKind::PROJECT_EVALUATED,
                  EventKind::PROJECT_SIGNED,
                  EventKind::PROJECT_CORRECTED,
                  EventKind::PROJECT_RISK_RAISED,
                  EventKind::PROJECT_RISK_CLEARED,
                  EventKind::PROJECT_MAJOR_LISTED,
                  EventKind::PROJECT_MAJOR_DELISTED,
                  EventKind::PROJECT_LIGHT_OVERRIDDEN,
                  EventKind::PROJECT_LIGHT_RELEASED,
                  EventKind::EVALUATION_CONVENED,
                  EventKind::CONTRACT_SIGNED,
                  EventKind::CONTRACT_TIER_DETERMINED,
                  EventKind::CHAIN_LEAD_ASSIGNED,
                  EventKind::DAY_BEGAN,
                  EventKind::RULE_SET_PUBLISHED,
              },
          .reads = {"project"},
          .fold = fold_progress};
}

}  // namespace silkledger::projections
