#include "domain/registry/units.h"

#include <algorithm>

#include "domain/checks.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {
namespace {

constexpr std::string_view kArticle = "2";
constexpr std::size_t kDivisionDigits = 6;  // GB/T 2260
const Text kUnit{"单位", "unit"};
const Text kFirstDay{"单位启用日期", "the unit's first day"};
const Text kLastDay{"停用日期", "the unit's last day"};

Objection kind_exists(const Checks& check, const std::string& kind) {
  const std::vector<schema::UnitKind>& kinds = check.context().rules.unit_kinds;
  if (std::ranges::find(kinds, kind, &schema::UnitKind::code) != kinds.end()) return {};
  std::string known;
  for (const schema::UnitKind& one : kinds) known += (known.empty() ? "" : ", ") + one.code;
  return check.reject(Rejection::Kind::invalid, "unit-kind-unknown", "/kind",
                      {"规则集没有单位类别" + quoted_zh(kind) + "。",
                       "The rule set knows no unit kind " + quoted_en(kind) + "."},
                      {known.empty() ? "请先发布规则集。" : "可用类别：" + known + "。",
                       known.empty() ? "Publish a rule set first." : "It knows: " + known + "."});
}

Objection is_division_code(const Checks& check, const std::optional<std::string>& code) {
  if (!code) return {};
  const bool digits = std::ranges::all_of(*code, [](char c) { return c >= '0' && c <= '9'; });
  if (digits && code->size() == kDivisionDigits) return {};
  return check.reject(Rejection::Kind::invalid, "division-code-malformed", "/divisionCode",
                      {quoted_zh(*code) + "不是六位行政区划代码。",
                       quoted_en(*code) + " is no division code of six digits."},
                      {"请按 GB/T 2260 填写；没有代码的单位不填。",
                       "Use GB/T 2260; leave it out for a unit that has none."});
}

Objection known(const Checks& check, const std::string& unit_id) {
  return check.exists(check.context().reference.unit(unit_id) != nullptr, kUnit, unit_id,
                      "/unitId");
}

// A station without its branch bureau would have nobody above it.
Objection nothing_stands_below(const Checks& check, const schema::UnitClosed& stated) {
  for (const auto& [unit_id, unit] : check.context().reference.units()) {
    if (unit.parent != stated.unit_id) continue;
    if (unit.valid_until && *unit.valid_until <= stated.until) continue;
    return check.reject(Rejection::Kind::wrong_state, "unit-has-units-below", "/unitId",
                        {"下属单位" + unit.name + "届时仍在。",
                         unit.name_en + ", which stands below it, would remain."},
                        {"请先停用下属单位。", "Close what stands below it first."});
  }
  return {};
}

}  // namespace

Result<Decision> decide(const schema::UnitRegistered& stated, const Context& context) {
  const Checks check(context, kArticle);
  const bool taken = context.reference.unit(stated.unit_id) != nullptr;
  if (auto no = check.id_is_free(taken, kUnit, stated.unit_id, "/unitId")) return *no;
  if (auto no = kind_exists(check, stated.kind)) return *no;
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = check.name(stated.name_en, "/nameEn")) return *no;
  if (auto no = is_division_code(check, stated.division_code)) return *no;
  if (stated.parent) {
    if (auto no = refuse_unit(context, kArticle, *stated.parent, stated.valid_from, "/parent")) {
      return *no;
    }
  }
  for (std::size_t i = 0; i < stated.aliases.size(); ++i) {
    if (auto no = check.name(stated.aliases[i], "/aliases/" + std::to_string(i))) return *no;
  }
  return Decision{{recorded(stated)}};
}

Result<Decision> decide(const schema::UnitRenamed& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = known(check, stated.unit_id)) return *no;
  const Unit& unit = *context.reference.unit(stated.unit_id);
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = check.name(stated.name_en, "/nameEn")) return *no;
  // A name that begins later is entered on its day: until then the old one stands on every paper.
  const Text begins{"更名生效日期", "the first day of the name"};
  if (auto no = check.happened(stated.from, begins, "/from")) return *no;
  if (auto no = check.in_order(unit.valid_from, kFirstDay, stated.from, begins, "/from"))
    return *no;
  if (unit.name == stated.name && unit.name_en == stated.name_en) {
    return check.reject(Rejection::Kind::wrong_state, "unit-already-so-named", "/name",
                        {"单位已用此名称。", "The unit bears this name."},
                        {"无需更名。", "There is nothing to rename."});
  }
  return Decision{{recorded(stated)}};
}

Result<Decision> decide(const schema::UnitClosed& stated, const Context& context) {
  const Checks check(context, kArticle);
  if (auto no = known(check, stated.unit_id)) return *no;
  const Unit& unit = *context.reference.unit(stated.unit_id);
  if (unit.valid_until) {
    const std::string day = to_string(*unit.valid_until);
    return check.reject(
        Rejection::Kind::wrong_state, "unit-already-closed", "/unitId",
        {"单位已登记停用，截止" + day + "。",
         "The unit was closed already, with " + day + " as its last day."},
        {"如单位继续存续，请以新编号登记。", "Should it go on, register it under a new id."});
  }
  if (auto no = check.in_order(unit.valid_from, kFirstDay, stated.until, kLastDay, "/until")) {
    return *no;
  }
  if (auto no = check.words(stated.reason, "/reason")) return *no;
  if (auto no = nothing_stands_below(check, stated)) return *no;
  return Decision{{recorded(stated)}};
}

}  // namespace silkledger::domain
