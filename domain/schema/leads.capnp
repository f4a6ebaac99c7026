@0xa1d4c7e9530b6f22;
# Leads: from the first report of an intention to invest until somebody may negotiate (Art. 18, 19).

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
$Cxx.namespace("silkledger::wire");

enum InvestorOrigin $A.zh("投资方来源地") {
  outsideRegion @0 $A.zh("区外");
  regionOutsidePrefecture @1 $A.zh("区内地区外");
  prefecture @2 $A.zh("本地区");
  hongKongMacaoTaiwan @3 $A.zh("港澳台");
  foreign @4 $A.zh("境外");
}

struct LeadReported $A.article("19") $A.aggregate("lead") $A.zh("上报客商信息") {
  # An intention to invest, reported to the office by an investment-attracting unit. The order of these
  # events in the log is the order of first reports.
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  investorName @1 :Text $A.maxBytes(512) $A.zh("投资方");
  uscc @2 :Text $A.optional $A.maxBytes(18) $A.zh("统一社会信用代码");
  origin @3 :InvestorOrigin $A.zh("来源地");
  reportingUnit @4 :Text $A.format("id") $A.zh("上报单位");
  homeUnit @5 :Text $A.optional $A.format("id") $A.zh("派出单位");
  # Art. 8: a seconded person finds leads for the branch bureau and for the home county alike.
  chainId @6 :Text $A.optional $A.format("id") $A.zh("产业链");
  content @7 :Text $A.zh("意向内容");
  amount @8 :Common.Money $A.optional $A.zh("意向投资额");
  jobs @9 :Common.Count $A.optional $A.zh("就业岗位");
  intendedUnit @10 :Text $A.optional $A.format("id") $A.zh("意向落地单位");
  contactName @11 :Common.Sealed $A.optional $A.zh("联系人");
  contactPhone @12 :Common.Sealed $A.optional $A.zh("联系电话");
}

struct LeadFormFiled $A.article("18") $A.aggregate("lead") $A.zh("填报转办登记表") {
  # 《喀什地区重要招商引资信息转办登记表》, filled after a formal visit of the branch bureau.
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  formNo @1 :Text $A.format("id") $A.zh("表号");
  visitedOn @2 :Int32 $A.format("date") $A.zh("拜访日期");
  place @3 :Text $A.maxBytes(256) $A.zh("拜访地点");
  visitors @4 :List(Text) $A.maxItems(32) $A.zh("拜访人员编号");
  background @5 :Text $A.zh("企业背景与经营情况");
  demands @6 :Text $A.zh("企业诉求");
  feasible @7 :Bool $A.zh("基本可行");
  judgement @8 :Text $A.zh("可行性基本判断");
}

struct LeadClassified $A.article("19") $A.aggregate("lead") $A.zh("投资方分类") {
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  leadClass @1 :Text $A.format("id") $A.zh("类别");
  list @2 :Text $A.optional $A.maxBytes(256) $A.zh("榜单或名录");
  # The six classes are lists with publishers and years; a claim without its list is shown as such.
  listYear @3 :Int32 = -2147483648 $A.optional $A.range(least = 1990, most = 2199) $A.zh("榜单年份");
  evidence @4 :Text $A.optional $A.maxBytes(1024) $A.zh("佐证");
  prefectureDecides @5 :Bool $A.zh("地区统筹");
  # As the rules in force had the class: a later rule set does not move a lead that was classified.
}

struct ClassifyLead $A.article("19") $A.aggregate("lead") $A.zh("投资方分类") {
  # What is stated; who decides follows from the class and the rules.
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  leadClass @1 :Text $A.format("id") $A.zh("类别");
  list @2 :Text $A.optional $A.maxBytes(256) $A.zh("榜单或名录");
  listYear @3 :Int32 = -2147483648 $A.optional $A.range(least = 1990, most = 2199) $A.zh("榜单年份");
  evidence @4 :Text $A.optional $A.maxBytes(1024) $A.zh("佐证");
}

enum AnalysisVerdict $A.zh("研判结论") { proceed @0 $A.zh("可以洽谈"); decline @1 $A.zh("不予洽谈"); }

struct LeadAnalysisConcluded $A.article("19") $A.aggregate("lead") $A.zh("综合研判") {
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  verdict @1 :AnalysisVerdict $A.zh("结论");
  reasons @2 :Text $A.zh("理由");
}

enum ReviewVerdict $A.zh("审核意见") {
  agree @0 $A.zh("同意");
  returned @1 $A.zh("退回");
  # Back to the office for another analysis.
  disagree @2 $A.zh("不同意");
}

struct LeadLeaderReviewed $A.article("19") $A.aggregate("lead") $A.zh("分管领导审核") {
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  verdict @1 :ReviewVerdict $A.zh("意见");
  reasons @2 :Text $A.optional $A.zh("说明");
}

struct LeadLeadingGroupDecided $A.article("19") $A.aggregate("lead") $A.zh("领导小组研究确定") {
  # The leading group fixes the responsible negotiating leader and where the project is placed.
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  responsibleLeader @1 :Text $A.format("id") $A.zh("洽谈责任领导");
  meeting @2 :Text $A.maxBytes(256) $A.zh("会议");
  projectId @3 :Text $A.format("id") $A.zh("项目编号");
  unitId @4 :Text $A.format("id") $A.zh("安置单位");
}

struct LeadDelegated $A.article("19") $A.aggregate("lead") $A.zh("交县市自行跟踪") {
  # Other classes: the reporting or receiving unit follows up by itself.
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  unitId @1 :Text $A.format("id") $A.zh("跟踪单位");
  opinion @2 :Text $A.optional $A.zh("转办意见");
}

struct LeadClosed $A.article("19") $A.aggregate("lead") $A.zh("线索办结") {
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  reason @1 :Text $A.zh("原因");
}

enum LeadField $A.zh("线索字段") {
  investorName @0 $A.zh("投资方");
  content @1 $A.zh("意向内容");
  amount @2 $A.zh("意向投资额");
  jobs @3 $A.zh("就业岗位");
}

struct LeadNegotiationOpened $A.article("19") $A.aggregate("lead") $A.zh("线索转入洽谈") {
  # Leads from a delegated lead to the project that its following unit opened. Follows ProjectNegotiationOpened;
  # a lead of the six classes names its project in the leading group's decision.
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
}
