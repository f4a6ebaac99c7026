#include "tests/bench/measuring/goals.h"

#include <algorithm>
#include <cassert>

namespace silkledger::bench {

double Goal::share_of(double value) const {
  if (sense == Sense::at_least) return value / first;
  return value > 0 ? first / value : 0;
}

const std::vector<Goal>& goals() {
  constexpr auto kAtLeast = Goal::Sense::at_least;
  constexpr auto kAtMost = Goal::Sense::at_most;
  static const std::vector<Goal> kGoals = {
      {"append-64", "append at the port, batch 64 / raw RocksDB", "x", kAtLeast, 0.55, 0.8},
      {"append-512", "append at the port, batch 512 / raw RocksDB", "x", kAtLeast, 0.3, 0.5},
      {"append-64-own", "64 commands in flight at the port / raw", "x", kAtLeast, 0.55, 0.8},
      {"append-512-own", "512 commands in flight at the port / raw", "x", kAtLeast, 0.3, 0.5},
      {"command-1", "1 client, binary command / fdatasync", "x", kAtLeast, 0.65, 0.85},
      {"command-64-redis", "64 clients, window 1, binary / Redis", "x", kAtLeast, 1.0, 2.0},
      {"command-64-postgres", "64 clients, window 1, binary / PostgreSQL", "x", kAtLeast, 2.5, 2.5},
      {"command-window-binary", "64 clients, window 16, binary / Redis", "x", kAtLeast, 1.0, 1.5},
      {"command-window-json", "64 clients, window 16, JSON / Redis", "x", kAtLeast, 0.5, 0.8},
      {"rebuild-five", "rebuild of five views / raw scan + decode", "x", kAtLeast, 0.15, 0.4},
      {"rebuild-row", "rebuild of all views, CPU per row touched", "us", kAtMost, 1, 0.4},
      {"rebuild-sql", "rebuild of all views / set-based SQL", "x", kAtLeast, 3, 10},
      {"replay", "filtered replay to one client / best peer", "x", kAtLeast, 1, 3},
      {"as-of", "any view at any past position, p99", "ms", kAtMost, 200, 30},
      {"start", "start after kill -9", "s", kAtMost, 5, 1},
      {"growth-append", "append: largest log / smallest", "x", kAtMost, 1.5, 1.2},
      {"growth-as-of", "as-of: largest log / smallest", "x", kAtMost, 1.5, 1.2},
      {"disk", "log with its indexes, per event", "bytes", kAtMost, 250, 160},
      {"fan-out-single", "1,000 subscribers, one event per write", "/s", kAtLeast, 110e3, 150e3},
      {"fan-out-waves", "1,000 subscribers, waves of 8", "/s", kAtLeast, 600e3, 1e6},
      {"fan-out-200-p99", "200 events/s to 1,000 subscribers, p99", "ms", kAtMost, 25, 15},
      {"fan-out-200-cpu", "200 events/s to 1,000 subscribers, CPU", "core", kAtMost, 0.5, 0.5},
      {"fan-out-1000", "1,000 events/s to 1,000 subscribers, p99", "ms", kAtMost, 50, 25},
      {"idle-plain", "memory of an idle subscriber, plain", "KB", kAtMost, 4, 2.5},
      {"idle-tls", "memory of an idle subscriber, TLS", "KB", kAtMost, 80, 40},
      {"accept", "accepting 5,000 connections", "/s", kAtLeast, 15e3, 25e3},
      {"stalled-p99", "1,000 of 5,000 stalled: others' p99", "x", kAtMost, 2, 1.5},
      {"stalled-memory", "1,000 of 5,000 stalled: memory gained", "MB", kAtMost, 16, 4},
  };
  return kGoals;
}

const Goal* find_goal(std::string_view name) {
  const auto found = std::ranges::find(goals(), name, &Goal::name);
  return found == goals().end() ? nullptr : &*found;
}

const Goal& goal(std::string_view name) {
  const Goal* found = find_goal(name);
  assert(found != nullptr);
  return *found;
}

}  // namespace silkledger::bench
