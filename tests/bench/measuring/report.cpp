#include "tests/bench/measuring/report.h"

#include <sys/utsname.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "tests/bench/measuring/supervised.h"

namespace silkledger::bench {
namespace {

namespace json = boost::json;

constexpr double kSmokeSeconds = 1;
// The benches that share SILKLEDGER_BENCH_SECONDS.
constexpr double kBenches = 7;

std::string now_utc() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

std::string processor() {
  std::ifstream lines("/proc/cpuinfo");
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
  }
  return "";
}

json::object machine() {
  utsname names{};
  ::uname(&names);
  double load = 0;
  ::getloadavg(&load, 1);
  const auto pages = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES));
  const auto page_bytes = static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
  return {{"processor", processor()},
          {"processors", ::sysconf(_SC_NPROCESSORS_ONLN)},
          {"memoryMiB", pages * page_bytes >> 20},
          {"kernel", names.release},
          {"loadAverage", load}};
}

std::string number(double value) {
  char text[32];
  const int decimals = value >= 1000 ? 0 : value >= 10 ? 1 : 2;
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

}  // namespace

Report::Report(std::string bench, std::string command, BenchOptions options)
    : bench_(std::move(bench)), command_(std::move(command)), options_(std::move(options)) {
  print_load_average("before");
}

void Report::figure(const std::string& what, double value, const std::string& unit) {
  std::printf("%-57s %11s %s\n", what.c_str(), number(value).c_str(), unit.c_str());
  std::fflush(stdout);
  write(what, unit, {value, value, value, 1}, nullptr);
}

void Report::result(std::string_view name, double value) {
  result(name, Ratio{value, value, value, 1});
}

void Report::result(std::string_view name, const Ratio& ratio) {
  const Goal& goal = bench::goal(name);
  rows_.push_back({&goal, ratio});
  write(goal.what, goal.unit, ratio, &goal);
}

void Report::contenders(const std::vector<Contender>& contenders) {
  print_contenders(contenders);
  std::fflush(stdout);
  for (const auto& contender : contenders) {
    const auto& rates = contender.series.rates;
    write(contender.name + ", clients: " + std::to_string(contender.clients), "/s",
          {quantile(rates, 0.5), quantile(rates, 0.25), quantile(rates, 0.75), rates.size()},
          nullptr);
  }
}

void Report::skipped(const std::string& what, const std::string& why) {
  std::printf("%s: 未测 / not measured, %s\n", what.c_str(), why.c_str());
}

void Report::finish() {
  print_load_average("after");
  std::printf("\n%-44s %9s %9s %9s %6s %9s %9s\n", "goal", "measured", "lower", "upper", "rounds",
              "first", "aim");
  for (const auto& [goal, measured] : rows_) {
    const char* bound = goal->sense == Goal::Sense::at_least ? ">= " : "<= ";
    std::printf("%-44s %9s %9s %9s %6zu %9s %9s %s %s\n", std::string(goal->what).c_str(),
                number(measured.median).c_str(), number(measured.lower).c_str(),
                number(measured.upper).c_str(), measured.rounds,
                (bound + number(goal->first)).c_str(), (bound + number(goal->aim)).c_str(),
                std::string(goal->unit).c_str(),
                goal->met_by(measured.median) ? "达到 met" : "未达 MISSED");
  }
  std::fflush(stdout);
}

void Report::write(std::string_view what, std::string_view unit, const Ratio& measured,
                   const Goal* goal) {
  if (options_.results.empty()) return;
  json::object line = {{"date", now_utc()},
                       {"bench", bench_},
                       {"what", what},
                       {"unit", unit},
                       {"value", measured.median},
                       {"lower", measured.lower},
                       {"upper", measured.upper},
                       {"rounds", measured.rounds}};
  if (goal != nullptr) {
    line["goal"] = goal->name;
    line["met"] = goal->met_by(measured.median);
  }
  line["command"] = command_;
  line["machine"] = machine();
  std::ofstream out(options_.results, std::ios::app);
  out << json::serialize(line) << '\n';
  out.close();
  if (!out) throw std::runtime_error("cannot write " + options_.results);
}

int run_bench(const BenchMain& bench, int argc, char** argv) {
  BenchOptions options;
  options.seconds = bench.seconds;
  CLI::App app(bench.what);
  app.set_help_flag("-h,--help", "帮助 / help");
  app.add_option("--seconds", options.seconds, "测量时间 / time to measure")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  if (bench.size > 0) {
    app.add_option("--size", options.size, "台账事件数 / events of the log")
        ->check(CLI::PositiveNumber);
  }
  app.add_option("--results", options.results, "结果文件 / append lines of JSON to this file");
  app.add_flag("--smoke", options.smoke,
               "只看能否运行 / only see that it runs, within its share of "
               "SILKLEDGER_BENCH_SECONDS");
  app.add_flag("--peers,!--no-peers", options.peers, "是否测量 Redis、PostgreSQL / peers too");
  if (bench.add) bench.add(app);
  CLI11_PARSE(app, argc, argv);
  const char* budget = std::getenv("SILKLEDGER_BENCH_SECONDS");
  if (options.smoke && app.count("--seconds") == 0) {
    options.seconds = budget != nullptr ? std::atof(budget) / kBenches : kSmokeSeconds;
  }
  if (options.size == 0) options.size = options.smoke ? bench.smoke_size : bench.size;
  std::string command = bench.name;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--results") {
      ++i;  // says nothing about what was measured
    } else {
      command += std::string(" ") + argv[i];
    }
  }
  return supervised([&] {
    try {
      Report report(bench.name, command, options);
      bench.run(report);
      report.finish();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "%s: %s\n", bench.name.c_str(), error.what());
      return 1;
    }
    return 0;
  });
}

}  // namespace silkledger::bench
