#include "domain/kernel/time.h"
#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {

Text predicate(const schema::ProjectNegotiationOpened& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  Text text{
      "启动项目“" + event.name + "”洽谈，投资方 " + event.investor_name + "，承接单位 " + unit.zh,
      "opened the negotiation of \"" + event.name + "\" with " + event.investor_name +
          ", receiving unit " + unit.en};
  if (event.amount)
    text = join({text, {"，意向投资 ", ", intended investment "}, money(*event.amount)});
  if (event.responsible_leader) {
    const auto leader = names.person(*event.responsible_leader);
    text = join({text, {"，洽谈责任领导 " + leader, ", responsible leader " + leader}});
  }
  return text;
}

Text predicate(const schema::ProjectChainAssigned& event, const Names& names) {
  return join(
      {{"将项目归入产业链 ", "assigned the project to the chain "}, names.chain(event.chain_id)});
}

Text predicate(const schema::ProjectNegotiationNoted& event, const Names&) {
  return {"记录洽谈情况：" + event.note, "noted: " + event.note};
}

Text predicate(const schema::ProjectPlanSet& event, const Names&) {
  Text text{"制定节点计划，共 " + std::to_string(event.nodes.size()) + " 个节点",
            "set a plan of " + std::to_string(event.nodes.size()) + " nodes"};
  for (std::size_t i = 0; i < event.nodes.size(); ++i) {
    const auto& node = event.nodes[i];
    const auto on = to_string(node.planned_on);
    text = join({text,
                 {i == 0 ? "：" : "；", i == 0 ? ": " : "; "},
                 {node.name + "（" + on + "）", node.name + " (" + on + ")"}});
  }
  return text;
}

Text predicate(const schema::ProjectNodeReached& event, const Names&) {
  Text text{"节点 " + event.node_id + " 于 " + to_string(event.reached_on) + " 完成",
            "reached node " + event.node_id + " on " + to_string(event.reached_on)};
  if (event.evidence)
    return join({text, {"，佐证：" + *event.evidence, ", evidence: " + *event.evidence}});
  return join({text, {"，无佐证", ", without evidence"}});
}

Text predicate(const schema::ProjectNodeSlipped& event, const Names&) {
  return join({{"节点 " + event.node_id + " 调整至 " + to_string(event.planned_on),
                "moved node " + event.node_id + " to " + to_string(event.planned_on)},
               reason(event.reason)});
}

Text predicate(const schema::ProjectMilestoneReached& event, const Names&) {
  const auto milestone = enumerant(event.milestone);
  Text text{"项目于 " + to_string(event.reached_on) + milestone.zh,
            "reached \"" + milestone.en + "\" on " + to_string(event.reached_on)};
  if (event.evidence)
    return join({text, {"，佐证：" + *event.evidence, ", evidence: " + *event.evidence}});
  return join({text, {"，无佐证", ", without evidence"}});
}

Text predicate(const schema::ProjectTerminated& event, const Names&) {
  return join({{"终止洽谈", "ended the project"}, reason(event.reason)});
}

Text predicate(const schema::ProjectEnteredReserve& event, const Names&) {
  return join(
      {{"转入储备项目库", "entered the project into the reserve library"}, reason(event.reason)});
}

Text predicate(const schema::ProjectSigningUrged& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  const auto on = to_string(event.remind_on);
  return {"敦促 " + unit.zh + " 尽快签约，" + on + " 提醒",
          "urged " + unit.en + " to sign soon, reminder on " + on};
}

Text predicate(const schema::ProjectOpeningRecorded& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  Text text{
      "录入期初项目“" + event.name + "”（" + unit.zh + "），原文状态“" + event.status_text + "”",
      "entered \"" + event.name + "\" (" + unit.en +
          ") from before the ledger, status in its source \"" + event.status_text + "\""};
  if (event.amount) text = join({text, {"，总投资 ", ", total investment "}, money(*event.amount)});
  if (event.jobs) text = join({text, {"，就业 ", ", "}, jobs(*event.jobs)});
  return join({text, {"，来源：" + event.source.title, ", source: " + event.source.title}});
}

Text predicate(const schema::ProjectCorrected& event, const Names&) {
  return join({{"更正项目：", "corrected the project: "},
               change(schema::zh(event.field), words_of(schema::name(event.field)), event.change),
               reason(event.reason)});
}

Text predicate(const schema::ProjectEvaluationConvened& event, const Names&) {
  return {"项目列入评估 " + event.evaluation_id,
          "put the project up for evaluation " + event.evaluation_id};
}

Text predicate(const schema::ProjectEvaluated& event, const Names&) {
  const auto verdict = enumerant(event.verdict);
  return {"项目评估 " + event.evaluation_id + " 办结：" + verdict.zh,
          "closed evaluation " + event.evaluation_id + " of the project: " + verdict.en};
}

Text predicate(const schema::ProjectSigned& event, const Names&) {
  const auto kind = enumerant(event.kind);
  return {"项目签约（" + kind.zh + "），合同 " + event.contract_id,
          "signed the project (" + kind.en + " agreement), contract " + event.contract_id};
}

