// Tables of names, articles and aggregates.
#include <set>

#include "tools/schemac/generators.h"
#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

// Arms and whatever names an article or aggregate; the rest has nothing to tell.
bool has_meta(const Model& model, const Record& record) {
  if (record.is_union) return false;
  if (!record.article.empty() || !record.aggregate.empty()) return true;
  for (const auto& [id, other] : model.records) {
    if (!other.is_union) continue;
    for (const Field& arm : other.fields) {
      if (arm.type.id == record.id) return true;
    }
  }
  return false;
}

std::string type_table(const Record& record) {
  return fill(
             "\ntemplate <>\nconst TypeMeta& meta<$0>() {\n  static constexpr TypeMeta kMeta = {\n "
             "     ",
             {record.name}) +
         literal(record.name) + ", " + literal(kebab(record.name)) + ", " + literal(record.zh) +
         ",\n      " + literal(record.doc) + ",\n      " + literal(record.article) + ", " +
         literal(record.aggregate) + ", " + literal(record.retired) + "};\n  return kMeta;\n}\n";
}

std::string stream_function(const Record& record) {
  const std::string id = record.singleton.empty() ? "stated." + record.fields.front().member
                                                  : literal(record.singleton);
  return fill("\nstd::string stream_of(const $0&$1) { return std::string($2) + $3; }\n",
              {record.name, record.singleton.empty() ? " stated" : "",
               literal(record.aggregate + "/"), id});
}

std::string arm_table(const Model& model, const Record& record) {
  std::string out =
      fill("\nstd::span<const ArmMeta, k$0Arms> $1_arms() {\n  static const ArmMeta kArms[] = {\n",
           {record.name, snake(record.name)});
  for (const Field& arm : record.fields) {
    out += "      {" + literal(arm.name) + ", " + literal(kebab(arm.name)) + ", &meta<" +
           model.record(arm.type).name + ">()},\n";
  }
  return out + "  };\n  return std::span<const ArmMeta, k" + record.name + "Arms>(kArms);\n}\n";
}

// Of the arms of ViewRow: the first field, by which a view finds the row.
std::string key_functions(const Model& model, const Record& record) {
  std::string out;
  for (const Field& arm : record.fields) {
    const Record& row = model.record(arm.type);
    out += fill("inline const auto& key_of(const $0& row) { return row.$1; }\n",
                {row.name, row.fields.front().member});
  }
  return out;
}

std::string enum_table(const Enum& named) {
  std::string out = fill(
      "\ntemplate <>\nstd::span<const EnumerantMeta> enumerants<$0>() {\n"
      "  static constexpr EnumerantMeta kNames[] = {\n",
      {named.name});
  for (const Enumerant& enumerant : named.enumerants) {
    out += "      {" + literal(enumerant.name) + ", " + literal(enumerant.zh) + "},\n";
  }
  return out + "  };\n  return kNames;\n}\n";
}

}  // namespace

std::string meta_header(const Model& model, const File& file) {
  std::string out = generated(file);
  out += fill("#pragma once\n\n#include \"$0.values.h\"\n#include \"domain/schema/meta.h\"\n",
              {file.stem});
  for (const std::string& import : file.imports) out += "#include \"" + import + ".meta.h\"\n";
  out += "\nnamespace silkledger::schema {\n\n";
  for (const Enum& named : file.enums) {
    out += fill("template <>\nstd::span<const EnumerantMeta> enumerants<$0>();\n", {named.name});
  }
  for (const Record& record : file.records) {
    if (has_meta(model, record))
      out += fill("template <>\nconst TypeMeta& meta<$0>();\n", {record.name});
    if (!record.aggregate.empty()) {
      out += fill("std::string stream_of(const $0& stated);\n", {record.name});
    }
    if (!record.is_union) continue;
    out += fill(
        "inline constexpr std::size_t k$0Arms = $1;\nstd::span<const ArmMeta, k$0Arms> "
        "$2_arms();\n",
        {record.name, std::to_string(record.fields.size()), snake(record.name)});
    if (is_view_rows(record)) out += key_functions(model, record);
  }
  return out + "\n}  // namespace silkledger::schema\n";
}

std::string meta_source(const Model& model, const File& file) {
  std::string out = generated(file);
  out += fill("#include \"$0.meta.h\"\n\nnamespace silkledger::schema {\n", {file.stem});
  for (const Enum& named : file.enums) out += enum_table(named);
  for (const Record& record : file.records) {
    if (has_meta(model, record)) out += type_table(record);
    if (!record.aggregate.empty()) out += stream_function(record);
    if (record.is_union) out += arm_table(model, record);
  }
  return out + "\n}  // namespace silkledger::schema\n";
}

}  // namespace silkledger::schemac
