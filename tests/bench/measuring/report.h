// What a bench says: figures as they come, at the end a table of its goals, and each of both as a
// line of JSON for programs. Also the options that all benches have.
//
// Threads: one. Errors: throws std::runtime_error when the lines cannot be written.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/measuring/goals.h"
#include "tests/bench/measuring/measure.h"

namespace CLI {
class App;
}

namespace silkledger::bench {

struct BenchOptions {
  double seconds = 0;      // for what is measured; making the data comes on top
  std::uint64_t size = 0;  // events of the log, where a bench has one
  std::string results;     // file to which lines of JSON are appended; none when empty
  bool smoke = false;      // only see that it runs
  bool peers = true;       // measure Redis and PostgreSQL too, where they are installed
};

class Report {
 public:
  Report(std::string bench, std::string command, BenchOptions options);

  const BenchOptions& options() const { return options_; }

  // A figure that is no goal.
  void figure(const std::string& what, double value, const std::string& unit);
  // One row of the goals.
  void result(std::string_view goal, double value);
  void result(std::string_view goal, const Ratio& ratio);
  // Rates and latencies of contenders, as a table and as figures.
  void contenders(const std::vector<Contender>& contenders);
  // What was not done, and why.
  void skipped(const std::string& what, const std::string& why);

  // Prints the table of goals.
  void finish();

 private:
  struct Row {
    const Goal* goal;
    Ratio measured;
  };
  void write(std::string_view what, std::string_view unit, const Ratio& measured, const Goal* goal);

  std::string bench_;
  std::string command_;
  BenchOptions options_;
  std::vector<Row> rows_;
};

// main() of a bench. `size` is its default, `smoke_size` that of a smoke run; `add` may add options
// of its own. Errors are printed with the bench's name, exit code 1.
struct BenchMain {
  std::string name;
  std::string what;
  double seconds = 20;
  std::uint64_t size = 0;
  std::uint64_t smoke_size = 0;
  std::function<void(CLI::App&)> add = {};
  std::function<void(Report&)> run;
};
int run_bench(const BenchMain& bench, int argc, char** argv);

}  // namespace silkledger::bench
