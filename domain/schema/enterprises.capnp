@0xea40c1f8397d52b6;
# The target-enterprise library (Art. 16, 17): whom to approach, who shall do it, what came of it; and the row
# that shows it. Claims to one of the six classes (Art. 19) are kept with their list, year and evidence.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
$Cxx.namespace("silkledger::wire");

struct EnterpriseAdded $A.article("16") $A.aggregate("enterprise") $A.zh("目标企业入库") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  name @1 :Text $A.maxBytes(512) $A.zh("名称");
  uscc @2 :Text $A.optional $A.maxBytes(64) $A.zh("统一社会信用代码");
  # Kept as it was entered; a doubtful one warns.
  mainBusiness @3 :Text $A.maxBytes(2048) $A.zh("主营业务");
  registeredPlace @4 :Text $A.maxBytes(512) $A.zh("注册地");
  registeredCode @5 :Text $A.optional $A.maxBytes(6) $A.zh("注册地区划代码");
  # GB/T 2260, six digits; none abroad.
}

struct EnterpriseAssignedByChain $A.article("16") $A.aggregate("enterprise") $A.zh("按产业链划分") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  chainId @1 :Text $A.format("id") $A.zh("产业链");
}

enum AssignmentBasis $A.zh("划分口径") {
  registeredPlace @0 $A.zh("注册地");
  headquarters @1 $A.zh("总部");
  decisionCentre @2 $A.zh("决策中心");
}

struct AssignEnterpriseByRegion $A.article("16") $A.aggregate("enterprise") $A.zh("按经济圈划分") {
  # What is stated; the circle follows from the place under the rules.
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  unitId @1 :Text $A.format("id") $A.zh("片区分局");
  basis @2 :AssignmentBasis $A.zh("划分口径");
  placeCode @3 :Text $A.optional $A.maxBytes(6) $A.zh("区划代码");
  # Of the place by that basis, GB/T 2260; left out abroad.
}

struct EnterpriseAssignedByRegion $A.article("16") $A.aggregate("enterprise") $A.zh("按经济圈划分") {
  # The text does not say which place counts, so each assignment names its basis; a later one on the same basis
  # takes its place.
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  unitId @1 :Text $A.format("id") $A.zh("片区分局");
  basis @2 :AssignmentBasis $A.zh("划分口径");
  placeCode @3 :Text $A.optional $A.maxBytes(6) $A.zh("区划代码");
  circle @4 :Text $A.optional $A.format("id") $A.zh("经济圈");
  # Nothing outside the circles of the rules.
}

struct EnterprisePushed $A.article("16") $A.aggregate("enterprise") $A.zh("推送") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  unitId @1 :Text $A.format("id") $A.zh("接收单位");
}

struct EnterpriseReceiptConfirmed $A.article("16") $A.aggregate("enterprise") $A.zh("签收") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  unitId @1 :Text $A.format("id") $A.zh("接收单位");
}

struct EnterpriseContactMade $A.article("17") $A.aggregate("enterprise") $A.zh("联系企业") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  unitId @1 :Text $A.format("id") $A.zh("联系单位");
  contactedOn @2 :Int32 $A.format("date") $A.zh("联系日期");
  person @3 :Common.Sealed $A.optional $A.zh("对方联系人");
  phone @4 :Common.Sealed $A.optional $A.zh("联系电话");
  result @5 :Text $A.zh("结果");
}

struct EnterpriseHandedOver $A.article("17") $A.aggregate("enterprise") $A.zh("移交对接") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  fromUnit @1 :Text $A.format("id") $A.zh("移交单位");
  toUnit @2 :Text $A.format("id") $A.zh("承接单位");
  note @3 :Text $A.optional $A.zh("说明");
}

struct EnterpriseStatusClaimed $A.article("19") $A.aggregate("enterprise") $A.zh("申报企业类别") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  claimId @1 :Text $A.format("id") $A.zh("申报编号");
  # Within this enterprise.
  leadClass @2 :Text $A.format("id") $A.zh("类别");
  list @3 :Text $A.maxBytes(256) $A.zh("榜单");
  listYear @4 :Int32 $A.range(least = 1949, most = 2199) $A.zh("榜单年份");
  evidence @5 :Text $A.maxBytes(2048) $A.zh("佐证");
  holdingPath @6 :Text $A.optional $A.maxBytes(1024) $A.zh("控股路径");
  # When a parent stands on the list and this enterprise is its subsidiary.
}

