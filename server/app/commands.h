// The things the program silkledger-server does. Each returns the process's exit code and
// prints to the terminal; the server itself logs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/core/core_limits.h"

namespace silkledger::server {

struct InitOptions {
  std::string data;
  std::string admin_name;
  std::string admin_unit = "office";
  std::string token_file;  // where the first token is written (mode 0600); printed when empty
  bool bare =
      false;  // only the rule set and the office's unit: units, calendar and items follow by hand
};
int run_init(const InitOptions& options);

struct SeedOptions {
  std::string data;
  std::string script;
};
int run_seed(const SeedOptions& options);

struct BackupOptions {
  std::string data;
  std::string to;
  std::string follows;  // an earlier backup: only what was recorded behind it; empty: everything
};
int run_backup(const BackupOptions& options);

struct VerifyBackupOptions {
  std::vector<std::string> files;  // one, or a chain in order
};
int run_verify_backup(const VerifyBackupOptions& options);

struct RestoreOptions {
  std::string from;
  std::vector<std::string> then;  // incremental ones, in order
  std::uint64_t epoch = 0;        // at least this one
  std::string data;
};
int run_restore(const RestoreOptions& options);

// Answers 0 when the log is whole, 3 when faults were found, 1 when it could not be checked.
struct CheckOptions {
  std::string data;
};
int run_check(const CheckOptions& options);

// Answers 0 after a stop that was asked for, 1 when it could not serve, 2 when the log failed in a
// way that only a new start can judge.
struct ServeOptions {
  std::string data;
  std::string bind = "127.0.0.1";
  std::uint16_t port = 8420;
  std::string port_file;  // the bound port is written here: for tests with port 0
  std::vector<std::string> allowed_origins;
  std::vector<std::string> limits;  // "name=value", server/app/limits.h
  std::string log_level = "info";
  std::string backups;  // folder for backups taken while serving; DATA/backups when empty
  bool demo_clock = false;
  std::uint32_t threads = 1;
  bool accept_missing_head = false;  // see RocksOptions
  // Of CoreLimits.
  std::uint64_t disk_free_bytes_min = CoreLimits{}.disk_free_bytes_min;
  std::uint64_t disk_free_bytes_resume = CoreLimits{}.disk_free_bytes_resume;
};
int run_serve(const ServeOptions& options);

}  // namespace silkledger::server
