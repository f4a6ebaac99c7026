// JSON Schema of the schema's types, as domain/schema/json reads and writes them.
#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <vector>

#include "tools/schemac/model.h"

namespace silkledger::schemac {

boost::json::object value_schema(const Model& model, const Field& field);  // of one field
boost::json::object record_schema(const Model& model, const Record& record);
boost::json::object enum_schema(const Enum& named);
// Records and enums that the record's schema refers to.
std::vector<std::uint64_t> referred(const Model& model, const Record& record);

}  // namespace silkledger::schemac
