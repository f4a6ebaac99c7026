#include "clients/cli/text/names.h"

#include <boost/json.hpp>

#include "clients/cli/text/reading.h"

namespace silkledger::cli {

void UnitNames::add(std::string_view answer) {
  const boost::json::value document = parse_json(answer);
  const auto* rows = member(document, "rows");
  if (rows == nullptr || !rows->is_array()) return;
  for (const auto& row : rows->get_array()) {
    names_[text_at(row, "unitId")] = {text_at(row, "name"), text_at(row, "nameEn")};
  }
}

const std::string& UnitNames::name(const std::string& unit_id, Lang lang) const {
  const auto found = names_.find(unit_id);
  return found == names_.end() ? unit_id : in(lang, found->second);
}

}  // namespace silkledger::cli
