// Value structs, and their way to and from Cap'n Proto.
#include <functional>

#include "tools/schemac/generators.h"
#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

std::string comment(const std::string& indent, const std::string& zh, const std::string& doc) {
  std::string out;
  if (!zh.empty()) out += indent + "// " + zh + "\n";
  std::string line;
  for (const char c : doc + "\n") {
    if (c != '\n') {
      line += c;
      continue;
    }
    if (line.ends_with('\\')) line += '.';  // a comment must not swallow the next line
    if (!line.empty()) out += indent + "// " + line + "\n";
    line.clear();
  }
  return out;
}

std::string initializer(const Model& model, const Field& field) {
  const Type& type = field.type;
  // Designated initialisers may then leave members out without a warning.
  if (field.optional || !is_scalar(type)) return " = {}";
  if (type.base == Base::boolean) return field.default_value != 0 ? " = true" : " = false";
  if (type.base == Base::enumeration) {
    const Enum& named = model.enumeration(type);
    return " = " + named.name +
           "::" + named.enumerants.at(static_cast<std::size_t>(field.default_value)).member;
  }
  if (field.format == Format::date || field.format == Format::instant) {
    return "{" + integer_literal(type.base, field.default_value) + "}";
  }
  return " = " + integer_literal(type.base, field.default_value);
}

// Its copies, moves and conversions stand in the source file: a variant would have every file that
// touches one make code for all of its arms.
void declare_union(const Model& model, const Record& record, std::string& out) {
  std::string arms;
  std::string conversions;
  for (const Field& arm : record.fields) {
    const std::string type = value_type(model, arm);
    arms += (arms.empty() ? "" : ", ") + type;
    conversions += "  " + record.name + "(" + type + " arm);\n";
  }
  out += fill(
      "struct $0 : std::variant<$1> {\n"
      "  using Arms = std::variant<$1>;\n"
      "  $0();\n$2"
      "  $0(const $0& other);\n  $0($0&& other) noexcept;\n"
      "  $0& operator=(const $0& other);\n  $0& operator=($0&& other) noexcept;\n  ~$0();\n"
      "  friend bool operator==(const $0& a, const $0& b);\n};\n"
      "// The same list, for what templates cannot say.\n"
      "#define SILKLEDGER_$3_ARMS(X)",
      {record.name, arms, conversions, macro(record.name)});
  for (const Field& arm : record.fields) out += " X(" + value_type(model, arm) + ")";
  out += "\n";
}

std::string define_union(const Model& model, const Record& record) {
  std::string out = fill("\n$0::$0() = default;\n", {record.name});
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    out += fill("$0::$0($1 arm) : Arms(std::in_place_index<$2>, std::move(arm)) {}\n",
                {record.name, value_type(model, record.fields[i]), std::to_string(i)});
  }
  return out + fill(
                   "$0::$0(const $0& other) = default;\n"
                   "$0::$0($0&& other) noexcept = default;\n"
                   "$0& $0::operator=(const $0& other) = default;\n"
                   "$0& $0::operator=($0&& other) noexcept = default;\n"
                   "$0::~$0() = default;\n"
                   "bool operator==(const $0& a, const $0& b) {\n"
                   "  return static_cast<const $0::Arms&>(a) == static_cast<const $0::Arms&>(b);\n"
                   "}\n",
                   {record.name});
}

void declare_struct(const Model& model, const Record& record, std::string& out) {
  out += "\n" + comment("", record.zh, record.doc);
  if (record.is_union) return declare_union(model, record, out);
  out += "struct " + record.name + " {\n";
  for (const auto& [local, flat] : record.nested) out += "  using " + local + " = " + flat + ";\n";
  for (const Field& field : record.fields) {
    out += comment("  ", field.zh, field.doc);
    const std::string type = value_type(model, field);
    out += "  " + (field.optional ? "std::optional<" + type + ">" : type) + " " + field.member +
           initializer(model, field) + ";\n";
  }
  out += fill("  friend bool operator==(const $0&, const $0&) = default;\n};\n", {record.name});
}

// Writes the code that turns one Cap'n Proto value into ours and back.
class FieldCode {
 public:
  FieldCode(const Model& model, const Field& field)
      : model_(model), field_(field), title_(title(field.name)) {}

  std::string read() const {
    const std::string target = "out." + field_.member;
    if (field_.type.base == Base::list) return read_list_field(target);
    const std::string get = "from.get" + title_ + "()";
    if (!field_.optional) return "  " + target + " = " + value(field_.type, get) + ";\n";
    if (!is_scalar(field_.type)) {
      return "  if (from.has" + title_ + "()) " + target + " = " + value(field_.type, get) + ";\n";
    }
    return "  if (const auto raw = " + get + "; raw != " + absent() + ") " + target + " = " +
           value(field_.type, "raw") + ";\n";
  }

