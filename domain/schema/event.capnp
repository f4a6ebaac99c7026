@0xf1b2d4e6083a2c77;
# The catalogue of everything that can happen, and the envelope it is stored in.

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

struct StoredEvent {
  # The payload of a record. Who did it, for whom, when it happened and under which rule; the record header
  # around it says when it was entered.
  occurredOn @0 :Int32 $A.format("date") $A.zh("发生日期");
  # Business date; may be earlier than the day of entry.
  actor @1 :Text $A.maxBytes(128) $A.zh("经办人");
  # A person id, or "system".
  actingUnit @2 :Text $A.optional $A.format("id") $A.zh("经办单位");
  onBehalfOf @3 :Text $A.optional $A.format("id") $A.zh("代办对象");
  ruleSet @4 :Text $A.maxBytes(64) $A.zh("规则集版本");
  # Version in force when it was decided; "none" before the first rule set.
  article @5 :Text $A.maxBytes(64) $A.zh("条款");
  basisLapsed @6 :Bool $A.zh("依据已过有效期");
  # The rule set's validity had ended on that day: to be confirmed (Art. 33).
  cause @7 :UInt64 = 18446744073709551615 $A.optional $A.zh("起因事件");
  # Position of the event that led to this one.
  correlation @8 :Text $A.optional $A.format("id") $A.zh("关联编号");
  event @9 :Event;
}

