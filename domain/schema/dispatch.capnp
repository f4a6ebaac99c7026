@0xb9a4c7e31f5d2086;
# Dispatch and its ledger: problems of projects (Art. 27, 28), meetings and the items they give out
# (Art. 25, 27, 28).

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("silkledger::wire");

# ---------------------------------------------------------------- problem ledger (Art. 28)

enum ProblemClass $A.zh("问题类别") {
  performance @0 $A.zh("履约");
  fulfilment @1 $A.zh("兑现");
  progress @2 $A.zh("推进");
  other @3 $A.zh("其他");
}

struct ProblemRaised $A.article("28") $A.aggregate("problem") $A.zh("提出问题") {
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
  problemClass @2 :ProblemClass $A.zh("类别");
  text @3 :Text $A.zh("问题");
  raisedBy @4 :Text $A.format("id") $A.zh("提出单位");
  # The unit that confirms in the end that it is solved.
}

struct ProblemAssigned $A.article("28") $A.aggregate("problem") $A.zh("交办问题") {
  # Assigning anew replaces owner and due day; what was before stays in the history.
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
  ownerUnit @1 :Text $A.format("id") $A.zh("责任单位");
  due @2 :Int32 $A.format("date") $A.zh("办结期限");
}

struct ProblemFeedbackGiven $A.article("28") $A.aggregate("problem") $A.zh("反馈问题进展") {
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
  text @1 :Text $A.zh("进展");
}

struct ProblemEscalated $A.article("28") $A.aggregate("problem") $A.zh("提请地区协调") {
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
  matter @1 :Text $A.zh("提请事项");
}

enum EscalationVerdict $A.zh("提请结论") { taken @0 $A.zh("受理"); returned @1 $A.zh("退回"); }

struct ProblemEscalationDecided $A.article("28") $A.aggregate("problem") $A.zh("研究提请事项") {
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
  verdict @1 :EscalationVerdict $A.zh("结论");
  text @2 :Text $A.zh("意见");
}

struct ProblemResolved $A.article("28") $A.aggregate("problem") $A.zh("问题办结") {
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
  result @1 :Text $A.zh("结果");
}

struct ProblemConfirmed $A.article("28") $A.aggregate("problem") $A.zh("确认解决") {
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
}

struct ProblemReopened $A.article("28") $A.aggregate("problem") $A.zh("问题重新打开") {
  # The owner stays and so does the due day, until it is assigned anew.
  problemId @0 :Text $A.format("id") $A.zh("问题编号");
  reason @1 :Text $A.zh("原因");
}

# ---------------------------------------------------------------- meetings (Art. 25, 27)

enum MeetingKind $A.zh("会议类别") { dispatch @0 $A.zh("调度会"); promotion @1 $A.zh("推进会"); }

struct MeetingCalled $A.article("25") $A.aggregate("meeting") $A.zh("召集会议") {
  meetingId @0 :Text $A.format("id") $A.zh("会议编号");
  kind @1 :MeetingKind $A.zh("类别");
  unitId @2 :Text $A.format("id") $A.zh("召集单位");
  # The office for the prefecture (Art. 25); the zone, a county or a chain-lead unit for its own (Art. 27, 28).
  on @3 :Int32 $A.format("date") $A.zh("召开日期");
  agenda @4 :Text $A.zh("议题");
  invited @5 :List(Text) $A.maxItems(64) $A.zh("受邀单位");
  chair @6 :Text $A.format("id") $A.zh("主持人");
}

struct MeetingHeld $A.article("25") $A.aggregate("meeting") $A.zh("召开会议") {
  meetingId @0 :Text $A.format("id") $A.zh("会议编号");
  heldOn @1 :Int32 $A.format("date") $A.zh("实际召开日期");
  attended @2 :List(Text) $A.maxItems(64) $A.zh("出席单位");
  heard @3 :List(Text) $A.maxItems(64) $A.zh("汇报的链主单位");
  # Art. 25: the chain-lead units that reported; each attended and leads a chain on that day.
}

