// What a large ledger costs that a small one does not: one of a hundredth of the events and the
// whole one are served at the same time and asked in turns. Then the server of the large one is
// killed under load and started again, and the log's tables are weighed.
//
//   bench_growth [--seconds S] [--size EVENTS] [--seed N]
//
// The goals are meant for ten million events: --size 10000000. Each million takes about half a
// gigabyte below TMPDIR, and on two busy processors four minutes.
#include <rocksdb/db.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "projections/view.h"
#include "tests/bench/load/closed_loop.h"
#include "tests/bench/load/command_client.h"
#include "tests/bench/load/ledger_copies.h"
#include "tests/bench/load/server_under_test.h"
#include "tests/bench/measuring/measure.h"
#include "tests/bench/measuring/process_usage.h"
#include "tests/bench/measuring/report.h"

namespace silkledger::bench {
namespace {

constexpr std::size_t kClients = 64;
constexpr std::uint64_t kTimesLarger = 100;
constexpr double kTurnSeconds = 0.5;

// A ledger of so many events and its server.
class Ledger {
 public:
  Ledger(std::uint64_t events, std::uint64_t seed)
      : data_(make_ledger(folder_, "s0")), random_(seed) {
    auto start = SteadyClock::now();
    {
      OpenLog log(data_, false);
      log.fill(events);
      head_ = log.store().head().position;
    }
    filled_seconds_ = seconds_since(start);
    start = SteadyClock::now();
    server_ = std::make_unique<ServerUnderTest>(data_);
    server_->wait_for_views();
    folded_seconds_ = seconds_since(start);
  }

  // The connections of the load, and one for questions; `run` tells the commands apart. To be used
  // soon: nobody answers pings on idle ones.
  void connect(const std::string& run) {
    load_ = std::make_unique<ClosedLoop>(command_clients(server_->port(), run, kClients));
    api_ = std::make_unique<testing::ApiClient>(server_->api(kAuditorToken));  // who sees rows
  }

  void append(double seconds, Series& series) { load_->run(seconds, kClients, 1, series); }

  // One question after another about a view at a past position.
  void look_back(double seconds, Series& series) {
    repeat(seconds, 1, series, [this] {
      const auto& view = views_[random_() % views_.size()].name;
      const auto position = std::to_string(random_() % head_ + 1);
      const auto answer = api_->get("/api/v1/views/" + view + "?limit=50&asOf=" + position);
      if (answer.status != 200) throw std::runtime_error(view + ": " + answer.raw);
    });
  }

  // Seconds from the start of the process to the first stored command and to views at the head.
  struct Start {
    double command = 0;
    double views = 0;
  };
  Start kill_and_start(const std::string& run) {
    Series ignored;
    append(kTurnSeconds, ignored);
    server_->kill9();
    const auto start = SteadyClock::now();
    server_->start();
    connect(run);
    load_->run(0, 1, 1, ignored);
    Start took;
    took.command = seconds_since(start);
    const auto head = testing::number_of(api_->get("/api/v1/head").object(), "head");
    while (true) {
      const auto page = api_->get("/api/v1/views/lead?limit=1&minPosition=" + std::to_string(head));
      if (page.status == 200) break;
      if (page.status != 503) throw std::runtime_error(page.raw);
    }
    took.views = seconds_since(start);
    if (head < head_) throw std::runtime_error("events were lost");
    return took;
  }

  // The log's tables once everything is in them, per event.
  double bytes_per_event() {
    load_.reset();
    server_->stop();
    const auto events = OpenLog(data_).store().head().position;
    flush_log();
    std::uint64_t bytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(data_ + "/log")) {
      if (file.path().extension() == ".sst") bytes += file.file_size();
    }
    return static_cast<double>(bytes) / static_cast<double>(events);
  }

  double resident_bytes() const { return resident_bytes_of(server_->pid()); }
  std::uint64_t head() const { return head_; }
  double filled_seconds() const { return filled_seconds_; }
  double folded_seconds() const { return folded_seconds_; }

