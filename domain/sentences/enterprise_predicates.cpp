#include "domain/kernel/time.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {

Text predicate(const schema::EnterpriseAdded& event, const Names&) {
  Text text{"将“" + event.name + "”", "added \"" + event.name + "\""};
  if (event.uscc) text = join({text, {"（" + *event.uscc + "）", " (" + *event.uscc + ")"}});
  return join({text,
               {"列入目标企业库，注册地 " + event.registered_place,
                " to the target-enterprise library, registered in " + event.registered_place}});
}

Text predicate(const schema::EnterpriseAssignedByChain& event, const Names& names) {
  const Text chain = names.chain(event.chain_id);
  return {"将企业 " + event.enterprise_id + " 划入产业链“" + chain.zh + "”",
          "assigned the enterprise " + event.enterprise_id + " to the chain " + chain.en};
}

Text predicate(const schema::EnterpriseAssignedByRegion& event, const Names& names) {
  const Text unit = names.unit(event.unit_id);
  const Text basis = enumerant(event.basis);
  const Text circle = event.circle ? names.code("circle", *event.circle)
                                   : Text{"五大经济圈之外", "outside the circles"};
  return {
      "按" + basis.zh + "（" + circle.zh + "）将企业 " + event.enterprise_id + " 划给" + unit.zh,
      "assigned the enterprise " + event.enterprise_id + " to " + unit.en + " by " + basis.en +
          " (" + circle.en + ")"};
}

Text predicate(const schema::EnterprisePushed& event, const Names& names) {
  const Text unit = names.unit(event.unit_id);
  return {"将企业 " + event.enterprise_id + " 推送给" + unit.zh,
          "pushed the enterprise " + event.enterprise_id + " to " + unit.en};
}

Text predicate(const schema::EnterpriseReceiptConfirmed& event, const Names& names) {
  const Text unit = names.unit(event.unit_id);
  return {unit.zh + "签收企业 " + event.enterprise_id,
          "confirmed for " + unit.en + " the receipt of the enterprise " + event.enterprise_id};
}

// Whom it spoke to is personal and stays in the record.
Text predicate(const schema::EnterpriseContactMade& event, const Names& names) {
  const Text unit = names.unit(event.unit_id);
  const std::string day = to_string(event.contacted_on);
  return {unit.zh + "于 " + day + " 联系企业 " + event.enterprise_id + "，结果：" + event.result,
          "recorded that " + unit.en + " contacted the enterprise " + event.enterprise_id + " on " +
              day + ", with the result: " + event.result};
}

Text predicate(const schema::EnterpriseHandedOver& event, const Names& names) {
  const Text from = names.unit(event.from_unit);
  const Text to = names.unit(event.to_unit);
  Text text{
      "将企业 " + event.enterprise_id + " 由" + from.zh + "移交" + to.zh + "对接",
      "handed the enterprise " + event.enterprise_id + " over from " + from.en + " to " + to.en};
  return event.note ? join({text, {"，说明：" + *event.note, ", note: " + *event.note}}) : text;
}

Text predicate(const schema::EnterpriseStatusClaimed& event, const Names& names) {
  const Text lead_class = names.code("lead-class", event.lead_class);
  const std::string year = std::to_string(event.list_year);
  Text text{"申报企业 " + event.enterprise_id + " 为" + lead_class.zh + "（" + event.list + "，" +
                year + " 年），佐证：" + event.evidence,
            "claimed that the enterprise " + event.enterprise_id + " is of the class " +
                lead_class.en + " (" + event.list + ", " + year + "), evidence: " + event.evidence};
  if (!event.holding_path) return text;
  return join({text, {"，控股路径：" + *event.holding_path, ", held by: " + *event.holding_path}});
}

Text predicate(const schema::EnterpriseStatusChecked& event, const Names&) {
  return {"核对企业 " + event.enterprise_id + " 的申报 " + event.claim_id + "：" +
              (event.upheld ? "属实" : "不属实") + "，依据：" + event.basis,
          std::string(event.upheld ? "upheld" : "did not uphold") + " the claim " + event.claim_id +
              " of the enterprise " + event.enterprise_id + ", on the basis of: " + event.basis};
}

Text predicate(const schema::EnterpriseMerged& event, const Names&) {
  return join({{"将企业记录 " + event.enterprise_id + " 并入 " + event.into,
                "merged the enterprise record " + event.enterprise_id + " into " + event.into},
               reason(event.reason)});
}

}  // namespace silkledger::domain::sentences
