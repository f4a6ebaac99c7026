#include "projections/row_fields.h"

#include <capnp/any.h>
#include <capnp/dynamic.h>
#include <capnp/schema.h>

#include <array>
#include <charconv>
#include <map>

#include "domain/kernel/time.h"
#include "domain/schema/message.h"
#include "domain/schema/view.capnp.h"
#include "domain/schema/view.meta.h"

namespace silkledger::projections {
namespace {

using capnp::StructSchema;
using capnp::schema::Type;

// The annotation "format" of domain/schema/annotations.capnp.
constexpr std::uint64_t kFormat = 0xc5d0a1b2e3f40102ULL;

struct ShortName {
  std::string_view name;
  std::string_view field;
};
constexpr std::array<ShortName, 9> kShortNames = {{{"unit", "units"},
                                                   {"chain", "chainId"},
                                                   {"project", "projectId"},
                                                   {"lead", "leadId"},
                                                   {"item", "itemId"},
                                                   {"person", "personId"},
                                                   {"person", "actor"},
                                                   {"person", "agent"},
                                                   {"person", "responsibleLeader"}}};

std::string_view format_of(StructSchema::Field field) {
  for (const auto annotation : field.getProto().getAnnotations()) {
    if (annotation.getId() != kFormat) continue;
    const auto text = annotation.getValue().getText();
    return {text.begin(), text.size()};
  }
  return {};
}

bool can_be_asked(StructSchema::Field field) {
  const capnp::Type type = field.getType();
  if (type.isList()) return type.asList().getElementType().isText();
  return !type.isStruct() && !type.isData() && !type.isAnyPointer() && !type.isInterface() &&
         !type.isVoid();
}

std::optional<std::int64_t> integer_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> number_of(StructSchema::Field field, std::string_view value) {
  const capnp::Type type = field.getType();
  if (type.isBool()) {
    if (value == "true") return 1;
    if (value == "false") return 0;
    return std::nullopt;
  }
  if (type.isEnum()) {
    const auto enumerant =
        type.asEnum().findEnumerantByName(kj::heapString(value.data(), value.size()));
    KJ_IF_MAYBE (found, enumerant) return found->getOrdinal();
    return std::nullopt;
  }
  if (format_of(field) == "date") {
    const auto date = parse_date(value);
    return date ? std::optional<std::int64_t>(date->days) : std::nullopt;
  }
  if (format_of(field) == "instant") {
    const auto instant = parse_instant(value);
    return instant ? std::optional<std::int64_t>(instant->us) : std::nullopt;
  }
  return integer_of(value);
}

std::string_view text_of(capnp::Text::Reader text) { return {text.begin(), text.size()}; }

bool list_contains(const capnp::DynamicList::Reader& list, std::string_view text) {
  for (const auto element : list) {
    if (text_of(element.as<capnp::Text>()) == text) return true;
  }
  return false;
}

bool matches(const capnp::DynamicStruct::Reader& row, const RowFields::Wanted& wanted) {
  const auto value = row.get(kj::StringPtr(wanted.field.c_str(), wanted.field.size()));
  switch (value.getType()) {
    case capnp::DynamicValue::TEXT:
      return text_of(value.as<capnp::Text>()) == wanted.text;
    case capnp::DynamicValue::LIST:
      return list_contains(value.as<capnp::DynamicList>(), wanted.text);
    case capnp::DynamicValue::BOOL:
      return value.as<bool>() == (wanted.number != 0);
    case capnp::DynamicValue::ENUM:
      return value.as<capnp::DynamicEnum>().getRaw() == wanted.number;
    case capnp::DynamicValue::INT:
      return value.as<std::int64_t>() == wanted.number;
    case capnp::DynamicValue::UINT:
      return wanted.number >= 0 &&
             value.as<std::uint64_t>() == static_cast<std::uint64_t>(wanted.number);
    default:
      return false;
  }
}

}  // namespace

struct RowFields::Known {
  StructSchema schema;
};

struct KnownViews {
  KnownViews() {
    const auto arms = capnp::Schema::from<wire::ViewRow>().getUnionFields();
    for (unsigned arm = 0; arm < arms.size(); ++arm) {
      const std::string view(schema::view_row_arms()[arm].kebab);
      // Nodes of a map stay where they are, so RowFields may point at them.
      const auto at = schemas.emplace(view, RowFields::Known{arms[arm].getType().asStruct()}).first;
      fields.emplace(view, RowFields(at->second));
    }
  }

  std::map<std::string, RowFields::Known, std::less<>> schemas;
  std::map<std::string, RowFields, std::less<>> fields;
};

RowFields::RowFields(const Known& known) : known_(&known) {
  KJ_IF_MAYBE (field, known.schema.findFieldByName("units")) {
    (void)field;
    names_units_ = true;
  }
}

const RowFields* RowFields::of(std::string_view view) {
  static const KnownViews known;
  const auto found = known.fields.find(view);
  return found == known.fields.end() ? nullptr : &found->second;
}

std::optional<std::string> RowFields::resolve(std::string_view name) const {
  const auto find = [this](std::string_view field_name) -> std::optional<std::string> {
    const auto text = kj::heapString(field_name.data(), field_name.size());
    KJ_IF_MAYBE (field, known_->schema.findFieldByName(text)) {
      if (can_be_asked(*field)) return std::string(field_name);
    }
    return std::nullopt;
  };
  if (auto field = find(name)) return field;
  for (const ShortName& shorter : kShortNames) {
    if (shorter.name != name) continue;
    if (auto field = find(shorter.field)) return field;
  }
  return std::nullopt;
}

std::optional<RowFields::Wanted> RowFields::parse(const std::string& field,
                                                  std::string_view value) const {
  const auto found = known_->schema.getFieldByName(kj::StringPtr(field.c_str(), field.size()));
  if (found.getType().isText() || found.getType().isList()) {
    return Wanted{field, std::string(value), 0};
  }
  const auto number = number_of(found, value);
  if (!number) return std::nullopt;
  return Wanted{field, {}, *number};
}

RowFields::Row RowFields::read(std::string_view bytes, std::span<const Wanted> wanted) const {
  schema::MessageReader message(bytes);
  const capnp::DynamicStruct::Reader row =
      message.root<capnp::AnyStruct>().as<capnp::DynamicStruct>(known_->schema);
  Row read;
  read.position = row.get("position").as<std::uint64_t>();
  read.matches = true;
  for (const Wanted& one : wanted) {
    if (!(read.matches = matches(row, one))) return read;
  }
  if (names_units_) {
    for (const auto unit : row.get("units").as<capnp::DynamicList>()) {
      read.units.emplace_back(text_of(unit.as<capnp::Text>()));
    }
  }
  return read;
}

}  // namespace silkledger::projections
