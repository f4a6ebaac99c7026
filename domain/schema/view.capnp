@0xa7d3c9e50f164b99;
# Rows of the views: what people look at. Derived from events only; a view can be deleted and rebuilt.
# A row's `units` are those that take part in it: whoever reads only "own units" sees rows that name one.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
using Registry = import "registry.capnp";
using Leads = import "leads.capnp";
using Projects = import "projects.capnp";
using Research = import "research.capnp";
using Enterprises = import "enterprises.capnp";
using Landing = import "landing.capnp";
using Reports = import "reports.capnp";
using Dispatch = import "dispatch.capnp";
using Risks = import "risks.capnp";
using WorkGroups = import "work_groups.capnp";
$Cxx.namespace("silkledger::wire");

enum LeadStatus $A.zh("线索状态") {
  reported @0 $A.zh("已上报");
  classified @1 $A.zh("已分类");
  analysed @2 $A.zh("已研判");
  reviewed @3 $A.zh("已审核");
  decided @4 $A.zh("已确定");
  delegated @5 $A.zh("交县市跟踪");
  closed @6 $A.zh("已办结");
}

struct LeadRow $A.zh("客商信息库") {
  leadId @0 :Text $A.zh("线索编号");
  investorName @1 :Text $A.zh("投资方");
  uscc @2 :Text $A.optional $A.zh("统一社会信用代码");
  origin @3 :Leads.InvestorOrigin $A.zh("来源地");
  reportingUnit @4 :Text $A.zh("上报单位");
  units @5 :List(Text) $A.zh("相关单位");
  chainId @6 :Text $A.optional $A.zh("产业链");
  content @7 :Text $A.zh("意向内容");
  amount @8 :Common.Money $A.optional $A.zh("意向投资额");
  jobs @9 :Common.Count $A.optional $A.zh("就业岗位");
  intendedUnit @10 :Text $A.optional $A.zh("意向落地单位");
  contactName @11 :Common.Sealed $A.optional $A.zh("联系人");
  contactPhone @12 :Common.Sealed $A.optional $A.zh("联系电话");
  status @13 :LeadStatus $A.zh("状态");
  leadClass @14 :Text $A.optional $A.zh("类别");
  prefectureDecides @15 :Bool $A.zh("地区统筹");
  formNo @16 :Text $A.optional $A.zh("登记表号");
  analysis @17 :Text $A.optional $A.zh("研判结论");
  # "proceed" or "decline".
  responsibleLeader @18 :Text $A.optional $A.zh("洽谈责任领导");
  projectId @19 :Text $A.optional $A.zh("项目编号");
  followingUnit @20 :Text $A.optional $A.zh("跟踪单位");
  reportedOn @21 :Int32 $A.format("date") $A.zh("上报日期");
  reportOrder @22 :UInt64 $A.zh("首报次序");
  # Position of the report: the order of first reports.
  warnings @23 :List(Text) $A.zh("提示");
  # Codes of warnings on entry, such as "uscc-check-digit".
  version @24 :UInt64 $A.zh("版本");
  position @25 :UInt64 $A.zh("位置");
}

enum Library $A.zh("项目库") {
  negotiating @0 $A.zh("在谈");
  signed @1 $A.zh("签约");
  reserve @2 $A.zh("储备");
  closed @3 $A.zh("终止");
}

enum Stage $A.zh("阶段") {
  negotiating @0 $A.zh("洽谈");
  evaluated @1 $A.zh("评估通过");
  signed @2 $A.zh("签约");
  landing @3 $A.zh("落户");
  # Company registered or land secured.
  construction @4 $A.zh("在建");
  production @5 $A.zh("投产");
  reserve @6 $A.zh("储备");
  closed @7 $A.zh("终止");
}

