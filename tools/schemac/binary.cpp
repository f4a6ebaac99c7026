// The binary codec's side of the limits: what a value read from an outside Cap'n Proto message must
// satisfy, field by field, and which values hold personal fields.
#include "tools/schemac/generators.h"
#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

bool holds_personal(const Model& model, const Type& type) {
  const Type& inner = innermost(type);
  if (inner.base != Base::record) return false;
  const Record& record = model.record(inner);
  if (record.sealed) return true;
  for (const Field& field : record.fields) {
    if (holds_personal(model, field.type)) return true;
  }
  return false;
}

bool holds_personal(const Model& model, const Record& record) {
  for (const Field& field : record.fields) {
    if (holds_personal(model, field.type)) return true;
  }
  return false;
}

class FieldCheck {
 public:
  FieldCheck(const Model& model, const Field& field) : model_(model), field_(field) {}

  std::string check() const {
    const std::string value = "value." + field_.member;
    if (!field_.optional) return check(field_.type, literal(field_.name), value, 0);
    return "  if (" + value + ") {\n" +
           check(field_.type, literal(field_.name), "(*" + value + ")", 0) + "  }\n";
  }

  std::string reveal() const {
    if (!holds_personal(model_, field_.type)) return "";
    const std::string value = "value." + field_.member;
    if (!field_.optional) return reveal(field_.type, value, 0);
    return "  if (" + value + ") {\n" + reveal(field_.type, "(*" + value + ")", 0) + "  }\n";
  }

 private:
  std::string check(const Type& type, const std::string& name, const std::string& value,
                    int depth) const {
    const auto call = [&](const std::string& what, const std::string& more = "") {
      return "  checker." + what + "(" + name + ", " + value + more + ");\n";
    };
    switch (type.base) {
      case Base::boolean:
        return "";
      case Base::text:
        return call("text", ", " + bytes_max("json::kTextBytesMax") + text_format());
      case Base::data:
        if (field_.format == Format::sha256) return call("sha256");
        return call("data", ", " + bytes_max("json::kDataBytesMax"));
      case Base::enumeration:
        return call("enumerant",
                    field_.optional ? ", " + std::to_string(field_.default_value) : "");
      case Base::record:
        if (model_.record(type).sealed) {
          return call("sealed", ", " + bytes_max("json::kSealedTextBytesMax"));
        }
        return "  checker.enter(" + name + ");\n  check(checker, " + value +
               ");\n  checker.leave();\n";
      case Base::list:
        return check_list(type, name, value, depth);
      default:
        break;
    }
    if (field_.format == Format::date) return call("date");
    if (field_.format == Format::instant) return call("instant");
    if (!field_.range) return "";
    return call("integer", ", " + integer_literal(Base::int64, field_.range->least) + ", " +
                               integer_literal(Base::int64, field_.range->most));
  }

  std::string check_list(const Type& type, const std::string& name, const std::string& value,
                         int depth) const {
    const std::string level = std::to_string(depth);
    const std::string most =
        field_.max_items ? std::to_string(*field_.max_items) : std::string("json::kListItemsMax");
    const std::string body = check(*type.element, "index" + level, "item" + level, depth + 1);
    if (body.empty()) return "  checker.items(" + name + ", " + value + ".size(), " + most + ");\n";
    return fill(
        "  if (checker.items($0, $1.size(), $2)) {\n  checker.enter($0);\n"
        "  std::size_t index$3 = 0;\n  for (auto& item$3 : $1) {\n$4  ++index$3;\n  }\n"
        "  checker.leave();\n  }\n",
        {name, value, most, level, body});
  }

  std::string reveal(const Type& type, const std::string& value, int depth) const {
    if (type.base == Base::list) {
      const std::string item = "item" + std::to_string(depth);
      return fill("  for (auto& $0 : $1) {\n$2  }\n",
                  {item, value, reveal(*type.element, item, depth + 1)});
    }
    return "  reveal(" + value + ", unsealer);\n";
  }

  std::string bytes_max(const std::string& otherwise) const {
    return field_.max_bytes ? std::to_string(*field_.max_bytes) : otherwise;
  }

  std::string text_format() const {
    if (field_.format == Format::id) return ", json::TextFormat::id";
    return field_.format == Format::partial_date ? ", json::TextFormat::partial_date" : "";
  }

  const Model& model_;
  const Field& field_;
};

std::string check_function(const Model& model, const Record& record) {
  std::string body;
  if (record.is_union) {
    body = "  std::visit([&](auto& arm) { check(checker, arm); }, value);\n";
  } else {
    for (const Field& field : record.fields) body += FieldCheck(model, field).check();
  }
  if (body.empty()) body = "  static_cast<void>(checker);\n  static_cast<void>(value);\n";
  return fill("\nvoid check(Checker& checker, schema::$0& value) {\n$1}\n", {record.name, body});
}

std::string reveal_function(const Model& model, const Record& record) {
  std::string body;
  if (record.is_union) {
    body =
        "  std::visit(\n      [&]<class Arm>(Arm& arm) {\n"
        "        if constexpr (kHoldsPersonal<Arm>) reveal(arm, unsealer);\n      },\n"
        "      value);\n";
  } else {
    for (const Field& field : record.fields) body += FieldCheck(model, field).reveal();
  }
  return fill("\nvoid reveal(schema::$0& value, json::Unsealer* unsealer) {\n$1}\n",
              {record.name, body});
}

}  // namespace

std::string binary_header(const Model& model, const File& file) {
  std::string out = generated(file);
  out += fill(
      "#pragma once\n\n#include \"$0.values.h\"\n#include \"domain/schema/binary/checker.h\"\n",
      {file.stem});
  for (const std::string& import : file.imports) out += "#include \"" + import + ".binary.h\"\n";
  out += "\nnamespace silkledger::binary {\n\n";
  for (const Record& record : file.records) {
    if (record.sealed) continue;
    out += fill("void check(Checker& checker, schema::$0& value);\n", {record.name});
    if (!holds_personal(model, record)) continue;
    out += fill(
        "template <>\ninline constexpr bool kHoldsPersonal<schema::$0> = true;\n"
        "void reveal(schema::$0& value, json::Unsealer* unsealer);\n",
        {record.name});
  }
  return out + "\n}  // namespace silkledger::binary\n";
}

std::string binary_source(const Model& model, const File& file) {
  std::string out = generated(file);
  out += fill("#include \"$0.binary.h\"\n\nnamespace silkledger::binary {\n", {file.stem});
  for (const Record& record : file.records) {
    if (record.sealed) continue;
    out += check_function(model, record);
    if (holds_personal(model, record)) out += reveal_function(model, record);
  }
  return out + "\n}  // namespace silkledger::binary\n";
}

}  // namespace silkledger::schemac
