// 审计轨迹: one row for every event of the log, with what an auditor searches by.
//
// It reads no other view, so that a fault in one of them does not stop the trail. A row says who
// took part when the event was recorded, and is never changed afterwards. Notes: "subject/<stream>"
// the project that an action item, approval, contract, evaluation, fund, problem or working group
// belongs to; "parties/<subject>" units that took part so far; "chain/<subject>" its chain, of an
// enterprise its chains.
#include "projections/views/views.h"

#include <algorithm>
#include <array>

#include "domain/schema/event.meta.h"
#include "domain/schema/event.wire.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::AuditRow;

constexpr std::string_view kGraph = "chain-graph/";

std::string text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

// The project named by the first event of a stream that belongs to one.
std::optional<std::string> project_named(wire::Event::Reader event) {
  switch (event.which()) {
    case EventKind::EVALUATION_CONVENED:
      return text_of(event.getEvaluationConvened().getProjectId());
    case EventKind::CONTRACT_SIGNED:
      return text_of(event.getContractSigned().getProjectId());
    case EventKind::APPROVAL_REQUESTED:
      return text_of(event.getApprovalRequested().getProjectId());
    case EventKind::FUND_REPORTED:
      return text_of(event.getFundReported().getProjectId());
    case EventKind::HALF_MONTH_REPORT_SUBMITTED:
      return text_of(event.getHalfMonthReportSubmitted().getProjectId());
    case EventKind::HALF_MONTH_REPORT_LAPSED:
      return text_of(event.getHalfMonthReportLapsed().getProjectId());
    case EventKind::PROBLEM_RAISED:
      return text_of(event.getProblemRaised().getProjectId());
    case EventKind::WORK_GROUP_FORMED:
      return text_of(event.getWorkGroupFormed().getProjectId());
    case EventKind::ACTION_ASSIGNED: {
      const auto assigned = event.getActionAssigned();
      if (!assigned.hasProjectId()) return std::nullopt;
      return text_of(assigned.getProjectId());
    }
    default:
      return std::nullopt;
  }
}

// Streams that others may belong to, or that several units take part in.
bool is_subject(std::string_view stream) {
  static constexpr std::array<std::string_view, 6> kSubjects = {
      "project/", "lead/", "offer/", "enterprise/", "unit-plan/", kGraph};
  return std::ranges::any_of(kSubjects,
                             [&](std::string_view prefix) { return stream.starts_with(prefix); });
}

std::optional<std::string> subject_of(Fold& fold, const EventInput& input) {
  if (is_subject(input.stream)) return std::string(input.stream);
  const std::string note = "subject/" + std::string(input.stream);
  if (const auto project_id = project_named(input.event())) {
    fold.set_note(note, "project/" + *project_id);
  }
  const std::string* subject = fold.note(note);
  return subject ? std::optional(*subject) : std::nullopt;
}

// The chain an event puts its subject into.
std::optional<std::string> chain_named(wire::Event::Reader event) {
  switch (event.which()) {
    case EventKind::LEAD_REPORTED: {
      const auto reported = event.getLeadReported();
      return reported.hasChainId() ? std::optional(text_of(reported.getChainId())) : std::nullopt;
    }
    case EventKind::PROJECT_NEGOTIATION_OPENED: {
      const auto opened = event.getProjectNegotiationOpened();
      return opened.hasChainId() ? std::optional(text_of(opened.getChainId())) : std::nullopt;
    }
    case EventKind::PROJECT_CHAIN_ASSIGNED:
      return text_of(event.getProjectChainAssigned().getChainId());
    case EventKind::OFFER_PROPOSED: {
      const auto proposed = event.getOfferProposed();
      return proposed.hasChainId() ? std::optional(text_of(proposed.getChainId())) : std::nullopt;
    }
    case EventKind::OFFER_UPDATED: {
      const auto updated = event.getOfferUpdated();
      return updated.hasChainId() ? std::optional(text_of(updated.getChainId())) : std::nullopt;
    }
    case EventKind::ENTERPRISE_ASSIGNED_BY_CHAIN:
      return text_of(event.getEnterpriseAssignedByChain().getChainId());
    default:
      return std::nullopt;
  }
}

std::vector<std::string> chains_of(Fold& fold, const EventInput& input,
                                   const std::string& subject) {
  if (subject.starts_with(kGraph)) return {subject.substr(kGraph.size())};
  const std::string note = "chain/" + subject;
  if (const auto chain_id = chain_named(input.event())) {
    // An enterprise can stand in several chains; of the others a new one takes the place.
    Participants chains = input.event().isEnterpriseAssignedByChain()
                              ? Participants::from_note(fold.note(note))
                              : Participants();
    chains.add(std::string_view(*chain_id));
    fold.set_note(note, chains.note());
  }
  return Participants::from_note(fold.note(note)).list();
}

Participants units_of_subject(Fold& fold, const EventInput& input, const std::string& subject) {
  const std::string note = "parties/" + subject;
  Participants parties = Participants::from_note(fold.note(note));
  const Participants before = parties;
  parties.add(named_by(input.event()));
  if (input.event().isProjectNegotiationOpened()) {
    const auto opened = input.event().getProjectNegotiationOpened();
    if (opened.hasLeadId()) {
      parties.add(
          Participants::from_note(fold.note("parties/lead/" + text_of(opened.getLeadId()))));
    }
  }
  if (parties != before) fold.set_note(note, parties.note());
  for (const std::string& chain_id : chains_of(fold, input, subject)) {
    parties.add(fold.reference().chain_lead(chain_id, today(fold, input)));
  }
  return parties;
}

void fold_audit(Fold& fold, const EventInput& input) {
  const wire::StoredEvent::Reader stored = input.stored;
  AuditRow row;
  row.position = input.position;
  row.recorded_at = input.recorded_at;
  row.occurred_on = input.occurred_on();
  row.stream = input.stream;
  row.version = input.version;
  row.kind = schema::event_arms()[static_cast<std::size_t>(input.event().which())].name;
  row.actor = text_of(stored.getActor());
  if (stored.hasActingUnit()) row.acting_unit = text_of(stored.getActingUnit());
  row.rule_set = text_of(stored.getRuleSet());
  row.article = text_of(stored.getArticle());
  row.subject = subject_of(fold, input);
  Participants units =
      row.subject ? units_of_subject(fold, input, *row.subject) : named_by(input.event());
  units.add(row.acting_unit);
  row.units = units.list();
  fold.put(std::move(row));
}

}  // namespace

View audit_view() {
  return {.name = "audit",
          .version = 1,
          .folds = {},
          .reads = {},
          .fold = fold_audit,
          .rows_stay = true};
}

}  // namespace silkledger::projections
