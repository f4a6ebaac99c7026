// `commands`: what can be sent, and the fields of one command.
#include <boost/json.hpp>

#include "clients/cli/subcommands.h"
#include "clients/cli/text/problem_text.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

namespace js = boost::json;

js::object field_json(const FieldInfo& field) {
  js::object object{{"name", field.name},
                    {"zh", field.zh},
                    {"required", field.required},
                    {"type", kind_word(field, Lang::en)}};
  if (!field.doc.empty()) object["description"] = field.doc;
  return object;
}

int list_all(Api& api) {
  Terminal& terminal = api.terminal();
  std::vector<TableRow> rows;
  for (const CommandInfo& command : api.catalogue().commands()) {
    if (terminal.json()) {
      terminal.out(js::serialize(js::object{{"name", command.name},
                                            {"zh", command.title.zh},
                                            {"en", command.title.en},
                                            {"article", command.article}}));
    }
    rows.push_back({{command.name, Colour::blue},
                    {command.title.zh},
                    {terminal.zh() ? std::string() : command.title.en},
                    {article_words(command.article, terminal.lang())}});
  }
  if (terminal.json()) return kDone;
  const bool zh = terminal.zh();
  std::vector<TableColumn> heads = {{zh ? "命令" : "command"},
                                    {zh ? "名称" : "Chinese"},
                                    {zh ? "" : "English"},
                                    {zh ? "条款" : "article"}};
  if (zh) {
    heads.erase(heads.begin() + 2);
    for (TableRow& row : rows) row.erase(row.begin() + 2);
  }
  terminal.out(table_lines(heads, rows, terminal.columns(), terminal.paint()));
  return kDone;
}

void show_fields(Terminal& terminal, const std::vector<FieldInfo>& fields) {
  const bool zh = terminal.zh();
  std::vector<TableRow> rows;
  for (const FieldInfo& field : fields) {
    rows.push_back({{field.name, Colour::blue},
                    {field.zh},
                    {field.required ? (zh ? "必填" : "required") : ""},
                    {kind_word(field, terminal.lang())},
                    {printable(field.doc)}});
  }
  terminal.out(table_lines({{zh ? "字段" : "field"},
                            {zh ? "名称" : "Chinese"},
                            {zh ? "必填" : "required"},
                            {zh ? "写法" : "value"},
                            {zh ? "说明" : "description"}},
                           rows, terminal.columns(), terminal.paint()));
}

}  // namespace

int run_commands(Api& api, const std::string& name) {
  if (name.empty()) return list_all(api);
  Terminal& terminal = api.terminal();
  const Catalogue& catalogue = api.catalogue_with(name);
  const CommandInfo* command = catalogue.command(name);
  if (command == nullptr) {
    terminal.error({"没有名为“" + name + "”的命令；silkledger commands 列出全部。",
                    "There is no command \"" + name + "\"; silkledger commands lists them."});
    return kUsage;
  }
  const auto fields = catalogue.fields(command->schema);
  if (terminal.json()) {
    js::array described;
    for (const FieldInfo& field : fields) described.push_back(field_json(field));
    terminal.out(js::serialize(js::object{{"name", command->name},
                                          {"zh", command->title.zh},
                                          {"en", command->title.en},
                                          {"article", command->article},
                                          {"fields", std::move(described)}}));
    return kDone;
  }
  terminal.out(terminal.paint()(Colour::bold, command->name) + "  " + command->title.zh + "  " +
               command->title.en + "  " + article_words(command->article, terminal.lang()));
  if (!command->doc.empty()) terminal.out(printable(command->doc));
  show_fields(terminal, fields);
  return kDone;
}

}  // namespace silkledger::cli