struct Event {
  # Ordinals and names are stored for ever. A new meaning is a new arm.
  union {
    ruleSetPublished @0 :Registry.RuleSetPublished;
    ruleSetRenewed @1 :Registry.RuleSetRenewed;
    unitRegistered @2 :Registry.UnitRegistered;
    unitRenamed @3 :Registry.UnitRenamed;
    unitClosed @4 :Registry.UnitClosed;
    personRegistered @5 :Registry.PersonRegistered;
    roleGranted @6 :Registry.RoleGranted;
    roleRevoked @7 :Registry.RoleRevoked;
    tokenIssued @8 :Registry.TokenIssued;
    tokenRevoked @9 :Registry.TokenRevoked;
    chainDefined @10 :Registry.ChainDefined;
    chainLeadAssigned @11 :Registry.ChainLeadAssigned;
    calendarDaysSet @12 :Registry.CalendarDaysSet;
    approvalItemDefined @13 :Registry.ApprovalItemDefined;
    dayBegan @14 :Registry.DayBegan;
    leadReported @15 :Leads.LeadReported;
    leadFormFiled @16 :Leads.LeadFormFiled;
    leadClassified @17 :Leads.LeadClassified;
    leadAnalysisConcluded @18 :Leads.LeadAnalysisConcluded;
    leadLeaderReviewed @19 :Leads.LeadLeaderReviewed;
    leadLeadingGroupDecided @20 :Leads.LeadLeadingGroupDecided;
    leadDelegated @21 :Leads.LeadDelegated;
    leadClosed @22 :Leads.LeadClosed;
    leadCorrected @23 :Corrections.LeadCorrected;
    projectNegotiationOpened @24 :Projects.ProjectNegotiationOpened;
    projectChainAssigned @25 :Projects.ProjectChainAssigned;
    projectNegotiationNoted @26 :Projects.ProjectNegotiationNoted;
    projectPlanSet @27 :Projects.ProjectPlanSet;
    projectNodeReached @28 :Projects.ProjectNodeReached;
    projectNodeSlipped @29 :Projects.ProjectNodeSlipped;
    projectMilestoneReached @30 :Projects.ProjectMilestoneReached;
    projectTerminated @31 :Projects.ProjectTerminated;
    projectEnteredReserve @32 :Projects.ProjectEnteredReserve;
    projectSigningUrged @33 :Projects.ProjectSigningUrged;
    projectOpeningRecorded @34 :Projects.ProjectOpeningRecorded;
    projectCorrected @35 :Corrections.ProjectCorrected;
    evaluationConvened @36 :Projects.EvaluationConvened;
    evaluationOpinionGiven @37 :Projects.EvaluationOpinionGiven;
    evaluationConcluded @38 :Projects.EvaluationConcluded;
    contractSigned @39 :Projects.ContractSigned;
    contractAmended @40 :Projects.ContractAmended;
    contractTierDetermined @41 :Projects.ContractTierDetermined;
    contractCorrected @42 :Corrections.ContractCorrected;
    approvalRequested @43 :Landing.ApprovalRequested;
    approvalPlanned @44 :Landing.ApprovalPlanned;
    approvalClaimed @45 :Landing.ApprovalClaimed;
    approvalAccepted @46 :Landing.ApprovalAccepted;
    approvalClockPaused @47 :Landing.ApprovalClockPaused;
    approvalClockResumed @48 :Landing.ApprovalClockResumed;
    approvalGranted @49 :Landing.ApprovalGranted;
    approvalRefused @50 :Landing.ApprovalRefused;
    fundReported @51 :Landing.FundReported;
    fundVerified @52 :Landing.FundVerified;
    fundRejected @53 :Landing.FundRejected;
    fundCorrected @54 :Corrections.FundCorrected;
    projectEvaluationConvened @55 :Projects.ProjectEvaluationConvened;
    projectEvaluated @56 :Projects.ProjectEvaluated;
    projectSigned @57 :Projects.ProjectSigned;
    leadNegotiationOpened @58 :Leads.LeadNegotiationOpened;
    epochBegan @59 :Registry.EpochBegan;
    weeklyReportSubmitted @60 :Reports.WeeklyReportSubmitted;
    weeklyReportReturned @61 :Reports.WeeklyReportReturned;
    weeklyReportLapsed @62 :Reports.WeeklyReportLapsed;
    halfMonthReportSubmitted @63 :Reports.HalfMonthReportSubmitted;
    halfMonthReportReturned @64 :Reports.HalfMonthReportReturned;
    halfMonthReportLapsed @65 :Reports.HalfMonthReportLapsed;
    problemRaised @66 :Dispatch.ProblemRaised;
    problemAssigned @67 :Dispatch.ProblemAssigned;
    problemFeedbackGiven @68 :Dispatch.ProblemFeedbackGiven;
    problemEscalated @69 :Dispatch.ProblemEscalated;
    problemEscalationDecided @70 :Dispatch.ProblemEscalationDecided;
    problemResolved @71 :Dispatch.ProblemResolved;
    problemConfirmed @72 :Dispatch.ProblemConfirmed;
    problemReopened @73 :Dispatch.ProblemReopened;
    meetingCalled @74 :Dispatch.MeetingCalled;
    meetingHeld @75 :Dispatch.MeetingHeld;
    meetingMinutesIssued @76 :Dispatch.MeetingMinutesIssued;
    meetingCalledOff @77 :Dispatch.MeetingCalledOff;
    actionAssigned @78 :Dispatch.ActionAssigned;
    actionFeedbackGiven @79 :Dispatch.ActionFeedbackGiven;
    actionExtensionAsked @80 :Dispatch.ActionExtensionAsked;
    actionExtensionGranted @81 :Dispatch.ActionExtensionGranted;
    actionExtensionRefused @82 :Dispatch.ActionExtensionRefused;
    actionDone @83 :Dispatch.ActionDone;
    actionConfirmed @84 :Dispatch.ActionConfirmed;
    actionReturned @85 :Dispatch.ActionReturned;
    workGroupFormed @86 :WorkGroups.WorkGroupFormed;
    workGroupLeaderSet @87 :WorkGroups.WorkGroupLeaderSet;
    workGroupMemberSet @88 :WorkGroups.WorkGroupMemberSet;
    workGroupMemberRemoved @89 :WorkGroups.WorkGroupMemberRemoved;
    workGroupLeadServiceUnitSet @90 :WorkGroups.WorkGroupLeadServiceUnitSet;
    workGroupDissolved @91 :WorkGroups.WorkGroupDissolved;
    projectRiskRaised @92 :Risks.ProjectRiskRaised;
    projectRiskCleared @93 :Risks.ProjectRiskCleared;
    projectMajorListed @94 :Risks.ProjectMajorListed;
    projectMajorDelisted @95 :Risks.ProjectMajorDelisted;
    projectLightOverridden @96 :Risks.ProjectLightOverridden;
    projectLightReleased @97 :Risks.ProjectLightReleased;
    chainNodeAdded @98 :Research.ChainNodeAdded;
    chainNodeStatusSet @99 :Research.ChainNodeStatusSet;
    chainNodeRemoved @100 :Research.ChainNodeRemoved;
    chainEdgeAdded @101 :Research.ChainEdgeAdded;
    chainEdgeRemoved @102 :Research.ChainEdgeRemoved;
    chainEnterpriseAttached @103 :Research.ChainEnterpriseAttached;
    chainEnterpriseDetached @104 :Research.ChainEnterpriseDetached;
    offerProposed @105 :Research.OfferProposed;
    offerReviewedByChainUnit @106 :Research.OfferReviewedByChainUnit;
    offerAssessed @107 :Research.OfferAssessed;
    offerEnteredLibrary @108 :Research.OfferEnteredLibrary;
    offerConfirmed @109 :Research.OfferConfirmed;
    offerUpdated @110 :Research.OfferUpdated;
    offerWithdrawn @111 :Research.OfferWithdrawn;
    offerLanded @112 :Research.OfferLanded;
    unitPlanDrafted @113 :Research.UnitPlanDrafted;
    unitPlanIssued @114 :Research.UnitPlanIssued;
    unitPlanWithdrawn @115 :Research.UnitPlanWithdrawn;
    enterpriseAdded @116 :Enterprises.EnterpriseAdded;
    enterpriseAssignedByChain @117 :Enterprises.EnterpriseAssignedByChain;
    enterpriseAssignedByRegion @118 :Enterprises.EnterpriseAssignedByRegion;
    enterprisePushed @119 :Enterprises.EnterprisePushed;
    enterpriseReceiptConfirmed @120 :Enterprises.EnterpriseReceiptConfirmed;
    enterpriseContactMade @121 :Enterprises.EnterpriseContactMade;
    enterpriseHandedOver @122 :Enterprises.EnterpriseHandedOver;
    enterpriseStatusClaimed @123 :Enterprises.EnterpriseStatusClaimed;
    enterpriseStatusChecked @124 :Enterprises.EnterpriseStatusChecked;
    enterpriseMerged @125 :Enterprises.EnterpriseMerged;
  }
}
