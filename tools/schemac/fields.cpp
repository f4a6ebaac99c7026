#include "tools/schemac/fields.h"

#include <capnp/any.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

namespace cs = capnp::schema;

std::optional<cs::Value::Reader> find(Annotations annotations, std::uint64_t id) {
  for (const auto annotation : annotations) {
    if (annotation.getId() == id) return annotation.getValue();
  }
  return std::nullopt;
}

Range range_of(cs::Value::Reader value) {
  const auto data = value.getStruct().getAs<capnp::AnyStruct>().getDataSection();
  std::int64_t words[2] = {0, 0};
  std::memcpy(words, data.begin(), std::min(data.size(), sizeof words));
  return {words[0], words[1]};
}

bool is_extreme(const Field& field) {
  const std::int64_t value = field.default_value;
  return value == least_of(field.type.base) || value == most_of(field.type.base);
}

bool is_pointer(const Type& type) {
  return type.base == Base::text || type.base == Base::data || type.base == Base::list ||
         type.base == Base::record;
}

Type load_type(cs::Type::Reader source, const std::string& where) {
  switch (source.which()) {
    case cs::Type::BOOL:
      return {Base::boolean, 0, nullptr};
    case cs::Type::INT8:
      return {Base::int8, 0, nullptr};
    case cs::Type::INT16:
      return {Base::int16, 0, nullptr};
    case cs::Type::INT32:
      return {Base::int32, 0, nullptr};
    case cs::Type::INT64:
      return {Base::int64, 0, nullptr};
    case cs::Type::UINT8:
      return {Base::uint8, 0, nullptr};
    case cs::Type::UINT16:
      return {Base::uint16, 0, nullptr};
    case cs::Type::UINT32:
      return {Base::uint32, 0, nullptr};
    case cs::Type::UINT64:
      return {Base::uint64, 0, nullptr};
    case cs::Type::TEXT:
      return {Base::text, 0, nullptr};
    case cs::Type::DATA:
      return {Base::data, 0, nullptr};
    case cs::Type::ENUM:
      return {Base::enumeration, source.getEnum().getTypeId(), nullptr};
    case cs::Type::STRUCT:
      return {Base::record, source.getStruct().getTypeId(), nullptr};
    case cs::Type::LIST:
      return {Base::list, 0,
              std::make_shared<Type>(load_type(source.getList().getElementType(), where))};
    default:
      break;
  }
  fail(where, "Void, floating point, interfaces and AnyPointer have no value type");
}

Format format(const std::string& name, const Field& field, const std::string& where) {
  const Base base = innermost(field.type).base;
  const auto check = [&](Base wanted, Format format) {
    if (base != wanted) fail(where, "format " + name + " does not fit the type");
    return format;
  };
  if (name.empty()) return Format::none;
  if (name == "date") return check(Base::int32, Format::date);
  if (name == "instant") return check(Base::int64, Format::instant);
  if (name == "partialDate") return check(Base::text, Format::partial_date);
  if (name == "id") return check(Base::text, Format::id);
  if (name == "sha256") return check(Base::data, Format::sha256);
  fail(where, "unknown format " + name);
}

void take_default(cs::Field::Slot::Reader slot, Field& out, const std::string& where) {
  const auto value = slot.getDefaultValue();
  switch (value.which()) {
    case cs::Value::BOOL:
      out.default_value = value.getBool() ? 1 : 0;
      break;
    case cs::Value::INT8:
      out.default_value = value.getInt8();
      break;
    case cs::Value::INT16:
      out.default_value = value.getInt16();
      break;
    case cs::Value::INT32:
      out.default_value = value.getInt32();
      break;
    case cs::Value::INT64:
      out.default_value = value.getInt64();
      break;
    case cs::Value::UINT8:
      out.default_value = value.getUint8();
      break;
    case cs::Value::UINT16:
      out.default_value = value.getUint16();
      break;
    case cs::Value::UINT32:
      out.default_value = value.getUint32();
      break;
    case cs::Value::UINT64:
      out.default_value = static_cast<std::int64_t>(value.getUint64());
      break;
    case cs::Value::ENUM:
      out.default_value = value.getEnum();
      break;
    default:
      if (slot.getHadExplicitDefault()) fail(where, "only scalars may have a default");
  }
}

void check_optional_scalar(cs::Field::Slot::Reader slot, const Field& field,
                           const std::string& where) {
  if (field.type.base == Base::boolean) fail(where, "a Bool cannot be optional; use an enum");
  if (!slot.getHadExplicitDefault()) {
    fail(where,
         "an optional scalar needs an explicit default outside its valid range, which means "
         "absent");
  }
  // The generated decoder keeps the absent value out of the valid ones only at the ends of the
  // type.
  if (field.type.base != Base::enumeration && !field.range && !is_extreme(field)) {
    fail(where,
         "the default means absent and must be the least or greatest value of the type, or lie "
         "outside a range");
  }
  const bool inside = field.range && field.default_value >= field.range->least &&
                      field.default_value <= field.range->most;
  if (inside) fail(where, "the default means absent and must lie outside the range");
}

}  // namespace

void fail(const std::string& where, const std::string& what) {
  throw SchemaError(where + ": " + what);
}

std::string text_of(Annotations annotations, std::uint64_t id) {
  const auto value = find(annotations, id);
  return value ? std::string(value->getText().cStr()) : std::string();
}

Field load_field(cs::Field::Reader source, const std::string& where) {
  const auto annotations = source.getAnnotations();
  Field out;
  out.name = source.getName().cStr();
  out.member = member(out.name);
  out.zh = text_of(annotations, kZh);
  out.optional = find(annotations, kOptional).has_value();
  out.defaulted = find(annotations, kDefaulted).has_value();
  if (const auto value = find(annotations, kMaxBytes)) out.max_bytes = value->getUint32();
  if (const auto value = find(annotations, kMaxItems)) out.max_items = value->getUint32();
  if (const auto value = find(annotations, kRange)) out.range = range_of(*value);
  if (source.isGroup()) {
    out.group = true;
    out.type = {Base::record, source.getGroup().getTypeId(), nullptr};
    if (out.optional || out.defaulted) fail(where, "a group cannot be left out");
    return out;
  }
  const auto slot = source.getSlot();
  out.type = load_type(slot.getType(), where);
  out.format = format(text_of(annotations, kFormat), out, where);
  take_default(slot, out, where);
  if (out.range && !is_integer(innermost(out.type))) fail(where, "range needs an integer");
  if (out.optional && !is_pointer(out.type)) check_optional_scalar(slot, out, where);
  if (out.defaulted && (out.optional || (is_pointer(out.type) && out.type.base != Base::list))) {
    fail(where, "only a scalar or list that is not optional can be defaulted");
  }
  return out;
}

}  // namespace silkledger::schemac
