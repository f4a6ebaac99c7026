// Approvals and funds.
#include "tools/generator/oracle/books.h"

#include "domain/schema/event.meta.h"

namespace silkledger::generator {
namespace {

template <class Change>
auto becomes(const schema::Change& change) {
  return std::get<Change>(change).becomes;
}

template <class Field>
std::size_t at(Field field) {
  return static_cast<std::size_t>(field);
}

}  // namespace

void Books::on(const schema::ApprovalRequested& stated, const Place& place) {
  event(schema::meta<schema::ApprovalRequested>(), place.actor);
  ApprovalBook& approval = approvals_[stated.approval_id];
  approval.project_id = stated.project_id;
  approval.item_id = stated.item_id;
  approval.handling_unit = stated.handling_unit;
}

void Books::on(const schema::ApprovalPlanned& stated, const Place& place) {
  event(schema::meta<schema::ApprovalPlanned>(), place.actor);
  ApprovalBook& approval = approvals_.at(stated.approval_id);
  if (approval.status == schema::ApprovalStatus::requested) {
    approval.status = schema::ApprovalStatus::planned;
  }
}

void Books::on(const schema::ApprovalClaimed& stated, const Place& place) {
  event(schema::meta<schema::ApprovalClaimed>(), place.actor);
  approvals_.at(stated.approval_id).status = schema::ApprovalStatus::claimed;
}

void Books::on(const schema::AcceptApproval& stated, const Place& place) {
  event(schema::meta<schema::ApprovalAccepted>(), place.actor);
  ApprovalBook& approval = approvals_.at(stated.approval_id);
  approval.status = schema::ApprovalStatus::accepted;
  approval.accepted_on = stated.accepted_on;
  const schema::ApprovalItemDefined& item = items_.at(approval.item_id);
  approval.days = item.days;
  approval.statutory_days = item.statutory_days;
}

void Books::on(const schema::ApprovalClockPaused& stated, const Place& place) {
  event(schema::meta<schema::ApprovalClockPaused>(), place.actor);
  ApprovalBook& approval = approvals_.at(stated.approval_id);
  approval.status = schema::ApprovalStatus::paused;
  approval.pauses.emplace_back(stated.paused_on, std::nullopt);
}

void Books::on(const schema::ApprovalClockResumed& stated, const Place& place) {
  event(schema::meta<schema::ApprovalClockResumed>(), place.actor);
  ApprovalBook& approval = approvals_.at(stated.approval_id);
  approval.status = schema::ApprovalStatus::accepted;
  approval.pauses.back().second = stated.resumed_on;
}

void Books::on(const schema::ApprovalGranted& stated, const Place& place) {
  event(schema::meta<schema::ApprovalGranted>(), place.actor);
  ApprovalBook& approval = approvals_.at(stated.approval_id);
  approval.status = schema::ApprovalStatus::granted;
  approval.decided_on = stated.decided_on;
}

void Books::on(const schema::ApprovalRefused& stated, const Place& place) {
  event(schema::meta<schema::ApprovalRefused>(), place.actor);
  ApprovalBook& approval = approvals_.at(stated.approval_id);
  approval.status = schema::ApprovalStatus::refused;
  approval.decided_on = stated.decided_on;
}

// ---------------------------------------------------------------- funds

void Books::on(const schema::FundReported& stated, const Place& place) {
  event(schema::meta<schema::FundReported>(), place.actor);
  FundBook& fund = funds_[stated.fund_id];
  fund.project_id = stated.project_id;
  fund.reported_fen = stated.amount_fen;
  fund.paid_on = stated.paid_on;
  fund.set_at.fill(position_);
  projects_.at(stated.project_id).reported_fen += stated.amount_fen;
}

void Books::on(const schema::FundVerified& stated, const Place& place) {
  event(schema::meta<schema::FundVerified>(), place.actor);
  FundBook& fund = funds_.at(stated.fund_id);
  projects_.at(fund.project_id).verified_fen += stated.amount_fen - fund.verified_fen.value_or(0);
  fund.status = schema::FundStatus::verified;
  fund.verified_fen = stated.amount_fen;
}

void Books::on(const schema::FundRejected& stated, const Place& place) {
  event(schema::meta<schema::FundRejected>(), place.actor);
  funds_.at(stated.fund_id).status = schema::FundStatus::rejected;
}

void Books::on(const schema::FundCorrected& stated, const Place& place) {
  event(schema::meta<schema::FundCorrected>(), place.actor);
  FundBook& fund = funds_.at(stated.fund_id);
  fund.set_at[at(stated.field)] = position_;
  if (stated.field == schema::FundField::paid_on) {
    fund.paid_on = becomes<schema::DateChange>(stated.change);
    return;
  }
  const std::int64_t fen = becomes<schema::FenChange>(stated.change);
  projects_.at(fund.project_id).reported_fen += fen - fund.reported_fen;
  fund.reported_fen = fen;
}

}  // namespace silkledger::generator
