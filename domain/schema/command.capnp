@0x8c2e5f71b3940d88;
# The catalogue of everything that can be asked for. The arm's name in kebab case is the command's name
# in the API.
#
# A command that states facts which its event records unchanged uses the event's own struct: one
# definition of each fact. Should the two ever part, the command gets a struct of its own; the event's is
# frozen.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Registry = import "registry.capnp";
using Leads = import "leads.capnp";
using Projects = import "projects.capnp";
using Landing = import "landing.capnp";
using Corrections = import "corrections.capnp";
$Cxx.namespace("silkledger::wire");

struct CommandRequest {
  # What a command's fingerprint covers.
  actingUnit @0 :Text $A.optional $A.format("id") $A.zh("经办单位");
  # Which of a person's units acts; may be left out when there is only one.
  onBehalfOf @1 :Text $A.optional $A.format("id") $A.zh("代办对象");
  occurredOn @2 :Int32 = -2147483648 $A.optional $A.format("date") $A.zh("发生日期");
  # Today in Beijing when left out; never later than today.
  expectedVersion @3 :UInt64 = 18446744073709551615 $A.optional $A.zh("预期版本");
  # Version of the command's own stream that its sender has seen.
  correlation @4 :Text $A.optional $A.format("id") $A.zh("关联编号");
  command @5 :Command;
}

struct Command {
  union {
    publishRuleSet @0 :Registry.RuleSetPublished;
    renewRuleSet @1 :Registry.RuleSetRenewed;
    registerUnit @2 :Registry.UnitRegistered;
    renameUnit @3 :Registry.UnitRenamed;
    closeUnit @4 :Registry.UnitClosed;
    registerPerson @5 :Registry.PersonRegistered;
    grantRole @6 :Registry.RoleGranted;
    revokeRole @7 :Registry.RoleRevoked;
    issueToken @8 :Registry.TokenIssued;
    revokeToken @9 :Registry.TokenRevoked;
    defineChain @10 :Registry.ChainDefined;
    assignChainLead @11 :Registry.ChainLeadAssigned;
    setCalendarDays @12 :Registry.CalendarDaysSet;
    defineApprovalItem @13 :Registry.ApprovalItemDefined;
    beginDay @14 :Registry.DayBegan;
    reportLead @15 :Leads.LeadReported;
    fileLeadForm @16 :Leads.LeadFormFiled;
    classifyLead @17 :Leads.ClassifyLead;
    concludeLeadAnalysis @18 :Leads.LeadAnalysisConcluded;
    reviewLead @19 :Leads.LeadLeaderReviewed;
    decideLead @20 :Leads.LeadLeadingGroupDecided;
    delegateLead @21 :Leads.LeadDelegated;
    closeLead @22 :Leads.LeadClosed;
    correctLead @23 :Corrections.LeadCorrected;
    openNegotiation @24 :Projects.ProjectNegotiationOpened;
    assignProjectChain @25 :Projects.ProjectChainAssigned;
    noteNegotiation @26 :Projects.ProjectNegotiationNoted;
    setProjectPlan @27 :Projects.ProjectPlanSet;
    reachNode @28 :Projects.ProjectNodeReached;
    slipNode @29 :Projects.ProjectNodeSlipped;
    reachMilestone @30 :Projects.ProjectMilestoneReached;
    terminateProject @31 :Projects.ProjectTerminated;
    recordOpeningProject @32 :Projects.ProjectOpeningRecorded;
    correctProject @33 :Corrections.ProjectCorrected;
    conveneEvaluation @34 :Projects.EvaluationConvened;
    giveOpinion @35 :Projects.EvaluationOpinionGiven;
    concludeEvaluation @36 :Projects.EvaluationConcluded;
    signContract @37 :Projects.ContractSigned;
    amendContract @38 :Projects.ContractAmended;
    correctContract @39 :Corrections.ContractCorrected;
    requestApproval @40 :Landing.ApprovalRequested;
    planApproval @41 :Landing.ApprovalPlanned;
    claimApproval @42 :Landing.ApprovalClaimed;
    acceptApproval @43 :Landing.AcceptApproval;
    pauseApproval @44 :Landing.ApprovalClockPaused;
    resumeApproval @45 :Landing.ApprovalClockResumed;
    grantApproval @46 :Landing.ApprovalGranted;
    refuseApproval @47 :Landing.ApprovalRefused;
    reportFund @48 :Landing.FundReported;
    verifyFund @49 :Landing.FundVerified;
    rejectFund @50 :Landing.FundRejected;
    correctFund @51 :Corrections.FundCorrected;
    beginEpoch @52 :Registry.EpochBegan;
  }
}
