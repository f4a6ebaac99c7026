// 审计轨迹: one row for every event of the log, with what an auditor searches by.
//
// It reads no other view, so that a fault in one of them does not stop the trail. A row says who
// took part when the event was recorded, and is never changed afterwards. Notes: "subject/<stream>"
// the project that an approval, contract, evaluation or fund belongs to; "parties/<subject>" units
// that took part so far; "chain/<subject>" its chain.
#include "projections/views/views.h"

#include "domain/schema/event.meta.h"
#include "domain/schema/event.wire.h"
#include "projections/views/participants.h"

namespace silkledger::projections {
namespace {

using schema::AuditRow;

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
    default:
      return std::nullopt;
  }
}

std::optional<std::string> subject_of(Fold& fold, const EventInput& input) {
  if (input.stream.starts_with("project/") || input.stream.starts_with("lead/")) {
    return std::string(input.stream);
  }
  const std::string note = "subject/" + std::string(input.stream);
  if (const auto project_id = project_named(input.event())) {
    fold.set_note(note, "project/" + *project_id);
  }
  const std::string* subject = fold.note(note);
  return subject ? std::optional(*subject) : std::nullopt;
}

// The chain an event puts its lead or project into.
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
    default:
      return std::nullopt;
  }
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
  const std::string chain_note = "chain/" + subject;
  if (const auto chain_id = chain_named(input.event())) fold.set_note(chain_note, *chain_id);
  if (const std::string* chain_id = fold.note(chain_note)) {
    parties.add(fold.reference().chain_lead(*chain_id, today(fold, input)));
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
