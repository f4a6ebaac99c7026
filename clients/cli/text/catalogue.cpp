#include "clients/cli/text/catalogue.h"

#include <algorithm>
#include <boost/json.hpp>

#include "clients/cli/text/reading.h"

namespace silkledger::cli {
namespace {

using boost::json::value;

constexpr std::string_view kCommandsPath = "/api/v1/commands/";
constexpr std::string_view kViewsPath = "/api/v1/views/";
constexpr std::string_view kSchemaReference = "#/components/schemas/";

// The name behind a "$ref"; empty without one.
std::string reference(const value& schema) {
  const std::string ref = text_at(schema, "$ref");
  return ref.starts_with(kSchemaReference) ? ref.substr(kSchemaReference.size()) : std::string();
}

// A summary is "Report lead  上报客商信息": English, two blanks, Chinese.
Text split_summary(const std::string& summary) {
  const std::size_t gap = summary.find("  ");
  if (gap == std::string::npos) return {summary, summary};
  return {std::string(trimmed(std::string_view(summary).substr(gap))), summary.substr(0, gap)};
}

FieldKind string_kind(const value& schema) {
  const std::string format = text_at(schema, "format");
  if (format == "date") return FieldKind::date;
  if (format == "date-time") return FieldKind::instant;
  if (member(schema, "enum") != nullptr) return FieldKind::enumeration;
  if (member(schema, "x-minimum") != nullptr) return FieldKind::big;
  const std::string pattern = text_at(schema, "pattern");
  if (pattern.starts_with("^[0-9]{4}(")) return FieldKind::partial_date;
  if (pattern.starts_with("^(0|") || pattern.starts_with("^(-?")) return FieldKind::big;
  return FieldKind::text;
}

FieldKind kind_of(const value& schema) {
  const std::string type = text_at(schema, "type");
  if (member(schema, "oneOf") != nullptr) return FieldKind::choice;
  if (type == "object") return FieldKind::object;
  if (type == "array") return FieldKind::list;
  if (type == "integer") return FieldKind::integer;
  if (type == "boolean") return FieldKind::boolean;
  return string_kind(schema);
}

std::vector<Text> enum_values(const value& schema) {
  std::vector<Text> values;
  const auto* names = member(schema, "enum");
  if (names == nullptr || !names->is_array()) return values;
  for (const value& name : names->get_array()) {
    if (!name.is_string()) continue;
    const std::string text(name.get_string());
    std::string zh = text_at(schema, "x-enum-zh." + text);
    values.push_back({zh.empty() ? text : std::move(zh), text});
  }
  return values;
}

bool is_required(const value& object, std::string_view field) {
  const auto* required = member(object, "required");
  if (required == nullptr || !required->is_array()) return false;
  return std::ranges::any_of(required->get_array(), [field](const value& name) {
    return name.is_string() && std::string_view(name.get_string()) == field;
  });
}

CommandInfo read_command(std::string_view path, const value& operation) {
  CommandInfo command;
  command.name = path.substr(kCommandsPath.size());
  command.title = split_summary(text_at(operation, "summary"));
  command.doc = text_at(operation, "description");
  command.article = text_at(operation, "x-article");
  // The media type holds a slash, not a dot, so the path is safe to write in one piece.
  const auto* body = member(operation, "requestBody.content.application/json.schema");
  if (body != nullptr) command.schema = reference(*body);
  return command;
}

const value* arm_of(const value& schema, std::string_view arm) {
  const auto* arms = member(schema, "oneOf");
  if (arms == nullptr || !arms->is_array()) return nullptr;
  for (const value& one : arms->get_array()) {
    if (text_at(one, "properties.type.const") == arm) return &one;
  }
  return nullptr;
}

}  // namespace

std::optional<Catalogue> Catalogue::read(std::string_view openapi) {
  Catalogue catalogue;
  catalogue.document_ = std::make_shared<const value>(parse_json(openapi));
  const auto* paths = member(*catalogue.document_, "paths");
  if (paths == nullptr || !paths->is_object()) return std::nullopt;
  for (const auto& entry : paths->get_object()) {
    const std::string_view path = entry.key();
    if (!path.starts_with(kCommandsPath)) continue;
    if (const auto* post = member(entry.value(), "post")) {
      catalogue.commands_.push_back(read_command(path, *post));
    }
  }
  return catalogue;
}

const CommandInfo* Catalogue::command(std::string_view name) const {
  const auto found = std::ranges::find(commands_, name, &CommandInfo::name);
  return found == commands_.end() ? nullptr : &*found;
}

const value* Catalogue::schema(std::string_view name) const {
  if (name.empty()) return nullptr;
  const auto* schemas = member(*document_, "components.schemas");
  return schemas != nullptr && schemas->is_object() ? schemas->get_object().if_contains(name)
                                                    : nullptr;
}

FieldInfo Catalogue::describe(std::string name, const value& stated) const {
  FieldInfo field;
  field.name = std::move(name);
  field.zh = text_at(stated, "title");
  field.doc = text_at(stated, "description");
  field.schema = reference(stated);
  const value* found = schema(field.schema);
  const value& resolved = found != nullptr ? *found : stated;
  field.kind = kind_of(resolved);
  if (field.schema == "Money") field.kind = FieldKind::money;
  if (field.schema == "Count") field.kind = FieldKind::count;
  if (field.schema == "Id") field.kind = FieldKind::id;
  if (field.kind == FieldKind::enumeration) field.values = enum_values(resolved);
  if (field.kind == FieldKind::list) {
    if (const auto* items = member(resolved, "items")) field.schema = reference(*items);
  }
  if (field.zh.empty()) field.zh = text_at(resolved, "title");
  return field;
}

std::vector<FieldInfo> Catalogue::fields_of(const value& object) const {
  std::vector<FieldInfo> fields;
  const auto* properties = member(object, "properties");
  if (properties == nullptr || !properties->is_object()) return fields;
  for (const auto& entry : properties->get_object()) {
    FieldInfo field = describe(std::string(entry.key()), entry.value());
    field.required = is_required(object, entry.key());
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<FieldInfo> Catalogue::fields(std::string_view name) const {
  const value* found = schema(name);
  return found == nullptr ? std::vector<FieldInfo>() : fields_of(*found);
}

std::vector<std::string> Catalogue::arms(std::string_view name) const {
  std::vector<std::string> names;
  const value* found = schema(name);
  const auto* arms = found == nullptr ? nullptr : member(*found, "oneOf");
  if (arms == nullptr || !arms->is_array()) return names;
  for (const value& arm : arms->get_array()) names.push_back(text_at(arm, "properties.type.const"));
  return names;
}

std::vector<FieldInfo> Catalogue::arm_fields(std::string_view name, std::string_view arm) const {
  const value* found = schema(name);
  const value* object = found == nullptr ? nullptr : arm_of(*found, arm);
  return object == nullptr ? std::vector<FieldInfo>() : fields_of(*object);
}

std::vector<std::string> Catalogue::views() const {
  std::vector<std::string> names;
  const auto* paths = member(*document_, "paths");
  for (const auto& entry : paths->get_object()) {
    const std::string_view path = entry.key();
    if (path.starts_with(kViewsPath) && path.find('{') == std::string_view::npos) {
      names.emplace_back(path.substr(kViewsPath.size()));
    }
  }
  return names;
}

std::string Catalogue::row_schema(std::string_view view) const {
  const auto* paths = member(*document_, "paths");
  const auto* path =
      paths->get_object().if_contains(std::string(kViewsPath) + std::string(view) + "/{key}");
  if (path == nullptr) return {};
  const auto* row =
      member(*path, "get.responses.200.content.application/json.schema.properties.row");
  return row == nullptr ? std::string() : reference(*row);
}

std::string Catalogue::enum_word(std::string_view name, std::string_view field,
                                 const std::string& value_name, Lang lang) const {
  if (lang == Lang::en) return spaced(value_name);
  for (const FieldInfo& info : fields(name)) {
    if (info.name != field) continue;
    const auto found = std::ranges::find(info.values, value_name, &Text::en);
    if (found != info.values.end()) return found->zh;
  }
  return value_name;
}

std::string kind_word(const FieldInfo& field, Lang lang) {
  const bool zh = lang == Lang::zh;
  switch (field.kind) {
    case FieldKind::text:
      return zh ? "文字" : "text";
    case FieldKind::id:
      return zh ? "编号" : "id";
    case FieldKind::date:
      return zh ? "日期 2026-03-05" : "date 2026-03-05";
    case FieldKind::partial_date:
      return zh ? "年、年月或日期" : "year, month or date";
    case FieldKind::instant:
      return zh ? "时刻" : "instant";
    case FieldKind::boolean:
      return zh ? "是/否 true|false" : "true|false";
    case FieldKind::integer:
    case FieldKind::big:
      return zh ? "整数" : "whole number";
    case FieldKind::money:
      return zh ? "金额，如 约1.2亿元" : "amount, such as 约1.2亿元";
    case FieldKind::count:
      return zh ? "数量，如 300余人" : "count, such as 300余人";
    case FieldKind::list:
      return (zh ? "列表 " : "list ") + field.schema;
    case FieldKind::object:
    case FieldKind::choice:
      return (zh ? "对象 " : "object ") + field.schema;
    case FieldKind::enumeration:
      break;
  }
  std::string words;
  for (const Text& one : field.values) {
    words += (words.empty() ? "" : " | ") + one.en +
             (zh && one.zh != one.en ? "（" + one.zh + "）" : "");
  }
  return words;
}

}  // namespace silkledger::cli
