#include "domain/registry/access.h"

#include <algorithm>
#include <array>
#include <utility>

namespace silkledger::domain {
namespace {

// What sets up a ledger: the commands of the registry, without beginning a day.
constexpr std::array<std::string_view, 14> kSetupCommands = {
    "publish-rule-set",  "renew-rule-set",      "register-unit", "rename-unit",
    "close-unit",        "register-person",     "grant-role",    "revoke-role",
    "issue-token",       "revoke-token",        "define-chain",  "assign-chain-lead",
    "set-calendar-days", "define-approval-item"};

constexpr std::string_view kRolesArticle = "5";  // duties and procedures of the office

void sort_unique(std::vector<std::string>& texts) {
  std::ranges::sort(texts);
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
}

bool allows(const schema::Role& role, std::string_view command_name) {
  return std::ranges::find(role.commands, command_name) != role.commands.end();
}

Rejection denial(const schema::RuleSet* rules, std::string_view code, Text message, Text remedy,
                 std::string_view pointer = {}) {
  return {.kind = Rejection::Kind::not_permitted,
          .code = std::string(code),
          .article = std::string(kRolesArticle),
          .rule_set = rules == nullptr ? "none" : rules->version,
          .message = std::move(message),
          .remedy = std::move(remedy),
          .pointer = std::string(pointer)};
}

Text joined(const std::vector<Text>& parts) {
  Text all;
  for (const Text& part : parts) {
    if (!all.zh.empty()) {
      all.zh += "、";
      all.en += ", ";
    }
    all.zh += part.zh;
    all.en += part.en;
  }
  return all;
}

// The roles that may send this command, for people: "登记员, 县市经办人".
Text roles_allowing(const schema::RuleSet& rules, std::string_view command_name) {
  std::vector<Text> names;
  for (const schema::Role& role : rules.roles) {
    if (allows(role, command_name)) names.push_back({role.zh, role.en});
  }
  if (names.empty()) return {"（无）", "(none)"};
  return joined(names);
}

Text units_named(const Reference& reference, const std::vector<std::string>& unit_ids) {
  std::vector<Text> names;
  for (const std::string& unit_id : unit_ids) {
    const Unit* unit = reference.unit(unit_id);
    names.push_back({unit->name + "（" + unit_id + "）", unit->name_en + " (" + unit_id + ")"});
  }
  return joined(names);
}

Rejection role_missing(const schema::RuleSet& rules, std::string_view command_name) {
  const Text roles = roles_allowing(rules, command_name);
  const std::string name(command_name);
  return denial(
      &rules, "role-not-allowed",
      {"您的角色不能使用命令“" + name + "”。", "None of your roles may send \"" + name + "\"."},
      {"可以使用该命令的角色：" + roles.zh + "。请联系系统管理员授予角色。",
       "Roles that may: " + roles.en + ". Ask the administrator for one."});
}

// Units in which a role that allows the command is held.
std::vector<std::string> units_allowing(const Reference& reference, const schema::RuleSet& rules,
                                        const Grants& grants, std::string_view command_name) {
  std::vector<std::string> units;
  for (const RoleHeld& held : grants.roles) {
    const schema::Role* role = reference.role(rules, held.role);
    if (role != nullptr && allows(*role, command_name)) units.push_back(held.unit_id);
  }
  sort_unique(units);
  return units;
}

Result<std::string> choose_unit(const Reference& reference, const schema::RuleSet& rules,
                                const Grants& grants, std::string_view command_name,
                                const std::optional<std::string>& acting_unit) {
  const std::vector<std::string> units = units_allowing(reference, rules, grants, command_name);
  if (units.empty()) return role_missing(rules, command_name);
  if (!acting_unit) {
    if (units.size() == 1) return units.front();
    const Text names = units_named(reference, units);
    Rejection which = denial(&rules, "acting-unit-needed",
                             {"您可以在多个单位使用该命令，须写明经办单位。",
                              "You may send this command for several units; say for which."},
                             {"请在 actingUnit 中填写其一：" + names.zh + "。",
                              "Put one of them into actingUnit: " + names.en + "."},
                             "/actingUnit");
    which.kind = Rejection::Kind::invalid;
    return which;
  }
  if (std::ranges::binary_search(units, *acting_unit)) return *acting_unit;
  if (std::ranges::binary_search(grants.units, *acting_unit)) {
    return role_missing(rules, command_name);
  }
  const Text names = units_named(reference, units);
  return denial(&rules, "acting-unit-not-yours",
                {"您在单位“" + *acting_unit + "”没有角色。",
                 "You hold no role in the unit \"" + *acting_unit + "\"."},
                {"您可以代表：" + names.zh + "。", "You may act for: " + names.en + "."},
                "/actingUnit");
}

}  // namespace

bool is_systems_command(std::string_view command_name) {
  return command_name == "begin-day" || command_name == "begin-epoch" ||
         command_name == "lapse-weekly-report" || command_name == "lapse-half-month-report";
}

bool may_system_send(const Reference& reference, std::string_view command_name) {
  if (is_systems_command(command_name)) return true;
  return !reference.has_administrator() &&
         std::ranges::find(kSetupCommands, command_name) != kSetupCommands.end();
}

Grants grants_of_person(const Reference& reference, std::string_view person_id, CivilDate day) {
  Grants grants;
  grants.person = std::string(person_id);
  const Person* person = reference.person(person_id);
  const schema::RuleSet* rules = reference.rules_on(day);
  if (person == nullptr || rules == nullptr) return grants;
  for (const RoleHeld& held : person->roles) {
    const Unit* unit = reference.unit(held.unit_id);
    const schema::Role* role = reference.role(*rules, held.role);
    // A role that the rules of the day do not know, or in a unit that is no more, is worth nothing.
    if (!held.held_on(day) || unit == nullptr || !unit->exists_on(day) || role == nullptr) continue;
    grants.roles.push_back(held);
    grants.units.push_back(held.unit_id);
    if (!role->administers) grants.reading_units.push_back(held.unit_id);
    grants.reads_everything |= role->reads == schema::ReadScope::everything;
    grants.administers |= role->administers;
    grants.sees_persons |= role->sees_persons;
  }
  sort_unique(grants.units);
  sort_unique(grants.reading_units);
  return grants;
}

std::optional<Grants> grants_of_token(const Reference& reference, std::string_view secret_sha256,
                                      CivilDate day) {
  const Token* token = reference.token_by_secret(secret_sha256);
  if (token == nullptr || token->revoked || token->expires_on < day) return std::nullopt;
  Grants grants = grants_of_person(reference, token->person_id, day);
  if (grants.roles.empty()) return std::nullopt;
  return grants;
}

bool may_read_any(const Grants& grants) {
  return grants.reads_everything || !grants.reading_units.empty();
}

bool may_read(const Reference& reference, const Grants& grants,
              std::span<const std::string> units) {
  if (grants.reads_everything) return true;
  return std::ranges::any_of(units, [&](const std::string& unit) {
    return std::ranges::any_of(grants.reading_units,
                               [&](const std::string& own) { return reference.within(unit, own); });
  });
}

Result<Actor> authorise(const Reference& reference, const Grants& grants,
                        std::string_view command_name,
                        const std::optional<std::string>& acting_unit,
                        const std::optional<std::string>& on_behalf_of, CivilDate day) {
  const schema::RuleSet* rules = reference.rules_on(day);
  if (rules == nullptr) {
    return denial(nullptr, "no-rule-set",
                  {"当日没有生效的规则集，任何角色都无效。",
                   "No rule set is in force on that day, so no role is."},
                  {"请先由系统发布规则集。", "The system has to publish a rule set first."});
  }
  const Result<std::string> unit =
      choose_unit(reference, *rules, grants, command_name, acting_unit);
  if (unit.has_error()) return unit.error();
  if (on_behalf_of && reference.person(*on_behalf_of) == nullptr &&
      reference.unit(*on_behalf_of) == nullptr) {
    Rejection unknown = denial(
        rules, "on-behalf-of-unknown",
        {"没有编号为“" + *on_behalf_of + "”的人员或单位。",
         "There is no person and no unit \"" + *on_behalf_of + "\"."},
        {"请填写已登记的人员或单位编号，或不填。", "Name a registered person or unit, or nobody."},
        "/onBehalfOf");
    unknown.kind = Rejection::Kind::not_found;
    return unknown;
  }
  Actor actor{grants.person, *unit, on_behalf_of.value_or(""), false};
  for (const RoleHeld& held : grants.roles) {
    const schema::Role* role = reference.role(*rules, held.role);
    if (held.unit_id != *unit || role == nullptr || !allows(*role, command_name)) continue;
    actor.everything |= role->reads == schema::ReadScope::everything;
  }
  return actor;
}

}  // namespace silkledger::domain
