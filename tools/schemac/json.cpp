// The JSON codec: straight calls into domain/schema/json, field by field.
#include "tools/schemac/generators.h"
#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

class FieldCodec {
 public:
  FieldCodec(const Model& model, const Field& field) : model_(model), field_(field) {}

  std::string encode() const {
    const std::string value = "value." + field_.member;
    const std::string key = "  writer.key(" + literal(field_.name) + ");\n";
    if (!field_.optional) return key + encode(field_.type, value, 0);
    return "  if (" + value + ") {\n  " + key + encode(field_.type, "(*" + value + ")", 0) +
           "  }\n";
  }

  std::string decode() const {
    const std::string target = "out." + field_.member;
    std::string out =
        fill("  if (const Node* node0 = fields.$0($1)) {\n",
             {field_.optional || field_.defaulted ? "optional" : "required", literal(field_.name)});
    return out +
           decode(field_.type, "(*node0)", field_.optional ? target + ".emplace()" : target, 0) +
           "  }\n";
  }

 private:
  std::string enumerants(const Type& type) const {
    return "schema::enumerants<schema::" + model_.enumeration(type).name + ">()";
  }

  std::string encode(const Type& type, const std::string& value, int depth) const {
    const auto call = [&](const std::string& name) {
      return "  writer." + name + "(" + value + ");\n";
    };
    switch (type.base) {
      case Base::boolean:
        return call("boolean");
      case Base::text:
        return call("string");
      case Base::data:
        return call(field_.format == Format::sha256 ? "hex" : "base64");
      case Base::enumeration:
        return fill("  writer.enumerant($0, static_cast<std::uint16_t>($1));\n",
                    {enumerants(type), value});
      case Base::record:
        if (model_.record(type).sealed) return call("sealed");
        return "  encode(writer, " + value + ");\n";
      case Base::list: {
        const std::string item = "item" + std::to_string(depth);
        return fill(
            "  writer.begin_array();\n  for (const auto& $0 : $1) {\n$2  }\n  "
            "writer.end_array();\n",
            {item, value, encode(*type.element, item, depth + 1)});
      }
      default:
        break;
    }
    if (field_.format == Format::date) return call("date");
    if (field_.format == Format::instant) return call("instant");
    return call(type.base == Base::int64 || type.base == Base::uint64 ? "big" : "integer");
  }

  std::string decode(const Type& type, const std::string& node, const std::string& target,
                     int depth) const {
    const auto call = [&](const std::string& name, const std::string& more = "") {
      return "    decoder." + name + "(" + node + ", " + target + more + ");\n";
    };
    switch (type.base) {
      case Base::boolean:
        return call("boolean");
      case Base::text:
        return call("text", text_limits());
      case Base::data:
        if (field_.format == Format::sha256) return call("sha256");
        return call("base64", ", " + (field_.max_bytes ? std::to_string(*field_.max_bytes)
                                                       : "kDataBytesMax"));
      case Base::enumeration:
        return call("enumerant",
                    field_.optional ? ", " + std::to_string(field_.default_value) : "");
      case Base::record:
        if (model_.record(type).sealed) {
          return call("sealed", ", " + (field_.max_bytes ? std::to_string(*field_.max_bytes)
                                                         : "kSealedTextBytesMax"));
        }
        return "    decode(" + node + ", decoder, " + target + ");\n";
      case Base::list:
        return decode_list(type, node, target, depth);
      default:
        break;
    }
    if (field_.format == Format::date) return call("date");
    if (field_.format == Format::instant) return call("instant");
    return call("integer", integer_limits(type.base));
  }

