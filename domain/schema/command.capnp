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
using Research = import "research.capnp";
using Enterprises = import "enterprises.capnp";
using Corrections = import "corrections.capnp";
using Reports = import "reports.capnp";
using Dispatch = import "dispatch.capnp";
using Risks = import "risks.capnp";
using WorkGroups = import "work_groups.capnp";
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
    submitWeeklyReport @53 :Reports.WeeklyReportSubmitted;
    returnWeeklyReport @54 :Reports.WeeklyReportReturned;
    lapseWeeklyReport @55 :Reports.WeeklyReportLapsed;
    submitHalfMonthReport @56 :Reports.HalfMonthReportSubmitted;
    returnHalfMonthReport @57 :Reports.HalfMonthReportReturned;
    lapseHalfMonthReport @58 :Reports.HalfMonthReportLapsed;
    raiseProblem @59 :Dispatch.ProblemRaised;
    assignProblem @60 :Dispatch.ProblemAssigned;
    giveProblemFeedback @61 :Dispatch.ProblemFeedbackGiven;
    escalateProblem @62 :Dispatch.ProblemEscalated;
    decideEscalation @63 :Dispatch.ProblemEscalationDecided;
    resolveProblem @64 :Dispatch.ProblemResolved;
    confirmProblem @65 :Dispatch.ProblemConfirmed;
    reopenProblem @66 :Dispatch.ProblemReopened;
    callMeeting @67 :Dispatch.MeetingCalled;
    holdMeeting @68 :Dispatch.MeetingHeld;
    issueMinutes @69 :Dispatch.MeetingMinutesIssued;
    callMeetingOff @70 :Dispatch.MeetingCalledOff;
    assignAction @71 :Dispatch.ActionAssigned;
    giveActionFeedback @72 :Dispatch.ActionFeedbackGiven;
    askActionExtension @73 :Dispatch.ActionExtensionAsked;
    grantActionExtension @74 :Dispatch.ActionExtensionGranted;
    refuseActionExtension @75 :Dispatch.ActionExtensionRefused;
    finishAction @76 :Dispatch.ActionDone;
    confirmAction @77 :Dispatch.ActionConfirmed;
    returnAction @78 :Dispatch.ActionReturned;
    formWorkGroup @79 :WorkGroups.WorkGroupFormed;
    setWorkGroupLeader @80 :WorkGroups.WorkGroupLeaderSet;
    setWorkGroupMember @81 :WorkGroups.WorkGroupMemberSet;
    removeWorkGroupMember @82 :WorkGroups.WorkGroupMemberRemoved;
    setLeadServiceUnit @83 :WorkGroups.WorkGroupLeadServiceUnitSet;
    dissolveWorkGroup @84 :WorkGroups.WorkGroupDissolved;
    raiseRisk @85 :Risks.ProjectRiskRaised;
    clearRisk @86 :Risks.ProjectRiskCleared;
    listMajorProject @87 :Risks.ProjectMajorListed;
    delistMajorProject @88 :Risks.ProjectMajorDelisted;
    overrideLight @89 :Risks.ProjectLightOverridden;
    releaseLight @90 :Risks.ProjectLightReleased;
    addChainNode @91 :Research.ChainNodeAdded;
    setChainNodeStatus @92 :Research.ChainNodeStatusSet;
    removeChainNode @93 :Research.ChainNodeRemoved;
    addChainEdge @94 :Research.ChainEdgeAdded;
    removeChainEdge @95 :Research.ChainEdgeRemoved;
    attachChainEnterprise @96 :Research.ChainEnterpriseAttached;
    detachChainEnterprise @97 :Research.ChainEnterpriseDetached;
    proposeOffer @98 :Research.OfferProposed;
    reviewOffer @99 :Research.OfferReviewedByChainUnit;
    assessOffer @100 :Research.OfferAssessed;
    enterOfferLibrary @101 :Research.EnterOfferLibrary;
    confirmOffer @102 :Research.ConfirmOffer;
    updateOffer @103 :Research.OfferUpdated;
    withdrawOffer @104 :Research.OfferWithdrawn;
    landOffer @105 :Research.OfferLanded;
    draftUnitPlan @106 :Research.UnitPlanDrafted;
    issueUnitPlan @107 :Research.UnitPlanIssued;
    withdrawUnitPlan @108 :Research.UnitPlanWithdrawn;
    addEnterprise @109 :Enterprises.EnterpriseAdded;
    assignEnterpriseByChain @110 :Enterprises.EnterpriseAssignedByChain;
    assignEnterpriseByRegion @111 :Enterprises.AssignEnterpriseByRegion;
    pushEnterprise @112 :Enterprises.EnterprisePushed;
    confirmEnterpriseReceipt @113 :Enterprises.EnterpriseReceiptConfirmed;
    recordEnterpriseContact @114 :Enterprises.EnterpriseContactMade;
    handOverEnterprise @115 :Enterprises.EnterpriseHandedOver;
    claimEnterpriseStatus @116 :Enterprises.EnterpriseStatusClaimed;
    checkEnterpriseStatus @117 :Enterprises.EnterpriseStatusChecked;
    mergeEnterprise @118 :Enterprises.EnterpriseMerged;
  }
}
