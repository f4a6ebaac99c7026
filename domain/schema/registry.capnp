@0x9b6f0d1c7a52e811;
# Reference data: who takes part, under which rules and on which days. All of it is dated and enters
# through commands, so that a replay of 2023 shows the units and rules of 2023.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
$Cxx.namespace("silkledger::wire");

# ---------------------------------------------------------------- rule set (Art. 32, 33)

struct RuleSet $A.zh("规则集") {
  # One version of the regulation as data: thresholds, classes, criteria, roles. Decisions cite `version`.
  version @0 :Text $A.format("id") $A.zh("版本");
  title @1 :Text $A.maxBytes(512) $A.zh("名称");
  titleEn @2 :Text $A.maxBytes(512) $A.zh("英文名称");
  validFrom @3 :Int32 $A.format("date") $A.zh("施行日期");
  validUntil @4 :Int32 $A.format("date") $A.zh("有效期至");
  # Last day of validity. After it the system goes on and marks new decisions "basis lapsed".
  unitKinds @5 :List(UnitKind) $A.zh("单位类别");
  roles @6 :List(Role) $A.zh("角色");
  leadClasses @7 :List(LeadClass) $A.zh("投资方类别");
  criteria @8 :List(CodeName) $A.zh("评估要点");
  # Art. 20: what an evaluation meeting examines.
  tiers @9 :List(Tier) $A.zh("项目分档");
  # Art. 22, highest tier first or last in any order; a project belongs to the highest it reaches.
  tierAmountBasis @10 :TierAmountBasis $A.zh("分档金额口径");
  lights @11 :Lights $A.zh("亮灯规则");
  declineNeedsReview @12 :Bool $A.zh("不予洽谈须经审核");
  # Art. 19: a negative conclusion of the office closes a lead only after the leader's review.
  signReminderDays @13 :Int32 $A.range(least = 1, most = 3650) $A.zh("催签天数");
  # Art. 20 "尽快": calendar days from a passed evaluation to the reminder; no breach.
  claimWorkingDays @14 :Int32 $A.range(least = 1, most = 60) $A.zh("认领工作日");
  # Art. 23 "及时认领".
  evaluationNeedsEveryOpinion @15 :Bool $A.zh("须全体受邀单位发表意见");
  # Art. 20 quorum: every invited unit gave an opinion on every criterion before the meeting concludes.
  fundsOverAgreementPercent @16 :Int32 $A.range(least = 100, most = 1000) $A.zh("到位资金上限百分比");
  # A sum that lifts a project's reported funds above this share of its agreement needs a reason.
  weeklyReportWeekday @17 :Int32 = 5 $A.defaulted $A.range(least = 1, most = 7) $A.zh("周报截止星期");
  # Art. 19 "weekly": 1 Monday … 7 Sunday; on a day off the next working day.
  halfMonthReportWorkingDays @18 :Int32 = 2 $A.defaulted $A.range(least = 0, most = 15) $A.zh("半月反馈工作日");
  # Art. 22 "every half month": working days after the half has ended.
  summerHoursFrom @19 :Int32 = 501 $A.defaulted $A.range(least = 101, most = 1231) $A.zh("夏季作息起始");
  # Month and day, 501 for 1 May. From then to winterHoursFrom offices close at summerCloses.
  winterHoursFrom @20 :Int32 = 1001 $A.defaulted $A.range(least = 101, most = 1231) $A.zh("冬季作息起始");
  summerCloses @21 :Int32 = 1200 $A.defaulted $A.range(least = 0, most = 1440) $A.zh("夏季下班时间");
  # Minutes after midnight, Beijing time: 1200 for 20:00. A report is in time until then.
  winterCloses @22 :Int32 = 1170 $A.defaulted $A.range(least = 0, most = 1440) $A.zh("冬季下班时间");
  workGroups @23 :List(WorkGroupRule) $A.optional $A.maxItems(9) $A.zh("项目工作组");
  # Art. 22, by tier; a tier without a row follows the highest below it. Left out: as the article says.
  offerConfirmMonths @24 :Int32 = -2147483648 $A.optional $A.range(least = 1, most = 60) $A.zh("项目库确认月数");
  # Art. 15 "动态管理": months from one confirmation of an entry of the key-project library to the next. 3 where a
  # rule set does not say.
  chainGraphMost @25 :Int32 = -2147483648 $A.optional $A.range(least = 1, most = 10000) $A.zh("图谱容量");
  # Art. 12: most nodes, most edges and most enterprises in the graph of one chain. 500 where it does not say.
  circles @26 :List(Circle) $A.optional $A.maxItems(64) $A.zh("招商经济圈");
  # Art. 16: where stationed bureaus look for enterprises. The five of the text where a rule set does not say.
}

