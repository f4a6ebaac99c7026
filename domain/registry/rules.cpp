#include "domain/registry/rules.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/checks.h"
#include "domain/registry/access.h"
#include "domain/registry/circles.h"
#include "domain/registry/reference.h"
#include "domain/schema/command.meta.h"

namespace silkledger::domain {
namespace {

constexpr std::string_view kRulesArticle = "32";
constexpr std::string_view kRenewalArticle = "33";
constexpr std::string_view kNoVersion = "none";  // what decisions cite before the first rule set

std::string at(std::string_view list, std::size_t index, std::string_view field = {}) {
  return "/rules/" + std::string(list) + "/" + std::to_string(index) + std::string(field);
}

template <class List>
Objection codes_differ(const Checks& check, const List& list, std::string_view name) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (seen.insert(list[i].code).second) continue;
    return check.reject(Rejection::Kind::invalid, "code-twice", at(name, i, "/code"),
                        {"代码" + quoted_zh(list[i].code) + "出现两次。",
                         "The code " + quoted_en(list[i].code) + " stands twice."},
                        {"请使每个代码唯一。", "Make every code unique."});
  }
  return {};
}

Objection dates_in_order(const Checks& check, const schema::RuleSet& rules) {
  return check.in_order(rules.valid_from, {"施行日期", "the first day of validity"},
                        rules.valid_until, {"有效期截止日", "the last day of validity"},
                        "/rules/validUntil");
}

Objection version_is_free(const Checks& check, const schema::RuleSet& rules) {
  const bool taken = rules.version == kNoVersion ||
                     check.context().reference.rules_by_version(rules.version) != nullptr;
  return check.id_is_free(taken, {"规则集", "rule-set"}, rules.version, "/rules/version");
}

// Art. 22: a higher tier asks for no less of either, and for more of one.
Objection tiers_rise(const Checks& check, const schema::RuleSet& rules) {
  std::vector<schema::Tier> tiers = rules.tiers;
  std::ranges::sort(tiers, {}, &schema::Tier::tier);
  for (std::size_t i = 1; i < tiers.size(); ++i) {
    const schema::Tier& low = tiers[i - 1];
    const schema::Tier& high = tiers[i];
    const bool rises = high.tier > low.tier && high.amount_fen >= low.amount_fen &&
                       high.jobs >= low.jobs &&
                       (high.amount_fen > low.amount_fen || high.jobs > low.jobs);
    if (rises) continue;
    const std::string number = std::to_string(high.tier);
    return check.reject(
        Rejection::Kind::invalid, "tiers-not-rising", "/rules/tiers",
        {"第" + number + "档的门槛没有高于前一档，或档次重复。",
         "The thresholds of tier " + number + " do not rise above those of the one before."},
        {"档次越高，投资额与岗位门槛应越高。", "Let thresholds rise with the tier."});
  }
  return {};
}

// Art. 22: one row for a tier, with a range that some number of departments lies in.
Objection work_groups_are_sound(const Checks& check, const schema::RuleSet& rules) {
  if (!rules.work_groups) return {};
  std::set<std::int32_t> tiers;
  for (const schema::WorkGroupRule& rule : *rules.work_groups) {
    const bool once = tiers.insert(rule.tier).second;
    if (once && rule.departments_least <= rule.departments_most) continue;
    const std::string tier = std::to_string(rule.tier);
    return check.reject(Rejection::Kind::invalid, "work-groups-unsound", "/rules/workGroups",
                        {"第" + tier + "档的工作组规则重复，或最少部门多于最多部门。",
                         "The working groups of tier " + tier +
                             " have two rows, or more departments at least than at most."},
                        {"每档只写一行，最少部门不多于最多部门。",
                         "Write one row for a tier, with at least no more than at most."});
  }
  return {};
}

Objection lights_rise(const Checks& check, const schema::RuleSet& rules) {
  const schema::Lights& lights = rules.lights;
  if (lights.yellow_points_behind <= lights.red_points_behind &&
      lights.yellow_days_overdue <= lights.red_days_overdue) {
    return {};
  }
  return check.reject(Rejection::Kind::invalid, "lights-not-rising", "/rules/lights",
                      {"红灯的门槛低于黄灯。", "Red begins before yellow."},
                      {"红灯门槛应不低于黄灯。", "Let red begin at or after yellow."});
}

