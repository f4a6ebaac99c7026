#include "tools/schemac/model.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "tools/schemac/fields.h"
#include "tools/schemac/names.h"

namespace silkledger::schemac {
namespace {

namespace cs = capnp::schema;

std::string trim(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

class Loader {
 public:
  explicit Loader(cs::CodeGeneratorRequest::Reader request) : request_(request) {
    for (const auto node : request.getNodes()) nodes_.emplace(node.getId(), node);
    for (const auto info : request.getSourceInfo()) infos_.emplace(info.getId(), info);
  }

  Model load() {
    for (const auto& [id, node] : nodes_) {
      if (node.isFile() && !declares_annotations(node)) visit_scope(node, "", "");
    }
    for (const auto requested : request_.getRequestedFiles())
      model_.files.push_back(file(requested));
    return std::move(model_);
  }

 private:
  // annotations.capnp speaks about schemas; nothing in it is a value of the ledger.
  bool declares_annotations(cs::Node::Reader file) const {
    for (const auto nested : file.getNestedNodes()) {
      const auto found = nodes_.find(nested.getId());
      if (found != nodes_.end() && found->second.isAnnotation()) return true;
    }
    return false;
  }

  void visit_scope(cs::Node::Reader scope, const std::string& flat, const std::string& wire) {
    for (const auto nested : scope.getNestedNodes()) {
      const auto found = nodes_.find(nested.getId());
      if (found == nodes_.end()) continue;  // the compiler leaves out what nothing refers to
      const std::string local = nested.getName().cStr();
      visit(found->second, local, flat, wire, scope.getId());
    }
  }

  void visit(cs::Node::Reader node, const std::string& local, const std::string& flat,
             const std::string& wire, std::uint64_t owner) {
    const std::string name = flat + local;
    const std::string path = wire.empty() ? local : wire + "::" + local;
    if (!node.isStruct() && !node.isEnum()) return;
    if (node.getIsGeneric()) fail(node.getDisplayName().cStr(), "generic types are not supported");
    owners_[node.getId()] = owner;
    names_[node.getId()] = {local, name, path};
    if (node.isStruct()) {
      visit_scope(node, name, path);
      for (const auto field : node.getStruct().getFields()) {
        if (!field.isGroup()) continue;
        visit(nodes_.at(field.getGroup().getTypeId()), title(field.getName().cStr()), name, path,
              node.getId());
      }
    }
    if (node.isEnum()) {
      model_.enums.emplace(node.getId(), enumeration(node));
    } else {
      model_.records.emplace(node.getId(), record(node));
    }
  }

  std::string doc(std::uint64_t id) const {
    const auto found = infos_.find(id);
    return found == infos_.end() ? "" : trim(found->second.getDocComment().cStr());
  }

  std::string member_doc(std::uint64_t id, unsigned index) const {
    const auto found = infos_.find(id);
    if (found == infos_.end() || index >= found->second.getMembers().size()) return "";
    return trim(found->second.getMembers()[index].getDocComment().cStr());
  }

  Enum enumeration(cs::Node::Reader node) const {
    Enum out;
    const auto& names = names_.at(node.getId());
    out.id = node.getId();
    out.name = names.flat;
    out.wire = names.wire;
    out.zh = text_of(node.getAnnotations(), kZh);
    out.doc = doc(out.id);
    unsigned index = 0;
    for (const auto enumerant : node.getEnum().getEnumerants()) {
      const std::string name = enumerant.getName().cStr();
      out.enumerants.push_back({name, member(name), text_of(enumerant.getAnnotations(), kZh),
                                member_doc(out.id, index++)});
    }
    return out;
  }

  Record record(cs::Node::Reader node) const {
    Record out;
    const auto& names = names_.at(node.getId());
    const std::string display = node.getDisplayName().cStr();
    out.id = node.getId();
    out.local = names.local;
    out.name = names.flat;
    out.wire = names.wire;
    out.zh = text_of(node.getAnnotations(), kZh);
    out.doc = doc(out.id);
    out.article = text_of(node.getAnnotations(), kArticle);
    out.aggregate = text_of(node.getAnnotations(), kAggregate);
    out.singleton = text_of(node.getAnnotations(), kSingleton);
    out.retired = text_of(node.getAnnotations(), kRetired);
    out.sealed = display.ends_with("common.capnp:Sealed");
    const auto body = node.getStruct();
    const auto fields = body.getFields();
    out.is_union = body.getDiscriminantCount() > 0;
    if (out.is_union && body.getDiscriminantCount() != fields.size()) {
      fail(display, "a struct with an unnamed union must hold nothing else; give the union a name");
    }
    std::vector<unsigned> order(fields.size());
    for (unsigned i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](unsigned a, unsigned b) {
      if (out.is_union) return fields[a].getDiscriminantValue() < fields[b].getDiscriminantValue();
      return fields[a].getCodeOrder() < fields[b].getCodeOrder();
    });
    for (const unsigned index : order) out.fields.push_back(field(node, index));
    if (out.is_union) check_union(out, display);
    if (!out.aggregate.empty()) check_stream(out, display);
    for (const auto& [id, owner] : owners_) {
      if (owner == out.id) out.nested.emplace_back(names_.at(id).local, names_.at(id).flat);
    }
    std::sort(out.nested.begin(), out.nested.end());
    return out;
  }

  // Which stream a command or event belongs to must follow from the struct alone.
  static void check_stream(const Record& record, const std::string& display) {
    if (!record.singleton.empty()) return;
    if (record.fields.empty() || record.fields.front().format != Format::id ||
        record.fields.front().optional) {
      fail(display, "belongs to an aggregate, so its first field must be the id of its stream");
    }
  }

  void check_union(const Record& record, const std::string& display) const {
    std::set<std::uint64_t> seen;
    for (const Field& arm : record.fields) {
      if (arm.type.base != Base::record) fail(display, "arm " + arm.name + " must be a struct");
      if (!seen.insert(arm.type.id).second)
        fail(display, "arm " + arm.name + " repeats the struct of another arm");
      const auto body = nodes_.at(arm.type.id).getStruct();
      if (body.getDiscriminantCount() > 0) fail(display, "arm " + arm.name + " is itself a union");
      for (const auto field : body.getFields()) {
        if (field.getName() == "type")
          fail(display, "arm " + arm.name + " has a field named type, which JSON needs");
      }
    }
  }

  Field field(cs::Node::Reader node, unsigned index) const {
    const auto source = node.getStruct().getFields()[index];
    const std::string where =
        std::string(node.getDisplayName().cStr()) + "." + source.getName().cStr();
    Field out = load_field(source, where);
    out.doc = member_doc(node.getId(), index);
    return out;
  }

  File file(cs::CodeGeneratorRequest::RequestedFile::Reader requested) const {
    File out;
    out.id = requested.getId();
    out.path = requested.getFilename().cStr();
    out.stem = stem(out.path);
    for (const auto import : requested.getImports()) {
      const std::string name = import.getName().cStr();
      if (name.starts_with("/capnp/")) continue;
      const auto folder = std::filesystem::path(out.path).parent_path();
      out.imports.push_back(stem(
          name.starts_with("/") ? name.substr(1) : (folder / name).lexically_normal().string()));
    }
    std::sort(out.imports.begin(), out.imports.end());
    out.imports.erase(std::unique(out.imports.begin(), out.imports.end()), out.imports.end());
    std::set<std::uint64_t> done;
    for (const std::uint64_t id : source_order(out.id)) {
      if (model_.enums.contains(id)) out.enums.push_back(model_.enums.at(id));
      if (model_.records.contains(id)) place(id, out, done, {});
    }
    return out;
  }

  static std::string stem(const std::string& path) {
    return path.ends_with(".capnp") ? path.substr(0, path.size() - 6) : path;
  }

  // Everything declared in the file, in the order of the source, nested declarations behind their
  // scope.
  std::vector<std::uint64_t> source_order(std::uint64_t scope) const {
    std::vector<std::uint64_t> out;
    const auto add = [&](std::uint64_t id) {
      if (!names_.contains(id)) return;
      out.push_back(id);
      for (const std::uint64_t inner : source_order(id)) out.push_back(inner);
    };
    const auto node = nodes_.at(scope);
    for (const auto nested : node.getNestedNodes()) add(nested.getId());
    if (node.isStruct()) {
      for (const auto field : node.getStruct().getFields()) {
        if (field.isGroup()) add(field.getGroup().getTypeId());
      }
    }
    return out;
  }

  std::uint64_t file_of(std::uint64_t id) const {
    const auto found = owners_.find(id);
    return found == owners_.end() ? id : file_of(found->second);
  }

  void place(std::uint64_t id, File& file, std::set<std::uint64_t>& done,
             std::set<std::uint64_t> above) const {
    if (done.contains(id) || file_of(id) != file.id) return;
    const Record& record = model_.records.at(id);
    if (!above.insert(id).second)
      fail(record.name, "contains itself; value types cannot be recursive");
    for (const Field& field : record.fields) {
      const Type& type = innermost(field.type);
      if (type.base == Base::record) place(type.id, file, done, above);
    }
    done.insert(id);
    file.records.push_back(record);
  }

  struct Names {
    std::string local;
    std::string flat;
    std::string wire;
  };

  cs::CodeGeneratorRequest::Reader request_;
  std::map<std::uint64_t, cs::Node::Reader> nodes_;
  std::map<std::uint64_t, cs::Node::SourceInfo::Reader> infos_;
  std::map<std::uint64_t, Names> names_;
  std::map<std::uint64_t, std::uint64_t> owners_;  // node -> the scope that declares it
  Model model_;
};

}  // namespace

Model load(cs::CodeGeneratorRequest::Reader request) { return Loader(request).load(); }

}  // namespace silkledger::schemac
