@0xed6940742347b94c;
# Working groups of signed projects (Art. 22): who sponsors a project, which unit leads the service to it,
# which departments work on it. One stream for each project, of the project's id.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Registry = import "registry.capnp";
$Cxx.namespace("silkledger::wire");

struct WorkGroupFormed $A.article("22") $A.aggregate("work-group") $A.zh("成立项目工作组") {
  # After one was dissolved, another may be formed.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  sponsor @1 :Text $A.format("id") $A.zh("包联领导");
  sponsorLevel @2 :Registry.SponsorLevel $A.zh("领导层级");
  leadServiceUnit @3 :Text $A.format("id") $A.zh("牵头服务单位");
  departments @4 :List(Text) $A.maxItems(32) $A.zh("成员部门");
  deviation @5 :Text $A.optional $A.zh("偏离说明");
  # Art. 22 "in principle": needed where level or number of departments are not those of the rules.
}

struct WorkGroupLeaderSet $A.article("22") $A.aggregate("work-group") $A.zh("调整包联领导") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  sponsor @1 :Text $A.format("id") $A.zh("包联领导");
  sponsorLevel @2 :Registry.SponsorLevel $A.zh("领导层级");
  deviation @3 :Text $A.optional $A.zh("偏离说明");
}

struct WorkGroupMemberSet $A.article("22") $A.aggregate("work-group") $A.zh("确定成员部门") {
  # Adds a department, or names another person of one that is a member.
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  unitId @1 :Text $A.format("id") $A.zh("成员部门");
  contact @2 :Text $A.optional $A.format("id") $A.zh("联系人");
  deviation @3 :Text $A.optional $A.zh("偏离说明");
}

struct WorkGroupMemberRemoved $A.article("22") $A.aggregate("work-group") $A.zh("调出成员部门") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  unitId @1 :Text $A.format("id") $A.zh("成员部门");
  reason @2 :Text $A.zh("原因");
  deviation @3 :Text $A.optional $A.zh("偏离说明");
}

struct WorkGroupLeadServiceUnitSet $A.article("22") $A.aggregate("work-group") $A.zh("调整牵头服务单位") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  unitId @1 :Text $A.format("id") $A.zh("牵头服务单位");
}

struct WorkGroupDissolved $A.article("22") $A.aggregate("work-group") $A.zh("撤销项目工作组") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  reason @1 :Text $A.zh("原因");
}

enum WorkGroupStatus $A.zh("工作组状态") {
  none @0 $A.zh("未成立");
  formed @1 $A.zh("已成立");
  dissolved @2 $A.zh("已撤销");
}

struct WorkGroupMember $A.zh("成员部门") {
  unitId @0 :Text $A.zh("成员部门");
  contact @1 :Text $A.optional $A.zh("联系人");
}

struct WorkGroupRow $A.zh("项目工作组") {
  # One row for each signed project with a tier, whether it has a group or not, and for each group.
  projectId @0 :Text $A.zh("项目编号");
  projectName @1 :Text $A.zh("项目名称");
  unitId @2 :Text $A.zh("承接单位");
  units @3 :List(Text) $A.zh("相关单位");
  tier @4 :Int32 $A.zh("档次");
  # As the contract stands: a group stays when the tier falls, until it is dissolved.
  status @5 :WorkGroupStatus $A.zh("状态");
  missing @6 :Bool $A.zh("应成立未成立");
  # The project has a tier, goes on, does not produce yet, and no group works on it.
  missingSince @7 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("应成立之日");
  sponsor @8 :Text $A.optional $A.zh("包联领导");
  sponsorLevel @9 :Text $A.optional $A.zh("领导层级");
  # Name of the level: "countyLeader".
  leadServiceUnit @10 :Text $A.optional $A.zh("牵头服务单位");
  members @11 :List(WorkGroupMember) $A.zh("成员部门");
  deviations @12 :List(Text) $A.zh("偏离说明");
  formedOn @13 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("成立日期");
  dissolvedOn @14 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("撤销日期");
  reason @15 :Text $A.optional $A.zh("撤销原因");
  version @16 :UInt64 $A.zh("版本");
  # Of the group's stream; 0 before there is one.
  position @17 :UInt64 $A.zh("位置");
}