enum SponsorLevel $A.zh("包联领导层级") {
  # From the lowest to the highest: a higher one is always enough.
  countyLeader @0 $A.zh("县市级领导");
  countyPrincipal @1 $A.zh("县市党政主要领导");
  prefectureLeader @2 $A.zh("地区领导");
}

struct WorkGroupRule $A.zh("工作组规则") {
  # Art. 22 "in principle": what deviates needs a recorded reason.
  tier @0 :Int32 $A.range(least = 1, most = 9);
  sponsor @1 :SponsorLevel $A.zh("包联领导层级");
  departmentsLeast @2 :Int32 $A.range(least = 1, most = 32) $A.zh("最少部门");
  departmentsMost @3 :Int32 $A.range(least = 1, most = 32) $A.zh("最多部门");
}

struct UnitKind $A.zh("单位类别") {
  code @0 :Text $A.format("id");
  zh @1 :Text $A.maxBytes(128);
  en @2 :Text $A.maxBytes(128);
  attracting @3 :Bool $A.zh("引资单位");
  # Art. 2: the units that owe the weekly report.
  receives @4 :Bool $A.zh("可承接项目");
  # A project may be placed with a unit of this kind (zone, counties and cities).
}

enum ReadScope $A.zh("查看范围") {
  ownUnits @0 $A.zh("本单位");
  # Rows in which one of the person's units, or a unit below it, takes part.
  everything @1 $A.zh("全部");
}

struct Role $A.zh("角色") {
  code @0 :Text $A.format("id");
  zh @1 :Text $A.maxBytes(128);
  en @2 :Text $A.maxBytes(128);
  commands @3 :List(Text) $A.maxItems(256) $A.zh("可用命令");
  # Kebab-case command names this role may send.
  reads @4 :ReadScope $A.zh("查看范围");
  unitKinds @5 :List(Text) $A.maxItems(64) $A.zh("适用单位类别");
  # Kinds of unit in which the role can be held; empty for any.
  administers @6 :Bool $A.zh("系统管理");
  # May run jobs of the server (rebuild of views). Carries no right to read or write business data.
  seesPersons @7 :Bool $A.zh("可见个人信息");
  # Sealed fields are shown in clear.
}

struct LeadClass $A.zh("投资方类别") {
  code @0 :Text $A.format("id");
  zh @1 :Text $A.maxBytes(128);
  en @2 :Text $A.maxBytes(128);
  prefectureDecides @3 :Bool $A.zh("地区统筹");
  # Art. 19: one of the six classes, decided and placed by the prefecture.
}

struct Circle $A.zh("经济圈") {
  # The text names circles and not their places: a circle is a set of places that a new version may change.
  code @0 :Text $A.format("id");
  zh @1 :Text $A.maxBytes(128);
  en @2 :Text $A.maxBytes(128);
  prefixes @3 :List(Text) $A.zh("区划代码前缀");
  # First two, four or all six digits of GB/T 2260 codes. The longest that fits decides.
  reason @4 :Text $A.maxBytes(1024) $A.zh("划定理由");
}

struct CodeName {
  code @0 :Text $A.format("id");
  zh @1 :Text $A.maxBytes(128);
  en @2 :Text $A.maxBytes(128);
}

struct Tier $A.zh("档次") {
  tier @0 :Int32 $A.range(least = 1, most = 9);
  amountFen @1 :Int64 $A.range(least = 0, most = 9000000000000000);
  jobs @2 :Int32 $A.range(least = 0, most = 100000000);
}

enum TierAmountBasis { totalInvestment @0 $A.zh("协议总投资"); fixedAssets @1 $A.zh("固定资产投资"); }

