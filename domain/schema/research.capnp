@0xc3a9517e64d20b8f;
# Research and project preparation: the graph of an industrial chain (Art. 4, 12), offer projects up to the
# key-project library (Art. 13–15), plans and research of units (Art. 7, 11); and the rows that show them.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
$Cxx.namespace("silkledger::wire");

# ---------------------------------------------------------------- chain graph (Art. 4, 12)

enum ChainNodeKind $A.zh("节点类别") {
  link @0 $A.zh("环节");
  product @1 $A.zh("产品");
}

enum ChainNodeStatus $A.zh("节点状况") {
  # Which link counts as weak, short or broken is the chain-lead unit's judgement.
  present @0 $A.zh("有");
  weak @1 $A.zh("弱");
  short @2 $A.zh("短");
  broken @3 $A.zh("断");
}

struct ChainNodeAdded $A.article("12") $A.aggregate("chain-graph") $A.zh("增加图谱节点") {
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  nodeId @1 :Text $A.format("id") $A.zh("节点编号");
  # Within this chain.
  name @2 :Text $A.maxBytes(256) $A.zh("名称");
  kind @3 :ChainNodeKind $A.zh("类别");
}

struct ChainNodeStatusSet $A.article("12") $A.aggregate("chain-graph") $A.zh("认定节点状况") {
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  nodeId @1 :Text $A.format("id") $A.zh("节点编号");
  status @2 :ChainNodeStatus $A.zh("状况");
  basis @3 :Text $A.maxBytes(2048) $A.zh("依据");
}

struct ChainNodeRemoved $A.article("12") $A.aggregate("chain-graph") $A.zh("删除图谱节点") {
  # Only without edges; enterprises attached to it leave the graph with it.
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  nodeId @1 :Text $A.format("id") $A.zh("节点编号");
  reason @2 :Text $A.maxBytes(1024) $A.zh("原因");
}

struct ChainEdgeAdded $A.article("12") $A.aggregate("chain-graph") $A.zh("连接上下游") {
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  upstream @1 :Text $A.format("id") $A.zh("上游节点");
  downstream @2 :Text $A.format("id") $A.zh("下游节点");
}

struct ChainEdgeRemoved $A.article("12") $A.aggregate("chain-graph") $A.zh("断开上下游") {
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  upstream @1 :Text $A.format("id") $A.zh("上游节点");
  downstream @2 :Text $A.format("id") $A.zh("下游节点");
  reason @3 :Text $A.maxBytes(1024) $A.zh("原因");
}

struct ChainEnterpriseAttached $A.article("12") $A.aggregate("chain-graph") $A.zh("挂接企业") {
  # An enterprise that stands at this node already; it need not be in the target-enterprise library.
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  nodeId @1 :Text $A.format("id") $A.zh("节点编号");
  name @2 :Text $A.maxBytes(512) $A.zh("企业名称");
  uscc @3 :Text $A.optional $A.maxBytes(64) $A.zh("统一社会信用代码");
}

struct ChainEnterpriseDetached $A.article("12") $A.aggregate("chain-graph") $A.zh("移除企业") {
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  nodeId @1 :Text $A.format("id") $A.zh("节点编号");
  name @2 :Text $A.maxBytes(512) $A.zh("企业名称");
  reason @3 :Text $A.maxBytes(1024) $A.zh("原因");
}

# ---------------------------------------------------------------- offer projects (Art. 13–15)

struct OfferProposed $A.article("13") $A.aggregate("offer") $A.zh("谋划项目") {
  # No return is computed: the text asks for a high one and gives no formula. What a study says is kept as
  # its words, beside its source.
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  unitId @1 :Text $A.format("id") $A.zh("谋划单位");
  # The zone, a county or a city.
  name @2 :Text $A.maxBytes(512) $A.zh("名称");
  chainId @3 :Text $A.optional $A.format("id") $A.zh("产业链");
  nodeId @4 :Text $A.optional $A.format("id") $A.zh("图谱节点");
  content @5 :Text $A.zh("建设内容");
  amount @6 :Common.Money $A.optional $A.zh("投资额");
  land @7 :Text $A.optional $A.maxBytes(512) $A.zh("用地");
  expectedReturn @8 :Text $A.optional $A.maxBytes(1024) $A.zh("研究所载回报");
  # In the words of the study; needs `study`.
  study @9 :Common.Source $A.optional $A.zh("研究来源");
}

enum OfferVerdict $A.zh("链主意见") {
  supports @0 $A.zh("支持");
  doubts @1 $A.zh("有疑问");
}

struct OfferReviewedByChainUnit $A.article("14") $A.aggregate("offer") $A.zh("链主单位审阅") {
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  verdict @1 :OfferVerdict $A.zh("意见");
  opinion @2 :Text $A.zh("说明");
}

