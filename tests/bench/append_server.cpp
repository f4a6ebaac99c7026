// How close the whole way comes to the disk: a durable command over WebSocket, decided, stored and
// answered by the real server, load generator included, against the same disk without us.
//
// In turns, in one run: fdatasync after a 4 KiB append; RocksDB with one synced Put; RocksDB with
// synced batches of 64; the server with one client; the server with 64 clients. A client sends its
// next command when it has the answer (window 1). A round is one turn of each, and the median of
// the ratios within rounds counts, because the machine is noisy.
//
//   bench_append_server [--seconds S] [--threads N] [--clients N [--window N]]
//
//   --seconds S   for all turns together (default SILKLEDGER_BENCH_SECONDS, else 20)
//   --threads N   of the server (default 1, as it is started without a word)
//   --clients N   only this load on the server and nothing else, for a profiler to look at; the
//                 server's process id is printed first
//   --window N    commands in flight per client (default 1)
//
// TMPDIR says which disk is measured.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/command_load.h"
#include "tests/bench/measure.h"
#include "tests/bench/raw_limits.h"
#include "tests/bench/server_under_test.h"

namespace silkledger::bench {
namespace {

constexpr double kDefaultSeconds = 20;
constexpr double kTurnSeconds = 0.2;
constexpr std::size_t kClients = 64;
constexpr std::size_t kBatch = 64;

void print_ratio(const char* name, const Contender& ours, const Contender& limit) {
  const auto ratio = ratio_of(ours.series.rates, limit.series.rates);
  std::printf("%-57s %11.2f %9.2f %9.2f\n", name, ratio.median, ratio.lower, ratio.upper);
}

void run(double seconds, int threads) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(folder, threads);
  RawFile file(folder.file("raw-file"));
  RawRocks rocks(folder.file("raw-rocksdb"));
  CommandLoad load(server.port(), kClients);
  std::vector<Contender> contenders = {
      {"fdatasync after a 4 KiB append", 1,
       [&](double s, Series& out) { repeat(s, 1, out, [&] { file.append(); }); }},
      {"RocksDB, one synced Put of 300 bytes", 1,
       [&](double s, Series& out) { repeat(s, 1, out, [&] { rocks.append(1); }); }},
      {"RocksDB, synced batches of 64", kBatch,
       [&](double s, Series& out) { repeat(s, kBatch, out, [&] { rocks.append(kBatch); }); }},
      {"durable commands over WebSocket", 1,
       [&](double s, Series& out) { load.run(s, 1, 1, out); }},
      {"durable commands over WebSocket", kClients,
       [&](double s, Series& out) { load.run(s, kClients, 1, out); }}};
  print_load_average("before");
  run_rounds(contenders, seconds, kTurnSeconds);
  print_load_average("after");

  std::printf("%zu rounds, %llu commands; server threads: %d\n\n",
              contenders.front().series.rates.size(),
              static_cast<unsigned long long>(load.commands()), threads);
  print_contenders(contenders);
  std::printf("\n%-57s %11s %9s %9s\n", "ratio within a round, with quartiles", "median", "lower",
              "upper");
  print_ratio("1 client / fdatasync", contenders[3], contenders[0]);
  print_ratio("1 client / RocksDB, one Put", contenders[3], contenders[1]);
  print_ratio("64 clients / RocksDB, batches of 64", contenders[4], contenders[2]);
  server.stop();
}

// One line a second, so that a profiler's time is known to be busy.
void run_load_only(double seconds, int threads, std::size_t clients, std::size_t window) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(folder, threads);
  CommandLoad load(server.port(), clients);
  std::printf("server %d, %zu clients, window %zu\n", static_cast<int>(server.pid()), clients,
              window);
  std::fflush(stdout);
  std::vector<Contender> contenders = {
      {"durable commands over WebSocket", clients, [&](double s, Series& out) {
         load.run(s, clients, window, out);
         std::printf("%8.0f a second\n", out.rates.back());
         std::fflush(stdout);
       }}};
  run_rounds(contenders, seconds, 1);
  print_contenders(contenders);
  server.stop();
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  const char* budget = std::getenv("SILKLEDGER_BENCH_SECONDS");
  double seconds = budget != nullptr ? std::atof(budget) : silkledger::bench::kDefaultSeconds;
  int threads = 1;
  std::size_t clients = 0;
  std::size_t window = 1;
  try {
    for (int i = 1; i < argc; i += 2) {
      const std::string option = argv[i];
      if (i + 1 == argc) throw std::runtime_error(option + " needs a value");
      if (option == "--seconds") {
        seconds = std::atof(argv[i + 1]);
      } else if (option == "--threads") {
        threads = std::atoi(argv[i + 1]);
      } else if (option == "--clients") {
        clients = std::stoul(argv[i + 1]);
      } else if (option == "--window") {
        window = std::stoul(argv[i + 1]);
      } else {
        throw std::runtime_error("unknown option " + option);
      }
    }
    if (clients > 0) {
      silkledger::bench::run_load_only(seconds, threads, clients, window);
    } else {
      silkledger::bench::run(seconds, threads);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_append_server: %s\n", error.what());
    return 1;
  }
}
