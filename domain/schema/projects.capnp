@0xc3e5a8f1720d9b44;
# Projects under negotiation and after signing: evaluation, contract and tier, node plan, progress
# (Art. 20, 21, 22), and opening entries for what began before the ledger.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
$Cxx.namespace("silkledger::wire");

# ---------------------------------------------------------------- project

struct ProjectNegotiationOpened $A.article("19") $A.aggregate("project") $A.zh("启动洽谈") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  name @1 :Text $A.maxBytes(512) $A.zh("项目名称");
  investorName @2 :Text $A.maxBytes(512) $A.zh("投资方");
  unitId @3 :Text $A.format("id") $A.zh("承接单位");
  # Where the project is managed: zone, county or city.
  leadId @4 :Text $A.optional $A.format("id") $A.zh("线索编号");
  leadClass @5 :Text $A.format("id") $A.zh("投资方类别");
  chainId @6 :Text $A.optional $A.format("id") $A.zh("产业链");
  content @7 :Text $A.zh("建设内容");
  amount @8 :Common.Money $A.optional $A.zh("意向投资额");
  jobs @9 :Common.Count $A.optional $A.zh("就业岗位");
  responsibleLeader @10 :Text $A.optional $A.format("id") $A.zh("洽谈责任领导");
  prefectureLed @11 :Bool $A.zh("地区统筹");
}

struct ProjectChainAssigned $A.article("9") $A.aggregate("project") $A.zh("归入产业链") {
  # A chain, and so a chain-lead unit, must be known before the evaluation is convened.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  chainId @1 :Text $A.format("id") $A.zh("产业链");
}

struct ProjectNegotiationNoted $A.article("21") $A.aggregate("project") $A.zh("洽谈记录") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  note @1 :Text $A.zh("内容");
}

struct PlanNode $A.zh("节点") {
  nodeId @0 :Text $A.format("id") $A.zh("节点编号");
  name @1 :Text $A.maxBytes(256) $A.zh("名称");
  plannedOn @2 :Int32 $A.format("date") $A.zh("计划日期");
  unitId @3 :Text $A.optional $A.format("id") $A.zh("责任单位");
}

struct ProjectPlanSet $A.article("21") $A.aggregate("project") $A.zh("制定节点计划") {
  # Replaces the plan; nodes that were reached stay reached when their id is kept.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  nodes @1 :List(PlanNode) $A.maxItems(64) $A.zh("节点");
}

struct ProjectNodeReached $A.article("21") $A.aggregate("project") $A.zh("节点完成") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  nodeId @1 :Text $A.format("id") $A.zh("节点编号");
  reachedOn @2 :Int32 $A.format("date") $A.zh("完成日期");
  evidence @3 :Text $A.optional $A.maxBytes(1024) $A.zh("佐证");
}

struct ProjectNodeSlipped $A.article("21") $A.aggregate("project") $A.zh("节点延期") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  nodeId @1 :Text $A.format("id") $A.zh("节点编号");
  plannedOn @2 :Int32 $A.format("date") $A.zh("调整后日期");
  reason @3 :Text $A.zh("原因");
}

enum Milestone $A.zh("里程碑") {
  companyRegistered @0 $A.zh("注册公司");
  landSecured @1 $A.zh("落实用地");
  constructionStarted @2 $A.zh("开工");
  productionStarted @3 $A.zh("投产");
}

struct ProjectMilestoneReached $A.article("21") $A.aggregate("project") $A.zh("里程碑达成") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  milestone @1 :Milestone $A.zh("里程碑");
  reachedOn @2 :Int32 $A.format("date") $A.zh("达成日期");
  evidence @3 :Text $A.optional $A.maxBytes(1024) $A.zh("佐证");
}

struct ProjectTerminated $A.article("20") $A.aggregate("project") $A.zh("终止") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  reason @1 :Text $A.zh("原因");
}

struct ProjectEnteredReserve $A.article("20") $A.aggregate("project") $A.zh("进入储备库") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  reason @1 :Text $A.zh("原因");
}

struct ProjectSigningUrged $A.article("20") $A.aggregate("project") $A.zh("敦促签约") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  unitId @1 :Text $A.format("id") $A.zh("承接单位");
  remindOn @2 :Int32 $A.format("date") $A.zh("提醒日期");
}

enum OpeningStage $A.zh("期初阶段") {
  planned @0 $A.zh("拟建");
  signed @1 $A.zh("已签约");
  underConstruction @2 $A.zh("在建");
  producing @3 $A.zh("已投产");
}

struct ProjectOpeningRecorded $A.article("21") $A.aggregate("project") $A.zh("期初录入") {
  # What began before the ledger, as its source states it. No decision of the regulation is implied, so no
  # rule is applied to it; vague figures keep their qualifiers and missing ones stay missing.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  name @1 :Text $A.maxBytes(512) $A.zh("项目名称");
  unitId @2 :Text $A.format("id") $A.zh("承接单位");
  investorName @3 :Text $A.optional $A.maxBytes(512) $A.zh("投资方");
  industry @4 :Text $A.optional $A.maxBytes(128) $A.zh("行业");
  content @5 :Text $A.optional $A.zh("建设内容");
  stage @6 :OpeningStage $A.zh("阶段");
  statusText @7 :Text $A.maxBytes(256) $A.zh("原文状态");
  statusDate @8 :Text $A.optional $A.format("partialDate") $A.zh("状态日期");
  amount @9 :Common.Money $A.optional $A.zh("总投资");
  jobs @10 :Common.Count $A.optional $A.zh("就业岗位");
  inPlace @11 :Common.Money $A.optional $A.zh("到位资金");
  # As reported by the source; never counted as verified.
  source @12 :Common.Source $A.zh("来源");
  note @13 :Text $A.optional $A.zh("备注");
  batch @14 :Text $A.optional $A.format("id") $A.zh("导入批次");
}