struct Lights $A.zh("亮灯规则") {
  # Art. 21 names no thresholds; the defaults follow a published practice (Yinchuan 2025).
  yellowPointsBehind @0 :Int32 $A.range(least = 0, most = 100);
  redPointsBehind @1 :Int32 $A.range(least = 0, most = 100);
  yellowDaysOverdue @2 :Int32 $A.range(least = 0, most = 3650);
  redDaysOverdue @3 :Int32 $A.range(least = 0, most = 3650);
}

struct RuleSetPublished $A.article("32") $A.aggregate("rules") $A.singleton("main") $A.zh("发布规则集") {
  rules @0 :RuleSet;
}

struct RuleSetRenewed $A.article("33") $A.aggregate("rules") $A.singleton("main") $A.zh("延长规则集有效期") {
  version @0 :Text $A.format("id");
  validUntil @1 :Int32 $A.format("date") $A.zh("有效期至");
  basis @2 :Text $A.maxBytes(1024) $A.zh("依据");
}

# ---------------------------------------------------------------- units and people (Art. 2, 5–10)

struct UnitRegistered $A.article("2") $A.aggregate("unit") $A.zh("登记单位") {
  unitId @0 :Text $A.format("id") $A.zh("单位编号");
  kind @1 :Text $A.format("id") $A.zh("类别");
  name @2 :Text $A.maxBytes(256) $A.zh("名称");
  nameEn @3 :Text $A.maxBytes(256) $A.zh("英文名称");
  parent @4 :Text $A.optional $A.format("id") $A.zh("上级单位");
  # A station's branch bureau, a department's county.
  divisionCode @5 :Text $A.optional $A.maxBytes(12) $A.zh("行政区划代码");
  # GB/T 2260; the zone has none, since it is an organisation and not one territory.
  validFrom @6 :Int32 $A.format("date") $A.zh("启用日期");
  aliases @7 :List(Text) $A.maxItems(16) $A.zh("别名");
  # Other spellings met in papers, used to recognise the unit on import.
}

struct UnitRenamed $A.article("2") $A.aggregate("unit") $A.zh("单位更名") {
  unitId @0 :Text $A.format("id") $A.zh("单位编号");
  name @1 :Text $A.maxBytes(256) $A.zh("名称");
  nameEn @2 :Text $A.maxBytes(256) $A.zh("英文名称");
  from @3 :Int32 $A.format("date") $A.zh("生效日期");
}

struct UnitClosed $A.article("2") $A.aggregate("unit") $A.zh("单位停用") {
  unitId @0 :Text $A.format("id") $A.zh("单位编号");
  until @1 :Int32 $A.format("date") $A.zh("停用日期");
  reason @2 :Text $A.maxBytes(1024) $A.zh("原因");
}

struct PersonRegistered $A.article("5") $A.aggregate("person") $A.zh("登记人员") {
  personId @0 :Text $A.format("id") $A.zh("人员编号");
  name @1 :Common.Sealed $A.zh("姓名");
  title @2 :Text $A.optional $A.maxBytes(256) $A.zh("职务");
}

struct RoleGranted $A.article("5") $A.aggregate("person") $A.zh("授予角色") {
  personId @0 :Text $A.format("id") $A.zh("人员编号");
  unitId @1 :Text $A.format("id") $A.zh("单位编号");
  role @2 :Text $A.format("id") $A.zh("角色");
  from @3 :Int32 $A.format("date") $A.zh("起始日期");
  until @4 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("截止日期");
  # Last day of the grant.
}

struct RoleRevoked $A.article("5") $A.aggregate("person") $A.zh("收回角色") {
  personId @0 :Text $A.format("id") $A.zh("人员编号");
  unitId @1 :Text $A.format("id") $A.zh("单位编号");
  role @2 :Text $A.format("id") $A.zh("角色");
  reason @3 :Text $A.maxBytes(1024) $A.zh("原因");
}

struct TokenIssued $A.article("5") $A.aggregate("person") $A.zh("签发令牌") {
  # Only the SHA-256 of the secret is known to the ledger; whoever issues it makes and hands over the secret.
  personId @0 :Text $A.format("id") $A.zh("人员编号");
  tokenId @1 :Text $A.format("id") $A.zh("令牌编号");
  secretSha256 @2 :Data $A.format("sha256") $A.zh("令牌摘要");
  expiresOn @3 :Int32 $A.format("date") $A.zh("失效日期");
  # Last day on which the token is accepted.
}

