// How close the whole way comes to the disk and to its peers: a durable command over WebSocket,
// decided, stored and answered by the real server, load generator included.
//
// In turns, in one run: the disk without us (fdatasync after a 4 KiB append; RocksDB, one synced
// Put; RocksDB, synced batches of 64); the server with 1 client and with 64, window 1 and 16, in
// JSON and in binary; Redis and PostgreSQL with the same clients and windows. A window is the
// commands that a client has in flight. A round is one turn of each, and the median of the ratios
// within rounds counts.
//
//   bench_append_server [--seconds S] [--threads N] [--clients N [--window N] [--json]]
//
//   --clients N   only this load on the server and nothing else, for a profiler to look at; the
//                 server's process id is printed first
//
// TMPDIR says which disk is measured.
#include <CLI/CLI.hpp>
#include <algorithm>
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

constexpr const char* kFile = "fdatasync after a 4 KiB append";
constexpr const char* kPut = "RocksDB, one synced Put of 300 bytes";
constexpr const char* kTexts = "commands, JSON";
constexpr const char* kBinaries = "commands, binary";

std::string named(const std::string& name, std::size_t window) {
  return name + ", window " + std::to_string(window);
}

Contender contender(const std::string& name, ClosedLoop& loop, std::size_t clients,
                    std::size_t window) {
  return {named(name, window), clients,
          [&loop, clients, window](double s, Series& out) { loop.run(s, clients, window, out); }};
}

void compare(Report& report, int threads) {
  const testing::TemporaryFolder folder;
  // One clerk's connections for both encodings.
  ServerUnderTest server(make_ledger(folder, "tiny"), threads, {"connections_per_person_max=256"});
  RawFile file(folder.file("raw-file"));
  RawRocks rocks(folder.file("raw-rocksdb"));
  ClosedLoop texts(command_clients(server.port(), "json", kClients));
  ClosedLoop binaries(command_clients(server.port(), "binary", kClients, Encoding::binary));
  std::vector<Contender> contenders = {
      {kFile, 1, [&](double s, Series& out) { repeat(s, 1, out, [&] { file.append(); }); }},
      {kPut, 1, [&](double s, Series& out) { repeat(s, 1, out, [&] { rocks.append(1); }); }},
      {"RocksDB, synced batches of 64", kBatch,
       [&](double s, Series& out) { repeat(s, kBatch, out, [&] { rocks.append(kBatch); }); }},
      contender(kTexts, texts, 1, 1),
      contender(kTexts, texts, kClients, 1),
      contender(kTexts, texts, kClients, kWindow),
      contender(kBinaries, binaries, 1, 1),
      contender(kBinaries, binaries, kClients, 1),
      contender(kBinaries, binaries, kClients, kWindow)};

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
  const auto series = [&](const std::string& name, std::size_t clients, std::size_t window) {
    const auto whole = window == 0 ? name : named(name, window);
    return std::ranges::find_if(
               contenders,
               [&](const Contender& one) { return one.name == whole && one.clients == clients; })
        ->series;
  };
  const auto ratio = [&](const std::string& ours, const std::string& theirs, std::size_t window) {
    return ratio_of(series(ours, kClients, window).rates, series(theirs, kClients, window).rates);
  };
  // By median waits: a raw file's rate is a mean, and stands still for as long as other programs
  // delay the file system's journal.
  const auto alone = series(kBinaries, 1, 1);
  const auto file_alone = series(kFile, 1, 0);
  const double by_wait = quantile(file_alone.latencies, 0.5) / quantile(alone.latencies, 0.5);
  report.result("command-1", {by_wait, by_wait, by_wait, alone.rates.size()});
  report.figure("1 client / fdatasync, by rates", ratio_of(alone.rates, file_alone.rates).median,
                "x");
  report.figure("1 client / RocksDB, one Put, by rates",
                ratio_of(alone.rates, series(kPut, 1, 0).rates).median, "x");
  if (redis) {
    report.result("command-64-redis", ratio(kBinaries, redis->name(), 1));
    report.result("command-window-binary", ratio(kBinaries, redis->name(), kWindow));
    report.result("command-window-json", ratio(kTexts, redis->name(), kWindow));
  }
  if (postgres) report.result("command-64-postgres", ratio(kBinaries, postgres->name(), 1));
  server.stop();
}

// One line a second, so that a profiler's time is known to be busy.
void load_only(Report& report, int threads, std::size_t clients, std::size_t window,
               Encoding encoding) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(make_ledger(folder, "tiny"), threads);
  ClosedLoop commands(command_clients(server.port(), "load", clients, encoding));
  std::printf("server %d, %zu clients, window %zu\n", static_cast<int>(server.pid()), clients,
              window);
  std::fflush(stdout);
  std::vector<Contender> contenders = {
      {encoding == Encoding::json ? kTexts : kBinaries, clients, [&](double s, Series& out) {
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
  bool json = false;
  silkledger::bench::BenchMain bench;
  bench.name = "bench_append_server";
  bench.what = "命令落盘 / durable commands against the disk, Redis and PostgreSQL";
  bench.seconds = 45;
  bench.add = [&](CLI::App& app) {
    app.add_option("--threads", threads, "服务器线程 / threads of the server");
    app.add_option("--clients", clients, "只加此负载 / only this load, for a profiler");
    app.add_option("--window", window, "每客户端在途命令 / commands in flight per client");
    app.add_flag("--json", json, "以 JSON 加负载 / the load in JSON, not in binary");
  };
  bench.run = [&](silkledger::bench::Report& report) {
    if (clients > 0) {
      using silkledger::bench::Encoding;
      silkledger::bench::load_only(report, threads, clients, window,
                                   json ? Encoding::json : Encoding::binary);
    } else {
      silkledger::bench::compare(report, threads);
    }
  };
  return silkledger::bench::run_bench(bench, argc, argv);
}
