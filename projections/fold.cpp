#include "projections/fold_tables.h"
#include "projections/query.h"
#include "projections/view.h"

namespace silkledger::projections {
namespace {

template <class Row>
std::unique_ptr<ViewTables> make(TableSource& source, const View& view) {
  if (view.name != kViewOf<Row>) return nullptr;
  return std::make_unique<RowTables<Row>>(source, view);
}

template <class... Rows>
std::unique_ptr<ViewTables> make_any(TableSource& source, const View& view) {
  std::unique_ptr<ViewTables> tables;
  (void)((tables = make<Rows>(source, view)) || ...);
  assert(tables && "every view has a row type");
  return tables;
}

std::string key_of(const schema::LeadRow& row) { return row.lead_id; }
std::string key_of(const schema::ProjectRow& row) { return row.project_id; }
std::string key_of(const schema::ProgressRow& row) { return row.project_id; }
std::string key_of(const schema::ApprovalRow& row) { return row.approval_id; }
std::string key_of(const schema::FundRow& row) { return row.fund_id; }
std::string key_of(const schema::EvaluationRow& row) { return row.evaluation_id; }
std::string key_of(const schema::AuditRow& row) { return audit_key(row.position); }
std::string key_of(const schema::UnitRow& row) { return row.unit_id; }
std::string key_of(const schema::PersonRow& row) { return row.person_id; }
std::string key_of(const schema::ItemRow& row) { return row.item_id; }
std::string key_of(const schema::ChainRow& row) { return row.chain_id; }

}  // namespace

Tables::Tables(const Catalogue& catalogue) {
  for (const View& view : catalogue) {
    names_.push_back(view.name);
    views_.push_back(
        make_any<schema::LeadRow, schema::ProjectRow, schema::ProgressRow, schema::ApprovalRow,
                 schema::FundRow, schema::EvaluationRow, schema::AuditRow, schema::UnitRow,
                 schema::PersonRow, schema::ItemRow, schema::ChainRow>(source, view));
  }
}

template <class Row>
const Row* Fold::get(std::string_view key) {
  return tables_.rows<Row>().get(key);
}

template <class Row>
Row Fold::existing(std::string_view key) {
  if (const Row* row = get<Row>(key)) return *row;
  throw ImpossibleEvent("there is no " + std::string(kViewOf<Row>) + " " + std::string(key) +
                        " for this event to change");
}

template <class Row>
void Fold::put(Row row) {
  assert(tables_.name(view_) == kViewOf<Row> && "a fold writes only its own view");
  const std::string key = key_of(row);
  if (key.empty() || key.front() < ' ') throw ImpossibleEvent("a row needs an id");
  tables_.rows<Row>().put(key, std::move(row));
}

template <class Row>
void Fold::erase(std::string_view key) {
  assert(tables_.name(view_) == kViewOf<Row> && "a fold writes only its own view");
  tables_.rows<Row>().erase(key);
}

template <class Row>
std::vector<std::string> Fold::keys() {
  return tables_.rows<Row>().keys("", std::nullopt);
}

std::optional<std::string> Fold::note(std::string_view key) {
  const Note* note = tables_.of(view_).notes().get(key);
  return note ? std::optional(note->text) : std::nullopt;
}

void Fold::set_note(std::string_view key, std::string value) {
  tables_.of(view_).notes().put(key, {std::move(value)});
}

void Fold::erase_note(std::string_view key) { tables_.of(view_).notes().erase(key); }

std::vector<std::string> Fold::note_keys(std::string_view prefix, std::string_view last) {
  return tables_.of(view_).notes().keys(prefix, last);
}

const domain::Reference& Fold::reference() const { return tables_.reference; }

std::optional<CivilDate> Fold::day_before_event() const { return tables_.day_before_event; }

#define SILKLEDGER_ROW(Row)                             \
  template const Row* Fold::get<Row>(std::string_view); \
  template Row Fold::existing<Row>(std::string_view);   \
  template void Fold::put<Row>(Row);                    \
  template void Fold::erase<Row>(std::string_view);     \
  template std::vector<std::string> Fold::keys<Row>();
SILKLEDGER_ROW(schema::LeadRow)
SILKLEDGER_ROW(schema::ProjectRow)
SILKLEDGER_ROW(schema::ProgressRow)
SILKLEDGER_ROW(schema::ApprovalRow)
SILKLEDGER_ROW(schema::FundRow)
SILKLEDGER_ROW(schema::EvaluationRow)
SILKLEDGER_ROW(schema::AuditRow)
SILKLEDGER_ROW(schema::UnitRow)
SILKLEDGER_ROW(schema::PersonRow)
SILKLEDGER_ROW(schema::ItemRow)
SILKLEDGER_ROW(schema::ChainRow)
#undef SILKLEDGER_ROW

}  // namespace silkledger::projections
