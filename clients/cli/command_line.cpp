#include "clients/cli/command_line.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "clients/cli/subcommands.h"

namespace silkledger::cli {
namespace {

struct GlobalOptions {
  std::string server = "http://127.0.0.1:8420";
  std::string token, token_file, lang;
  bool json = false;
  bool no_colour = false;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

using Run = std::function<int(Api&)>;

// The options of every subcommand live here as long as the parser; what was chosen ends in `run`.
struct CommandLine {
  CLI::App app{"丝路台账命令行 / Silkledger on the command line"};
  GlobalOptions global;
  SendOptions send, token_headers;
  ListOptions list, show, replay;
  WatchOptions watch;
  HistoryOptions history;
  RebuildOptions rebuild;
  BackupOptions backup;
  CheckOptions check;
  TokenOptions token;
  ImportOptions import;
  std::string command_name, show_id;
  Run run;

  void add_global();
  void add_send();
  void add_views();
  void add_watch_and_history();
  void add_rebuild();
  void add_backup();
  void add_check();
  void add_token();
  void add_import();

  CLI::App* subcommand(const char* name, const char* words, Run what) {
    CLI::App* added = app.add_subcommand(name, words);
    added->fallthrough();  // --json may stand behind the subcommand as well
    added->callback([this, what = std::move(what)] { run = what; });
    return added;
  }
};

void CommandLine::add_global() {
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--server", global.server, "服务器地址 / address of the server")
      ->envname("SILKLEDGER_URL")
      ->capture_default_str();
  app.add_option("--token", global.token, "令牌 / token")->envname("SILKLEDGER_TOKEN");
  app.add_option("--token-file", global.token_file, "存有令牌的文件 / file that holds the token");
  app.add_flag("--json", global.json, "输出 JSON，每行一个对象 / JSON, one object a line");
  app.add_option("--lang", global.lang, "语言 / language")->check(CLI::IsMember({"zh", "en"}));
  app.add_flag("--no-color", global.no_colour, "不用颜色 / no colours");
}

void add_headers(CLI::App& to, SendOptions& send) {
  to.add_option("--id", send.id, "命令编号，重试时不变 / command id, the same on a retry");
  to.add_option("--acting-unit", send.acting_unit, "经办单位 / the unit that acts");
  to.add_option("--on-behalf-of", send.on_behalf_of, "代办对象 / for whom");
  to.add_option("--occurred-on", send.occurred_on, "发生日期 / day on which it happened");
}

void CommandLine::add_send() {
  subcommand("commands", "列出命令，或一个命令的字段 / list commands, or the fields of one",
             [this](Api& api) { return run_commands(api, command_name); })
      ->add_option("name", command_name, "命令 / command");
  CLI::App* added = subcommand("send", "发送命令 / send a command",
                               [this](Api& api) { return run_send(api, send); });
  added->add_option("name", send.name, "命令，如 report-lead / command, such as report-lead");
  added->add_option("fields", send.fields, "字段=值 / field=value");
  added->add_option("--body", send.body, "JSON 内容，字段=值 再加在其上 / JSON that fields add to");
  added->add_option("--body-file", send.body_file,
                    "同上，读自文件或 - / the same from a file or -");
  added->add_option("--if-match", send.if_match, "看到的版本 / the version you have seen");
  added->add_option("--file", send.file, "逐行发送 {name,commandId,body} / send line by line");
  add_headers(*added, send);
}

void add_query(CLI::App& to, ListOptions& list) {
  to.add_option("--as-of", list.as_of, "回溯到位置或日期 / as of a position or a day");
  to.add_option("--min-position", list.min_position, "至少包含此位置 / at least this position");
}

void CommandLine::add_views() {
  CLI::App* added = subcommand("list", "列出视图 / list a view",
                               [this](Api& api) { return run_list(api, list); });
  added->add_option("view", list.view, "视图，如 project / view, such as project")->required();
  added->add_option("filters", list.filters, "字段=值 / field=value");
  added->add_option("--limit", list.limit, "行数 / rows")->check(CLI::PositiveNumber);
  added->add_flag("--all", list.all, "全部 / all of them");
  add_query(*added, list);
  added = subcommand("show", "显示一行的全部内容 / show one row in full",
                     [this](Api& api) { return run_show(api, show.view, show_id, show); });
  added->add_option("view", show.view, "视图 / view")->required();
  added->add_option("id", show_id, "编号 / id")->required();
  add_query(*added, show);
  added = subcommand("replay", "当时的视图 / a view as it was",
                     [this](Api& api) { return run_replay(api, replay); });
  added->add_option("view", replay.view, "视图 / view")->required();
  added->add_option("filters", replay.filters, "字段=值 / field=value");
  added->add_option("--as-of", replay.as_of, "位置或日期 / position or day")->required();
  added->add_option("--limit", replay.limit, "行数 / rows")->check(CLI::PositiveNumber);
  added->add_flag("--all", replay.all, "全部 / all of them");
  added->add_flag("--and-now", replay.and_now, "并与现在比较 / and compare with now");
  subcommand("me", "我的身份 / who I am", run_me);
  subcommand("head", "账本现状 / where the ledger stands", run_head);
}

void CommandLine::add_watch_and_history() {
  CLI::App* added = subcommand("watch", "实时看板与事件 / boards and events, live",
                               [this](Api& api) { return run_watch(api, watch); });
  added->add_option("topics", watch.arguments,
                    "progress approval project lead events，及 字段=值 / and field=value");
  added->add_option("--count", watch.count, "更新多少次后结束 / end after so many updates");
  added->add_option("--seconds", watch.seconds, "多少秒后结束 / end after so many seconds");
  added = subcommand("history", "事件经过 / what happened, in sentences",
                     [this](Api& api) { return run_history(api, history); });
  added->add_option("subject", history.subject, "project/P1 或 lead/L1 / or");
  added->add_option("--unit", history.unit, "单位 / unit");
  added->add_option("--person", history.person, "经办人 / person");
  added->add_option("--article", history.article, "条款 / article");
  added->add_option("--kind", history.kind, "事件，如 leadReported / kind of event");
  added->add_option("--as-of", history.as_of, "位置或日期 / position or day");
  added->add_option("--limit", history.limit, "条数 / events")->check(CLI::PositiveNumber);
  added->add_flag("--all", history.all, "全部 / all of them");
  added->add_flag("--backwards", history.backwards, "从最近的开始 / newest first");
}

void CommandLine::add_rebuild() {
  CLI::App* added = subcommand("rebuild", "重建视图 / rebuild views from the log",
                               [this](Api& api) { return run_rebuild(api, rebuild); });
  added->add_option("views", rebuild.views, "视图，不写为全部 / views, all when left out");
  added->add_flag("--compare-only", rebuild.compare_only,
                  "只比对，不切换 / compare, do not switch");
  CLI::Option_group* actions = added->add_option_group("actions");
  actions->add_flag("--resume", rebuild.resume, "继续中断的重建 / go on with an interrupted one");
  actions->add_flag("--accept", rebuild.accept, "切换 / switch to what was rebuilt");
  actions->add_flag("--cancel", rebuild.cancel, "取消 / stop it");
  actions->add_flag("--roll-back", rebuild.roll_back, "退回旧视图 / return to the old views");
  actions->add_flag("--status", rebuild.status, "只看进度 / only show how it stands");
  actions->require_option(0, 1);
}

void CommandLine::add_backup() {
  CLI::App* added = subcommand("backup", "备份账本 / back up the ledger while it serves",
                               [this](Api& api) { return run_backup(api, backup); });
  added->add_flag("--incremental", backup.incremental,
                  "只备份上次备份之后的部分 / only what was recorded since the last one");
  CLI::Option_group* actions = added->add_option_group("actions");
  actions->add_flag("--cancel", backup.cancel, "取消 / stop it");
  actions->add_flag("--status", backup.status, "只看进度 / only show how it stands");
  actions->require_option(0, 1);
}

void CommandLine::add_check() {
  CLI::App* added = subcommand("check", "校验整个账本 / check the whole ledger while it serves",
                               [this](Api& api) { return run_check(api, check); });
  CLI::Option_group* actions = added->add_option_group("actions");
  actions->add_flag("--cancel", check.cancel, "取消 / stop it");
  actions->add_flag("--status", check.status, "只看进度 / only show how it stands");
  actions->require_option(0, 1);
}

void CommandLine::add_token() {
  CLI::App* group = app.add_subcommand("token", "令牌 / tokens");
  group->require_subcommand(1);
  group->fallthrough();
  const auto add = [&](const char* name, const char* words, Run what) {
    CLI::App* added = group->add_subcommand(name, words);
    added->fallthrough();
    added->callback([this, what = std::move(what)] { run = what; });
    added->add_option("--person", token.person, "人员编号 / person")->required();
    added->add_option("--token-id", token.token_id, "令牌编号 / id of the token")->required();
    add_headers(*added, token_headers);
    return added;
  };
  add("issue", "签发；密钥在本机生成，只显示一次 / issue; the secret is made here and shown once",
      [this](Api& api) { return run_token_issue(api, token, token_headers); })
      ->add_option("--expires", token.expires, "失效日期 / last day")
      ->required();
  add("revoke", "吊销 / revoke",
      [this](Api& api) { return run_token_revoke(api, token, token_headers); })
      ->add_option("--reason", token.reason, "原因 / reason")
      ->required();
}

void CommandLine::add_import() {
  CLI::App* added = subcommand("import", "导入已公布项目为期初 / import published projects",
                               [this](Api& api) { return run_import(api, import); });
  added->add_option("file", import.file, ".csv 或 .ndjson / or")->required();
  added->add_flag("--dry-run", import.dry_run, "只检查，不发送 / check only, send nothing");
  added->add_option("--batch", import.batch, "导入批次编号 / id of this import");
  added->add_option("--report", import.report, "逐行结果写入此 CSV / outcome of every row, as CSV");
  added->add_option("--acting-unit", import.acting_unit, "经办单位 / the unit that acts");
}

// --token, then --token-file, then the environment (which CLI11 has put into --token).
std::optional<std::string> token_of(const GlobalOptions& global, bool token_was_typed,
                                    Terminal& terminal) {
  if (global.token_file.empty() || token_was_typed) return global.token;
  std::string text;
  if (!read_whole(terminal, global.token_file, text)) return std::nullopt;
  return std::string(trimmed(std::string_view(text).substr(0, text.find('\n'))));
}

bool was_typed(int argc, const char* const* argv, std::string_view option) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == option || argument.starts_with(std::string(option) + '=')) return true;
  }
  return false;
}

}  // namespace

int run(int argc, const char* const* argv) {
  CommandLine line;
  line.add_global();
  line.add_send();
  line.add_views();
  line.add_watch_and_history();
  line.add_rebuild();
  line.add_backup();
  line.add_check();
  line.add_token();
  line.add_import();
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // CLI11 tells of wrong arguments, and of --help, by throwing; it goes no further than this.
    return line.app.exit(error) == 0 ? kDone : kUsage;
  }
  const GlobalOptions& global = line.global;
  Terminal terminal({global.json, language(global.lang, environment("LC_ALL"), environment("LANG")),
                     !global.no_colour && environment("NO_COLOR").empty()});
  const auto server = parse_server(global.server);
  if (const auto* wrong = std::get_if<Text>(&server)) {
    terminal.error(*wrong);
    return kUsage;
  }
  const auto token = token_of(global, was_typed(argc, argv, "--token"), terminal);
  if (!token) return kUsage;
  const auto& address = std::get<ServerAddress>(server);
  Api api({address.host, address.port, *token}, terminal);
  return line.run(api);
}

}  // namespace silkledger::cli