Objection role_is_sound(const Checks& check, const schema::RuleSet& rules, std::size_t index) {
  const schema::Role& role = rules.roles[index];
  const auto commands = schema::command_arms();
  for (std::size_t i = 0; i < role.commands.size(); ++i) {
    const std::string& command = role.commands[i];
    const bool known =
        std::ranges::find(commands, command, &schema::ArmMeta::kebab) != commands.end();
    if (known && !is_systems_command(command)) continue;
    return check.reject(
        Rejection::Kind::invalid, "role-command-unknown",
        at("roles", index, "/commands/" + std::to_string(i)),
        {"角色" + role.zh + "列有不存在或仅系统可用的命令" + quoted_zh(command) + "。",
         "The role " + role.en + " names " + quoted_en(command) +
             ", which does not exist or is the system's."},
        {"请使用接口文档中的命令名。", "Use the command names of the API."});
  }
  for (std::size_t i = 0; i < role.unit_kinds.size(); ++i) {
    const std::string& kind = role.unit_kinds[i];
    if (std::ranges::find(rules.unit_kinds, kind, &schema::UnitKind::code) !=
        rules.unit_kinds.end()) {
      continue;
    }
    return check.reject(Rejection::Kind::invalid, "role-unit-kind-unknown",
                        at("roles", index, "/unitKinds/" + std::to_string(i)),
                        {"角色" + role.zh + "列有未定义的单位类别" + quoted_zh(kind) + "。",
                         "The role " + role.en + " names the unit kind " + quoted_en(kind) +
                             ", which the rule set does not define."},
                        {"请先在 unitKinds 中定义。", "Define it in unitKinds."});
  }
  return {};
}

Objection somebody_administers(const Checks& check, const schema::RuleSet& rules) {
  if (std::ranges::any_of(rules.roles, &schema::Role::administers)) return {};
  return check.reject(
      Rejection::Kind::invalid, "no-role-administers", "/rules/roles",
      {"没有任何角色可以管理系统。", "No role administers."},
      {"至少一个角色须设 administers 为 true。", "Let at least one role have administers = true."});
}

// A unit whose kind the new version forgot would keep its place and lose its duties.
Objection kinds_in_use_stay(const Checks& check, const schema::RuleSet& rules) {
  for (const auto& [unit_id, unit] : check.context().reference.units()) {
    if (unit.valid_until && *unit.valid_until < rules.valid_from) continue;
    if (std::ranges::find(rules.unit_kinds, unit.kind, &schema::UnitKind::code) !=
        rules.unit_kinds.end()) {
      continue;
    }
    return check.reject(
        Rejection::Kind::invalid, "unit-kind-in-use", "/rules/unitKinds",
        {"单位类别" + quoted_zh(unit.kind) + "仍有单位使用（" + unit.name + "）。",
         "The unit kind " + quoted_en(unit.kind) + " is in use by " + unit.name_en + "."},
        {"请在新规则集中保留该类别，或先停用单位。", "Keep the kind, or close the unit first."});
  }
  return {};
}

}  // namespace

Result<Decision> decide(const schema::RuleSetPublished& stated, const Context& context) {
  const Checks check(context, kRulesArticle);
  const schema::RuleSet& rules = stated.rules;
  if (auto no = version_is_free(check, rules)) return *no;
  if (auto no = dates_in_order(check, rules)) return *no;
  if (auto no = check.words(rules.title, "/rules/title")) return *no;
  if (auto no = codes_differ(check, rules.unit_kinds, "unitKinds")) return *no;
  if (auto no = codes_differ(check, rules.roles, "roles")) return *no;
  if (auto no = codes_differ(check, rules.lead_classes, "leadClasses")) return *no;
  if (auto no = codes_differ(check, rules.criteria, "criteria")) return *no;
  if (rules.circles) {
    if (auto no = codes_differ(check, *rules.circles, "circles")) return *no;
  }
  if (auto no = circles_are_sound(check, rules)) return *no;
  if (auto no = tiers_rise(check, rules)) return *no;
  if (auto no = work_groups_are_sound(check, rules)) return *no;
  if (auto no = lights_rise(check, rules)) return *no;
  for (std::size_t i = 0; i < rules.roles.size(); ++i) {
    if (auto no = role_is_sound(check, rules, i)) return *no;
  }
  if (auto no = somebody_administers(check, rules)) return *no;
  if (auto no = kinds_in_use_stay(check, rules)) return *no;
  return Decision{{recorded(stated)}};
}

Result<Decision> decide(const schema::RuleSetRenewed& stated, const Context& context) {
  const Checks check(context, kRenewalArticle);
  const schema::RuleSet* rules = context.reference.rules_by_version(stated.version);
  if (auto no =
          check.exists(rules != nullptr, {"规则集", "rule-set"}, stated.version, "/version")) {
    return *no;
  }
  if (stated.valid_until <= rules->valid_until) {
    const std::string now = to_string(rules->valid_until);
    return check.reject(
        Rejection::Kind::invalid, "renewal-does-not-extend", "/validUntil",
        {"该规则集现有效至" + now + "，延长后的日期没有更晚。",
         "The rule set is valid until " + now + " already; the new day is not later."},
        {"请填写晚于" + now + "的日期；缩短有效期请发布新版本。",
         "State a day after " + now + "; to end it sooner, publish a successor."});
  }
  if (auto no = check.words(stated.basis, "/basis")) return *no;
  return Decision{{recorded(stated)}};
}

}  // namespace silkledger::domain
