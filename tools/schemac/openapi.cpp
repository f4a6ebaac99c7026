#include "tools/schemac/openapi.h"

#include <boost/json/parse.hpp>

#include <map>
#include <set>

#include "tools/schemac/names.h"
#include "tools/schemac/openapi_schema.h"

namespace silkledger::schemac {
namespace {

namespace bj = boost::json;

bj::object reference(const char* kind, std::string_view name) {
  return {{"$ref", "#/components/" + std::string(kind) + "/" + std::string(name)}};
}

bj::array parameters(std::initializer_list<const char*> names) {
  bj::array out;
  for (const char* name : names) out.push_back(reference("parameters", name));
  return out;
}

bj::object json_content(bj::value schema) {
  return {{"application/json", bj::object{{"schema", std::move(schema)}}}};
}

bj::object problems(std::initializer_list<std::pair<const char*, const char*>> responses) {
  bj::object out;
  for (const auto& [status, name] : responses) out[status] = reference("responses", name);
  return out;
}

std::string described(const std::string& doc, const std::string& more) {
  return doc.empty() ? more : doc + "\n\n" + more;
}

class Document {
 public:
  Document(const Model& model, std::string_view base)
      : model_(model), root_(bj::parse(bj::string_view(base.data(), base.size())).as_object()) {}

  std::string text() {
    for (const File& file : model_.files) {
      for (const Record& record : file.records) {
        if (is_commands(record)) add_commands(record);
        if (!is_view_rows(record)) continue;
        for (const Field& arm : record.fields) add_view(kebab(arm.name), model_.record(arm.type));
      }
    }
    add_components();
    return pretty(root_);
  }

 private:
  void add_commands(const Record& command) {
    std::set<std::string> tags;
    for (const Field& arm : command.fields) {
      const Record& body = model_.record(arm.type);
      needed_.insert(body.id);
      if (!body.aggregate.empty() && tags.insert(body.aggregate).second) {
        root_["tags"].as_array().push_back(bj::object{{"name", body.aggregate}});
      }
      paths()["/api/v1/commands/" + kebab(arm.name)] = bj::object{{"post", operation(arm, body)}};
    }
  }

  static bj::object operation(const Field& arm, const Record& body) {
    bj::object out{{"operationId", arm.name}};
    if (!body.aggregate.empty()) out["tags"] = bj::array{body.aggregate};
    out["summary"] = title(words(arm.name)) + (body.zh.empty() ? "" : "  " + body.zh);
    if (!body.doc.empty()) out["description"] = body.doc;
    if (!body.article.empty()) out["x-article"] = body.article;
    out["parameters"] = parameters(
        {"IdempotencyKey", "IfMatch", "ActingUnit", "OnBehalfOf", "OccurredOn", "Correlation"});
    out["requestBody"] =
        bj::object{{"required", true}, {"content", json_content(reference("schemas", body.name))}};
    bj::object responses{
        {"200",
         bj::object{{"description", "Recorded, durably. 已记录"},
                    {"headers",
                     bj::object{{"ETag", bj::object{{"description", "Version of the stream. 版本"},
                                                    {"schema", bj::object{{"type", "string"}}}}}}},
                    {"content", json_content(reference("schemas", "Receipt"))}}}};
    for (auto& member : problems({{"400", "BadRequest"},
                                  {"401", "Unauthorised"},
                                  {"403", "Forbidden"},
                                  {"404", "NotFound"},
                                  {"409", "Conflict"},
                                  {"412", "StaleVersion"},
                                  {"413", "TooLarge"},
                                  {"415", "NotJson"},
                                  {"422", "Invalid"},
                                  {"429", "TooMany"},
                                  {"503", "Unavailable"}})) {
      responses.insert(member);
    }
    out["responses"] = std::move(responses);
    return out;
  }