struct MeetingMinutesIssued $A.article("25") $A.aggregate("meeting") $A.zh("印发会议纪要") {
  meetingId @0 :Text $A.format("id") $A.zh("会议编号");
  number @1 :Text $A.maxBytes(256) $A.zh("文号");
  text @2 :Text $A.maxBytes(32768) $A.zh("纪要");
}

struct MeetingCalledOff $A.article("25") $A.aggregate("meeting") $A.zh("取消会议") {
  meetingId @0 :Text $A.format("id") $A.zh("会议编号");
  reason @1 :Text $A.zh("原因");
}

# ---------------------------------------------------------------- action items (Art. 25, 27, 28)

struct ActionAssigned $A.article("25") $A.aggregate("action") $A.zh("交办事项") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
  meetingId @1 :Text $A.optional $A.format("id") $A.zh("会议编号");
  projectId @2 :Text $A.optional $A.format("id") $A.zh("项目编号");
  assignedBy @3 :Text $A.format("id") $A.zh("交办单位");
  ownerUnit @4 :Text $A.format("id") $A.zh("承办单位");
  text @5 :Text $A.zh("事项");
  due @6 :Int32 $A.format("date") $A.zh("办结期限");
}

struct ActionFeedbackGiven $A.article("25") $A.aggregate("action") $A.zh("反馈交办进展") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
  text @1 :Text $A.zh("进展");
}

struct ActionExtensionAsked $A.article("25") $A.aggregate("action") $A.zh("申请延期") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
  until @1 :Int32 $A.format("date") $A.zh("申请延至");
  reason @2 :Text $A.zh("原因");
}

struct ActionExtensionGranted $A.article("25") $A.aggregate("action") $A.zh("同意延期") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
  until @1 :Int32 $A.format("date") $A.zh("延至");
  # The day asked for, or an earlier one.
}

struct ActionExtensionRefused $A.article("25") $A.aggregate("action") $A.zh("不同意延期") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
  reason @1 :Text $A.zh("原因");
}

struct ActionDone $A.article("25") $A.aggregate("action") $A.zh("交办事项办结") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
  result @1 :Text $A.zh("结果");
}

struct ActionConfirmed $A.article("25") $A.aggregate("action") $A.zh("交办事项销号") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
}

struct ActionReturned $A.article("25") $A.aggregate("action") $A.zh("退回继续办理") {
  actionId @0 :Text $A.format("id") $A.zh("交办编号");
  reason @1 :Text $A.zh("原因");
}

# ---------------------------------------------------------------- rows of the views

enum ProblemStatus $A.zh("问题状态") {
  raised @0 $A.zh("已提出");
  assigned @1 $A.zh("办理中");
  resolved @2 $A.zh("待确认");
  confirmed @3 $A.zh("已解决");
}

enum Escalation $A.zh("提请地区") {
  none @0 $A.zh("未提请");
  asked @1 $A.zh("已提请");
  taken @2 $A.zh("地区受理");
  returned @3 $A.zh("地区退回");
}

struct ProblemRow $A.zh("问题台账") {
  problemId @0 :Text $A.zh("问题编号");
  projectId @1 :Text $A.zh("项目编号");
  projectName @2 :Text $A.zh("项目名称");
  unitId @3 :Text $A.zh("承接单位");
  units @4 :List(Text) $A.zh("相关单位");
  problemClass @5 :ProblemClass $A.zh("类别");
  text @6 :Text $A.zh("问题");
  raisedBy @7 :Text $A.zh("提出单位");
  raisedOn @8 :Int32 $A.format("date") $A.zh("提出日期");
  status @9 :ProblemStatus $A.zh("状态");
  ownerUnit @10 :Text $A.optional $A.zh("责任单位");
  due @11 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("办结期限");
  daysOpen @12 :Int32 $A.zh("已历天数");
  # From the day it was raised; stands still while it waits for confirmation and afterwards.
  overdue @13 :Bool $A.zh("超期");
  daysOverdue @14 :Int32 $A.zh("超期天数");
  # Calendar days behind the due day, today or on the day it was resolved.
  escalation @15 :Escalation $A.zh("提请地区");
  matter @16 :Text $A.optional $A.zh("提请事项");
  ruling @17 :Text $A.optional $A.zh("地区意见");
  feedbacks @18 :Int32 $A.zh("反馈次数");
  lastFeedback @19 :Text $A.optional $A.zh("最近反馈");
  lastFeedbackOn @20 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("最近反馈日期");
  result @21 :Text $A.optional $A.zh("结果");
  resolvedOn @22 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("办结日期");
  confirmedOn @23 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("确认日期");
  reopened @24 :Int32 $A.zh("重新打开次数");
  version @25 :UInt64 $A.zh("版本");
  position @26 :UInt64 $A.zh("位置");
}

