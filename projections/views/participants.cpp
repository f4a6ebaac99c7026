#include "projections/views/participants.h"

#include <algorithm>

namespace silkledger::projections {
namespace {

constexpr char kSeparator = '\n';  // no id contains it

std::string_view text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

// The lead of a chain on two days, the earlier of which may not be known.
bool has_new_lead(const domain::Reference& reference, std::string_view chain_id,
                  const std::optional<CivilDate>& before, CivilDate now) {
  return !before || reference.chain_lead(chain_id, *before) != reference.chain_lead(chain_id, now);
}

// Of the registry's events.
Participants named_by_registry(wire::Event::Reader event) {
  Participants units;
  const auto add = [&units](capnp::Text::Reader unit) { units.add(text_of(unit)); };
  switch (event.which()) {
    case wire::Event::UNIT_REGISTERED:
      add(event.getUnitRegistered().getUnitId());
      break;
    case wire::Event::UNIT_RENAMED:
      add(event.getUnitRenamed().getUnitId());
      break;
    case wire::Event::UNIT_CLOSED:
      add(event.getUnitClosed().getUnitId());
      break;
    case wire::Event::ROLE_GRANTED:
      add(event.getRoleGranted().getUnitId());
      break;
    case wire::Event::ROLE_REVOKED:
      add(event.getRoleRevoked().getUnitId());
      break;
    case wire::Event::CHAIN_LEAD_ASSIGNED:
      add(event.getChainLeadAssigned().getUnitId());
      break;
    default:
      break;  // the others name no unit
  }
  return units;
}

// Of plans, offers and target enterprises.
Participants named_by_libraries(wire::Event::Reader event) {
  Participants units;
  const auto add = [&units](capnp::Text::Reader unit) { units.add(text_of(unit)); };
  switch (event.which()) {
    case wire::Event::OFFER_PROPOSED:
      add(event.getOfferProposed().getUnitId());
      break;
    case wire::Event::UNIT_PLAN_DRAFTED:
      add(event.getUnitPlanDrafted().getUnitId());
      break;
    case wire::Event::ENTERPRISE_ASSIGNED_BY_REGION:
      add(event.getEnterpriseAssignedByRegion().getUnitId());
      break;
    case wire::Event::ENTERPRISE_PUSHED:
      add(event.getEnterprisePushed().getUnitId());
      break;
    case wire::Event::ENTERPRISE_RECEIPT_CONFIRMED:
      add(event.getEnterpriseReceiptConfirmed().getUnitId());
      break;
    case wire::Event::ENTERPRISE_CONTACT_MADE:
      add(event.getEnterpriseContactMade().getUnitId());
      break;
    case wire::Event::ENTERPRISE_HANDED_OVER:
      add(event.getEnterpriseHandedOver().getFromUnit());
      add(event.getEnterpriseHandedOver().getToUnit());
      break;
    default:
      return named_by_registry(event);
  }
  return units;
}

// Of working groups, problems, meetings and action items.
Participants named_by_service(wire::Event::Reader event) {
  Participants units;
  const auto add = [&units](capnp::Text::Reader unit) { units.add(text_of(unit)); };
  switch (event.which()) {
    case wire::Event::PROBLEM_RAISED:
      add(event.getProblemRaised().getRaisedBy());
      break;
    case wire::Event::PROBLEM_ASSIGNED:
      add(event.getProblemAssigned().getOwnerUnit());
      break;
    case wire::Event::MEETING_CALLED:
      add(event.getMeetingCalled().getUnitId());
      for (const auto unit : event.getMeetingCalled().getInvited()) add(unit);
      break;
    case wire::Event::MEETING_HELD:
      for (const auto unit : event.getMeetingHeld().getAttended()) add(unit);
      break;
    case wire::Event::ACTION_ASSIGNED:
      add(event.getActionAssigned().getAssignedBy());
      add(event.getActionAssigned().getOwnerUnit());
      break;
    case wire::Event::WORK_GROUP_FORMED:
      add(event.getWorkGroupFormed().getLeadServiceUnit());
      for (const auto unit : event.getWorkGroupFormed().getDepartments()) add(unit);
      break;
    case wire::Event::WORK_GROUP_MEMBER_SET:
      add(event.getWorkGroupMemberSet().getUnitId());
      break;
    case wire::Event::WORK_GROUP_MEMBER_REMOVED:
      add(event.getWorkGroupMemberRemoved().getUnitId());
      break;
    case wire::Event::WORK_GROUP_LEAD_SERVICE_UNIT_SET:
      add(event.getWorkGroupLeadServiceUnitSet().getUnitId());
      break;
    default:
      return named_by_libraries(event);
  }
  return units;
}

}  // namespace

Participants::Participants(const std::vector<std::string>& units) { add(units); }

Participants Participants::from_note(const std::string* note) {
  Participants participants;
  std::string_view rest = note ? std::string_view(*note) : std::string_view();
  while (!rest.empty()) {
    const std::size_t end = rest.find(kSeparator);
    participants.add(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return participants;
}

void Participants::add(std::string_view unit) {
  if (unit.empty()) return;
  const auto at = std::ranges::lower_bound(units_, unit);
  if (at == units_.end() || *at != unit) units_.emplace(at, unit);
}

void Participants::add(const std::optional<std::string>& unit) {
  if (unit) add(std::string_view(*unit));
}

void Participants::add(const std::vector<std::string>& units) {
  for (const std::string& unit : units) add(std::string_view(unit));
}

void Participants::remove(std::string_view unit) { std::erase(units_, unit); }

std::string Participants::note() const {
  std::string note;
  for (const std::string& unit : units_) {
    if (!note.empty()) note += kSeparator;
    note += unit;
  }
  return note;
}

CivilDate today(const Fold& fold, const EventInput& input) {
  return fold.reference().current_day().value_or(input.occurred_on());
}

std::optional<std::string> chain_lead_today(const Fold& fold, const EventInput& input,
                                            const std::optional<std::string>& chain_id) {
  if (!chain_id) return std::nullopt;
  return fold.reference().chain_lead(*chain_id, today(fold, input));
}

std::vector<std::string> chains_with_new_lead(const Fold& fold, const EventInput& input) {
  const wire::Event::Reader event = input.event();
  if (event.isChainLeadAssigned())
    return {std::string(text_of(event.getChainLeadAssigned().getChainId()))};
  std::vector<std::string> chains;
  if (!event.isDayBegan()) return chains;
  const domain::Reference& reference = fold.reference();
  for (const auto& [chain_id, chain] : reference.chains()) {
    if (has_new_lead(reference, chain_id, fold.day_before_event(), today(fold, input))) {
      chains.push_back(chain_id);
    }
  }
  return chains;
}

Participants named_by(wire::Event::Reader event) {
  Participants units;
  const auto add = [&units](capnp::Text::Reader unit) { units.add(text_of(unit)); };
  switch (event.which()) {
    case wire::Event::LEAD_REPORTED: {
      const auto reported = event.getLeadReported();
      add(reported.getReportingUnit());
      if (reported.hasHomeUnit()) add(reported.getHomeUnit());
      if (reported.hasIntendedUnit()) add(reported.getIntendedUnit());
      break;
    }
    case wire::Event::LEAD_LEADING_GROUP_DECIDED:
      add(event.getLeadLeadingGroupDecided().getUnitId());
      break;
    case wire::Event::LEAD_DELEGATED:
      add(event.getLeadDelegated().getUnitId());
      break;
    case wire::Event::PROJECT_NEGOTIATION_OPENED:
      add(event.getProjectNegotiationOpened().getUnitId());
      break;
    case wire::Event::PROJECT_OPENING_RECORDED:
      add(event.getProjectOpeningRecorded().getUnitId());
      break;
    case wire::Event::PROJECT_PLAN_SET:
      for (const auto node : event.getProjectPlanSet().getNodes()) {
        if (node.hasUnitId()) add(node.getUnitId());
      }
      break;
    case wire::Event::PROJECT_SIGNING_URGED:
      add(event.getProjectSigningUrged().getUnitId());
      break;
    case wire::Event::EVALUATION_CONVENED:
      for (const auto unit : event.getEvaluationConvened().getInvited()) add(unit);
      break;
    case wire::Event::EVALUATION_OPINION_GIVEN:
      add(event.getEvaluationOpinionGiven().getUnitId());
      break;
    case wire::Event::APPROVAL_REQUESTED:
      add(event.getApprovalRequested().getHandlingUnit());
      break;
    case wire::Event::WEEKLY_REPORT_SUBMITTED:
      add(event.getWeeklyReportSubmitted().getUnitId());
      break;
    case wire::Event::WEEKLY_REPORT_RETURNED:
      add(event.getWeeklyReportReturned().getUnitId());
      break;
    case wire::Event::WEEKLY_REPORT_LAPSED:
      add(event.getWeeklyReportLapsed().getUnitId());
      break;
    default:
      return named_by_service(event);
  }
  return units;
}

}  // namespace silkledger::projections