  std::string write() const {
    const std::string source = "from." + field_.member;
    const std::string clear = "if (to.has" + title_ + "()) to.disown" + title_ + "();";
    if (is_scalar(field_.type)) {
      const std::string value =
          field_.optional
              ? source + " ? " + wire(field_.type, "(*" + source + ")") + " : " + absent()
              : wire(field_.type, source);
      return "  to.set" + title_ + "(" + value + ");\n";
    }
    if (field_.type.base == Base::record) {
      if (!field_.optional) return "  write(" + source + ", to.init" + title_ + "());\n";
      return fill("  if ($0) {\n    write(*$0, to.init$1());\n  } else {\n    $2\n  }\n",
                  {source, title_, clear});
    }
    // An empty required text, data or list is a null pointer: one value, one form.
    const std::string present = field_.optional ? source : "!" + source + ".empty()";
    const std::string inner = field_.optional ? "(*" + source + ")" : source;
    const std::string body = field_.type.base == Base::list
                                 ? "    auto list0 = to.init" + title_ + "(static_cast<unsigned>(" +
                                       inner + ".size()));\n" +
                                       write_items(*field_.type.element, inner, 0)
                                 : "    to.set" + title_ + "(" + wire(field_.type, inner) + ");\n";
    return fill("  if ($0) {\n$1  } else {\n    $2\n  }\n", {present, body, clear});
  }

 private:
  std::string wire_enum(const Type& type) const { return "wire::" + model_.enumeration(type).wire; }

  std::string absent() const {
    if (field_.type.base == Base::enumeration) {
      return "static_cast<" + wire_enum(field_.type) + ">(" + std::to_string(field_.default_value) +
             ")";
    }
    return "static_cast<" + integer_type(field_.type.base) + ">(" +
           integer_literal(field_.type.base, field_.default_value) + ")";
  }

  std::string value(const Type& type, const std::string& raw) const {
    switch (type.base) {
      case Base::text:
        return "detail::text(" + raw + ")";
      case Base::data:
        return "detail::data(" + raw + ")";
      case Base::record:
        return "read(" + raw + ")";
      case Base::enumeration:
        return "static_cast<" + model_.enumeration(type).name + ">(static_cast<std::uint16_t>(" +
               raw + "))";
      default:
        break;
    }
    if (field_.format == Format::date) return "CivilDate{" + raw + "}";
    if (field_.format == Format::instant) return "Instant{" + raw + "}";
    return raw;
  }

  std::string wire(const Type& type, const std::string& ours) const {
    switch (type.base) {
      case Base::text:
        return "detail::text(" + ours + ")";
      case Base::data:
        return "detail::data(" + ours + ")";
      case Base::enumeration:
        return "static_cast<" + wire_enum(type) + ">(static_cast<std::uint16_t>(" + ours + "))";
      default:
        break;
    }
    if (field_.format == Format::date) return ours + ".days";
    if (field_.format == Format::instant) return ours + ".us";
    return ours;
  }

  std::string read_list_field(const std::string& target) const {
    const std::string get = "from.get" + title_ + "()";
    std::string out;
    if (field_.optional) {
      out += "  if (from.has" + title_ + "()) {\n    auto& list0 = " + target + ".emplace();\n";
    } else {
      out += "  {\n    auto& list0 = " + target + ";\n";
    }
    return out + read_items(*field_.type.element, get, 0) + "  }\n";
  }

  std::string read_items(const Type& element, const std::string& source, int depth) const {
    const std::string list = "list" + std::to_string(depth);
    const std::string item = "item" + std::to_string(depth);
    const std::string source_list = "source" + std::to_string(depth);
    std::string out = fill(
        "    const auto $0 = $1;\n    $2.reserve($0.size());\n    for (const auto $3 : $0) {\n",
        {source_list, source, list, item});
    if (element.base == Base::list) {
      out += "    auto& list" + std::to_string(depth + 1) + " = " + list + ".emplace_back();\n";
      out += read_items(*element.element, item, depth + 1);
    } else {
      out += "      " + list + ".push_back(" + value(element, item) + ");\n";
    }
    return out + "    }\n";
  }

  std::string write_items(const Type& element, const std::string& source, int depth) const {
    const std::string list = "list" + std::to_string(depth);
    const std::string index = "i" + std::to_string(depth);
    std::string out = fill("    for (unsigned $0 = 0; $0 < $1.size(); ++$0) {\n", {index, list});
    const std::string item = source + "[" + index + "]";
    if (element.base == Base::record) {
      out += "      write(" + item + ", " + list + "[" + index + "]);\n";
    } else if (element.base == Base::list) {
      const std::string inner = "list" + std::to_string(depth + 1);
      out += fill("    auto $0 = $1.init($2, static_cast<unsigned>($3.size()));\n",
                  {inner, list, index, item});
      out += write_items(*element.element, item, depth + 1);
    } else {
      out += "      " + list + ".set(" + index + ", " + wire(element, item) + ");\n";
    }
    return out + "    }\n";
  }

  const Model& model_;
  const Field& field_;
  std::string title_;
};

