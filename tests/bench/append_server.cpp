// How close the whole way comes to the disk and to its peers: a durable command over WebSocket,
// decided, stored and answered by the real server, load generator included.
//
// In turns, in one run: the disk without us (fdatasync after a 4 KiB append; RocksDB, one synced
// Put; RocksDB, synced batches of 64); the server with 1 client and with 64, window 1 and 16; Redis
// and PostgreSQL with the same clients and windows. A window is the commands that a client has in
// flight. A round is one turn of each, and the median of the ratios within rounds counts.
//
//   bench_append_server [--seconds S] [--threads N] [--clients N [--window N]]
//
//   --clients N   only this load on the server and nothing else, for a profiler to look at; the
//                 server's process id is printed first
//
// TMPDIR says which disk is measured.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/bench/load/closed_loop.h"
#include "tests/bench/load/command_client.h"
#include "tests/bench/load/server_under_test.h"
#include "tests/bench/measuring/measure.h"
#include "tests/bench/measuring/report.h"
#include "tests/bench/peers/peers.h"
#include "tests/bench/peers/raw_limits.h"

namespace silkledger::bench {
namespace {

constexpr double kTurnSeconds = 0.25;
constexpr std::size_t kClients = 64;
constexpr std::size_t kBatch = 64;
constexpr std::size_t kWindow = 16;

Contender contender(const std::string& name, ClosedLoop& loop, std::size_t clients,
                    std::size_t window) {
  return {name + ", window " + std::to_string(window), clients,
          [&loop, clients, window](double s, Series& out) { loop.run(s, clients, window, out); }};
}

void compare(Report& report, int threads) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(make_ledger(folder, "tiny"), threads);
  RawFile file(folder.file("raw-file"));
  RawRocks rocks(folder.file("raw-rocksdb"));
  ClosedLoop commands(command_clients(server.port(), "json", kClients));
  std::vector<Contender> contenders = {
      {"fdatasync after a 4 KiB append", 1,
       [&](double s, Series& out) { repeat(s, 1, out, [&] { file.append(); }); }},
      {"RocksDB, one synced Put of 300 bytes", 1,
       [&](double s, Series& out) { repeat(s, 1, out, [&] { rocks.append(1); }); }},
      {"RocksDB, synced batches of 64", kBatch,
       [&](double s, Series& out) { repeat(s, kBatch, out, [&] { rocks.append(kBatch); }); }},
      contender("commands, JSON", commands, 1, 1),
      contender("commands, JSON", commands, kClients, 1),
      contender("commands, JSON", commands, kClients, kWindow)};

  const auto redis = report.options().peers ? start_redis() : nullptr;
  const auto postgres = report.options().peers ? start_postgres() : nullptr;
  std::unique_ptr<ClosedLoop> redis_loop;
  std::unique_ptr<ClosedLoop> postgres_loop;
  if (redis) {
    redis_loop = std::make_unique<ClosedLoop>(redis->clients(kClients));
    contenders.push_back(contender(redis->name(), *redis_loop, kClients, 1));
    contenders.push_back(contender(redis->name(), *redis_loop, kClients, kWindow));
  } else {
    report.skipped("Redis", "redis-server");
  }
  if (postgres) {
    postgres_loop = std::make_unique<ClosedLoop>(postgres->clients(kClients));
    contenders.push_back(contender(postgres->name(), *postgres_loop, kClients, 1));
  } else {
    report.skipped("PostgreSQL", "postgresql");
  }
  run_rounds(contenders, report.options().seconds, kTurnSeconds);

  report.contenders(contenders);
  const auto rates = [&](std::size_t i) { return contenders[i].series.rates; };
  // By median waits: a raw file's rate is a mean, and stands still for as long as other programs
  // delay the file system's journal.
  const auto wait = [&](std::size_t i) { return quantile(contenders[i].series.latencies, 0.5); };
  const double by_wait = wait(0) / wait(3);
  report.result("command-1", {by_wait, by_wait, by_wait, rates(3).size()});
  report.figure("1 client / fdatasync, by rates", ratio_of(rates(3), rates(0)).median, "x");
  report.figure("1 client / RocksDB, one Put, by rates", ratio_of(rates(3), rates(1)).median, "x");
  if (redis) report.result("command-64-redis", ratio_of(rates(4), rates(6)));
  if (redis) report.result("command-window-json", ratio_of(rates(5), rates(7)));
  if (postgres)
    report.result("command-64-postgres", ratio_of(rates(4), rates(contenders.size() - 1)));
  server.stop();
}

// One line a second, so that a profiler's time is known to be busy.
void load_only(Report& report, int threads, std::size_t clients, std::size_t window) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(make_ledger(folder, "tiny"), threads);
  ClosedLoop commands(command_clients(server.port(), "json", clients));
  std::printf("server %d, %zu clients, window %zu\n", static_cast<int>(server.pid()), clients,
              window);
  std::fflush(stdout);
  std::vector<Contender> contenders = {{"commands, JSON", clients, [&](double s, Series& out) {
                                          commands.run(s, clients, window, out);
                                          std::printf("%8.0f a second\n", out.rates.back());
                                          std::fflush(stdout);
                                        }}};
  run_rounds(contenders, report.options().seconds, 1);
  report.contenders(contenders);
  server.stop();
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  int threads = 1;
  std::size_t clients = 0;
  std::size_t window = 1;
  silkledger::bench::BenchMain bench;
  bench.name = "bench_append_server";
  bench.what = "命令落盘 / durable commands against the disk, Redis and PostgreSQL";
  bench.seconds = 45;
  bench.add = [&](CLI::App& app) {
    app.add_option("--threads", threads, "服务器线程 / threads of the server");
    app.add_option("--clients", clients, "只加此负载 / only this load, for a profiler");
    app.add_option("--window", window, "每客户端在途命令 / commands in flight per client");
  };
  bench.run = [&](silkledger::bench::Report& report) {
    if (clients > 0) {
      silkledger::bench::load_only(report, threads, clients, window);
    } else {
      silkledger::bench::compare(report, threads);
    }
  };
  return silkledger::bench::run_bench(bench, argc, argv);
}
