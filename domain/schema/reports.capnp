@0xb84c1f60d2a7e935;
# Reports that are owed at set times (Art. 19, 22): what a unit told, that it had nothing to tell, or that the
# day passed without a word.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("silkledger::wire");

struct WeeklyReportSubmitted $A.article("19") $A.aggregate("weekly-report") $A.zh("上报客商信息周报") {
  # An attracting unit's week. Silence and "nothing this week" differ, so a nil report is said in words.
  unitId @0 :Text $A.format("id") $A.zh("上报单位");
  weekBegins @1 :Int32 $A.format("date") $A.zh("周起始日");
  # A Monday.
  nothingToReport @2 :Bool $A.defaulted $A.zh("零报告");
  leads @3 :List(Text) $A.defaulted $A.maxItems(256) $A.zh("线索编号");
  # The leads of this unit that the report covers.
  remarks @4 :Text $A.optional $A.maxBytes(4096) $A.zh("备注");
}

struct WeeklyReportReturned $A.article("19") $A.aggregate("weekly-report") $A.zh("退回周报") {
  unitId @0 :Text $A.format("id") $A.zh("上报单位");
  weekBegins @1 :Int32 $A.format("date") $A.zh("周起始日");
  reason @2 :Text $A.maxBytes(1024) $A.zh("退回原因");
}

struct WeeklyReportLapsed $A.article("19") $A.aggregate("weekly-report") $A.zh("周报逾期未报") {
  # The due day passed without a report. Recorded by the system, once.
  unitId @0 :Text $A.format("id") $A.zh("上报单位");
  weekBegins @1 :Int32 $A.format("date") $A.zh("周起始日");
  dueOn @2 :Int32 $A.format("date") $A.zh("应报日期");
}

struct HalfMonthReportSubmitted $A.article("22") $A.aggregate("half-month-report") $A.zh("反馈二档项目半月进展") {
  # The chain-lead unit's feedback on a project of the upper tier.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  halfBegins @1 :Int32 $A.format("date") $A.zh("半月起始日");
  # The 1st or the 16th.
  progress @2 :Text $A.maxBytes(4096) $A.zh("进展情况");
  difficulties @3 :Text $A.optional $A.maxBytes(4096) $A.zh("存在困难");
}

struct HalfMonthReportReturned $A.article("22") $A.aggregate("half-month-report") $A.zh("退回半月反馈") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  halfBegins @1 :Int32 $A.format("date") $A.zh("半月起始日");
  reason @2 :Text $A.maxBytes(1024) $A.zh("退回原因");
}

struct HalfMonthReportLapsed $A.article("22") $A.aggregate("half-month-report") $A.zh("半月反馈逾期未报") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  halfBegins @1 :Int32 $A.format("date") $A.zh("半月起始日");
  dueOn @2 :Int32 $A.format("date") $A.zh("应报日期");
}

# ---------------------------------------------------------------- what is owed, as people look at it

enum DutyKind $A.zh("应报事项") {
  weeklyReport @0 $A.zh("客商信息周报");
  halfMonthReport @1 $A.zh("二档项目半月反馈");
}

enum DutyStatus $A.zh("履职状态") {
  open @0 $A.zh("待报");
  met @1 $A.zh("按时上报");
  metLate @2 $A.zh("逾期补报");
  returned @3 $A.zh("已退回");
  lapsed @4 $A.zh("逾期未报");
}

struct DutyRow $A.zh("应报台账") {
  # One row for each report that a unit owes, with the day on which it falls due and why.
  dutyId @0 :Text $A.zh("编号");
  # "weekly.<unit>.<Monday>" or "half-month.<project>.<first day>".
  kind @1 :DutyKind $A.zh("事项");
  unitId @2 :Text $A.zh("责任单位");
  periodBegins @3 :Int32 $A.format("date") $A.zh("所属期起");
  periodEnds @4 :Int32 $A.format("date") $A.zh("所属期止");
  dueOn @5 :Int32 $A.format("date") $A.zh("应报日期");
  status @6 :DutyStatus $A.zh("状态");
  submittedOn @7 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("上报日期");
  daysLate @8 :Int32 $A.zh("逾期天数");
  # Calendar days from the due day to the report. A report after office hours of the due day is late by 0 days.
  nothingToReport @9 :Bool $A.zh("零报告");
  leads @10 :Int32 $A.zh("线索数");
  projectId @11 :Text $A.optional $A.zh("项目编号");
  projectName @12 :Text $A.optional $A.zh("项目名称");
  article @13 :Text $A.zh("条款");
  because @14 :List(DutyReason) $A.zh("日期推算");
  # How the due day was found, step by step.
  provisional @15 :Bool $A.zh("日历未定");
  reason @16 :Text $A.optional $A.zh("退回原因");
  ruleSet @17 :Text $A.zh("规则集版本");
  units @18 :List(Text) $A.zh("相关单位");
  version @19 :UInt64 $A.zh("版本");
  position @20 :UInt64 $A.zh("位置");
}

struct DutyReason $A.zh("推算步骤") {
  zh @0 :Text;
  en @1 :Text;
}
