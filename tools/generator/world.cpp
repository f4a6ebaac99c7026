#include "tools/generator/world.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tools/generator/draw.h"

namespace silkledger::generator {
namespace {

// Kinds of unit that the generator adds to, if the rule set knows them.
constexpr std::string_view kBranchKind = "branch";
constexpr std::string_view kStationKind = "station";
constexpr std::string_view kChainLeadKind = "chain-lead";
constexpr std::string_view kZoneKind = "zone";
constexpr std::string_view kDepartmentKind = "department";

struct BranchWords {
  std::string_view id, circle, name, name_en;
};
// Art. 16 names five circles; the sixth stands for all the rest.
constexpr std::array<BranchWords, 6> kBranches = {{
    {"pearl-river", "珠三角", "示例·珠三角片区招商分局", "Demo Branch Bureau, Pearl River Delta"},
    {"yangtze-delta", "长三角", "示例·长三角片区招商分局", "Demo Branch Bureau, Yangtze Delta"},
    {"shandong", "山东", "示例·山东片区招商分局", "Demo Branch Bureau, Shandong"},
    {"chuan-yu", "川渝", "示例·川渝片区招商分局", "Demo Branch Bureau, Sichuan and Chongqing"},
    {"jing-jin-ji", "京津冀", "示例·京津冀片区招商分局", "Demo Branch Bureau, Jing-Jin-Ji"},
    {"central", "中部", "示例·中部片区招商分局", "Demo Branch Bureau, Central China"},
}};

const schema::UnitKind* kind_named(const schema::RuleSet& rules, std::string_view code) {
  const auto found = std::ranges::find(rules.unit_kinds, code, &schema::UnitKind::code);
  return found == rules.unit_kinds.end() ? nullptr : &*found;
}

Temperament temperament_of(std::uint64_t seed, const std::string& unit_id) {
  const std::int64_t draw = Dice(seed, "unit/" + unit_id).below("temperament", 100);
  if (draw < 70) return Temperament::punctual;
  return draw < 90 ? Temperament::late : Temperament::careless;
}

template <class T>
const T* drawn(const std::vector<const T*>& from, std::uint64_t draw) {
  return from.empty() ? nullptr : from[draw % from.size()];
}

}  // namespace

std::variant<World, std::string> World::make(const RuleFiles& files, const Size& size,
                                             std::uint64_t seed) {
  World world;
  world.rules_ = files.rules_on(size.first);
  if (world.rules_ == nullptr) return std::string("no rule set is in force on the first day");
  for (const schema::LeadClass& lead_class : world.rules_->lead_classes) {
    if (lead_class.prefecture_decides) {
      world.six_classes_.push_back(lead_class.code);
    } else {
      world.other_class_ = lead_class.code;
    }
  }
  world.choose_units(files, size, seed);
  world.add_members();
  if (auto lacks = world.missing()) return *lacks;
  return world;
}

// Takes part; registered by the generator unless the files have it.
void World::bring_in(const RuleFiles& files, schema::UnitRegistered unit) {
  const auto known = std::ranges::find(files.units, unit.unit_id, &schema::UnitRegistered::unit_id);
  const bool is_new = known == files.units.end();
  if (!is_new) unit = *known;
  units_.emplace(unit.unit_id, UnitInPlay{unit.unit_id, unit.kind, unit.parent, unit.valid_from});
  order_.push_back(unit.unit_id);
  if (is_new) more_units_.push_back(std::move(unit));
}

void World::add_branches(const RuleFiles& files, const Size& size) {
  if (kind_named(*rules_, kBranchKind) == nullptr) return;
  const bool stations = kind_named(*rules_, kStationKind) != nullptr;
  for (std::size_t i = 0; i < std::min(size.branches, kBranches.size()); ++i) {
    const BranchWords& words = kBranches[i];
    const std::string branch = "branch-" + std::string(words.id);
    bring_in(files, {.unit_id = branch,
                     .kind = std::string(kBranchKind),
                     .name = std::string(words.name),
                     .name_en = std::string(words.name_en),
                     .valid_from = rules_->valid_from});
    for (std::size_t s = 1; stations && s <= size.stations; ++s) {
      const std::string number = std::to_string(s);
      bring_in(files, {.unit_id = "station-" + std::string(words.id) + "-" + number,
                       .kind = std::string(kStationKind),
                       .name = "示例·" + std::string(words.circle) + "第" + number + "站点",
                       .name_en = std::string(words.name_en) + ", Station " + number,
                       .parent = branch,
                       .valid_from = rules_->valid_from});
    }
  }
}

void World::add_chains(const RuleFiles& files, const Size& size) {
  if (kind_named(*rules_, kChainLeadKind) == nullptr) return;
  for (const ChainWords& words : chain_words().first(size.chains)) {
    const std::string lead = "chain-lead-" + std::string(words.id);
    bring_in(files, {.unit_id = lead,
                     .kind = std::string(kChainLeadKind),
                     .name = std::string(words.lead),
                     .name_en = std::string(words.lead_en),
                     .valid_from = rules_->valid_from});
    chains_.push_back({"chain-" + std::string(words.id), lead, &words});
  }
}

// Art. 23: who handles the approvals of a county stands below it.
void World::add_department(const RuleFiles& files, const schema::UnitRegistered& county) {
  if (kind_named(*rules_, kDepartmentKind) == nullptr) return;
  bring_in(files, {.unit_id = "approvals-" + county.unit_id,
                   .kind = std::string(kDepartmentKind),
                   .name = "示例·" + county.name + "行政审批局",
                   .name_en = "Demo Approvals Bureau, " + county.name_en,
                   .parent = county.unit_id,
                   .valid_from = county.valid_from});
}

void World::choose_units(const RuleFiles& files, const Size& size, std::uint64_t seed) {
  std::vector<schema::UnitRegistered> receiving;
  for (const schema::UnitRegistered& unit : files.units) {
    const schema::UnitKind* kind = kind_named(*rules_, unit.kind);
    const bool receives = kind != nullptr && kind->receives;
    // Branch bureaus and chain-lead units come by the size's number, with what stands below them.
    if (kind == nullptr || (kind->attracting && !receives) || unit.kind == kStationKind) continue;
    if (receives) {
      if (unit.kind == kZoneKind && !size.zone_takes_part) continue;
      if (size.receiving_units != 0 && receiving.size() == size.receiving_units) continue;
      receiving.push_back(unit);
    }
    bring_in(files, unit);
  }
  for (const schema::UnitRegistered& unit : receiving) add_department(files, unit);
  add_branches(files, size);
  add_chains(files, size);
  for (auto& [unit_id, unit] : units_) unit.temperament = temperament_of(seed, unit_id);
}

// ---------------------------------------------------------------- people

void World::add_members_of(const schema::Role& role) {
  bool first = true;
  for (const std::string& unit_id : order_) {
    const std::string& kind = units_.at(unit_id).kind;
    const bool fits = std::ranges::find(role.unit_kinds, kind) != role.unit_kinds.end();
    // A role for any unit, or one that administers, is held once: in the first unit that it fits.
    const bool once = role.unit_kinds.empty() || role.administers;
    if ((!role.unit_kinds.empty() && !fits) || (once && !first)) continue;
    std::string person = role.administers ? "demo-admin" : role.code + "." + unit_id;
    if (role.administers && !members_.empty()) person += "." + role.code;
    members_.push_back({std::move(person), unit_id, role.code});
    first = false;
  }
}

void World::add_members() {
  const auto may_grant = [](const schema::Role& role) {
    return role.administers &&
           std::ranges::find(role.commands, "grant-role") != role.commands.end();
  };
  for (const schema::Role& role : rules_->roles) {
    if (may_grant(role) && members_.empty()) add_members_of(role);
  }
  for (const schema::Role& role : rules_->roles) {
    if (members_.empty() || role.code != members_.front().role) add_members_of(role);
  }
}

// What the story cannot be told without.
std::optional<std::string> World::missing() const {
  if (members_.empty() || !role(members_.front().role).administers) {
    return "no role administers and may grant roles";
  }
  if (six_classes_.empty() || other_class_.empty()) {
    return "the rule set needs a class that the prefecture decides on and one that it does not";
  }
  if (chains_.empty()) return "the rule set knows no unit kind " + std::string(kChainLeadKind);
  constexpr std::array<std::string_view, 9> kPrefecture = {
      "classify-lead",      "conclude-lead-analysis", "review-lead", "decide-lead", "delegate-lead",
      "convene-evaluation", "conclude-evaluation",    "verify-fund", "reject-fund"};
  for (const std::string_view command : kPrefecture) {
    if (prefecture_sender(command, 0) == nullptr) {
      return "no role whose word is the prefecture's may send " + std::string(command);
    }
  }
  return std::nullopt;
}

const schema::Role& World::role(std::string_view code) const {
  return *std::ranges::find(rules_->roles, code, &schema::Role::code);
}

bool World::may(const Member& member, std::string_view command) const {
  const std::vector<std::string>& commands = role(member.role).commands;
  return std::ranges::find(commands, command) != commands.end();
}

bool World::within(std::string_view unit_id, std::string_view ancestor) const {
  for (auto found = units_.find(std::string(unit_id)); found != units_.end();) {
    if (found->first == ancestor) return true;
    if (!found->second.parent) return false;
    found = units_.find(*found->second.parent);
  }
  return false;
}

const Member* World::sender(std::string_view command, const std::string& unit_id,
                            std::uint64_t draw) const {
  std::vector<const Member*> own;
  std::vector<const Member*> above;
  for (const Member& member : members_) {
    if (!may(member, command)) continue;
    if (member.unit_id == unit_id) {
      own.push_back(&member);
    } else if (within(unit_id, member.unit_id)) {
      above.push_back(&member);
    }
  }
  if (!own.empty()) return drawn(own, draw);
  if (!above.empty()) return drawn(above, draw);
  return prefecture_sender(command, draw);
}

const Member* World::prefecture_sender(std::string_view command, std::uint64_t draw) const {
  std::vector<const Member*> found;
  for (const Member& member : members_) {
    const bool everything = role(member.role).reads == schema::ReadScope::everything;
    if (everything && may(member, command)) found.push_back(&member);
  }
  return drawn(found, draw);
}

const Member* World::within_unit(std::string_view command, const std::string& unit_id,
                                 std::uint64_t draw) const {
  std::vector<const Member*> found;
  for (const Member& member : members_) {
    if (within(member.unit_id, unit_id) && may(member, command)) found.push_back(&member);
  }
  return drawn(found, draw);
}

// ---------------------------------------------------------------- units

bool World::receives(const std::string& unit_id) const {
  const schema::UnitKind* kind = kind_named(*rules_, units_.at(unit_id).kind);
  return kind != nullptr && kind->receives;
}

std::vector<std::string> World::receiving(CivilDate day) const {
  std::vector<std::string> found;
  for (const std::string& unit_id : order_) {
    if (receives(unit_id) && units_.at(unit_id).valid_from <= day) found.push_back(unit_id);
  }
  return found;
}

std::vector<std::string> World::reporting(CivilDate day) const {
  std::vector<std::string> found;
  for (const std::string& unit_id : order_) {
    const UnitInPlay& unit = units_.at(unit_id);
    const schema::UnitKind* kind = kind_named(*rules_, unit.kind);
    const bool reports = (kind != nullptr && kind->attracting) || unit.kind == kStationKind;
    if (reports && unit.valid_from <= day) found.push_back(unit_id);
  }
  return found;
}

std::string World::handling_unit_of(const std::string& receiving_unit) const {
  for (const Member& member : members_) {
    const bool below = member.unit_id != receiving_unit && within(member.unit_id, receiving_unit);
    if (below && may(member, "accept-approval")) return member.unit_id;
  }
  return receiving_unit;
}

}  // namespace silkledger::generator
