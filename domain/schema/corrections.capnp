@0xe8a0c3d5972f1b66;
# Corrections: events that name what they correct. The old value stays in the log beside the new one.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Common = import "common.capnp";
using Leads = import "leads.capnp";
using Projects = import "projects.capnp";
using Landing = import "landing.capnp";
$Cxx.namespace("silkledger::wire");

struct Change $A.zh("更正值") {
  # Old and new value of one field; `was` must equal what the ledger holds.
  union {
    text @0 :TextChange;
    money @1 :MoneyChange;
    count @2 :CountChange;
    date @3 :DateChange;
    fen @4 :FenChange;
  }
}
struct TextChange { was @0 :Text; becomes @1 :Text; }
struct MoneyChange { was @0 :Common.Money $A.optional; becomes @1 :Common.Money; }
struct CountChange { was @0 :Common.Count $A.optional; becomes @1 :Common.Count; }
struct DateChange { was @0 :Int32 $A.format("date"); becomes @1 :Int32 $A.format("date"); }
struct FenChange {
  was @0 :Int64 $A.range(least = 0, most = 9000000000000000);
  becomes @1 :Int64 $A.range(least = 0, most = 9000000000000000);
}

struct LeadCorrected $A.article("19") $A.aggregate("lead") $A.zh("更正线索") {
  leadId @0 :Text $A.format("id") $A.zh("线索编号");
  field @1 :Leads.LeadField $A.zh("字段");
  change @2 :Change $A.zh("更正");
  corrects @3 :Common.EventRef $A.zh("被更正事件");
  reason @4 :Text $A.zh("原因");
  basis @5 :Text $A.maxBytes(1024) $A.zh("依据");
}

struct ProjectCorrected $A.article("21") $A.aggregate("project") $A.zh("更正项目") {
  projectId @0 :Text $A.format("id") $A.zh("项目编号");
  field @1 :Projects.ProjectField $A.zh("字段");
  change @2 :Change $A.zh("更正");
  corrects @3 :Common.EventRef $A.zh("被更正事件");
  reason @4 :Text $A.zh("原因");
  basis @5 :Text $A.maxBytes(1024) $A.zh("依据");
}

struct ContractCorrected $A.article("22") $A.aggregate("contract") $A.zh("更正合同") {
  contractId @0 :Text $A.format("id") $A.zh("合同编号");
  field @1 :Projects.ContractField $A.zh("字段");
  change @2 :Change $A.zh("更正");
  corrects @3 :Common.EventRef $A.zh("被更正事件");
  reason @4 :Text $A.zh("原因");
  basis @5 :Text $A.maxBytes(1024) $A.zh("依据");
}

struct FundCorrected $A.article("26") $A.aggregate("fund") $A.zh("更正资金") {
  fundId @0 :Text $A.format("id") $A.zh("资金编号");
  field @1 :Landing.FundField $A.zh("字段");
  change @2 :Change $A.zh("更正");
  corrects @3 :Common.EventRef $A.zh("被更正事件");
  reason @4 :Text $A.zh("原因");
  basis @5 :Text $A.maxBytes(1024) $A.zh("依据");
}