Text predicate(const schema::EvaluationConvened& event, const Names& names) {
  const auto invited = units(event.invited, names);
  return {"召集项目 " + event.project_id + " 评估会（" + to_string(event.held_on) + "），议题：" +
              event.agenda + "，受邀单位：" + invited.zh,
          "convened the evaluation of project " + event.project_id + " for " +
              to_string(event.held_on) + ": " + event.agenda + "; invited: " + invited.en};
}

Text predicate(const schema::EvaluationOpinionGiven& event, const Names& names) {
  const auto unit = names.unit(event.unit_id);
  const auto criterion = names.code("criterion", event.criterion);
  const auto verdict = enumerant(event.verdict);
  Text text{unit.zh + "对“" + criterion.zh + "”的意见：" + verdict.zh,
            "recorded the opinion of " + unit.en + " on \"" + criterion.en + "\": " + verdict.en};
  return event.text ? join({text, {"，" + *event.text, ", " + *event.text}}) : text;
}

Text predicate(const schema::EvaluationConcluded& event, const Names&) {
  return join({{"评估结论：", "concluded the evaluation: "},
               enumerant(event.verdict),
               reason(event.reasons)});
}

Text predicate(const schema::ContractSigned& event, const Names&) {
  const auto kind = enumerant(event.kind);
  Text text{"于 " + to_string(event.signed_on) + " 签订" + kind.zh + " " + event.contract_id +
                "，协议总投资 ",
            "signed the " + kind.en + " agreement " + event.contract_id + " on " +
                to_string(event.signed_on) + ", total investment "};
  text = join({text, money(event.amount)});
  return event.jobs ? join({text, {"，承诺就业 ", ", promised "}, jobs(*event.jobs)}) : text;
}

Text predicate(const schema::ContractAmended& event, const Names&) {
  Text text = join({{"变更合同 " + event.contract_id + "，总投资为 ",
                     "amended contract " + event.contract_id + ": total investment "},
                    money(event.amount)});
  if (event.jobs) text = join({text, {"，就业 ", ", "}, jobs(*event.jobs)});
  return join({text, reason(event.reason)});
}

Text predicate(const schema::ContractTierDetermined& event, const Names&) {
  Text ground{"，投资额与岗位均未达到标准",
              ", since neither investment nor jobs reach a threshold"};
  if (event.by_amount && event.by_jobs)
    ground = {"，投资额与岗位均达到标准", ", by investment and by jobs"};
  if (event.by_amount && !event.by_jobs) ground = {"，投资额达到标准", ", by investment"};
  if (!event.by_amount && event.by_jobs) ground = {"，岗位达到标准", ", by jobs"};
  const Text tier = event.tier == 0 ? Text{"不分档", "no tier"}
                                    : join({{"第 ", "tier "}, number(event.tier), {" 档", ""}});
  Text text = join(
      {{"认定合同 " + event.contract_id + " 为", "put contract " + event.contract_id + " into "},
       tier,
       ground});
  if (event.previous_tier)
    text = join({text, {"（原为 ", " (was "}, number(*event.previous_tier), {" 档）", ")"}});
  return text;
}

Text predicate(const schema::ContractCorrected& event, const Names&) {
  return join({{"更正合同：", "corrected the contract: "},
               change(schema::zh(event.field), words_of(schema::name(event.field)), event.change),
               reason(event.reason)});
}

Text predicate(const schema::ProjectRiskRaised& event, const Names&) {
  const auto kind = enumerant(event.kind);
  return {"提示" + kind.zh + "风险 " + event.risk_id + "：" + event.text,
          "raised a risk of " + kind.en + ", " + event.risk_id + ": " + event.text};
}

Text predicate(const schema::ProjectRiskCleared& event, const Names&) {
  return {"解除风险 " + event.risk_id + "：" + event.how,
          "cleared the risk " + event.risk_id + ": " + event.how};
}

Text predicate(const schema::ProjectMajorListed& event, const Names&) {
  return join({{"列入重大项目清单", "put the project on the list of major projects"},
               reason(event.reason)});
}

Text predicate(const schema::ProjectMajorDelisted& event, const Names&) {
  return join({{"移出重大项目清单", "took the project off the list of major projects"},
               reason(event.reason)});
}

Text predicate(const schema::ProjectLightOverridden& event, const Names&) {
  const auto light = enumerant(event.light);
  Text text{"人工定为" + light.zh + "灯", "set the light to " + light.en + " by hand"};
  if (event.until) {
    const auto until = to_string(*event.until);
    text = join({text, {"，有效期至 " + until, ", until " + until}});
  }
  return join({text, reason(event.reason)});
}

Text predicate(const schema::ProjectLightReleased& event, const Names&) {
  return join({{"取消人工定灯", "released the light set by hand"}, reason(event.reason)});
}

}  // namespace silkledger::domain::sentences