enum Feasibility $A.zh("论证结论") {
  feasible @0 $A.zh("可行");
  notFeasible @1 $A.zh("不可行");
}

struct OfferAssessed $A.article("14") $A.aggregate("offer") $A.zh("论证评估") {
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  feasibility @1 :Feasibility $A.zh("结论");
  opinion @2 :Text $A.zh("意见");
}

struct EnterOfferLibrary $A.article("15") $A.aggregate("offer") $A.zh("入库") {
  # What is stated; the day until which it is to be confirmed is the rules' to say.
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
}

struct OfferEnteredLibrary $A.article("15") $A.aggregate("offer") $A.zh("入重点项目库") {
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  confirmBy @1 :Int32 $A.format("date") $A.zh("应确认日期");
}

struct ConfirmOffer $A.article("15") $A.aggregate("offer") $A.zh("确认") {
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
}

struct OfferConfirmed $A.article("15") $A.aggregate("offer") $A.zh("确认在库") {
  # "动态管理": the entry still holds.
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  confirmBy @1 :Int32 $A.format("date") $A.zh("下次应确认日期");
}

struct OfferUpdated $A.article("15") $A.aggregate("offer") $A.zh("更新谋划项目") {
  # What is left out stays as it is.
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  name @1 :Text $A.optional $A.maxBytes(512) $A.zh("名称");
  chainId @2 :Text $A.optional $A.format("id") $A.zh("产业链");
  nodeId @3 :Text $A.optional $A.format("id") $A.zh("图谱节点");
  content @4 :Text $A.optional $A.zh("建设内容");
  amount @5 :Common.Money $A.optional $A.zh("投资额");
  land @6 :Text $A.optional $A.maxBytes(512) $A.zh("用地");
  expectedReturn @7 :Text $A.optional $A.maxBytes(1024) $A.zh("研究所载回报");
  study @8 :Common.Source $A.optional $A.zh("研究来源");
  reason @9 :Text $A.maxBytes(1024) $A.zh("原因");
}

struct OfferWithdrawn $A.article("15") $A.aggregate("offer") $A.zh("撤回谋划项目") {
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  reason @1 :Text $A.maxBytes(1024) $A.zh("原因");
}

