// A small made-up prefecture as events: rules, office, zone-less counties with a department, a
// branch with a station. Every name is an example.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "domain/schema/event.values.h"
#include "tests/support/given.h"

namespace silkledger::domain::example {

inline schema::RuleSet rules() {
  using schema::ReadScope;
  schema::RuleSet rules;
  rules.version = "example-1";
  rules.title = "示例规则";
  rules.title_en = "Example rules";
  rules.valid_from = day("2023-10-07");
  rules.valid_until = day("2024-10-06");
  rules.unit_kinds = {{"office", "办公室", "Office", false, false},
                      {"county", "县市", "County", true, true},
                      {"department", "部门", "Department", false, false},
                      {"branch", "片区分局", "Branch", true, false},
                      {"station", "站点", "Station", false, false}};
  rules.roles = {{"clerk",
                  "经办人",
                  "Clerk",
                  {"report-fund", "report-lead"},
                  ReadScope::own_units,
                  {"county", "branch"},
                  false,
                  false},
                 {"agent",
                  "帮办代办员",
                  "Agent",
                  {"claim-approval"},
                  ReadScope::own_units,
                  {"department"},
                  false,
                  false},
                 {"registrar",
                  "登记员",
                  "Registrar",
                  {"report-lead", "verify-fund"},
                  ReadScope::everything,
                  {"office"},
                  false,
                  true},
                 {"auditor", "审计", "Auditor", {}, ReadScope::everything, {}, false, true},
                 {"administrator",
                  "管理员",
                  "Administrator",
                  {"grant-role"},
                  ReadScope::own_units,
                  {"office"},
                  true,
                  false}};
  rules.lead_classes = {{"other", "其他", "Other", false}};
  rules.criteria = {{"feasibility", "可行性", "Feasibility"}};
  rules.tiers = {{2, 30'000'000'000, 500}, {1, 10'000'000'000, 300}};
  rules.lights = {10, 30, 30, 90};
  rules.sign_reminder_days = 30;
  rules.claim_working_days = 1;
  rules.funds_over_agreement_percent = 120;
  return rules;
}

inline schema::UnitRegistered unit(std::string id, std::string kind,
                                   std::optional<std::string> parent = {},
                                   std::string_view from = "2020-01-01") {
  schema::UnitRegistered unit;
  unit.unit_id = id;
  unit.kind = std::move(kind);
  unit.name = "示例" + id;
  unit.name_en = "Example " + id;
  unit.parent = std::move(parent);
  unit.valid_from = day(from);
  return unit;
}

inline schema::PersonRegistered person(std::string id) {
  schema::PersonRegistered person;
  person.person_id = std::move(id);
  person.name.ciphertext = "sealed";
  return person;
}

inline schema::RoleGranted role(std::string person, std::string unit, std::string role,
                                std::string_view from = "2024-01-01",
                                std::optional<CivilDate> until = {}) {
  return {std::move(person), std::move(unit), std::move(role), day(from), until};
}

inline std::vector<schema::Event> units() {
  return {schema::RuleSetPublished{rules()},
          unit("office", "office"),
          unit("county-a", "county"),
          unit("county-b", "county"),
          unit("bureau-a", "department", "county-a"),
          unit("branch", "branch"),
          unit("station", "station", "branch")};
}

// On the day on which the rules begin.
inline Given prefecture() { return given(day("2023-10-07"), units()); }

}  // namespace silkledger::domain::example
