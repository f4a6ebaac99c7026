@0xea6c4ab60a88292b;
# What people say of a project beside its plan: risks (Art. 21), the list of major projects (Art. 27), and a
# light set by hand, which stands beside the computed one and never in its place (Art. 21).

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
$Cxx.namespace("silkledger::wire");

enum RiskKind $A.zh("风险类别") {
  credit @0 $A.zh("信用");
  land @1 $A.zh("用地");
  energy @2 $A.zh("能耗");
  environment @3 $A.zh("环保");
  funding @4 $A.zh("资金");
  policy @5 $A.zh("政策承诺");
  other @6 $A.zh("其他");
}

struct ProjectRiskRaised $A.article("21") $A.aggregate("project") $A.zh("提示风险") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  riskId @1 :Text $A.format("id") $A.zh("风险编号");
  # Unique within the project.
  kind @2 :RiskKind $A.zh("类别");
  text @3 :Text $A.zh("风险");
}

struct ProjectRiskCleared $A.article("21") $A.aggregate("project") $A.zh("解除风险") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  riskId @1 :Text $A.format("id") $A.zh("风险编号");
  how @2 :Text $A.zh("化解情况");
}

struct ProjectMajorListed $A.article("27") $A.aggregate("project") $A.zh("列入重大项目清单") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  reason @1 :Text $A.zh("原因");
}

struct ProjectMajorDelisted $A.article("27") $A.aggregate("project") $A.zh("移出重大项目清单") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  reason @1 :Text $A.zh("原因");
}

enum Light $A.zh("灯") {
  grey @0 $A.zh("灰");
  # No plan: never green.
  green @1 $A.zh("绿");
  yellow @2 $A.zh("黄");
  red @3 $A.zh("红");
}

struct ProjectLightOverridden $A.article("21") $A.aggregate("project") $A.zh("人工定灯") {
  # Replaces an earlier one. Grey says that there is no plan; it cannot be set by hand.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  light @1 :Light $A.zh("灯");
  reason @2 :Text $A.zh("原因");
  until @3 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("有效期至");
  # Last day; without it the light stands until it is released.
}

struct ProjectLightReleased $A.article("21") $A.aggregate("project") $A.zh("取消人工定灯") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  reason @1 :Text $A.zh("原因");
}

struct LightOverride $A.zh("人工定灯") {
  # As a row shows it, beside the computed light.
  light @0 :Light $A.zh("灯");
  reason @1 :Text $A.zh("原因");
  until @2 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("有效期至");
  by @3 :Text $A.zh("定灯人");
  setOn @4 :Int32 $A.format("date") $A.zh("定灯日期");
}

struct RiskRow $A.zh("项目风险") {
  riskKey @0 :Text $A.zh("风险");
  # "<project>~<risk>".
  projectId @1 :Text $A.zh("项目编号");
  projectName @2 :Text $A.zh("项目名称");
  unitId @3 :Text $A.zh("承接单位");
  units @4 :List(Text) $A.zh("相关单位");
  riskId @5 :Text $A.zh("风险编号");
  kind @6 :RiskKind $A.zh("类别");
  text @7 :Text $A.zh("风险");
  raisedBy @8 :Text $A.optional $A.zh("提示单位");
  raisedOn @9 :Int32 $A.format("date") $A.zh("提示日期");
  cleared @10 :Bool $A.zh("已解除");
  how @11 :Text $A.optional $A.zh("化解情况");
  clearedOn @12 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("解除日期");
  version @13 :UInt64 $A.zh("版本");
  position @14 :UInt64 $A.zh("位置");
}