  std::string decode_list(const Type& type, const std::string& node, const std::string& target,
                          int depth) const {
    const std::string level = std::to_string(depth + 1);
    const std::string most = field_.max_items ? std::to_string(*field_.max_items) : "kListItemsMax";
    Field element = field_;
    element.type = *type.element;
    std::string out = fill("    auto& list$0 = $1;\n    if (decoder.array($2, $3)) {\n",
                           {level, target, node, most});
    out += fill(
        "    for (const Node* node$0 = $1.first; node$0 != nullptr; node$0 = node$0->next) {\n"
        "      $2 item$0{};\n",
        {level, node, schema_type(element)});
    out += decode(*type.element, "(*node" + level + ")", "item" + level, depth + 1);
    return out + fill("      list$0.push_back(std::move(item$0));\n    }\n    }\n", {level});
  }

  std::string schema_type(const Field& field) const {
    const std::string name = value_type(model_, field);
    // Names of the ledger's own types are looked up in silkledger::schema, those of the standard
    // are not.
    return field.type.base == Base::record || field.type.base == Base::enumeration
               ? "schema::" + name
           : field.type.base == Base::list ? list_type(field.type)
                                           : name;
  }

  std::string list_type(const Type& type) const {
    Field element = field_;
    element.type = *type.element;
    return "std::vector<" + schema_type(element) + ">";
  }

  std::string text_limits() const {
    const std::string format = field_.format == Format::id ? ", TextFormat::id"
                               : field_.format == Format::partial_date
                                   ? ", TextFormat::partial_date"
                                   : "";
    return ", " + (field_.max_bytes ? std::to_string(*field_.max_bytes) : "kTextBytesMax") + format;
  }

  std::string integer_limits(Base base) const {
    const std::string type = integer_type(base);
    const auto bounds = [&](const std::string& least, const std::string& most) {
      return ", static_cast<" + type + ">(" + least + "), static_cast<" + type + ">(" + most + ")";
    };
    if (field_.range) {
      return bounds(integer_literal(Base::int64, field_.range->least),
                    integer_literal(Base::int64, field_.range->most));
    }
    if (!field_.optional) return "";
    const std::string least = integer_literal(base, least_of(base));
    const std::string most = integer_literal(base, most_of(base));
    return field_.default_value == least_of(base) ? bounds(least + " + 1", most)
                                                  : bounds(least, most + " - 1");
  }

  const Model& model_;
  const Field& field_;
};

std::string names_of(const Record& record) {
  std::string out = "\nconstexpr std::array<std::string_view, " +
                    std::to_string(record.fields.size()) + "> k" + record.name + "Names = {";
  for (const Field& field : record.fields)
    out += "\n    std::string_view(" + literal(field.name) + "),";
  return out + "};\n";
}

std::string struct_codec(const Model& model, const Record& record) {
  std::string out =
      fill("\nvoid encode_fields(Writer& writer, const schema::$0& value) {\n", {record.name});
  if (record.fields.empty()) out += "  static_cast<void>(writer);\n  static_cast<void>(value);\n";
  for (const Field& field : record.fields) out += FieldCodec(model, field).encode();
  out += fill(
      "}\n\nvoid decode(const Node& node, Decoder& decoder, schema::$0& out) {\n"
      "  Fields fields(node, decoder, k$0Names);\n",
      {record.name});
  if (record.fields.empty()) out += "  static_cast<void>(out);\n";
  for (const Field& field : record.fields) out += FieldCodec(model, field).decode();
  return out + "  fields.finish();\n}\n";
}

std::string union_codec(const Record& record) {
  std::string out = fill(
      "\nvoid encode_fields(Writer& writer, const schema::$0& value) {\n"
      "  writer.key(\"type\");\n  writer.string(k$0Names[value.index()]);\n  switch "
      "(value.index()) {\n",
      {record.name});
  std::string arms;
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    const std::string index = std::to_string(i);
    out += fill("    case $0: encode_fields(writer, std::get<$0>(value)); break;\n", {index});
    arms += fill("    case $0: decode(node, decoder, out.emplace<$0>()); break;\n", {index});
  }
  out += fill(
      "    default: break;\n  }\n}\n"
      "\nvoid decode_arm(std::size_t arm, const Node& node, Decoder& decoder, schema::$0& out) {\n "
      " switch (arm) {\n",
      {record.name});
  out += arms + "    default: break;\n  }\n}\n";
  return out + fill(
                   "\nvoid decode(const Node& node, Decoder& decoder, schema::$0& out) {\n"
                   "  if (const auto arm = decoder.arm(node, k$0Names)) decode_arm(*arm, node, "
                   "decoder, out);\n}\n",
                   {record.name});
}