struct EnterpriseStatusChecked $A.article("19") $A.aggregate("enterprise") $A.zh("核对企业类别") {
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  claimId @1 :Text $A.format("id") $A.zh("申报编号");
  upheld @2 :Bool $A.zh("属实");
  basis @3 :Text $A.maxBytes(2048) $A.zh("依据");
}

struct EnterpriseMerged $A.article("16") $A.aggregate("enterprise") $A.zh("并入同一企业") {
  # Two records of one enterprise: this one ends, the other goes on.
  enterpriseId @0 :Text $A.format("id") $A.zh("企业编号");
  into @1 :Text $A.format("id") $A.zh("并入");
  reason @2 :Text $A.maxBytes(1024) $A.zh("原因");
}

# ---------------------------------------------------------------- row

struct EnterpriseRegion $A.zh("经济圈划分") {
  basis @0 :AssignmentBasis;
  unitId @1 :Text;
  circle @2 :Text $A.optional;
  placeCode @3 :Text $A.optional;
}

struct EnterprisePush $A.zh("推送") {
  unitId @0 :Text;
  pushedOn @1 :Int32 $A.format("date");
  receivedOn @2 :Int32 = -2147483648 $A.optional $A.format("date");
}

struct EnterpriseContact $A.zh("联系记录") {
  unitId @0 :Text;
  contactedOn @1 :Int32 $A.format("date");
  person @2 :Common.Sealed $A.optional;
  phone @3 :Common.Sealed $A.optional;
  result @4 :Text;
}

enum ClaimStatus $A.zh("申报状态") {
  claimed @0 $A.zh("已申报");
  upheld @1 $A.zh("属实");
  notUpheld @2 $A.zh("不属实");
}

struct EnterpriseClaim $A.zh("类别申报") {
  claimId @0 :Text;
  leadClass @1 :Text;
  list @2 :Text;
  listYear @3 :Int32;
  evidence @4 :Text;
  holdingPath @5 :Text $A.optional;
  status @6 :ClaimStatus;
  basis @7 :Text $A.optional;
}

struct EnterpriseRow $A.zh("目标企业库") {
  enterpriseId @0 :Text $A.zh("企业编号");
  name @1 :Text $A.zh("名称");
  uscc @2 :Text $A.optional $A.zh("统一社会信用代码");
  mainBusiness @3 :Text $A.zh("主营业务");
  registeredPlace @4 :Text $A.zh("注册地");
  registeredCode @5 :Text $A.optional $A.zh("注册地区划代码");
  units @6 :List(Text) $A.zh("相关单位");
  chains @7 :List(Text) $A.zh("产业链");
  regions @8 :List(EnterpriseRegion) $A.zh("经济圈划分");
  circles @9 :List(Text) $A.zh("经济圈");
  holders @10 :List(Text) $A.zh("对接单位");
  # Who works on it: branches it was assigned to, and whom it was handed over to.
  pushes @11 :List(EnterprisePush) $A.maxItems(1024) $A.zh("推送");
  unreceived @12 :List(Text) $A.maxItems(1024) $A.zh("未签收单位");
  contacts @13 :List(EnterpriseContact) $A.zh("联系记录");
  # The latest; all of them are in the history.
  contactCount @14 :Int32 $A.zh("联系次数");
  lastContactOn @15 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("最近联系日期");
  claims @16 :List(EnterpriseClaim) $A.zh("类别申报");
  classes @17 :List(Text) $A.zh("核定类别");
  # Of upheld claims.
  twins @18 :List(Text) $A.maxItems(1024) $A.zh("疑似同一企业");
  # Other records of the same code or name that were not merged.
  mergedInto @19 :Text $A.optional $A.zh("并入");
  warnings @20 :List(Text) $A.zh("提示");
  # "two-branches", "same-enterprise-twice", and those of the credit code.
  version @21 :UInt64 $A.zh("版本");
  position @22 :UInt64 $A.zh("位置");
}
