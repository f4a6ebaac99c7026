// silkledger-server: makes a ledger, seeds a demonstration, serves, checks, backs up and restores.
#include <CLI/CLI.hpp>
#include <memory>

#include "server/app/commands.h"

namespace silkledger::server {
namespace {

// A subcommand whose options are kept as long as its callback.
template <class Options>
struct Subcommand {
  CLI::App& app;
  std::shared_ptr<Options> options = std::make_shared<Options>();

  Subcommand(CLI::App& program, const char* name, const char* words, int (*run)(const Options&),
             int& code)
      : app(*program.add_subcommand(name, words)) {
    app.callback([kept = options, run, &code] { code = run(*kept); });
  }
};

constexpr const char* kDataFolder = "数据目录 / data folder";

void add_init(CLI::App& program, int& code) {
  const Subcommand<InitOptions> init(program, "init", "建立新账本 / make a new ledger", run_init,
                                     code);
  auto& options = *init.options;
  init.app.add_option("--data", options.data, kDataFolder)->required();
  init.app
      .add_option("--admin-name", options.admin_name,
                  "首位管理员姓名 / name of the first administrator")
      ->required();
  init.app
      .add_option("--admin-unit", options.admin_unit,
                  "首位管理员所在单位 / the administrator's unit")
      ->capture_default_str();
  init.app.add_option("--token-file", options.token_file,
                      "令牌写入此文件 / write the token to this file");
  init.app.add_flag("--bare", options.bare, "只载入规则集和单位 / rule set and units only");
}

void add_seed(CLI::App& program, int& code) {
  const Subcommand<SeedOptions> seed(
      program, "seed",
      "向新账本载入命令脚本（离线）/ load a script of commands into a new ledger, offline",
      run_seed, code);
  seed.app.add_option("--data", seed.options->data, kDataFolder)->required();
  seed.app.add_option("--script", seed.options->script, "脚本（NDJSON）/ script")
      ->required()
      ->check(CLI::ExistingFile);
}

void add_backup(CLI::App& program, int& code) {
  const Subcommand<BackupOptions> backup(
      program, "backup", "备份已停止的账本 / back up a ledger whose server does not run",
      run_backup, code);
  auto& options = *backup.options;
  backup.app.add_option("--data", options.data, kDataFolder)->required();
  backup.app.add_option("--to", options.to, "备份文件 / backup file")->required();
  backup.app
      .add_option("--follows", options.follows,
                  "只备份此备份之后的部分 / only what was recorded behind this backup")
      ->check(CLI::ExistingFile);
}

void add_verify_backup(CLI::App& program, int& code) {
  const Subcommand<VerifyBackupOptions> verify(
      program, "verify-backup", "校验备份 / check that a backup, or a chain, is whole",
      run_verify_backup, code);
  verify.app.add_option("FILE", verify.options->files, "备份文件，按先后 / backup files, in order")
      ->required();
}

void add_restore(CLI::App& program, int& code) {
  const Subcommand<RestoreOptions> restore(
      program, "restore", "从备份恢复到新目录 / restore backups into a new data folder",
      run_restore, code);
  auto& options = *restore.options;
  restore.app.add_option("--from", options.from, "完整备份 / full backup")->required();
  restore.app.add_option("--then", options.then,
                         "其后的增量备份，按先后 / incremental ones, in order");
  restore.app.add_option(
      "--epoch", options.epoch,
      "至少从此纪元起；同一备份再次恢复时用 / at least this epoch, for a backup that "
      "was restored before");
  restore.app.add_option("--data", options.data, "新数据目录 / new data folder")->required();
}

void add_check(CLI::App& program, int& code) {
  const Subcommand<CheckOptions> check(
      program, "check",
      "全面校验已停止的账本，不改动数据（完整 0，有问题 3，无法校验 1）/ check all of a ledger "
      "whose "
      "server does not run, changing nothing (whole 0, faults 3, not checked 1)",
      run_check, code);
  check.app.add_option("--data", check.options->data, kDataFolder)->required();
}

void add_serve(CLI::App& program, int& code) {
  const Subcommand<ServeOptions> serve(program, "serve", "启动服务 / serve", run_serve, code);
  auto& options = *serve.options;
  serve.app.add_option("--data", options.data, kDataFolder)->required();
  serve.app.add_option("--bind", options.bind, "监听地址 / address to listen on")
      ->capture_default_str();
  serve.app.add_option("--port", options.port, "端口 / port")->capture_default_str();
  serve.app.add_option("--port-file", options.port_file,
                       "将端口写入此文件 / write the port to this file");
  serve.app.add_option("--allow-origin", options.allowed_origins,
                       "允许的网页来源 / further origins for browsers");
  serve.app.add_option("--limit", options.limits,
                       "限值 名称=数 / a limit, name=number; several may follow");
  serve.app.add_option("--log-level", options.log_level, "debug info warning error")
      ->capture_default_str();
  serve.app.add_option("--threads", options.threads, "线程数 / threads")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
  serve.app
      .add_option("--disk-free-bytes-min", options.disk_free_bytes_min,
                  "剩余空间低于此值时只读 / read-only below this room on the disk")
      ->capture_default_str();
  serve.app
      .add_option("--disk-free-bytes-resume", options.disk_free_bytes_resume,
                  "剩余空间达到此值时恢复写入 / writes again from this room on")
      ->capture_default_str();
  serve.app.add_flag(
      "--accept-missing-head", options.accept_missing_head,
      "无首部文件（HEAD）也打开账本并重建该文件，须先以其他方式确认账本完整 / open a "
      "log without its head file and write one, once the log is known to be whole");
  serve.app.add_option("--backups", options.backups,
                       "备份目录，默认 DATA/backups / folder for backups");
  serve.app.add_flag("--demo-clock", options.demo_clock,
                     "演示时钟：从账本最后一刻起走 / demonstration: the clock goes on from the "
                     "ledger's last moment");
}

}  // namespace
}  // namespace silkledger::server

int main(int argc, char** argv) {
  using namespace silkledger::server;
  CLI::App app{"丝路台账服务程序 / Silkledger server"};
  app.require_subcommand(1);
  int code = 0;
  add_init(app, code);
  add_seed(app, code);
  add_backup(app, code);
  add_verify_backup(app, code);
  add_restore(app, code);
  add_check(app, code);
  add_serve(app, code);
  CLI11_PARSE(app, argc, argv);
  return code;
}