struct ProjectRow $A.zh("项目库") {
  projectId @0 :Text $A.zh("项目编号");
  name @1 :Text $A.zh("项目名称");
  investorName @2 :Text $A.optional $A.zh("投资方");
  library @3 :Library $A.zh("项目库");
  stage @4 :Stage $A.zh("阶段");
  unitId @5 :Text $A.zh("承接单位");
  units @6 :List(Text) $A.zh("相关单位");
  chainId @7 :Text $A.optional $A.zh("产业链");
  leadId @8 :Text $A.optional $A.zh("线索编号");
  leadClass @9 :Text $A.optional $A.zh("投资方类别");
  content @10 :Text $A.optional $A.zh("建设内容");
  amount @11 :Common.Money $A.optional $A.zh("意向投资额");
  jobs @12 :Common.Count $A.optional $A.zh("就业岗位");
  responsibleLeader @13 :Text $A.optional $A.zh("洽谈责任领导");
  contractId @14 :Text $A.optional $A.zh("合同编号");
  signedOn @15 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("签订日期");
  agreementAmount @16 :Common.Money $A.optional $A.zh("协议总投资");
  promisedJobs @17 :Common.Count $A.optional $A.zh("承诺就业岗位");
  frameworkAmount @18 :Common.Money $A.optional $A.zh("框架协议金额");
  tier @19 :Int32 $A.zh("档次");
  # 0: no tier.
  fundsReportedFen @20 :Int64 $A.zh("上报到位资金");
  fundsVerifiedFen @21 :Int64 $A.zh("核定到位资金");
  opening @22 :Bool $A.zh("期初录入");
  openingStatus @23 :Text $A.optional $A.zh("原文状态");
  openingDate @24 :Text $A.optional $A.zh("状态日期");
  openingInPlace @25 :Common.Money $A.optional $A.zh("期初到位资金");
  source @26 :Common.Source $A.optional $A.zh("来源");
  evaluation @27 :Text $A.optional $A.zh("评估结论");
  # "pass" or "fail".
  reason @28 :Text $A.optional $A.zh("终止或储备原因");
  openedOn @29 :Int32 $A.format("date") $A.zh("启动日期");
  version @30 :UInt64 $A.zh("版本");
  position @31 :UInt64 $A.zh("位置");
  openRisks @32 :Int32 $A.zh("未解除风险");
  major @33 :Bool $A.zh("重大项目");
  majorReason @34 :Text $A.optional $A.zh("列入原因");
}

struct ProgressRow $A.zh("挂图作战") {
  # One row for each project that is negotiated or signed and has not ended.
  projectId @0 :Text $A.zh("项目编号");
  name @1 :Text $A.zh("项目名称");
  unitId @2 :Text $A.zh("承接单位");
  units @3 :List(Text) $A.zh("相关单位");
  chainId @4 :Text $A.optional $A.zh("产业链");
  stage @5 :Stage $A.zh("阶段");
  tier @6 :Int32 $A.zh("档次");
  light @7 :Risks.Light $A.zh("灯");
  pointsBehind @8 :Int32 $A.zh("落后百分点");
  daysOverdue @9 :Int32 $A.zh("最长逾期天数");
  nodes @10 :List(ProgressNode) $A.zh("节点");
  nodesReached @11 :Int32 $A.zh("已完成节点");
  nodesDue @12 :Int32 $A.zh("到期节点");
  nextNode @13 :Text $A.optional $A.zh("下一节点");
  nextOn @14 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("下一节点日期");
  ruleSet @15 :Text $A.zh("规则集版本");
  asOf @16 :Int32 $A.format("date") $A.zh("截至日期");
  # The last day on which this row changed.
  version @17 :UInt64 $A.zh("版本");
  position @18 :UInt64 $A.zh("位置");
  overridden @19 :Risks.LightOverride $A.optional $A.zh("人工定灯");
  # Beside `light`, which stays what plan, day and rules say.
  openRisks @20 :Int32 $A.zh("未解除风险");
  major @21 :Bool $A.zh("重大项目");
}

struct ProgressNode $A.zh("节点") {
  nodeId @0 :Text;
  name @1 :Text;
  plannedOn @2 :Int32 $A.format("date");
  reachedOn @3 :Int32 = -2147483648 $A.optional $A.format("date");
  firstPlannedOn @4 :Int32 $A.format("date");
  slips @5 :Int32;
  unitId @6 :Text $A.optional;
  evidenced @7 :Bool;
}

enum ApprovalStatus $A.zh("办件状态") {
  requested @0 $A.zh("已申请");
  planned @1 $A.zh("已排定");
  claimed @2 $A.zh("已认领");
  accepted @3 $A.zh("已受理");
  paused @4 $A.zh("中止");
  granted @5 $A.zh("准予");
  refused @6 $A.zh("不予");
}

enum HalfTime $A.zh("减半时限") {
  notApplicable @0 $A.zh("不适用");
  running @1 $A.zh("计时中");
  met @2 $A.zh("达标");
  missed @3 $A.zh("超减半时限");
}