std::string read_function(const Model& model, const Record& record) {
  std::string out = fill("\n$0 read(wire::$1::Reader from) {\n", {record.name, record.wire});
  if (record.is_union) {
    out += "  switch (static_cast<unsigned>(from.which())) {\n";
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      out += fill("    case $0: return read(from.get$1());\n",
                  {std::to_string(i), title(record.fields[i].name)});
    }
    return out + "    default: detail::unknown_arm(" + literal(record.name) +
           ", static_cast<unsigned>(from.which()));\n  }\n}\n";
  }
  if (record.fields.empty()) out += "  static_cast<void>(from);\n";
  out += "  " + record.name + " out;\n";
  for (const Field& field : record.fields) out += FieldCode(model, field).read();
  return out + "  return out;\n}\n";
}

std::string write_function(const Model& model, const Record& record) {
  std::string out =
      fill("\nvoid write(const $0& from, wire::$1::Builder to) {\n", {record.name, record.wire});
  if (record.is_union) {
    out += "  switch (from.index()) {\n";
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      out += fill("    case $0: write(std::get<$0>(from), to.init$1()); break;\n",
                  {std::to_string(i), title(record.fields[i].name)});
    }
    return out + "    default: break;\n  }\n}\n";
  }
  if (record.fields.empty()) out += "  static_cast<void>(from);\n  static_cast<void>(to);\n";
  for (const Field& field : record.fields) out += FieldCode(model, field).write();
  return out + "}\n";
}

// A group has no bytes of its own: it lives inside its struct.
bool is_group(const Model& model, const Record& record) {
  for (const auto& [id, other] : model.records) {
    for (const Field& field : other.fields) {
      if (field.group && field.type.id == record.id) return true;
    }
  }
  return false;
}

}  // namespace

std::string values_header(const Model& model, const File& file) {
  std::string out = generated(file);
  out +=
      "#pragma once\n\n#include <cstdint>\n#include <optional>\n#include <string>\n#include "
      "<string_view>\n"
      "#include <variant>\n#include <vector>\n\n#include \"domain/kernel/time.h\"\n"
      "#include \"domain/schema/encoding.h\"\n";
  for (const std::string& import : file.imports) out += "#include \"" + import + ".values.h\"\n";
  out += "\nnamespace silkledger::schema {\n";
  for (const Enum& named : file.enums) {
    out += "\n" + comment("", named.zh, named.doc) + "enum class " + named.name +
           " : std::uint16_t {\n";
    for (const Enumerant& enumerant : named.enumerants) {
      out += comment("  ", enumerant.zh, enumerant.doc) + "  " + enumerant.member + ",\n";
    }
    out += "};\n";
  }
  for (const Record& record : file.records) declare_struct(model, record, out);
  for (const Record& record : file.records) {
    if (is_group(model, record)) continue;
    out += fill(
        "\nstd::string encode(const $0& value);\nbool decode(std::string_view bytes, Trust trust, "
        "$0& out);\n",
        {record.name});
  }
  return out + "\n}  // namespace silkledger::schema\n";
}

std::string wire_header(const Model&, const File& file) {
  std::string out = generated(file);
  out += fill("#pragma once\n\n#include \"$0.capnp.h\"\n#include \"$0.values.h\"\n", {file.stem});
  for (const std::string& import : file.imports) out += "#include \"" + import + ".wire.h\"\n";
  out +=
      "\n// read() throws kj::Exception at damaged bytes and UnknownArm at an arm from a newer "
      "version.\n";
  out += "namespace silkledger::schema {\n\n";
  for (const Record& record : file.records) {
    out +=
        fill("$0 read(wire::$1::Reader from);\nvoid write(const $0& from, wire::$1::Builder to);\n",
             {record.name, record.wire});
  }
  return out + "\n}  // namespace silkledger::schema\n";
}

std::string values_source(const Model& model, const File& file) {
  std::string out = generated(file);
  out += fill(
      "#include \"$0.values.h\"\n\n#include <utility>\n\n#include \"$0.wire.h\"\n"
      "#include \"domain/schema/message.h\"\n",
      {file.stem});
  out += "\nnamespace silkledger::schema {\n";
  for (const Record& record : file.records) {
    if (record.is_union) out += define_union(model, record);
    out += read_function(model, record) + write_function(model, record);
    if (is_group(model, record)) continue;
    out += fill(
        "\nstd::string encode(const $0& value) {\n"
        "  return detail::canonical_bytes<wire::$1>(value);\n}\n"
        "\nbool decode(std::string_view bytes, Trust trust, $0& out) {\n"
        "  return detail::guarded(\n      bytes, trust,\n"
        "      [](MessageReader& message, void* into) {\n"
        "        *static_cast<$0*>(into) = read(message.root<wire::$1>());\n      },\n      "
        "&out);\n}\n",
        {record.name, record.wire});
  }
  return out + "\n}  // namespace silkledger::schema\n";
}

}  // namespace silkledger::schemac
