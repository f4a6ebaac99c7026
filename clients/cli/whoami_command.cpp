// `me` and `head`: who asks, and where the ledger stands.
#include <boost/json.hpp>

#include "clients/cli/subcommands.h"
#include "clients/cli/text/reading.h"
#include "clients/cli/text/view_table.h"
#include "clients/cli/text/width.h"

namespace silkledger::cli {
namespace {

std::string yes_or_no(bool yes, Lang lang) {
  return lang == Lang::zh ? (yes ? "是" : "否") : (yes ? "yes" : "no");
}

}  // namespace

int run_me(Api& api) {
  Terminal& terminal = api.terminal();
  const auto result = api.get("/api/v1/me");
  if (!result.ok()) return api.fail(result);
  if (terminal.json()) {
    terminal.out(result.body);
    return kDone;
  }
  const boost::json::value me = parse_json(result.body);
  const bool zh = terminal.zh();
  const std::string colon = zh ? "：" : ": ";
  terminal.out(printable(text_at(me, "name")) + " (" + printable(text_at(me, "personId")) + ")");
  if (const auto* roles = member(me, "roles"); roles != nullptr && roles->is_array()) {
    for (const auto& role : roles->get_array()) {
      terminal.out("  " + printable(text_at(role, zh ? "unitZh" : "unitEn")) + " (" +
                   printable(text_at(role, "unitId")) + ")  " +
                   printable(text_at(role, zh ? "roleZh" : "role")));
    }
  }
  const auto flag = [&](const Text& label, const char* field) {
    terminal.out("  " + in(terminal.lang(), label) + colon +
                 yes_or_no(flag_at(me, field), terminal.lang()));
  };
  flag({"查看全部", "reads everything"}, "readsEverything");
  flag({"系统管理", "administers"}, "administers");
  flag({"可见个人信息", "sees persons"}, "seesPersons");
  return kDone;
}

int run_head(Api& api) {
  Terminal& terminal = api.terminal();
  const auto result = api.get("/api/v1/head");
  if (!result.ok()) return api.fail(result);
  if (terminal.json()) {
    terminal.out(result.body);
    return kDone;
  }
  const boost::json::value head = parse_json(result.body);
  const bool zh = terminal.zh();
  terminal.out(position_line(head, terminal.lang()));
  terminal.out((zh ? "根 " : "root ") + text_at(head, "root"));
  std::string line = (zh ? "今天 " : "today ") + text_at(head, "today");
  if (flag_at(head, "demo")) line += zh ? "  演示时钟" : "  demonstration clock";
  if (!flag_at(head, "writable")) line += zh ? "  暂停写入" : "  takes no writes now";
  terminal.out(line);
  std::vector<TableRow> rows;
  if (const auto* views = member(head, "views"); views != nullptr && views->is_array()) {
    for (const auto& view : views->get_array()) {
      const auto stopped = count_at(view, "stoppedAt");
      rows.push_back({{text_at(view, "view")},
                      {std::to_string(count_at(view, "entries").value_or(0))},
                      {text_at(view, "digest")},
                      {stopped ? (zh ? "停在 " : "stopped at ") + std::to_string(*stopped) : "",
                       Colour::red}});
    }
  }
  terminal.out(table_lines({{zh ? "视图" : "view"},
                            {zh ? "行数" : "rows", Align::right},
                            {zh ? "摘要" : "digest"},
                            {""}},
                           rows, terminal.columns(), terminal.paint()));
  return kDone;
}

}  // namespace silkledger::cli
