#include "domain/landing/work_group.h"

#include <algorithm>
#include <utility>

#include "domain/checks.h"
#include "domain/landing/landed.h"
#include "domain/registry/reference.h"
#include "domain/schema/event.wire.h"
#include "domain/schema/registry.meta.h"
#include "domain/states.h"

namespace silkledger::domain {
namespace {

using Kind = Rejection::Kind;
using Status = WorkGroupState::Status;

constexpr std::string_view kArticle = "22";
const Text kProject{"项目", "project"};

Decision one(schema::Event event) { return {{recorded(std::move(event))}}; }

const WorkGroupState& group_in(const Checks& check, std::string_view project_id) {
  return check.context().states.get<WorkGroupState>(project_id);
}

// By the formal contract as it stands; 0 without one.
std::int32_t tier_of(const Checks& check, std::string_view project_id) {
  States& states = check.context().states;
  const ProjectState& project = states.get<ProjectState>(project_id);
  if (!project.contract_id) return 0;
  const ContractState& contract = states.get<ContractState>(*project.contract_id);
  return contract.tier ? contract.tier->tier : 0;
}

// Art. 22: the zone or county that manages the project forms its group.
Objection is_own_project(const Checks& check, std::string_view project_id) {
  const ProjectState& project = check.context().states.get<ProjectState>(project_id);
  if (auto no = check.exists(project.exists(), kProject, project_id, "/projectId")) return no;
  return check.own_unit(project.unit_id);
}

Objection group_works(const Checks& check, std::string_view project_id) {
  if (auto no = is_own_project(check, project_id)) return no;
  if (group_in(check, project_id).formed()) return {};
  return check.reject(Kind::wrong_state, "no-work-group", "/projectId",
                      {"该项目没有工作组。", "No working group works on the project."},
                      {"请先成立项目工作组。", "Form one first."});
}

// What a group would be after the command, against what the rules ask of it.
struct Composition {
  schema::SponsorLevel level;
  std::size_t departments;
};

// What deviates, in words; nothing where all is as the rules ask.
std::optional<Text> deviates(const schema::WorkGroupRule& rule, const Composition& group) {
  const auto least = static_cast<std::size_t>(rule.departments_least);
  const auto most = static_cast<std::size_t>(rule.departments_most);
  if (group.level < rule.sponsor) {
    const std::string asked(schema::zh(rule.sponsor));
    return Text{"本档项目原则上由" + asked + "包联",
                "In principle a project of this tier is sponsored at the level " +
                    quoted_en(schema::name(rule.sponsor))};
  }
  if (group.departments >= least && group.departments <= most) return std::nullopt;
  const std::string range = std::to_string(least) + "–" + std::to_string(most);
  const std::string has = std::to_string(group.departments);
  return Text{"成员部门原则上为 " + range + " 个，现为 " + has + " 个",
              "In principle a group has " + range + " departments; this one would have " + has};
}

Objection deviation_is_explained(const Checks& check, std::int32_t tier, const Composition& group,
                                 const std::optional<std::string>& deviation) {
  const auto rule = work_group_rule(check.context().rules, tier);
  const auto what = rule ? deviates(*rule, group) : std::nullopt;
  if (!what || deviation) return check.words_if_stated(deviation, "/deviation");
  return check.reject(Kind::invalid, "deviation-needs-reason", "/deviation",
                      {what->zh + "。", what->en + "."},
                      {"请按规定组成，或在 deviation 中写明理由。",
                       "Compose it as the rules ask, or say in `deviation` why not."});
}

Objection somebody_works(const Checks& check, const std::vector<std::string>& departments) {
  if (!departments.empty()) return check.units_once(departments, "/departments");
  return check.reject(Kind::invalid, "no-department", "/departments",
                      {"工作组没有成员部门。", "The group has no department."},
                      {"请至少确定一个职能部门。", "Name at least one department."});
}

}  // namespace

const WorkGroupState::Member* WorkGroupState::member(std::string_view unit_id) const {
  const auto found = std::ranges::find(members, unit_id, &Member::unit_id);
  return found == members.end() ? nullptr : &*found;
}

std::optional<schema::WorkGroupRule> work_group_rule(const schema::RuleSet& rules,
                                                     std::int32_t tier) {
  using schema::SponsorLevel;
  // Art. 22: one county leader for tier 1, one principal leader for tier 2, two or three
  // departments.
  static const std::vector<schema::WorkGroupRule> kOfTheArticle = {
      {1, SponsorLevel::county_leader, 2, 3}, {2, SponsorLevel::county_principal, 2, 3}};
  std::optional<schema::WorkGroupRule> found;
  for (const schema::WorkGroupRule& rule : rules.work_groups.value_or(kOfTheArticle)) {
    if (rule.tier <= tier && (!found || rule.tier > found->tier)) found = rule;
  }
  return found;
}

void evolve(WorkGroupState& state, wire::Event::Reader event, const EventPlace&) {
  using schema::read;
  switch (event.which()) {
    case wire::Event::WORK_GROUP_FORMED: {
      auto formed = read(event.getWorkGroupFormed());
      state = WorkGroupState();
      state.status = Status::formed;
      state.sponsor = std::move(formed.sponsor);
      state.sponsor_level = formed.sponsor_level;
      state.lead_service_unit = std::move(formed.lead_service_unit);
      for (std::string& unit_id : formed.departments) {
        state.members.push_back({std::move(unit_id), std::nullopt});
      }
      return;
    }
    case wire::Event::WORK_GROUP_LEADER_SET: {
      auto set = read(event.getWorkGroupLeaderSet());
      state.sponsor = std::move(set.sponsor);
      state.sponsor_level = set.sponsor_level;
      return;
    }
    case wire::Event::WORK_GROUP_MEMBER_SET: {
      const auto set = read(event.getWorkGroupMemberSet());
      const auto at =
          std::ranges::find(state.members, set.unit_id, &WorkGroupState::Member::unit_id);
      if (at == state.members.end()) {
        state.members.push_back({set.unit_id, set.contact});
      } else {
        at->contact = set.contact;
      }
      return;
    }
    case wire::Event::WORK_GROUP_MEMBER_REMOVED: {
      const auto removed = read(event.getWorkGroupMemberRemoved());
      std::erase_if(state.members,
                    [&](const auto& member) { return member.unit_id == removed.unit_id; });
      return;
    }
    case wire::Event::WORK_GROUP_LEAD_SERVICE_UNIT_SET:
      state.lead_service_unit = read(event.getWorkGroupLeadServiceUnitSet()).unit_id;
      return;
    case wire::Event::WORK_GROUP_DISSOLVED:
      state.status = Status::dissolved;
      return;
    default:  // of another aggregate
      return;
  }
}

Result<Decision> decide(const schema::WorkGroupFormed& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = is_own_project(check, stated.project_id)) return *no;
  if (auto no = project_has_landed(check, stated.project_id)) return *no;
  const std::int32_t tier = tier_of(check, stated.project_id);
  if (tier == 0) {
    return check.reject(Kind::wrong_state, "project-without-tier", "/projectId",
                        {"该项目未达到任何档次，条文不要求成立工作组。",
                         "The project is of no tier: no working group is asked for."},
                        {"签订正式协议或变更协议后，系统会重新认定档次。",
                         "The tier is determined when a formal agreement is signed or amended."});
  }
  if (group_in(check, stated.project_id).formed()) {
    return check.reject(Kind::already_exists, "work-group-already-formed", "/projectId",
                        {"该项目已有工作组。", "The project has its working group."},
                        {"请调整现有工作组，或先撤销。", "Change it, or dissolve it first."});
  }
  if (auto no = check.person_known(stated.sponsor, "/sponsor")) return *no;
  if (auto no = check.unit_exists(stated.lead_service_unit, "/leadServiceUnit")) return *no;
  if (auto no = somebody_works(check, stated.departments)) return *no;
  const Composition group{stated.sponsor_level, stated.departments.size()};
  if (auto no = deviation_is_explained(check, tier, group, stated.deviation)) return *no;
  return one(stated);
}

