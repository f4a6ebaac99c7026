// The subcommands: their options as values, and what runs them. Each returns the exit code.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "clients/cli/api.h"
#include "clients/cli/text/table.h"

namespace silkledger::cli {

inline constexpr std::size_t kRowsDefault = 50;      // of a list without --limit
inline constexpr std::size_t kRowsMost = 1'000'000;  // of a list with --all

int run_commands(Api& api, const std::string& name);

struct SendOptions {
  std::string name;
  std::vector<std::string> fields;
  std::string body, body_file;
  std::string id, acting_unit, on_behalf_of, occurred_on, if_match;
  std::string file;  // NDJSON of many commands
};
int run_send(Api& api, const SendOptions& options);

// For other subcommands that send one command: prints the receipt or the refusal.
int send_one(Api& api, const std::string& name, const std::string& body,
             const SendOptions& options);

struct ListOptions {
  std::string view;
  std::vector<std::string> filters;
  std::size_t limit = 0;  // 0: the default
  bool all = false;
  std::string as_of, min_position;
  bool and_now = false;  // replay
};
int run_list(Api& api, const ListOptions& options);
int run_show(Api& api, const std::string& view, const std::string& id, const ListOptions& options);
int run_replay(Api& api, const ListOptions& options);

struct WatchOptions {
  std::vector<std::string> arguments;  // topics and field=value
  std::size_t count = 0;               // 0: until stopped
  std::size_t seconds = 0;
};
int run_watch(Api& api, const WatchOptions& options);

struct HistoryOptions {
  std::string subject, unit, person, article, kind, as_of;
  std::size_t limit = 0;
  bool all = false;
  bool backwards = false;
};
int run_history(Api& api, const HistoryOptions& options);

struct RebuildOptions {
  std::vector<std::string> views;
  bool compare_only = false;
  bool resume = false, accept = false, cancel = false, roll_back = false, status = false;
};
int run_rebuild(Api& api, const RebuildOptions& options);

struct BackupOptions {
  bool incremental = false, cancel = false, status = false;
};
int run_backup(Api& api, const BackupOptions& options);

struct CheckOptions {
  bool cancel = false, status = false;
};
int run_check(Api& api, const CheckOptions& options);

struct TokenOptions {
  std::string person, token_id, expires, reason;
};
int run_token_issue(Api& api, const TokenOptions& options, const SendOptions& headers);
int run_token_revoke(Api& api, const TokenOptions& options, const SendOptions& headers);

int run_me(Api& api);
int run_head(Api& api);

struct ImportOptions {
  std::string file, batch, report, acting_unit;
  bool dry_run = false;
};
int run_import(Api& api, const ImportOptions& options);

// Reads a whole file, or standard input for "-"; says why it could not, and gives nothing.
bool read_whole(Terminal& terminal, const std::string& path, std::string& text);

}  // namespace silkledger::cli
