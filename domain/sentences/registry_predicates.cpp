#include "domain/kernel/time.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {

Text predicate(const schema::RuleSetPublished& event, const Names&) {
  const auto& rules = event.rules;
  return {"发布规则集 " + rules.version + "《" + rules.title + "》，有效期 " +
              to_string(rules.valid_from) + " 至 " + to_string(rules.valid_until),
          "published rule set " + rules.version + " \"" + rules.title_en + "\", valid " +
              to_string(rules.valid_from) + " to " + to_string(rules.valid_until)};
}

Text predicate(const schema::RuleSetRenewed& event, const Names&) {
  return {"将规则集 " + event.version + " 有效期延至 " + to_string(event.valid_until) + "，依据：" +
              event.basis,
          "extended rule set " + event.version + " to " + to_string(event.valid_until) +
              ", on the basis of: " + event.basis};
}

Text predicate(const schema::UnitRegistered& event, const Names& names) {
  const auto kind = names.code("unit-kind", event.kind);
  return {
      "登记单位 " + event.name + "（" + kind.zh + "），自 " + to_string(event.valid_from) + " 起",
      "registered the unit " + event.name_en + " (" + kind.en + ") from " +
          to_string(event.valid_from)};
}

Text predicate(const schema::UnitRenamed& event, const Names&) {
  return {
      "将单位 " + event.unit_id + " 更名为 " + event.name + "，自 " + to_string(event.from) + " 起",
      "renamed unit " + event.unit_id + " to " + event.name_en + " from " + to_string(event.from)};
}

Text predicate(const schema::UnitClosed& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  return join({{"停用单位 " + unit.zh + "，至 " + to_string(event.until) + " 止",
                "closed the unit " + unit.en + " after " + to_string(event.until)},
               reason(event.reason)});
}

Text predicate(const schema::PersonRegistered& event, const Names& names) {
  const auto name = names.person(event.person_id);
  return {"登记人员 " + name + "（" + event.person_id + "）",
          "registered " + name + " (" + event.person_id + ")"};
}

Text predicate(const schema::RoleGranted& event, const Names& names) {
  const auto role = names.code("role", event.role);
  const auto unit = names.unit(event.unit_id);
  const auto name = names.person(event.person_id);
  Text text{"授予 " + name + " 在" + unit.zh + "的角色“" + role.zh + "”，自 " +
                to_string(event.from) + " 起",
            "granted " + name + " the role \"" + role.en + "\" in " + unit.en + " from " +
                to_string(event.from)};
  if (event.until)
    text = join({text, {"至 " + to_string(*event.until), " to " + to_string(*event.until)}});
  return text;
}

Text predicate(const schema::RoleRevoked& event, const Names& names) {
  const auto role = names.code("role", event.role);
  const auto unit = names.unit(event.unit_id);
  const auto name = names.person(event.person_id);
  return join({{"收回 " + name + " 在" + unit.zh + "的角色“" + role.zh + "”",
                "revoked the role \"" + role.en + "\" of " + name + " in " + unit.en},
               reason(event.reason)});
}

Text predicate(const schema::TokenIssued& event, const Names& names) {
  const auto name = names.person(event.person_id);
  return {
      "为 " + name + " 签发令牌 " + event.token_id + "，" + to_string(event.expires_on) + " 失效",
      "issued token " + event.token_id + " to " + name + ", valid to " +
          to_string(event.expires_on)};
}

Text predicate(const schema::TokenRevoked& event, const Names& names) {
  const auto name = names.person(event.person_id);
  return join({{"吊销 " + name + " 的令牌 " + event.token_id,
                "revoked token " + event.token_id + " of " + name},
               reason(event.reason)});
}

Text predicate(const schema::ChainDefined& event, const Names&) {
  return {"设立产业链 " + event.name + "，自 " + to_string(event.from) + " 起",
          "defined the chain " + event.name_en + " from " + to_string(event.from)};
}

Text predicate(const schema::ChainLeadAssigned& event, const Names& names) {
  const auto chain = names.chain(event.chain_id);
  const auto unit = names.unit(event.unit_id);
  return {"指定 " + unit.zh + " 为 " + chain.zh + " 链主单位，自 " + to_string(event.from) + " 起",
          "made " + unit.en + " chain-lead unit of " + chain.en + " from " + to_string(event.from)};
}

Text predicate(const schema::CalendarDaysSet& event, const Names&) {
  const auto count = std::to_string(event.days.size());
  const auto year = std::to_string(event.year);
  return {
      "设定 " + event.layer + " 层 " + year + " 年节假日 " + count + " 天，来源：" + event.source,
      "set " + count + " days of the layer " + event.layer + " for " + year +
          ", source: " + event.source};
}

Text predicate(const schema::ApprovalItemDefined& event, const Names&) {
  Text limit = enumerant(event.days);
  if (event.statutory_days)
    limit = join({number(*event.statutory_days), {" 个", " "}, limit, {"", " days"}});
  return {"登记审批事项 " + event.name + "（" + event.authority + "），法定期限：" + limit.zh,
          "defined the approval item " + event.name + " (" + event.authority +
              "), statutory limit: " + limit.en};
}

Text predicate(const schema::DayBegan& event, const Names&) {
  return {"进入 " + to_string(event.date), "began the day " + to_string(event.date)};
}

Text predicate(const schema::EpochBegan& event, const Names&) {
  const auto epoch = std::to_string(event.epoch);
  const auto position = std::to_string(event.position);
  Text text{"从备份恢复账本，自位置 " + position + " 之后进入第 " + epoch + " 纪元",
            "restored the ledger from a backup and began epoch " + epoch + " behind position " +
                position};
  if (event.backup_taken_at) {
    const auto taken = to_string(*event.backup_taken_at);
    text = join({text, {"，备份时间 " + taken, ", taken at " + taken}});
  }
  return text;
}

}  // namespace silkledger::domain::sentences
