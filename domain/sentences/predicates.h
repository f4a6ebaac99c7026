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

}  // namespace silkledger::domain::sentences