struct OfferLanded $A.article("15") $A.aggregate("offer") $A.zh("谋划项目落地") {
  offerId @0 :Text $A.format("id") $A.zh("谋划项目编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
}

# ---------------------------------------------------------------- plans and research of units (Art. 7, 11)

enum UnitPlanKind $A.zh("文件类别") {
  plan @0 $A.zh("招商规划");
  programme @1 $A.zh("工作方案");
  research @2 $A.zh("产业研究");
}

struct UnitPlanDrafted $A.article("7") $A.aggregate("unit-plan") $A.zh("起草规划方案") {
  # Cites Art. 11 when it is research.
  planId @0 :Text $A.format("id") $A.zh("文件编号");
  unitId @1 :Text $A.format("id") $A.zh("单位");
  kind @2 :UnitPlanKind $A.zh("类别");
  year @3 :Int32 $A.range(least = 1949, most = 2199) $A.zh("年份");
  title @4 :Text $A.maxBytes(512) $A.zh("标题");
}

struct UnitPlanIssued $A.article("7") $A.aggregate("unit-plan") $A.zh("印发规划方案") {
  planId @0 :Text $A.format("id") $A.zh("文件编号");
  documentNo @1 :Text $A.maxBytes(256) $A.zh("文号");
  issuedOn @2 :Int32 $A.format("date") $A.zh("印发日期");
}

struct UnitPlanWithdrawn $A.article("7") $A.aggregate("unit-plan") $A.zh("撤回规划方案") {
  planId @0 :Text $A.format("id") $A.zh("文件编号");
  reason @1 :Text $A.maxBytes(1024) $A.zh("原因");
}

# ---------------------------------------------------------------- rows

enum ChainNodeJudged $A.zh("节点状况") {
  unjudged @0 $A.zh("未认定");
  present @1 $A.zh("有");
  weak @2 $A.zh("弱");
  short @3 $A.zh("短");
  broken @4 $A.zh("断");
}

struct ChainGraphNode $A.zh("图谱节点") {
  nodeId @0 :Text;
  name @1 :Text;
  kind @2 :ChainNodeKind;
  status @3 :ChainNodeJudged;
  basis @4 :Text $A.optional;
  judgedOn @5 :Int32 = -2147483648 $A.optional $A.format("date");
}

struct ChainGraphEdge $A.zh("上下游关系") {
  upstream @0 :Text;
  downstream @1 :Text;
}

struct ChainGraphEnterprise $A.zh("挂接企业") {
  nodeId @0 :Text;
  name @1 :Text;
  uscc @2 :Text $A.optional;
  warnings @3 :List(Text);
}

struct ChainGraphRow $A.zh("产业链图谱") {
  # One row for each chain that has a graph, open to everybody as the chains themselves are.
  chainId @0 :Text $A.zh("产业链编号");
  name @1 :Text $A.zh("名称");
  nodes @2 :List(ChainGraphNode) $A.maxItems(10000) $A.zh("节点");
  edges @3 :List(ChainGraphEdge) $A.maxItems(10000) $A.zh("上下游关系");
  enterprises @4 :List(ChainGraphEnterprise) $A.maxItems(10000) $A.zh("企业");
  nodeCount @5 :Int32 $A.zh("节点数");
  weak @6 :Int32 $A.zh("弱链");
  short @7 :Int32 $A.zh("短链");
  broken @8 :Int32 $A.zh("断链");
  version @9 :UInt64 $A.zh("版本");
  position @10 :UInt64 $A.zh("位置");
}

enum OfferStatus $A.zh("谋划项目状态") {
  proposed @0 $A.zh("已谋划");
  reviewed @1 $A.zh("链主已审阅");
  feasible @2 $A.zh("论证可行");
  notFeasible @3 $A.zh("论证不可行");
  inLibrary @4 $A.zh("在库");
  landed @5 $A.zh("已落地");
  withdrawn @6 $A.zh("已撤回");
}

struct OfferRow $A.zh("重点项目库") {
  offerId @0 :Text $A.zh("谋划项目编号");
  name @1 :Text $A.zh("名称");
  status @2 :OfferStatus $A.zh("状态");
  unitId @3 :Text $A.zh("谋划单位");
  units @4 :List(Text) $A.zh("相关单位");
  chainId @5 :Text $A.optional $A.zh("产业链");
  nodeId @6 :Text $A.optional $A.zh("图谱节点");
  content @7 :Text $A.zh("建设内容");
  amount @8 :Common.Money $A.optional $A.zh("投资额");
  land @9 :Text $A.optional $A.zh("用地");
  expectedReturn @10 :Text $A.optional $A.zh("研究所载回报");
  study @11 :Common.Source $A.optional $A.zh("研究来源");
  chainVerdict @12 :Text $A.optional $A.zh("链主意见");
  # "supports" or "doubts".
  chainOpinion @13 :Text $A.optional $A.zh("链主说明");
  assessment @14 :Text $A.optional $A.zh("论证意见");
  proposedOn @15 :Int32 $A.format("date") $A.zh("谋划日期");
  enteredOn @16 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("入库日期");
  confirmedOn @17 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("最近确认日期");
  # Entering the library confirms as well.
  confirmBy @18 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("应确认日期");
  # While it is in the library.
  overdue @19 :Bool $A.zh("逾期未确认");
  projectId @20 :Text $A.optional $A.zh("项目编号");
  reason @21 :Text $A.optional $A.zh("撤回原因");
  version @22 :UInt64 $A.zh("版本");
  position @23 :UInt64 $A.zh("位置");
}

enum UnitPlanStatus $A.zh("文件状态") {
  drafted @0 $A.zh("起草");
  issued @1 $A.zh("已印发");
  withdrawn @2 $A.zh("已撤回");
}

struct UnitPlanDocument $A.zh("规划方案") {
  planId @0 :Text;
  kind @1 :UnitPlanKind;
  title @2 :Text;
  status @3 :UnitPlanStatus;
  documentNo @4 :Text $A.optional;
  issuedOn @5 :Int32 = -2147483648 $A.optional $A.format("date");
  reason @6 :Text $A.optional;
  # Of the withdrawal.
  version @7 :UInt64;
  # Of the document's own stream.
}

struct UnitPlanRow $A.zh("规划方案清单") {
  # The checklist of one unit in one year, from its first document on. What a document says is not judged.
  unitYear @0 :Text $A.zh("单位与年份");
  # "653126.2026".
  unitId @1 :Text $A.zh("单位");
  year @2 :Int32 $A.zh("年份");
  units @3 :List(Text) $A.zh("相关单位");
  documents @4 :List(UnitPlanDocument) $A.maxItems(1024) $A.zh("文件");
  issued @5 :List(Text) $A.zh("已印发类别");
  missing @6 :List(Text) $A.zh("尚缺类别");
  # "plan", "programme", "research": nothing of that kind was issued for the year.
  version @7 :UInt64 $A.zh("版本");
  # How often the row was written.
  position @8 :UInt64 $A.zh("位置");
}
