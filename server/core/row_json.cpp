#include "server/core/row_json.h"

#include <array>

#include "domain/schema/json/json.h"
#include "domain/schema/view.binary.h"
#include "domain/schema/view.json.h"
#include "domain/schema/view.values.h"

namespace silkledger::server {
namespace {

template <class Row>
bool append(std::string& out, std::string_view bytes, const json::EncodeOptions& options) {
  const auto row = schema::decode<Row>(bytes, schema::Trust::own);
  if (!row) return false;
  json::append_json(out, *row, options);
  return true;
}

template <class Row>
std::string shown(std::string_view bytes, json::Unsealer* unsealer) {
  if constexpr (binary::kHoldsPersonal<Row>) {
    auto row = schema::decode<Row>(bytes, schema::Trust::own);
    if (!row) return {};
    binary::reveal(*row, unsealer);
    return schema::encode(*row);
  } else {
    static_cast<void>(unsealer);
    return std::string(bytes);
  }
}

struct Entry {
  std::string_view view;
  bool (*append)(std::string&, std::string_view, const json::EncodeOptions&);
  std::string (*shown)(std::string_view, json::Unsealer*);
};

template <class Row>
constexpr Entry entry(std::string_view view) {
  return {view, &append<Row>, &shown<Row>};
}

constexpr std::array kViews{
    entry<schema::ApprovalRow>("approval"), entry<schema::AuditRow>("audit"),
    entry<schema::ChainRow>("chain"),       entry<schema::EvaluationRow>("evaluation"),
    entry<schema::FundRow>("fund"),         entry<schema::ItemRow>("item"),
    entry<schema::LeadRow>("lead"),         entry<schema::PersonRow>("person"),
    entry<schema::ProgressRow>("progress"), entry<schema::ProjectRow>("project"),
    entry<schema::UnitRow>("unit"),
};

}  // namespace

bool append_row_json(std::string& out, std::string_view view, std::string_view bytes,
                     const json::EncodeOptions& options) {
  for (const auto& entry : kViews) {
    if (entry.view == view) return entry.append(out, bytes, options);
  }
  return false;
}

std::string shown_row(std::string_view view, std::string_view bytes, json::Unsealer* unsealer) {
  for (const auto& entry : kViews) {
    if (entry.view == view) return entry.shown(bytes, unsealer);
  }
  return {};
}

}  // namespace silkledger::server
