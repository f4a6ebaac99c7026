// What the server can be asked, read from its published description (openapi.json): commands with
// their fields, rows with theirs, and the words of enumerations.
//
// Values after reading; const and any thread. Errors: a description that is no OpenAPI document
// gives nothing.
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/cli/text/words.h"
#include "domain/kernel/text.h"

namespace silkledger::cli {

enum class FieldKind {
  text,
  id,
  date,
  partial_date,
  instant,
  boolean,
  integer,  // up to 32 bits: a JSON number
  big,      // 64 bits: a JSON string of digits
  enumeration,
  money,
  count,
  list,
  object,
  choice,  // one of several objects, told apart by "type"
};

struct FieldInfo {
  std::string name;
  std::string zh;
  std::string doc;
  FieldKind kind = FieldKind::text;
  bool required = false;
  std::string schema;  // of an object, an enumeration, or a list's items, where it has a name
  std::vector<Text> values = {};  // of an enumeration: the name in JSON as `en`, its word as `zh`
};

struct CommandInfo {
  std::string name;  // "report-lead"
  Text title;
  std::string doc;
  std::string article;
  std::string schema;  // of the body
};

class Catalogue {
 public:
  static std::optional<Catalogue> read(std::string_view openapi);

  const std::vector<CommandInfo>& commands() const { return commands_; }
  const CommandInfo* command(std::string_view name) const;
  // In the order of the schema; empty for a schema that is not known or not an object.
  std::vector<FieldInfo> fields(std::string_view schema) const;
  // Of an object that is one of several: the arms' names, and the fields of one.
  std::vector<std::string> arms(std::string_view schema) const;
  std::vector<FieldInfo> arm_fields(std::string_view schema, std::string_view arm) const;

  std::vector<std::string> views() const;
  std::string row_schema(std::string_view view) const;  // "ProjectRow"; empty when unknown
  // The word for a value of an enumerated field, or the value itself.
  std::string enum_word(std::string_view schema, std::string_view field, const std::string& value,
                        Lang lang) const;

 private:
  Catalogue() = default;
  std::vector<FieldInfo> fields_of(const boost::json::value& object) const;
  FieldInfo describe(std::string name, const boost::json::value& schema) const;
  const boost::json::value* schema(std::string_view name) const;

  std::shared_ptr<const boost::json::value> document_;
  std::vector<CommandInfo> commands_;
};

std::string kind_word(const FieldInfo& field, Lang lang);

}  // namespace silkledger::cli