enum ProjectField $A.zh("项目字段") {
  name @0 $A.zh("项目名称");
  investorName @1 $A.zh("投资方");
  content @2 $A.zh("建设内容");
  amount @3 $A.zh("投资额");
  jobs @4 $A.zh("就业岗位");
}

# ---------------------------------------------------------------- evaluation (Art. 20)

struct EvaluationConvened $A.article("20") $A.aggregate("evaluation") $A.zh("召开项目评估会") {
  evaluationId @0 :Text $A.format("id") $A.zh("评估编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
  heldOn @2 :Int32 $A.format("date") $A.zh("会议日期");
  agenda @3 :Text $A.zh("议题");
  invited @4 :List(Text) $A.maxItems(64) $A.zh("受邀单位");
}

enum OpinionVerdict $A.zh("意见") {
  support @0 $A.zh("支持");
  conditional @1 $A.zh("附条件支持");
  oppose @2 $A.zh("不支持");
}

struct EvaluationOpinionGiven $A.article("20") $A.aggregate("evaluation") $A.zh("发表评估意见") {
  evaluationId @0 :Text $A.format("id") $A.zh("评估编号");
  unitId @1 :Text $A.format("id") $A.zh("单位");
  criterion @2 :Text $A.format("id") $A.zh("评估要点");
  verdict @3 :OpinionVerdict $A.zh("意见");
  text @4 :Text $A.optional $A.zh("说明");
}

enum EvaluationVerdict $A.zh("评估结论") { pass @0 $A.zh("通过"); fail @1 $A.zh("未通过"); }

struct EvaluationConcluded $A.article("20") $A.aggregate("evaluation") $A.zh("评估结论") {
  evaluationId @0 :Text $A.format("id") $A.zh("评估编号");
  verdict @1 :EvaluationVerdict $A.zh("结论");
  reasons @2 :Text $A.zh("理由");
}

# ---------------------------------------------------------------- contract and tier (Art. 22)

enum ContractKind $A.zh("协议类别") { formal @0 $A.zh("正式协议"); framework @1 $A.zh("框架协议"); }

struct ContractSigned $A.article("22") $A.aggregate("contract") $A.zh("签订投资协议") {
  # A framework agreement is recorded and shown apart: it opens no tier and no duty.
  contractId @0 :Text $A.format("id") $A.zh("合同编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
  kind @2 :ContractKind $A.zh("类别");
  signedOn @3 :Int32 $A.format("date") $A.zh("签订日期");
  amount @4 :Common.Money $A.zh("协议总投资");
  fixedAssets @5 :Common.Money $A.optional $A.zh("固定资产投资");
  jobs @6 :Common.Count $A.optional $A.zh("承诺就业岗位");
}

struct ContractAmended $A.article("22") $A.aggregate("contract") $A.zh("变更投资协议") {
  # An optional figure that is left out stays as it was: an omission must not lower a tier.
  contractId @0 :Text $A.format("id") $A.zh("合同编号");
  amendedOn @1 :Int32 $A.format("date") $A.zh("变更日期");
  amount @2 :Common.Money $A.zh("变更后总投资");
  fixedAssets @3 :Common.Money $A.optional $A.zh("变更后固定资产投资");
  jobs @4 :Common.Count $A.optional $A.zh("变更后就业岗位");
  reason @5 :Text $A.zh("原因");
}

struct ContractTierDetermined $A.article("22") $A.aggregate("contract") $A.zh("确定档次") {
  # A decision of the system under the cited rule set, on signing and after every change of what it was
  # decided on. Tier 0: below the first threshold.
  contractId @0 :Text $A.format("id") $A.zh("合同编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
  tier @2 :Int32 $A.range(least = 0, most = 9) $A.zh("档次");
  previousTier @3 :Int32 = -2147483648 $A.optional $A.range(least = 0, most = 9) $A.zh("原档次");
  byAmount @4 :Bool $A.zh("按投资额");
  byJobs @5 :Bool $A.zh("按就业岗位");
  amountFen @6 :Int64 $A.range(least = 0, most = 9000000000000000) $A.zh("认定金额");
  jobs @7 :Int32 $A.range(least = 0, most = 100000000) $A.zh("认定岗位");
}

enum ContractField $A.zh("合同字段") {
  amount @0 $A.zh("协议总投资");
  jobs @1 $A.zh("承诺就业岗位");
  signedOn @2 $A.zh("签订日期");
}

# ---------------------------------------------------------------- what a project's own stream says of the others

struct ProjectEvaluationConvened $A.article("20") $A.aggregate("project") $A.zh("列入评估") {
  # Leads from a project to its evaluation, whose stream holds everything else. Follows EvaluationConvened.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  evaluationId @1 :Text $A.format("id") $A.zh("评估编号");
}

struct ProjectEvaluated $A.article("20") $A.aggregate("project") $A.zh("评估办结") {
  # Follows EvaluationConcluded: whether the project may be signed is decided in the project's stream.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  evaluationId @1 :Text $A.format("id") $A.zh("评估编号");
  verdict @2 :EvaluationVerdict $A.zh("结论");
}

struct ProjectSigned $A.article("22") $A.aggregate("project") $A.zh("项目签约") {
  # Leads from a project to its contract, whose stream holds date, sums and tier. Follows ContractSigned.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  contractId @1 :Text $A.format("id") $A.zh("合同编号");
  kind @2 :ContractKind $A.zh("类别");
  # A framework agreement leaves the project in negotiation.
}
