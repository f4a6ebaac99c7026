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