Result<Decision> decide(const schema::WorkGroupLeaderSet& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = group_works(check, stated.project_id)) return *no;
  if (auto no = check.person_known(stated.sponsor, "/sponsor")) return *no;
  const WorkGroupState& state = group_in(check, stated.project_id);
  if (state.sponsor == stated.sponsor && state.sponsor_level == stated.sponsor_level) {
    return check.reject(Kind::wrong_state, "nothing-changed", "/sponsor",
                        {"包联领导没有变化。", "The sponsor is the one it has."},
                        {"请填写新的包联领导。", "Name another."});
  }
  const Composition group{stated.sponsor_level, state.members.size()};
  if (auto no = deviation_is_explained(check, tier_of(check, stated.project_id), group,
                                       stated.deviation)) {
    return *no;
  }
  return one(stated);
}

Result<Decision> decide(const schema::WorkGroupMemberSet& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = group_works(check, stated.project_id)) return *no;
  if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  if (stated.contact) {
    if (auto no = check.person_known(*stated.contact, "/contact")) return *no;
  }
  const WorkGroupState& state = group_in(check, stated.project_id);
  const WorkGroupState::Member* member = state.member(stated.unit_id);
  if (member != nullptr) {
    if (member->contact != stated.contact) return one(stated);
    return check.reject(
        Kind::wrong_state, "nothing-changed", "/unitId",
        {"该部门已是成员，联系人没有变化。", "The department is a member, with the same contact."},
        {"无需重复办理。", "Nothing is left to do."});
  }
  const Composition group{state.sponsor_level, state.members.size() + 1};
  if (auto no = deviation_is_explained(check, tier_of(check, stated.project_id), group,
                                       stated.deviation)) {
    return *no;
  }
  return one(stated);
}

