// One predicate for each event: what happened, without the day and the actor. Inside this folder
// only.
//
// A new arm of schema::Event without a predicate here does not compile.
#pragma once

#include "domain/sentences/sentence.h"

namespace silkledger::domain::sentences {

Text predicate(const schema::RuleSetPublished& event, const Names& names);
Text predicate(const schema::RuleSetRenewed& event, const Names& names);
Text predicate(const schema::UnitRegistered& event, const Names& names);
Text predicate(const schema::UnitRenamed& event, const Names& names);
Text predicate(const schema::UnitClosed& event, const Names& names);
Text predicate(const schema::PersonRegistered& event, const Names& names);
Text predicate(const schema::RoleGranted& event, const Names& names);
Text predicate(const schema::RoleRevoked& event, const Names& names);
Text predicate(const schema::TokenIssued& event, const Names& names);
Text predicate(const schema::TokenRevoked& event, const Names& names);
Text predicate(const schema::ChainDefined& event, const Names& names);
Text predicate(const schema::ChainLeadAssigned& event, const Names& names);
Text predicate(const schema::CalendarDaysSet& event, const Names& names);
Text predicate(const schema::ApprovalItemDefined& event, const Names& names);
Text predicate(const schema::DayBegan& event, const Names& names);
Text predicate(const schema::EpochBegan& event, const Names& names);

Text predicate(const schema::LeadReported& event, const Names& names);
Text predicate(const schema::LeadFormFiled& event, const Names& names);
Text predicate(const schema::LeadClassified& event, const Names& names);
Text predicate(const schema::LeadAnalysisConcluded& event, const Names& names);
Text predicate(const schema::LeadLeaderReviewed& event, const Names& names);
Text predicate(const schema::LeadLeadingGroupDecided& event, const Names& names);
Text predicate(const schema::LeadDelegated& event, const Names& names);
Text predicate(const schema::LeadNegotiationOpened& event, const Names& names);
Text predicate(const schema::LeadClosed& event, const Names& names);
Text predicate(const schema::LeadCorrected& event, const Names& names);

Text predicate(const schema::ProjectNegotiationOpened& event, const Names& names);
Text predicate(const schema::ProjectChainAssigned& event, const Names& names);
Text predicate(const schema::ProjectNegotiationNoted& event, const Names& names);
Text predicate(const schema::ProjectPlanSet& event, const Names& names);
Text predicate(const schema::ProjectNodeReached& event, const Names& names);
Text predicate(const schema::ProjectNodeSlipped& event, const Names& names);
Text predicate(const schema::ProjectMilestoneReached& event, const Names& names);
Text predicate(const schema::ProjectTerminated& event, const Names& names);
Text predicate(const schema::ProjectEnteredReserve& event, const Names& names);
Text predicate(const schema::ProjectSigningUrged& event, const Names& names);
Text predicate(const schema::ProjectOpeningRecorded& event, const Names& names);
Text predicate(const schema::ProjectCorrected& event, const Names& names);
Text predicate(const schema::ProjectRiskRaised& event, const Names& names);
Text predicate(const schema::ProjectRiskCleared& event, const Names& names);
Text predicate(const schema::ProjectMajorListed& event, const Names& names);
Text predicate(const schema::ProjectMajorDelisted& event, const Names& names);
Text predicate(const schema::ProjectLightOverridden& event, const Names& names);
Text predicate(const schema::ProjectLightReleased& event, const Names& names);
Text predicate(const schema::ProjectEvaluationConvened& event, const Names& names);
Text predicate(const schema::ProjectEvaluated& event, const Names& names);
Text predicate(const schema::ProjectSigned& event, const Names& names);
Text predicate(const schema::EvaluationConvened& event, const Names& names);
Text predicate(const schema::EvaluationOpinionGiven& event, const Names& names);
Text predicate(const schema::EvaluationConcluded& event, const Names& names);
Text predicate(const schema::ContractSigned& event, const Names& names);
Text predicate(const schema::ContractAmended& event, const Names& names);
Text predicate(const schema::ContractTierDetermined& event, const Names& names);
Text predicate(const schema::ContractCorrected& event, const Names& names);

Text predicate(const schema::ApprovalRequested& event, const Names& names);
Text predicate(const schema::ApprovalPlanned& event, const Names& names);
Text predicate(const schema::ApprovalClaimed& event, const Names& names);
Text predicate(const schema::ApprovalAccepted& event, const Names& names);
Text predicate(const schema::ApprovalClockPaused& event, const Names& names);
Text predicate(const schema::ApprovalClockResumed& event, const Names& names);
Text predicate(const schema::ApprovalGranted& event, const Names& names);
Text predicate(const schema::ApprovalRefused& event, const Names& names);
Text predicate(const schema::FundReported& event, const Names& names);
Text predicate(const schema::FundVerified& event, const Names& names);
Text predicate(const schema::FundRejected& event, const Names& names);
Text predicate(const schema::FundCorrected& event, const Names& names);
Text predicate(const schema::WorkGroupFormed& event, const Names& names);
Text predicate(const schema::WorkGroupLeaderSet& event, const Names& names);
Text predicate(const schema::WorkGroupMemberSet& event, const Names& names);
Text predicate(const schema::WorkGroupMemberRemoved& event, const Names& names);
Text predicate(const schema::WorkGroupLeadServiceUnitSet& event, const Names& names);
Text predicate(const schema::WorkGroupDissolved& event, const Names& names);

Text predicate(const schema::ProblemRaised& event, const Names& names);
Text predicate(const schema::ProblemAssigned& event, const Names& names);
Text predicate(const schema::ProblemFeedbackGiven& event, const Names& names);
Text predicate(const schema::ProblemEscalated& event, const Names& names);
Text predicate(const schema::ProblemEscalationDecided& event, const Names& names);
Text predicate(const schema::ProblemResolved& event, const Names& names);
Text predicate(const schema::ProblemConfirmed& event, const Names& names);
Text predicate(const schema::ProblemReopened& event, const Names& names);
Text predicate(const schema::MeetingCalled& event, const Names& names);
Text predicate(const schema::MeetingHeld& event, const Names& names);
Text predicate(const schema::MeetingMinutesIssued& event, const Names& names);
Text predicate(const schema::MeetingCalledOff& event, const Names& names);
Text predicate(const schema::ActionAssigned& event, const Names& names);
Text predicate(const schema::ActionFeedbackGiven& event, const Names& names);
Text predicate(const schema::ActionExtensionAsked& event, const Names& names);
Text predicate(const schema::ActionExtensionGranted& event, const Names& names);
Text predicate(const schema::ActionExtensionRefused& event, const Names& names);
Text predicate(const schema::ActionDone& event, const Names& names);
Text predicate(const schema::ActionConfirmed& event, const Names& names);
Text predicate(const schema::ActionReturned& event, const Names& names);

Text predicate(const schema::WeeklyReportSubmitted& event, const Names& names);
Text predicate(const schema::WeeklyReportReturned& event, const Names& names);
Text predicate(const schema::WeeklyReportLapsed& event, const Names& names);
Text predicate(const schema::HalfMonthReportSubmitted& event, const Names& names);
Text predicate(const schema::HalfMonthReportReturned& event, const Names& names);
Text predicate(const schema::HalfMonthReportLapsed& event, const Names& names);

Text predicate(const schema::ChainNodeAdded& event, const Names& names);
Text predicate(const schema::ChainNodeStatusSet& event, const Names& names);
Text predicate(const schema::ChainNodeRemoved& event, const Names& names);
Text predicate(const schema::ChainEdgeAdded& event, const Names& names);
Text predicate(const schema::ChainEdgeRemoved& event, const Names& names);
Text predicate(const schema::ChainEnterpriseAttached& event, const Names& names);
Text predicate(const schema::ChainEnterpriseDetached& event, const Names& names);
Text predicate(const schema::OfferProposed& event, const Names& names);
Text predicate(const schema::OfferReviewedByChainUnit& event, const Names& names);
Text predicate(const schema::OfferAssessed& event, const Names& names);
Text predicate(const schema::OfferEnteredLibrary& event, const Names& names);
Text predicate(const schema::OfferConfirmed& event, const Names& names);
Text predicate(const schema::OfferUpdated& event, const Names& names);
Text predicate(const schema::OfferWithdrawn& event, const Names& names);
Text predicate(const schema::OfferLanded& event, const Names& names);
Text predicate(const schema::UnitPlanDrafted& event, const Names& names);
Text predicate(const schema::UnitPlanIssued& event, const Names& names);
Text predicate(const schema::UnitPlanWithdrawn& event, const Names& names);

Text predicate(const schema::EnterpriseAdded& event, const Names& names);
Text predicate(const schema::EnterpriseAssignedByChain& event, const Names& names);
Text predicate(const schema::EnterpriseAssignedByRegion& event, const Names& names);
Text predicate(const schema::EnterprisePushed& event, const Names& names);
Text predicate(const schema::EnterpriseReceiptConfirmed& event, const Names& names);
Text predicate(const schema::EnterpriseContactMade& event, const Names& names);
Text predicate(const schema::EnterpriseHandedOver& event, const Names& names);
Text predicate(const schema::EnterpriseStatusClaimed& event, const Names& names);
Text predicate(const schema::EnterpriseStatusChecked& event, const Names& names);
Text predicate(const schema::EnterpriseMerged& event, const Names& names);

}  // namespace silkledger::domain::sentences
