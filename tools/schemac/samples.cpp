// Deterministic sample values for tests: sample(sampler, out) for every record.
#include "tools/schemac/generators.h"
#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

class FieldSample {
 public:
  FieldSample(const Model& model, const Field& field) : model_(model), field_(field) {}

  std::string text() const {
    const std::string target = "out." + field_.member;
    if (!field_.optional) return fill(field_.type, target, 0);
    return "  if (sampler.present()) {\n  " + fill(field_.type, target + ".emplace()", 0) +
           "  } else {\n    " + target + ".reset();\n  }\n";
  }

 private:
  std::string fill(const Type& type, const std::string& target, int depth) const {
    const auto assign = [&](const std::string& call) {
      return "  " + target + " = sampler." + call + ";\n";
    };
    const std::string bytes = field_.max_bytes ? std::to_string(*field_.max_bytes) : "64";
    switch (type.base) {
      case Base::boolean:
        return assign("boolean()");
      case Base::text:
        if (field_.format == Format::id) return assign("id()");
        if (field_.format == Format::partial_date) return assign("partial_date()");
        return assign("text(" + bytes + ")");
      case Base::data:
        return assign(field_.format == Format::sha256 ? "bytes(32)" : "bytes(" + bytes + ")");
      case Base::enumeration: {
        const Enum& named = model_.enumeration(type);
        return assign("enumerant<" + named.name + ">(" + std::to_string(named.enumerants.size()) +
                      ", " + (field_.optional ? std::to_string(field_.default_value) : "-1") + ")");
      }
      case Base::record:
        if (model_.record(type).sealed) return assign("sealed()");
        return "  sample(sampler, " + target + ");\n";
      case Base::list:
        return list(type, target, depth);
      default:
        break;
    }
    if (field_.format == Format::date) return assign("date()");
    if (field_.format == Format::instant) return assign("instant()");
    return assign("integer<" + integer_type(type.base) + ">(" + limits(type.base) + ")");
  }

  std::string list(const Type& type, const std::string& target, int depth) const {
    const std::string level = std::to_string(depth);
    Field element = field_;
    element.type = *type.element;
    const std::string most = field_.max_items ? std::to_string(*field_.max_items) : "3";
    std::string out = schemac::fill(
        "  auto& list$0 = $1;\n  list$0.clear();\n"
        "  for (auto n$0 = sampler.items($2); n$0 > 0; --n$0) {\n    $3 item$0{};\n",
        {level, target, most, value_type(model_, element)});
    out += this->fill(*type.element, "item" + level, depth + 1);
    return "  {\n" + out +
           schemac::fill("    list$0.push_back(std::move(item$0));\n  }\n  }\n", {level});
  }

  std::string limits(Base base) const {
    if (field_.range) {
      return integer_literal(Base::int64, field_.range->least) + ", " +
             integer_literal(Base::int64, field_.range->most);
    }
    std::string least = integer_literal(base, least_of(base));
    std::string most = integer_literal(base, most_of(base));
    if (field_.optional) {
      (field_.default_value == least_of(base) ? least : most) +=
          field_.default_value == least_of(base) ? " + 1" : " - 1";
    }
    return least + ", " + most;
  }

  const Model& model_;
  const Field& field_;
};

}  // namespace

std::string samples_header(const Model&, const File& file) {
  std::string out = generated(file);
  out +=
      fill("#pragma once\n\n#include \"$0.values.h\"\n#include \"tests/unit/schema/sampler.h\"\n",
           {file.stem});
  for (const std::string& import : file.imports) out += "#include \"" + import + ".samples.h\"\n";
  out += "\nnamespace silkledger::schema {\n\n";
  for (const Record& record : file.records) {
    out += fill("void sample(Sampler& sampler, $0& out);\n", {record.name});
  }
  for (const Record& record : file.records) {
    if (!record.is_union) continue;
    out += fill("void sample_arm(Sampler& sampler, std::size_t arm, $0& out);\n", {record.name});
  }
  return out + "\n}  // namespace silkledger::schema\n";
}

std::string samples_source(const Model& model, const File& file) {
  std::string out = generated(file);
  out += fill("#include \"$0.samples.h\"\n\nnamespace silkledger::schema {\n", {file.stem});
  for (const Record& record : file.records) {
    if (!record.is_union) {
      out += fill("\nvoid sample(Sampler& sampler, $0& out) {\n", {record.name});
      if (record.fields.empty())
        out += "  static_cast<void>(sampler);\n  static_cast<void>(out);\n";
      for (const Field& field : record.fields) out += FieldSample(model, field).text();
      out += "}\n";
      continue;
    }
    out += fill(
        "\nvoid sample(Sampler& sampler, $0& out) {\n  sample_arm(sampler, sampler.below($1), "
        "out);\n}\n"
        "\nvoid sample_arm(Sampler& sampler, std::size_t arm, $0& out) {\n  switch (arm) {\n",
        {record.name, std::to_string(record.fields.size())});
    for (std::size_t i = 0; i < record.fields.size(); ++i) {
      out += fill("    case $0: sample(sampler, out.emplace<$0>()); break;\n", {std::to_string(i)});
    }
    out += "    default: break;\n  }\n}\n";
  }
  return out + "\n}  // namespace silkledger::schema\n";
}

}  // namespace silkledger::schemac