struct ApprovalRow $A.zh("帮办代办") {
  approvalId @0 :Text $A.zh("办件编号");
  projectId @1 :Text $A.zh("项目编号");
  projectName @2 :Text $A.zh("项目名称");
  itemId @3 :Text $A.zh("事项编号");
  itemName @4 :Text $A.zh("事项名称");
  unitId @5 :Text $A.zh("承接单位");
  handlingUnit @6 :Text $A.zh("办理单位");
  units @7 :List(Text) $A.zh("相关单位");
  status @8 :ApprovalStatus $A.zh("状态");
  agent @9 :Text $A.optional $A.zh("帮办代办员");
  requestedOn @10 :Int32 $A.format("date") $A.zh("申请日期");
  claimBy @11 :Int32 $A.format("date") $A.zh("应认领日期");
  submitBy @12 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("计划提交日期");
  submittedOn @13 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("提交日期");
  acceptedOn @14 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("受理日期");
  decidedOn @15 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("决定日期");
  days @16 :Registry.ItemDays $A.zh("期限单位");
  statutoryDays @17 :Int32 = -2147483648 $A.optional $A.zh("法定期限");
  elapsedDays @18 :Int32 $A.zh("已用天数");
  halfDueOn @19 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("减半到期日");
  # Moves while the clock is paused: then absent.
  statutoryDueOn @20 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("法定到期日");
  halfTime @21 :HalfTime $A.zh("减半时限");
  overdue @22 :Bool $A.zh("超法定期限");
  provisional @23 :Bool $A.zh("日历未定");
  # A due day lies in a year whose holidays were not published.
  pauses @24 :List(Pause) $A.zh("中止时段");
  version @25 :UInt64 $A.zh("版本");
  position @26 :UInt64 $A.zh("位置");
}

struct Pause $A.zh("中止时段") {
  from @0 :Int32 $A.format("date");
  resumedOn @1 :Int32 = -2147483648 $A.optional $A.format("date");
  reason @2 :Text;
}

enum FundStatus $A.zh("资金状态") {
  reported @0 $A.zh("已上报");
  verified @1 $A.zh("已核定");
  rejected @2 $A.zh("不予核定");
}

struct FundRow $A.zh("到位资金") {
  fundId @0 :Text $A.zh("资金编号");
  projectId @1 :Text $A.zh("项目编号");
  unitId @2 :Text $A.zh("承接单位");
  units @3 :List(Text) $A.zh("相关单位");
  status @4 :FundStatus $A.zh("状态");
  reportedFen @5 :Int64 $A.zh("上报金额");
  firstReportedFen @6 :Int64 $A.zh("最初上报金额");
  # Before any correction.
  verifiedFen @7 :Int64 = -9223372036854775808 $A.optional $A.zh("核定金额");
  paidOn @8 :Int32 $A.format("date") $A.zh("到位日期");
  source @9 :Landing.FundSource $A.zh("来源");
  evidence @10 :Landing.EvidenceKind $A.zh("凭证");
  voucherNo @11 :Text $A.optional $A.zh("凭证号");
  warnings @12 :List(Text) $A.zh("提示");
  version @13 :UInt64 $A.zh("版本");
  position @14 :UInt64 $A.zh("位置");
}

struct EvaluationRow $A.zh("项目评估") {
  evaluationId @0 :Text $A.zh("评估编号");
  projectId @1 :Text $A.zh("项目编号");
  heldOn @2 :Int32 $A.format("date") $A.zh("会议日期");
  agenda @3 :Text $A.zh("议题");
  invited @4 :List(Text) $A.zh("受邀单位");
  units @5 :List(Text) $A.zh("相关单位");
  opinions @6 :List(Projects.EvaluationOpinionGiven) $A.zh("意见");
  verdict @7 :Text $A.optional $A.zh("结论");
  # "pass" or "fail".
  reasons @8 :Text $A.optional $A.zh("理由");
  version @9 :UInt64 $A.zh("版本");
  position @10 :UInt64 $A.zh("位置");
}

