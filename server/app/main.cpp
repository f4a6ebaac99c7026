// silkledger-server: makes a ledger, seeds a demonstration, serves.
#include <CLI/CLI.hpp>

#include "server/app/commands.h"

int main(int argc, char** argv) {
  using namespace silkledger::server;
  CLI::App app{"丝路台账服务程序 / Silkledger server"};
  app.require_subcommand(1);
  int code = 0;

  InitOptions init;
  auto* on_init = app.add_subcommand("init", "建立新账本 / make a new ledger");
  on_init->add_option("--data", init.data, "数据目录 / data folder")->required();
  on_init
      ->add_option("--admin-name", init.admin_name,
                   "首位管理员姓名 / name of the first administrator")
      ->required();
  on_init
      ->add_option("--admin-unit", init.admin_unit, "首位管理员所在单位 / the administrator's unit")
      ->capture_default_str();
  on_init->add_option("--token-file", init.token_file,
                      "令牌写入此文件 / write the token to this file");
  on_init->add_flag("--bare", init.bare, "只载入规则集和单位 / rule set and units only");
  on_init->callback([&] { code = run_init(init); });

  SeedOptions seed;
  auto* on_seed = app.add_subcommand(
      "seed", "向新账本载入命令脚本（离线）/ load a script of commands into a new ledger, offline");
  on_seed->add_option("--data", seed.data, "数据目录 / data folder")->required();
  on_seed->add_option("--script", seed.script, "脚本（NDJSON）/ script")
      ->required()
      ->check(CLI::ExistingFile);
  on_seed->callback([&] { code = run_seed(seed); });

  BackupOptions backup;
  auto* on_backup =
      app.add_subcommand("backup", "备份已停止的账本 / back up a ledger whose server does not run");
  on_backup->add_option("--data", backup.data, "数据目录 / data folder")->required();
  on_backup->add_option("--to", backup.to, "备份文件 / backup file")->required();
  on_backup
      ->add_option("--follows", backup.follows,
                   "只备份此备份之后的部分 / only what was recorded behind this backup")
      ->check(CLI::ExistingFile);
  on_backup->callback([&] { code = run_backup(backup); });

  VerifyBackupOptions verify;
  auto* on_verify =
      app.add_subcommand("verify-backup", "校验备份 / check that a backup, or a chain, is whole");
  on_verify->add_option("FILE", verify.files, "备份文件，按先后 / backup files, in order")
      ->required();
  on_verify->callback([&] { code = run_verify_backup(verify); });

  RestoreOptions restore;
  auto* on_restore =
      app.add_subcommand("restore", "从备份恢复到新目录 / restore backups into a new data folder");
  on_restore->add_option("--from", restore.from, "完整备份 / full backup")->required();
  on_restore->add_option("--then", restore.then, "其后的增量备份 / incremental ones, in order");
  on_restore->add_option("--data", restore.data, "新数据目录 / new data folder")->required();
  on_restore->callback([&] { code = run_restore(restore); });

  ServeOptions serve;
  auto* on_serve = app.add_subcommand("serve", "启动服务 / serve");
  on_serve->add_option("--data", serve.data, "数据目录 / data folder")->required();
  on_serve->add_option("--bind", serve.bind, "监听地址 / address to listen on")
      ->capture_default_str();
  on_serve->add_option("--port", serve.port, "端口 / port")->capture_default_str();
  on_serve->add_option("--port-file", serve.port_file,
                       "将端口写入此文件 / write the port to this file");
  on_serve->add_option("--allow-origin", serve.allowed_origins,
                       "允许的网页来源 / further origins for browsers");
  on_serve->add_option("--log-level", serve.log_level, "debug info warning error")
      ->capture_default_str();
  on_serve->add_option("--threads", serve.threads, "线程数 / threads")
      ->capture_default_str()
      ->check(CLI::Range(1, 64));
  on_serve->add_flag("--demo-clock", serve.demo_clock,
                     "演示时钟：从账本最后一刻起走 / demonstration: the clock goes on from the "
                     "ledger's last moment");
  on_serve->callback([&] { code = run_serve(serve); });

  CLI11_PARSE(app, argc, argv);
  return code;
}
