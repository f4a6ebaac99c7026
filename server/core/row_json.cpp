#include "server/core/row_json.h"

#include <array>

#include "domain/schema/json/json.h"
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

struct Entry {
  std::string_view view;
  bool (*append)(std::string&, std::string_view, const json::EncodeOptions&);
};

constexpr std::array kViews{
    Entry{"approval", &append<schema::ApprovalRow>},
    Entry{"audit", &append<schema::AuditRow>},
    Entry{"chain", &append<schema::ChainRow>},
    Entry{"evaluation", &append<schema::EvaluationRow>},
    Entry{"fund", &append<schema::FundRow>},
    Entry{"item", &append<schema::ItemRow>},
    Entry{"lead", &append<schema::LeadRow>},
    Entry{"person", &append<schema::PersonRow>},
    Entry{"progress", &append<schema::ProgressRow>},
    Entry{"project", &append<schema::ProjectRow>},
    Entry{"unit", &append<schema::UnitRow>},
};

}  // namespace

bool append_row_json(std::string& out, std::string_view view, std::string_view bytes,
                     const json::EncodeOptions& options) {
  for (const auto& entry : kViews) {
    if (entry.view == view) return entry.append(out, bytes, options);
  }
  return false;
}

}  // namespace silkledger::server
