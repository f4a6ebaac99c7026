#include "tests/bench/measuring/measure.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

namespace silkledger::bench {

double seconds_between(SteadyClock::time_point from, SteadyClock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

double seconds_since(SteadyClock::time_point from) {
  return seconds_between(from, SteadyClock::now());
}

void fail_with_errno(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(static_cast<double>(values.size() - 1) * share + 0.5);
  std::nth_element(values.begin(), values.begin() + at, values.end());
  return values[static_cast<std::size_t>(at)];
}

void repeat(double seconds, std::size_t amount, Series& series, const std::function<void()>& work) {
  const auto start = SteadyClock::now();
  auto now = start;
  std::size_t done = 0;
  do {
    const auto before = now;
    work();
    now = SteadyClock::now();
    series.latencies.push_back(seconds_between(before, now));
    done += amount;
  } while (seconds_between(start, now) < seconds);
  series.rates.push_back(static_cast<double>(done) / seconds_between(start, now));
}

void run_rounds(std::vector<Contender>& contenders, double seconds, double turn_seconds) {
  const auto count = contenders.size();
  const auto turns_min = static_cast<double>(kRoundsMin) * static_cast<double>(count);
  const double turn = std::min(turn_seconds, seconds / turns_min);
  const auto start = SteadyClock::now();
  for (std::size_t round = 0; round < kRoundsMin || seconds_since(start) < seconds; ++round) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t next = (round + i) % count;
      auto& contender = contenders[round % 2 == 0 ? next : count - 1 - next];
      contender.turn(turn, contender.series);
    }
  }
}

Ratio ratio_of(const std::vector<double>& ours, const std::vector<double>& theirs) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < std::min(ours.size(), theirs.size()); ++round) {
    ratios.push_back(ours[round] / theirs[round]);
  }
  return {quantile(ratios, 0.5), quantile(ratios, 0.25), quantile(ratios, 0.75), ratios.size()};
}

void print_contenders(const std::vector<Contender>& contenders) {
  std::printf("%-48s %8s %11s %9s %9s\n", "what", "clients", "per s", "p50 ms", "p99 ms");
  for (const auto& contender : contenders) {
    const auto& series = contender.series;
    std::printf("%-48s %8zu %11.0f", contender.name.c_str(), contender.clients,
                quantile(series.rates, 0.5));
    if (!series.latencies.empty()) {
      std::printf(" %9.2f %9.2f", quantile(series.latencies, 0.5) * 1e3,
                  quantile(series.latencies, 0.99) * 1e3);
    }
    std::printf("\n");
  }
}

void print_load_average(const char* when) {
  std::array<double, 1> load{};
  if (::getloadavg(load.data(), 1) == 1) std::printf("load average %s: %.1f\n", when, load[0]);
}

}  // namespace silkledger::bench