enum MeetingStatus $A.zh("会议状态") {
  called @0 $A.zh("已召集");
  held @1 $A.zh("已召开");
  minuted @2 $A.zh("已印发纪要");
  calledOff @3 $A.zh("已取消");
}

struct MeetingRow $A.zh("调度会议") {
  meetingId @0 :Text $A.zh("会议编号");
  kind @1 :MeetingKind $A.zh("类别");
  unitId @2 :Text $A.zh("召集单位");
  units @3 :List(Text) $A.zh("相关单位");
  status @4 :MeetingStatus $A.zh("状态");
  on @5 :Int32 $A.format("date") $A.zh("召开日期");
  heldOn @6 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("实际召开日期");
  agenda @7 :Text $A.zh("议题");
  chair @8 :Text $A.zh("主持人");
  invited @9 :List(Text) $A.zh("受邀单位");
  attended @10 :List(Text) $A.zh("出席单位");
  absent @11 :List(Text) $A.zh("缺席单位");
  # Invited, and neither it nor a unit below it attended.
  heard @12 :List(Text) $A.zh("汇报的链主单位");
  minutesNo @13 :Text $A.optional $A.zh("文号");
  minutes @14 :Text $A.optional $A.zh("纪要");
  minutesOn @15 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("印发日期");
  reason @16 :Text $A.optional $A.zh("取消原因");
  actions @17 :Int32 $A.zh("交办事项");
  actionsConfirmed @18 :Int32 $A.zh("已销号事项");
  version @19 :UInt64 $A.zh("版本");
  position @20 :UInt64 $A.zh("位置");
}

enum ActionStatus $A.zh("交办状态") {
  open @0 $A.zh("办理中");
  extensionAsked @1 $A.zh("申请延期");
  done @2 $A.zh("待销号");
  confirmed @3 $A.zh("已销号");
}

struct ActionRow $A.zh("交办事项") {
  actionId @0 :Text $A.zh("交办编号");
  meetingId @1 :Text $A.optional $A.zh("会议编号");
  projectId @2 :Text $A.optional $A.zh("项目编号");
  assignedBy @3 :Text $A.zh("交办单位");
  ownerUnit @4 :Text $A.zh("承办单位");
  units @5 :List(Text) $A.zh("相关单位");
  text @6 :Text $A.zh("事项");
  status @7 :ActionStatus $A.zh("状态");
  assignedOn @8 :Int32 $A.format("date") $A.zh("交办日期");
  due @9 :Int32 $A.format("date") $A.zh("办结期限");
  originalDue @10 :Int32 $A.format("date") $A.zh("原定期限");
  extensions @11 :Int32 $A.zh("延期次数");
  askedUntil @12 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("申请延至");
  askedReason @13 :Text $A.optional $A.zh("延期原因");
  overdue @14 :Bool $A.zh("超期");
  daysOverdue @15 :Int32 $A.zh("超期天数");
  # Calendar days behind the due day, today or on the day it was done.
  feedbacks @16 :Int32 $A.zh("反馈次数");
  lastFeedback @17 :Text $A.optional $A.zh("最近反馈");
  lastFeedbackOn @18 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("最近反馈日期");
  result @19 :Text $A.optional $A.zh("结果");
  doneOn @20 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("办结日期");
  confirmedOn @21 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("销号日期");
  returned @22 :Int32 $A.zh("退回次数");
  version @23 :UInt64 $A.zh("版本");
  position @24 :UInt64 $A.zh("位置");
}