  void add_view(const std::string& view, const Record& row) {
    needed_.insert(row.id);
    const std::string row_zh = row.zh.empty() ? "" : "  " + row.zh;
    bj::array asked =
        parameters({"Limit", "Cursor", "MinPosition", "AsOf", "From", "Until", "Backwards"});
    for (const Field& field : row.fields) add_filter(field, asked);
    const std::string doc = described(row.doc,
                                      "Any field of the rows can be asked for by its name; a list "
                                      "matches when one of its items is equal.");
    bj::object list{{"operationId", "list" + row.name + "s"},
                    {"tags", bj::array{"views"}},
                    {"summary", title(words(row.name)) + "s" + row_zh},
                    {"description", doc},
                    {"parameters", std::move(asked)},
                    {"responses", view_responses("A page of rows.", page(row))}};
    paths()["/api/v1/views/" + view] = bj::object{{"get", std::move(list)}};
    bj::array keyed = parameters({"MinPosition", "AsOf"});
    keyed.insert(keyed.begin(), bj::object{{"name", "key"},
                                           {"in", "path"},
                                           {"required", true},
                                           {"schema", bj::object{{"type", "string"}}}});
    bj::object one{{"operationId", "get" + row.name},
                   {"tags", bj::array{"views"}},
                   {"summary", "One " + words(row.name) + " by its key" + row_zh},
                   {"parameters", std::move(keyed)},
                   {"responses", view_responses("The row.", single(row))}};
    paths()["/api/v1/views/" + view + "/{key}"] = bj::object{{"get", std::move(one)}};
  }

  static bj::object view_responses(const char* description, bj::object schema) {
    bj::object out{{"200", bj::object{{"description", description},
                                      {"content", json_content(std::move(schema))}}}};
    for (auto& member : problems({{"400", "BadRequest"},
                                  {"401", "Unauthorised"},
                                  {"404", "NotFound"},
                                  {"429", "TooMany"},
                                  {"503", "Unavailable"}})) {
      out.insert(member);
    }
    return out;
  }

  static bj::object positions() {
    bj::object out;
    for (const char* name : {"applied", "head", "epoch"})
      out[name] = reference("schemas", "Position");
    return out;
  }

  static bj::object page(const Record& row) {
    bj::object properties{{"view", bj::object{{"type", "string"}}}};
    for (auto& member : positions()) properties.insert(member);
    properties["asOf"] =
        bj::object{{"type", "boolean"}, {"description", "Shows an earlier position. 回溯"}};
    properties["stoppedAt"] = reference("schemas", "Position");
    properties["stoppedBecause"] = bj::object{{"type", "string"}};
    properties["next"] = reference("schemas", "Cursor");
    properties["rows"] = bj::object{{"type", "array"}, {"items", reference("schemas", row.name)}};
    return {{"type", "object"},
            {"required", bj::array{"view", "applied", "head", "epoch", "asOf", "rows"}},
            {"properties", std::move(properties)}};
  }

  static bj::object single(const Record& row) {
    bj::object properties = positions();
    properties["row"] = reference("schemas", row.name);
    return {{"type", "object"},
            {"required", bj::array{"applied", "head", "epoch", "row"}},
            {"properties", std::move(properties)}};
  }

  void add_filter(const Field& field, bj::array& out) const {
    const Type& type = field.type.base == Base::list ? *field.type.element : field.type;
    const bool own_name = field.name == "asOf" || field.name == "limit" || field.name == "cursor";
    if (own_name || type.base == Base::record || type.base == Base::list || type.base == Base::data)
      return;
    Field one = field;
    one.type = type;
    one.max_items.reset();
    bj::object schema = value_schema(model_, one);
    out.push_back(bj::object{{"name", field.name},
                             {"in", "query"},
                             {"schema", std::move(schema)},
                             {"description", "Filter. " + field.zh}});
  }

  // Every record and enum that is reached from a command or a row.
  void add_components() {
    std::map<std::string, bj::object> found;
    std::set<std::uint64_t> done;
    while (!needed_.empty()) {
      const std::uint64_t id = *needed_.begin();
      needed_.erase(needed_.begin());
      if (!done.insert(id).second) continue;
      if (const auto named = model_.enums.find(id); named != model_.enums.end()) {
        found[named->second.name] = enum_schema(named->second);
        continue;
      }
      const Record& record = model_.records.at(id);
      found[record.name] = record_schema(model_, record);
      for (const std::uint64_t next : referred(model_, record)) needed_.insert(next);
    }
    auto& schemas = root_["components"].as_object()["schemas"].as_object();
    for (auto& [name, schema] : found) schemas[name] = std::move(schema);
  }

  bj::object& paths() { return root_["paths"].as_object(); }

  const Model& model_;
  bj::object root_;
  std::set<std::uint64_t> needed_;
};

}  // namespace

std::string openapi(const Model& model, std::string_view base) {
  return Document(model, base).text();
}

}  // namespace silkledger::schemac
