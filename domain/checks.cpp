#include "domain/checks.h"

#include <algorithm>
#include <set>
#include <utility>

#include "domain/registry/reference.h"

namespace silkledger::domain {

namespace {

// "lead class" → "lead-class".
std::string kebab(std::string words) {
  std::replace(words.begin(), words.end(), ' ', '-');
  return words;
}

}  // namespace

Decision only(Fact fact) {
  Decision decision;
  decision.facts.push_back(std::move(fact));
  return decision;
}

Fact by_system(Fact fact) {
  fact.by_system = true;
  return fact;
}

std::string quoted_zh(std::string_view text) { return "“" + std::string(text) + "”"; }
std::string quoted_en(std::string_view text) { return "\"" + std::string(text) + "\""; }

Rejection Checks::reject(Rejection::Kind kind, std::string_view code, std::string_view pointer,
                         Text message, Text remedy) const {
  return refuse(context_, kind, code, article_, std::move(message), std::move(remedy), pointer);
}

Objection Checks::id_is_free(bool taken, const Text& what, std::string_view id,
                             std::string_view pointer) const {
  if (!taken) return {};
  return reject(Rejection::Kind::already_exists, kebab(what.en) + "-already-exists", pointer,
                {what.zh + "编号" + quoted_zh(id) + "已被使用。",
                 "The " + what.en + " id " + quoted_en(id) + " is taken."},
                {"请换一个编号；如系同一" + what.zh + "，请在原记录上办理。",
                 "Choose another id; if it is the same " + what.en + ", go on with that one."});
}

Objection Checks::exists(bool known, const Text& what, std::string_view id,
                         std::string_view pointer) const {
  if (known) return {};
  return reject(Rejection::Kind::not_found, kebab(what.en) + "-unknown", pointer,
                {"台账中没有编号为" + quoted_zh(id) + "的" + what.zh + "。",
                 "The ledger holds no " + what.en + " with the id " + quoted_en(id) + "."},
                {"请核对编号。", "Check the id."});
}

Objection Checks::own_unit(std::string_view unit_id) const {
  return refuse_foreign(context_, article_, unit_id);
}

Objection Checks::prefecture_acts() const {
  if (context_.actor.everything || context_.actor.person == kSystemActor) return {};
  const Text actor = unit_label(context_, context_.actor.unit);
  return reject(
      Rejection::Kind::not_your_unit, "prefecture-decides", {},
      {"该事项由地区招商引资工作领导小组及其办公室办理，" + actor.zh + "无权办理。",
       "This is for the prefecture's leading group and its office; " + actor.en + " cannot do it."},
      {"请报领导小组办公室（地区招商局）办理。",
       "Ask the leading group's office, the prefecture's investment promotion bureau."});
}

Objection Checks::unit_exists(std::string_view unit_id, std::string_view pointer) const {
  return refuse_unit(context_, article_, unit_id, context_.occurred_on, pointer);
}

Objection Checks::unit_receives(std::string_view unit_id, std::string_view pointer) const {
  if (auto no = unit_exists(unit_id, pointer)) return no;
  const Unit* unit = context_.reference.unit(unit_id);
  const schema::UnitKind* kind = context_.reference.kind_of(*unit, context_.rules);
  if (kind != nullptr && kind->receives) return {};
  return reject(
      Rejection::Kind::invalid, "unit-receives-no-projects", pointer,
      {unit->name + "不属于可承接项目的单位类别。",
       unit->name_en + " is not of a kind that receives projects."},
      {"请改为喀什经济开发区或县市。", "Name the economic development zone, a county or a city."});
}

Objection Checks::invited(const std::vector<std::string>& units, std::string_view pointer) const {
  if (!units.empty()) return units_once(units, pointer);
  return reject(Rejection::Kind::invalid, "nobody-invited", pointer,
                {"没有受邀单位。", "No unit is invited."},
                {"请至少邀请一个单位。", "Invite at least one unit."});
}

Objection Checks::units_once(const std::vector<std::string>& units,
                             std::string_view pointer) const {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::string at = std::string(pointer) + "/" + std::to_string(i);
    if (auto no = unit_exists(units[i], at)) return no;
    if (!seen.insert(units[i]).second) {
      return reject(Rejection::Kind::invalid, "unit-named-twice", at,
                    {"单位" + quoted_zh(units[i]) + "重复。",
                     "The unit " + quoted_en(units[i]) + " is named twice."},
                    {"请去掉重复的单位。", "Name it once."});
    }
  }
  return {};
}

Objection Checks::chain_exists(std::string_view chain_id, std::string_view pointer) const {
  const Chain* chain = context_.reference.chain(chain_id);
  if (auto no = exists(chain != nullptr, {"产业链", "chain"}, chain_id, pointer)) return no;
  return in_order(chain->from, {"产业链启用日期", "the first day of the chain"},
                  context_.occurred_on, {"业务发生日期", "the day on which this occurred"},
                  pointer);
}

Objection Checks::person_known(std::string_view person_id, std::string_view pointer) const {
  return exists(context_.reference.person(person_id) != nullptr, {"人员", "person"}, person_id,
                pointer);
}

Objection Checks::name(std::string_view text, std::string_view pointer) const {
  return refuse_text(context_, article_, text, TextKind::name, pointer);
}

Objection Checks::words(std::string_view text, std::string_view pointer) const {
  return refuse_text(context_, article_, text, TextKind::free_text, pointer);
}

Objection Checks::words_if_stated(const std::optional<std::string>& text,
                                  std::string_view pointer) const {
  return text ? words(std::string_view(*text), pointer) : Objection();
}

Objection Checks::happened(CivilDate day, const Text& what, std::string_view pointer) const {
  return refuse_future(context_, article_, {day, what.zh, what.en}, pointer);
}

Fact Checks::fact(schema::Event event) const {
  std::string stream = stream_of_event(event);
  return {.stream = std::move(stream), .event = std::move(event), .article = article_};
}

Objection Checks::in_order(CivilDate earlier, const Text& earlier_what, CivilDate later,
                           const Text& later_what, std::string_view pointer) const {
  return refuse_order(context_, article_, {earlier, earlier_what.zh, earlier_what.en},
                      {later, later_what.zh, later_what.en}, pointer);
}

}  // namespace silkledger::domain
