// How benches measure: contenders take turns in one run, because the machine is noisy, and the
// median of the ratios within rounds counts.
//
// Threads: one. Errors: whatever goes wrong throws std::runtime_error and ends the bench.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace silkledger::bench {

using SteadyClock = std::chrono::steady_clock;

inline constexpr int kRoundsMin = 5;

double seconds_between(SteadyClock::time_point from, SteadyClock::time_point to);
double seconds_since(SteadyClock::time_point from);

// Throws with errno's words.
[[noreturn]] void fail_with_errno(const std::string& what);

// The value below which this share of the values lies; 0 of nothing.
double quantile(std::vector<double> values, double share);

// What the turns of one contender gave.
struct Series {
  std::vector<double> rates;      // per second, one a round
  std::vector<double> latencies;  // seconds, one an operation
};

// Does `work`, which does `amount` each time, until the time is up.
void repeat(double seconds, std::size_t amount, Series& series, const std::function<void()>& work);

struct Contender {
  std::string name;
  std::size_t clients = 1;
  std::function<void(double, Series&)> turn;  // works for so many seconds
  Series series = {};
};

// At least kRoundsMin rounds, then until the time is up; a turn lasts at most `turn_seconds`.
// Whoever follows another finds the disk as that one left it: so the order turns and is reversed.
void run_rounds(std::vector<Contender>& contenders, double seconds, double turn_seconds);

// The ratios of two series, round by round.
struct Ratio {
  double median = 0;
  double lower = 0;  // quartiles
  double upper = 0;
  std::size_t rounds = 0;
};
Ratio ratio_of(const std::vector<double>& ours, const std::vector<double>& theirs);

void print_contenders(const std::vector<Contender>& contenders);
void print_load_average(const char* when);

}  // namespace silkledger::bench
