// 规划方案清单: the checklist of each unit and year (Art. 7, 11): which documents there are, and
// what kinds of them were not issued. What they say is not judged.
//
// Notes: "plan/<plan>" the row of a document.
#include "projections/views/views.h"

#include <algorithm>
#include <array>

#include "domain/schema/event.wire.h"
#include "domain/schema/research.meta.h"

namespace silkledger::projections {
namespace {

using schema::UnitPlanDocument;
using schema::UnitPlanKind;
using schema::UnitPlanRow;
using schema::UnitPlanStatus;

constexpr std::array kKinds = {UnitPlanKind::plan, UnitPlanKind::programme, UnitPlanKind::research};

std::string plan_note(std::string_view plan_id) { return "plan/" + std::string(plan_id); }

void check_off(UnitPlanRow& row) {
  row.issued.clear();
  row.missing.clear();
  for (const UnitPlanKind kind : kKinds) {
    const bool issued = std::ranges::any_of(row.documents, [&](const UnitPlanDocument& document) {
      return document.kind == kind && document.status == UnitPlanStatus::issued;
    });
    (issued ? row.issued : row.missing).emplace_back(schema::name(kind));
  }
}

void put(Fold& fold, const EventInput& input, UnitPlanRow row) {
  check_off(row);
  ++row.version;
  row.position = input.position;
  fold.put(std::move(row));
}

void draft(Fold& fold, const EventInput& input, schema::UnitPlanDrafted event) {
  const std::string key = event.unit_id + "." + std::to_string(event.year);
  const UnitPlanRow* present = fold.get<UnitPlanRow>(key);
  UnitPlanRow row = present ? *present : UnitPlanRow();
  if (!present) {
    row.unit_year = key;
    row.unit_id = event.unit_id;
    row.year = event.year;
    row.units = {event.unit_id};
  }
  UnitPlanDocument document;
  document.plan_id = event.plan_id;
  document.kind = event.kind;
  document.title = std::move(event.title);
  document.version = input.version;
  row.documents.push_back(std::move(document));
  fold.set_note(plan_note(event.plan_id), key);
  put(fold, input, std::move(row));
}

template <class Event, class Change>
void change_document(Fold& fold, const EventInput& input, const Event& event, Change change) {
  const std::string* key = fold.note(plan_note(event.plan_id));
  if (!key) throw ImpossibleEvent("document " + event.plan_id + " was never drafted");
  auto row = fold.existing<UnitPlanRow>(*key);
  const auto document = std::ranges::find(row.documents, event.plan_id, &UnitPlanDocument::plan_id);
  document->version = input.version;
  change(*document, event);
  put(fold, input, std::move(row));
}

void fold_unit_plan(Fold& fold, const EventInput& input) {
  using schema::read;
  const wire::Event::Reader event = input.event();
  switch (event.which()) {
    case EventKind::UNIT_PLAN_DRAFTED:
      return draft(fold, input, read(event.getUnitPlanDrafted()));
    case EventKind::UNIT_PLAN_ISSUED:
      return change_document(fold, input, read(event.getUnitPlanIssued()),
                             [](UnitPlanDocument& document, const auto& issued) {
                               document.status = UnitPlanStatus::issued;
                               document.document_no = issued.document_no;
                               document.issued_on = issued.issued_on;
                             });
    case EventKind::UNIT_PLAN_WITHDRAWN:
      return change_document(fold, input, read(event.getUnitPlanWithdrawn()),
                             [](UnitPlanDocument& document, const auto& withdrawn) {
                               document.status = UnitPlanStatus::withdrawn;
                               document.reason = withdrawn.reason;
                             });
    default:
      return;
  }
}

}  // namespace

View unit_plan_view() {
  return {.name = "unit-plan",
          .version = 1,
          .folds = {EventKind::UNIT_PLAN_DRAFTED, EventKind::UNIT_PLAN_ISSUED,
                    EventKind::UNIT_PLAN_WITHDRAWN},
          .reads = {},
          .fold = fold_unit_plan};
}

}  // namespace silkledger::projections