struct TokenRevoked $A.article("5") $A.aggregate("person") $A.zh("吊销令牌") {
  personId @0 :Text $A.format("id") $A.zh("人员编号");
  tokenId @1 :Text $A.format("id") $A.zh("令牌编号");
  reason @2 :Text $A.maxBytes(1024) $A.zh("原因");
}

# ---------------------------------------------------------------- chains, calendar, items

struct ChainDefined $A.article("4") $A.aggregate("chain") $A.zh("设立产业链") {
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  name @1 :Text $A.maxBytes(256) $A.zh("名称");
  nameEn @2 :Text $A.maxBytes(256) $A.zh("英文名称");
  from @3 :Int32 $A.format("date") $A.zh("启用日期");
}

struct ChainLeadAssigned $A.article("9") $A.aggregate("chain") $A.zh("指定链主单位") {
  # The chain-lead unit is a department of government, not an enterprise.
  chainId @0 :Text $A.format("id") $A.zh("产业链编号");
  unitId @1 :Text $A.format("id") $A.zh("链主单位");
  from @2 :Int32 $A.format("date") $A.zh("起始日期");
}

enum DayKind $A.zh("日别") { holiday @0 $A.zh("放假"); workday @1 $A.zh("上班"); }

struct CalendarDay $A.zh("日历日") {
  date @0 :Int32 $A.format("date");
  kind @1 :DayKind;
  name @2 :Text $A.maxBytes(256);
}

struct CalendarDaysSet $A.article("23") $A.aggregate("calendar") $A.zh("设定节假日") {
  # Days off and swapped workdays of one layer for one year; a lower layer overrides a higher one. The
  # year replaces what the layer said of that year before.
  layer @0 :Text $A.format("id") $A.zh("层级");
  # "national", "region", or a unit id.
  year @1 :Int32 $A.range(least = 1949, most = 2199) $A.zh("年份");
  days @2 :List(CalendarDay) $A.maxItems(366) $A.zh("日期");
  source @3 :Text $A.maxBytes(2048) $A.zh("来源");
}

enum ItemDays $A.zh("期限单位") {
  working @0 $A.zh("工作日");
  calendar @1 $A.zh("自然日");
  instant @2 $A.zh("即时");
  none @3 $A.zh("无法定期限");
}

struct ApprovalItemDefined $A.article("23") $A.aggregate("item") $A.zh("登记审批事项") {
  itemId @0 :Text $A.format("id") $A.zh("事项编号");
  stage @1 :Text $A.maxBytes(128) $A.zh("阶段");
  name @2 :Text $A.maxBytes(256) $A.zh("名称");
  authority @3 :Text $A.maxBytes(256) $A.zh("办理部门");
  days @4 :ItemDays $A.zh("期限单位");
  statutoryDays @5 :Int32 = -2147483648 $A.optional $A.range(least = 1, most = 3650) $A.zh("法定期限");
  # Present exactly for working and calendar days.
  law @6 :Text $A.optional $A.maxBytes(512) $A.zh("法律依据");
  source @7 :Text $A.optional $A.maxBytes(2048) $A.zh("来源");
}

struct EpochBegan $A.article("30") $A.aggregate("ledger") $A.singleton("main") $A.zh("账本续期") {
  # A log that was restored from a backup goes on in the next epoch, and the server says so before anything
  # else is recorded in it: what stood behind `position` in the epoch before is not part of this history.
  epoch @0 :UInt64 $A.zh("纪元");
  position @1 :UInt64 $A.zh("接续位置");
  root @2 :Data $A.format("sha256") $A.zh("接续处的根");
  backupTakenAt @3 :Int64 = -9223372036854775808 $A.optional $A.format("instant") $A.zh("备份时间");
}

struct DayBegan $A.article("23") $A.aggregate("day") $A.singleton("beijing") $A.zh("日期更替") {
  # The only clock that views know: appended once for each Beijing day by the server itself.
  date @0 :Int32 $A.format("date") $A.zh("日期");
}
