#include "tools/schemac/openapi_schema.h"

#include <boost/json/array.hpp>

#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

namespace bj = boost::json;

constexpr std::uint32_t kTextBytesMax = 4096;
constexpr std::uint32_t kListItemsMax = 256;

bj::object component(const std::string& name) { return {{"$ref", "#/components/schemas/" + name}}; }

bj::object text_schema(const Field& field) {
  switch (field.format) {
    case Format::id:
      return component("Id");
    case Format::partial_date:
      return {{"type", "string"}, {"pattern", "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}};
    default:
      break;
  }
  // The limit counts bytes of UTF-8, maxLength characters: the first is the tighter one.
  const std::uint32_t bytes = field.max_bytes.value_or(kTextBytesMax);
  return {{"type", "string"}, {"maxLength", bytes}, {"x-maxBytes", bytes}};
}

bj::object integer_schema(const Field& field, Base base) {
  std::int64_t least = field.range ? field.range->least : least_of(base);
  std::int64_t most = field.range ? field.range->most : most_of(base);
  if (!field.range && field.optional) (field.default_value == least ? ++least : --most);
  if (base == Base::int64 || base == Base::uint64) {
    return {{"type", "string"},
            {"pattern", base == Base::uint64 || least >= 0 ? "^(0|[1-9][0-9]{0,19})$"
                                                           : "^(0|-?[1-9][0-9]{0,18})$"},
            {"x-minimum", base == Base::uint64 ? std::to_string(static_cast<std::uint64_t>(least))
                                               : std::to_string(least)},
            {"x-maximum", base == Base::uint64 ? std::to_string(static_cast<std::uint64_t>(most))
                                               : std::to_string(most)}};
  }
  return {{"type", "integer"}, {"minimum", least}, {"maximum", most}};
}

bj::object schema_of(const Model& model, const Field& field, const Type& type) {
  switch (type.base) {
    case Base::boolean:
      return {{"type", "boolean"}};
    case Base::text:
      return text_schema(field);
    case Base::data:
      if (field.format == Format::sha256)
        return {{"type", "string"}, {"pattern", "^[0-9a-f]{64}$"}};
      return {{"type", "string"},
              {"contentEncoding", "base64"},
              {"x-maxBytes", field.max_bytes.value_or(kTextBytesMax)}};
    case Base::enumeration:
      return component(model.enumeration(type).name);
    case Base::record:
      if (model.record(type).sealed)
        return {{"type", "string"}, {"maxLength", 480}, {"x-sealed", true}};
      return component(model.record(type).name);
    case Base::list:
      return {{"type", "array"},
              {"items", schema_of(model, field, *type.element)},
              {"maxItems", field.max_items.value_or(kListItemsMax)}};
    default:
      break;
  }
  if (field.format == Format::date) return {{"type", "string"}, {"format", "date"}};
  if (field.format == Format::instant) return {{"type", "string"}, {"format", "date-time"}};
  return integer_schema(field, type.base);
}

bj::object titled(bj::object schema, const std::string& zh, const std::string& doc) {
  bj::object out;
  if (!zh.empty()) out["title"] = zh;
  if (!doc.empty()) out["description"] = doc;
  for (auto& member : schema) out.insert(member);
  return out;
}

// The members of a struct; an arm of a union has its name in front of them.
bj::object object_schema(const Model& model, const Record& record, const std::string& arm) {
  bj::object properties;
  bj::array required;
  if (!arm.empty()) {
    properties["type"] = bj::object{{"const", arm}};
    required.push_back("type");
  }
  for (const Field& field : record.fields) {
    properties[field.name] = titled(value_schema(model, field), field.zh, field.doc);
    if (!field.optional && !field.defaulted) required.push_back(bj::value(field.name));
  }
  bj::object out{{"type", "object"}};
  if (!required.empty()) out["required"] = std::move(required);
  out["properties"] = std::move(properties);
  out["additionalProperties"] = false;
  return out;
}

}  // namespace

bj::object value_schema(const Model& model, const Field& field) {
  return schema_of(model, field, field.type);
}

bj::object record_schema(const Model& model, const Record& record) {
  if (!record.is_union) return titled(object_schema(model, record, ""), record.zh, record.doc);
  bj::array arms;
  for (const Field& arm : record.fields) {
    const Record& body = model.record(arm.type);
    arms.push_back(titled(object_schema(model, body, arm.name), body.zh, body.doc));
  }
  return titled({{"oneOf", std::move(arms)}}, record.zh, record.doc);
}

bj::object enum_schema(const Enum& named) {
  bj::array values;
  bj::object zh;
  std::string doc = named.doc;
  for (const Enumerant& enumerant : named.enumerants) {
    values.push_back(bj::value(enumerant.name));
    zh[enumerant.name] = enumerant.zh;
    if (enumerant.doc.empty()) continue;
    doc += (doc.empty() ? "" : "\n") + enumerant.name + ": " + enumerant.doc;
  }
  bj::object out = titled({{"type", "string"}, {"enum", std::move(values)}}, named.zh, doc);
  out["x-enum-zh"] = std::move(zh);
  return out;
}

std::vector<std::uint64_t> referred(const Model& model, const Record& record) {
  std::vector<std::uint64_t> out;
  for (const Field& field : record.fields) {
    const Type* type = &field.type;
    while (type->base == Base::list) type = type->element.get();
    if (type->base == Base::enumeration) out.push_back(type->id);
    if (type->base != Base::record || model.record(*type).sealed) continue;
    if (!record.is_union) {
      out.push_back(type->id);
      continue;
    }
    // Arms are written out in place, so what counts is what they refer to.
    for (const std::uint64_t next : referred(model, model.record(*type))) out.push_back(next);
  }
  return out;
}

}  // namespace silkledger::schemac