Result<Decision> decide(const schema::WorkGroupMemberRemoved& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = group_works(check, stated.project_id)) return *no;
  const WorkGroupState& state = group_in(check, stated.project_id);
  if (state.member(stated.unit_id) == nullptr) {
    const Text unit = unit_label(context, stated.unit_id);
    return check.reject(
        Kind::not_found, "not-a-member", "/unitId",
        {unit.zh + "不是该工作组的成员部门。", unit.en + " is no department of the group."},
        {"请核对单位编号。", "Check the id."});
  }
  if (state.members.size() == 1) {
    return check.reject(Kind::wrong_state, "last-department", "/unitId",
                        {"这是工作组唯一的成员部门。", "It is the group's only department."},
                        {"请先确定接替的部门，或撤销工作组。",
                         "Name another department first, or dissolve the group."});
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  const Composition group{state.sponsor_level, state.members.size() - 1};
  if (auto no = deviation_is_explained(check, tier_of(check, stated.project_id), group,
                                       stated.deviation)) {
    return *no;
  }
  return one(stated);
}

Result<Decision> decide(const schema::WorkGroupLeadServiceUnitSet& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = group_works(check, stated.project_id)) return *no;
  if (auto no = check.unit_exists(stated.unit_id, "/unitId")) return *no;
  if (group_in(check, stated.project_id).lead_service_unit != stated.unit_id) return one(stated);
  return check.reject(Kind::wrong_state, "nothing-changed", "/unitId",
                      {"牵头服务单位没有变化。", "The lead service unit is the one it has."},
                      {"请填写新的牵头服务单位。", "Name another."});
}

Result<Decision> decide(const schema::WorkGroupDissolved& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = group_works(check, stated.project_id)) return *no;
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  return one(stated);
}

}  // namespace silkledger::domain