 private:
  void flush_log() const;

  testing::TemporaryFolder folder_;
  std::string data_;
  std::unique_ptr<ServerUnderTest> server_;
  std::unique_ptr<ClosedLoop> load_;
  std::unique_ptr<testing::ApiClient> api_;
  const projections::Catalogue views_ = projections::catalogue();
  std::mt19937_64 random_;
  std::uint64_t head_ = 0;
  double filled_seconds_ = 0;
  double folded_seconds_ = 0;
};

void Ledger::flush_log() const {
  const auto check = [](const rocksdb::Status& status) {
    if (!status.ok()) throw std::runtime_error("RocksDB: " + status.ToString());
  };
  const std::string path = data_ + "/log";
  std::vector<std::string> names;
  check(rocksdb::DB::ListColumnFamilies({}, path, &names));
  rocksdb::ColumnFamilyOptions options;
  options.compression = rocksdb::kLZ4Compression;
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const auto& name : names) families.emplace_back(name, options);
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* opened = nullptr;
  check(rocksdb::DB::Open({}, path, families, &handles, &opened));
  const std::unique_ptr<rocksdb::DB> db(opened);
  for (auto* handle : handles) check(db->Flush({}, handle));
  for (auto* handle : handles) check(db->DestroyColumnFamilyHandle(handle));
}

void run(Report& report, std::uint64_t seed) {
  const auto size = report.options().size;
  Ledger small(size / kTimesLarger, seed);
  Ledger large(size, seed);
  report.figure("events of the small log", static_cast<double>(small.head()), "");
  report.figure("events of the large log", static_cast<double>(large.head()), "");
  report.figure("writing the large log through the port",
                static_cast<double>(large.head()) / large.filled_seconds(), "events/s");
  report.figure("first start: views of the large log folded from nothing", large.folded_seconds(),
                "s");

  small.connect("filled");
  large.connect("filled");
  std::vector<Contender> contenders = {
      {"commands, small log", kClients, [&](double s, Series& out) { small.append(s, out); }},
      {"commands, large log", kClients, [&](double s, Series& out) { large.append(s, out); }},
      {"as-of, small log", 1, [&](double s, Series& out) { small.look_back(s, out); }},
      {"as-of, large log", 1, [&](double s, Series& out) { large.look_back(s, out); }}};
  run_rounds(contenders, report.options().seconds, kTurnSeconds);
  report.contenders(contenders);
  report.figure("memory of the server of the large log", large.resident_bytes() / 1e6, "MB");
  // Costs are the inverse of rates.
  report.result("growth-append", ratio_of(contenders[0].series.rates, contenders[1].series.rates));
  report.result("growth-as-of", ratio_of(contenders[2].series.rates, contenders[3].series.rates));

  std::vector<double> starts;
  for (int i = 0; i < kRoundsMin; ++i) {
    const auto took = large.kill_and_start("start-" + std::to_string(i));
    report.figure("start after kill -9, first command stored", took.command, "s");
    report.figure("start after kill -9, views at the head", took.views, "s");
    starts.push_back(std::max(took.command, took.views));
  }
  report.result("start", {quantile(starts, 0.5), quantile(starts, 0.25), quantile(starts, 0.75),
                          starts.size()});
  report.result("disk", large.bytes_per_event());
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  std::uint64_t seed = 1;
  silkledger::bench::BenchMain bench;
  bench.name = "bench_growth";
  bench.what = "规模 / growth, start after kill -9, bytes on disk";
  bench.size = 1'000'000;
  bench.smoke_size = 3'000;
  bench.add = [&](CLI::App& app) { app.add_option("--seed", seed, "种子 / seed"); };
  bench.run = [&](silkledger::bench::Report& report) { silkledger::bench::run(report, seed); };
  return silkledger::bench::run_bench(bench, argc, argv);
}
