@0xf1b2d4e6083a2c77;
# The catalogue of everything that can happen, and the envelope it is stored in.

using Cxx = import "/capnp/c++.capnp";
using A = import "annotations.capnp";
using Registry = import "registry.capnp";
using Leads = import "leads.capnp";
using Projects = import "projects.capnp";
using Landing = import "landing.capnp";
using Corrections = import "corrections.capnp";
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
  }
}
