@0xd7f9b2c4861e0a55;
# Landing service: assisted approvals with the half-time rule (Art. 23) and funds in place (Art. 26).

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
using Registry = import "registry.capnp";
$Cxx.namespace("silkledger::wire");

# ---------------------------------------------------------------- approvals (Art. 23)

struct ApprovalRequested $A.article("23") $A.aggregate("approval") $A.zh("申请帮办代办") {
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
  itemId @2 :Text $A.format("id") $A.zh("事项编号");
  handlingUnit @3 :Text $A.format("id") $A.zh("办理单位");
  requestedOn @4 :Int32 $A.format("date") $A.zh("申请日期");
}

struct ApprovalPlanned $A.article("23") $A.aggregate("approval") $A.zh("排定办理计划") {
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  submitBy @1 :Int32 $A.format("date") $A.zh("计划提交日期");
}

struct ApprovalClaimed $A.article("23") $A.aggregate("approval") $A.zh("认领") {
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  agent @1 :Text $A.format("id") $A.zh("帮办代办员");
  claimedOn @2 :Int32 $A.format("date") $A.zh("认领日期");
}

struct ApprovalAccepted $A.article("23") $A.aggregate("approval") $A.zh("受理") {
  # 行政许可法 Art. 42: the clock starts at acceptance. The day of submission is kept beside it, so that
  # nothing can be hidden in the gap. The item's limit is copied here: the item may change later, the limit
  # under which this approval runs does not.
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  submittedOn @1 :Int32 $A.format("date") $A.zh("提交日期");
  acceptedOn @2 :Int32 $A.format("date") $A.zh("受理日期");
  days @3 :Registry.ItemDays = none $A.zh("期限单位");
  statutoryDays @4 :Int32 = -2147483648 $A.optional $A.range(least = 1, most = 3650) $A.zh("法定期限");
}

struct AcceptApproval $A.article("23") $A.aggregate("approval") $A.zh("受理") {
  # What is stated; the limit is not the sender's to state.
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  submittedOn @1 :Int32 $A.format("date") $A.zh("提交日期");
  acceptedOn @2 :Int32 $A.format("date") $A.zh("受理日期");
}

struct ApprovalClockPaused $A.article("23") $A.aggregate("approval") $A.zh("中止计时") {
  # 行政许可法 Art. 45: hearings, tenders, tests, expert review do not count.
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  pausedOn @1 :Int32 $A.format("date") $A.zh("中止日期");
  # First day that does not count.
  reason @2 :Text $A.zh("原因");
  legalBasis @3 :Text $A.maxBytes(512) $A.zh("法律依据");
}

struct ApprovalClockResumed $A.article("23") $A.aggregate("approval") $A.zh("恢复计时") {
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  resumedOn @1 :Int32 $A.format("date") $A.zh("恢复日期");
  # First day that counts again.
}

struct ApprovalGranted $A.article("23") $A.aggregate("approval") $A.zh("准予") {
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  decidedOn @1 :Int32 $A.format("date") $A.zh("决定日期");
  documentNo @2 :Text $A.optional $A.maxBytes(256) $A.zh("文号");
}

struct ApprovalRefused $A.article("23") $A.aggregate("approval") $A.zh("不予") {
  approvalId @0 :Text $A.format("id") $A.zh("办件编号");
  decidedOn @1 :Int32 $A.format("date") $A.zh("决定日期");
  reason @2 :Text $A.zh("理由");
}

# ---------------------------------------------------------------- funds (Art. 26)

enum FundSource $A.zh("资金来源") {
  outsideRegion @0 $A.zh("区外");
  insideRegion @1 $A.zh("区内");
  foreign @2 $A.zh("境外");
}

enum EvidenceKind $A.zh("凭证类别") {
  bankSlip @0 $A.zh("银行回单");
  capitalVerification @1 $A.zh("验资报告");
  progressSettlement @2 $A.zh("发票或进度结算");
  landPayment @3 $A.zh("土地款");
}

struct FundReported $A.article("26") $A.aggregate("fund") $A.zh("上报到位资金") {
  fundId @0 :Text $A.format("id") $A.zh("资金编号");
  projectId @1 :Text $A.format("id") $A.zh("项目编号");
  amountFen @2 :Int64 $A.range(least = 1, most = 9000000000000000) $A.zh("金额");
  paidOn @3 :Int32 $A.format("date") $A.zh("到位日期");
  source @4 :FundSource $A.zh("来源");
  evidence @5 :EvidenceKind $A.zh("凭证");
  voucherNo @6 :Text $A.optional $A.maxBytes(128) $A.zh("凭证号");
  bank @7 :Text $A.optional $A.maxBytes(256) $A.zh("银行");
  reason @8 :Text $A.optional $A.zh("说明");
  # Needed when the sum lifts reported funds above the rule set's share of the agreement.
}

struct FundVerified $A.article("26") $A.aggregate("fund") $A.zh("核定到位资金") {
  # Kept beside the reported amount, never over it.
  fundId @0 :Text $A.format("id") $A.zh("资金编号");
  amountFen @1 :Int64 $A.range(least = 0, most = 9000000000000000) $A.zh("核定金额");
  basis @2 :Text $A.maxBytes(1024) $A.zh("核定依据");
}

struct FundRejected $A.article("26") $A.aggregate("fund") $A.zh("不予核定") {
  fundId @0 :Text $A.format("id") $A.zh("资金编号");
  reason @1 :Text $A.zh("原因");
}

enum FundField $A.zh("资金字段") { amountFen @0 $A.zh("金额"); paidOn @1 $A.zh("到位日期"); }
