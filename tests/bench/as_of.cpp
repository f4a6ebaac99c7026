// What it costs to see a view as it was: pages of every view at random earlier positions, asked of
// the server over HTTP as a user does, one at a time.
//
//   bench_as_of [--seconds S] [--size EVENTS] [--seed N]
#include <CLI/CLI.hpp>
#include <cstdio>
#include <random>
#include <stdexcept>
#include <string>

#include "projections/view.h"
#include "tests/bench/load/ledger_copies.h"
#include "tests/bench/load/server_under_test.h"
#include "tests/bench/measuring/measure.h"
#include "tests/bench/measuring/report.h"

namespace silkledger::bench {
namespace {

constexpr int kQuestionsMin = 10;

// The ledger is made, served, and its views are up.
void ask(Report& report, std::uint64_t seed) {
  const testing::TemporaryFolder folder;
  const auto data = make_ledger(folder, "s0");
  {
    OpenLog log(data, false);
    log.fill(report.options().size);
  }
  auto start = SteadyClock::now();
  ServerUnderTest server(data);
  server.wait_for_views();
  auto api = server.api(kAuditorToken);  // who sees rows
  const auto head = api.stand().head;
  report.figure("events of the log", static_cast<double>(head), "");
  report.figure("start that folds them all", seconds_since(start), "s");

  std::mt19937_64 random(seed);
  const auto views = projections::catalogue();
  Series series;
  start = SteadyClock::now();
  for (int i = 0; i < kQuestionsMin || seconds_since(start) < report.options().seconds; ++i) {
    const auto position = random() % head + 1;
    const auto& view = views[random() % views.size()].name;
    const auto before = SteadyClock::now();
    const auto answer =
        api.get("/api/v1/views/" + view + "?limit=50&asOf=" + std::to_string(position));
    series.latencies.push_back(seconds_since(before));
    if (answer.status != 200) throw std::runtime_error(view + ": " + answer.raw);
    if (testing::number_of(answer.object(), "applied") != position) {
      throw std::runtime_error("the page is not of position " + std::to_string(position));
    }
  }
  const auto count = series.latencies.size();
  report.figure("questions, seed " + std::to_string(seed), static_cast<double>(count), "");
  report.figure("as-of of any view at any position, p50", quantile(series.latencies, 0.5) * 1e3,
                "ms");
  report.figure("the slowest", quantile(series.latencies, 1) * 1e3, "ms");
  report.result("as-of", quantile(series.latencies, 0.99) * 1e3);
  server.stop();
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  std::uint64_t seed = 1;
  silkledger::bench::BenchMain bench;
  bench.name = "bench_as_of";
  bench.what = "回溯 / views at earlier positions";
  bench.size = 800'000;
  bench.smoke_size = 3'000;
  bench.add = [&](CLI::App& app) { app.add_option("--seed", seed, "种子 / seed"); };
  bench.run = [&](silkledger::bench::Report& report) { silkledger::bench::ask(report, seed); };
  return silkledger::bench::run_bench(bench, argc, argv);
}