struct AuditRow $A.zh("审计轨迹") {
  # One row for every event of the log, with what an auditor searches by.
  position @0 :UInt64 $A.zh("位置");
  recordedAt @1 :Int64 $A.format("instant") $A.zh("录入时间");
  occurredOn @2 :Int32 $A.format("date") $A.zh("发生日期");
  stream @3 :Text $A.zh("事件流");
  version @4 :UInt64 $A.zh("版本");
  kind @5 :Text $A.zh("事件");
  # Name of the event's arm.
  actor @6 :Text $A.zh("经办人");
  actingUnit @7 :Text $A.optional $A.zh("经办单位");
  ruleSet @8 :Text $A.zh("规则集版本");
  article @9 :Text $A.zh("条款");
  subject @10 :Text $A.optional $A.zh("项目或线索");
  # Stream this belongs to: "project/<id>", "lead/<id>", "offer/<id>", "enterprise/<id>", "unit-plan/<id>" or
  # "chain-graph/<id>".
  units @11 :List(Text) $A.zh("相关单位");
}

struct UnitRow $A.zh("单位") {
  unitId @0 :Text $A.zh("单位编号");
  kind @1 :Text $A.zh("类别");
  name @2 :Text $A.zh("名称");
  nameEn @3 :Text $A.zh("英文名称");
  parent @4 :Text $A.optional $A.zh("上级单位");
  divisionCode @5 :Text $A.optional $A.zh("行政区划代码");
  attracting @6 :Bool $A.zh("引资单位");
  receives @7 :Bool $A.zh("可承接项目");
  validFrom @8 :Int32 $A.format("date") $A.zh("启用日期");
  validUntil @9 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("停用日期");
  aliases @10 :List(Text) $A.zh("别名");
  version @11 :UInt64 $A.zh("版本");
  position @12 :UInt64 $A.zh("位置");
}

struct PersonRow $A.zh("人员") {
  personId @0 :Text $A.zh("人员编号");
  name @1 :Common.Sealed $A.zh("姓名");
  title @2 :Text $A.optional $A.zh("职务");
  roles @3 :List(PersonRole) $A.zh("角色");
  units @4 :List(Text) $A.zh("相关单位");
  version @5 :UInt64 $A.zh("版本");
  position @6 :UInt64 $A.zh("位置");
}

struct PersonRole $A.zh("角色") {
  unitId @0 :Text;
  role @1 :Text;
  from @2 :Int32 $A.format("date");
  until @3 :Int32 = -2147483648 $A.optional $A.format("date");
}

struct ItemRow $A.zh("审批事项") {
  itemId @0 :Text $A.zh("事项编号");
  stage @1 :Text $A.zh("阶段");
  name @2 :Text $A.zh("名称");
  authority @3 :Text $A.zh("办理部门");
  days @4 :Registry.ItemDays $A.zh("期限单位");
  statutoryDays @5 :Int32 = -2147483648 $A.optional $A.zh("法定期限");
  law @6 :Text $A.optional $A.zh("法律依据");
  version @7 :UInt64 $A.zh("版本");
  position @8 :UInt64 $A.zh("位置");
}

struct ChainRow $A.zh("产业链") {
  chainId @0 :Text $A.zh("产业链编号");
  name @1 :Text $A.zh("名称");
  nameEn @2 :Text $A.zh("英文名称");
  leadUnit @3 :Text $A.optional $A.zh("链主单位");
  version @4 :UInt64 $A.zh("版本");
  position @5 :UInt64 $A.zh("位置");
}

struct ViewRow $A.zh("视图") {
  # Every view, named as in the API, with the type of its rows: the one list of them. A row's first field is
  # its key. An arm's ordinal says nothing and may change.
  union {
    lead @0 :LeadRow;
    project @1 :ProjectRow;
    progress @2 :ProgressRow;
    approval @3 :ApprovalRow;
    fund @4 :FundRow;
    evaluation @5 :EvaluationRow;
    audit @6 :AuditRow;
    unit @7 :UnitRow;
    person @8 :PersonRow;
    item @9 :ItemRow;
    chain @10 :ChainRow;
    duty @11 :Reports.DutyRow;
    problem @12 :Dispatch.ProblemRow;
    meeting @13 :Dispatch.MeetingRow;
    action @14 :Dispatch.ActionRow;
    workGroup @15 :WorkGroups.WorkGroupRow;
    risk @16 :Risks.RiskRow;
    chainGraph @17 :Research.ChainGraphRow;
    offer @18 :Research.OfferRow;
    unitPlan @19 :Research.UnitPlanRow;
    enterprise @20 :Enterprises.EnterpriseRow;
  }
}