std::string encode_whole(const Record& record) {
  return fill(
      "\nvoid encode(Writer& writer, const schema::$0& value) {\n"
      "  writer.begin_object();\n  encode_fields(writer, value);\n  writer.end_object();\n}\n",
      {record.name});
}

constexpr const char* kCommandHeader = R"(
// Commands by their name in the API. The body holds that command's fields only, without "type".
bool is_command_name(std::string_view kebab_name);
std::variant<schema::Command, std::vector<JsonError>> command_from_json(
    std::string_view kebab_name, std::string_view body, const DecodeOptions& options = {});
)";

constexpr const char* kCommandSource = R"(
namespace {

std::optional<std::size_t> command_arm(std::string_view kebab_name) {
  const auto arms = schema::command_arms();
  for (std::size_t i = 0; i < arms.size(); ++i) {
    if (arms[i].kebab == kebab_name) return i;
  }
  return std::nullopt;
}

struct CommandTarget {
  std::size_t arm;
  schema::Command value;
};

}  // namespace

bool is_command_name(std::string_view kebab_name) { return command_arm(kebab_name).has_value(); }

std::variant<schema::Command, std::vector<JsonError>> command_from_json(
    std::string_view kebab_name, std::string_view body, const DecodeOptions& options) {
  const auto arm = command_arm(kebab_name);
  if (!arm) {
    const std::string name(kebab_name);
    return std::vector<JsonError>{
        {"unknown_command", "", "没有名为 " + name + " 的命令", "there is no command " + name}};
  }
  CommandTarget target{*arm, {}};
  auto errors = decode_text(
      body, options,
      [](const Node& node, Decoder& decoder, void* out) {
        auto& into = *static_cast<CommandTarget*>(out);
        decode_arm(into.arm, node, decoder, into.value);
      },
      &target);
  if (!errors.empty()) return errors;
  return std::move(target.value);
}
)";

}  // namespace

std::string json_header(const Model&, const File& file) {
  std::string out = generated(file);
  out += fill("#pragma once\n\n#include \"$0.values.h\"\n#include \"domain/schema/json/json.h\"\n",
              {file.stem});
  for (const std::string& import : file.imports) out += "#include \"" + import + ".json.h\"\n";
  out += "\nnamespace silkledger::json {\n\n";
  for (const Record& record : file.records) {
    if (record.sealed) continue;
    out += fill(
        "void encode(Writer& writer, const schema::$0& value);\n"
        "void encode_fields(Writer& writer, const schema::$0& value);\n"
        "void decode(const Node& node, Decoder& decoder, schema::$0& out);\n",
        {record.name});
    if (is_commands(record)) out += kCommandHeader;
  }
  return out + "\n}  // namespace silkledger::json\n";
}

std::string json_source(const Model& model, const File& file) {
  std::string out = generated(file);
  out += fill(
      "#include \"$0.json.h\"\n\n#include <array>\n\n#include \"$0.meta.h\"\n"
      "#include \"domain/schema/json/decoder.h\"\n\nnamespace silkledger::json {\nnamespace {\n",
      {file.stem});
  for (const Record& record : file.records) {
    if (!record.sealed) out += names_of(record);
  }
  out += "\n}  // namespace\n";
  for (const Record& record : file.records) {
    if (record.sealed) continue;
    out += record.is_union ? union_codec(record) : struct_codec(model, record);
    out += encode_whole(record);
    if (is_commands(record)) out += kCommandSource;
  }
  return out + "\n}  // namespace silkledger::json\n";
}

}  // namespace silkledger::schemac
