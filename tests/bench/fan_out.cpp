// What it costs to tell a thousand people at once: one process serves, kept on one processor, and
// this one is the crowd, kept on another.
//
// In turns: the server and a bare epoll loop, one event at a time and waves of 8, each wave
// published when the last was received by all. The rate counted is frames per second of the
// server's processor time, that is of one core: the wait for a wave to gather, and the crowd's own
// time, are no work of the server. Commands, appends and folds are in it. Then events at a steady
// rate with their delay from the sent command to the received frame; then 5,000 connections, idle,
// and with 1,000 of them not reading.
//
//   bench_fan_out [--seconds S] [--subscribers N]
//   bench_fan_out --rate R    this load and nothing else, for a profiler
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/load/broadcasters.h"
#include "tests/bench/load/crowd.h"
#include "tests/bench/load/server_under_test.h"
#include "tests/bench/measuring/measure.h"
#include "tests/bench/measuring/process_usage.h"
#include "tests/bench/measuring/report.h"

namespace silkledger::bench {
namespace {

constexpr std::size_t kWave = 8;
constexpr std::size_t kManyTimes = 5;  // the large crowd
constexpr double kTurnSeconds = 0.5;
constexpr std::size_t kBurstWaves = 16;
constexpr double kStalledRate = 20;

// Waves, each once everybody has the last; the rate is frames per second of the sender's processor.
void run_waves(Broadcaster& broadcaster, Crowd& crowd, std::size_t events, double seconds,
               Series& series, std::vector<double>* elapsed_rates) {
  const auto start = SteadyClock::now();
  const double used = processor_seconds_of(broadcaster.pid());
  std::size_t frames = 0;
  while (frames == 0 || seconds_since(start) < seconds) {
    const auto before = SteadyClock::now();
    broadcaster.publish(events);
    crowd.wait_for(broadcaster.head());
    series.latencies.push_back(seconds_since(before));
    broadcaster.settle();
    frames += events * crowd.reading();
  }
  const auto count = static_cast<double>(frames);
  series.rates.push_back(count / (processor_seconds_of(broadcaster.pid()) - used));
  if (elapsed_rates != nullptr) elapsed_rates->push_back(count / seconds_since(start));
}

struct Steady {
  double p50_ms = 0;
  double p99_ms = 0;
  double cores = 0;
  double sent_rate = 0;
};

// Events at this rate. A delay counts from when the event was due, also when the server's limit of
// unanswered commands held it back.
Steady run_steady(Broadcaster& broadcaster, Crowd& crowd, double rate, double seconds) {
  const auto gap =
      std::chrono::duration_cast<SteadyClock::duration>(std::chrono::duration<double>(1 / rate));
  const auto first = broadcaster.head() + 1;
  std::vector<SteadyClock::time_point> sent;
  std::vector<double> delays;
  auto now = SteadyClock::now();
  crowd.on_event([&](std::uint64_t position) {
    if (position >= first) delays.push_back(seconds_between(sent[position - first], now));
  });
  const auto start = now;
  const double used = processor_seconds_of(broadcaster.pid());
  for (auto due = start; seconds_between(start, now) < seconds;) {
    if (now < due) {
      crowd.take(std::chrono::duration_cast<std::chrono::microseconds>(due - now));
    } else if (broadcaster.is_ready()) {
      sent.push_back(due);
      broadcaster.publish(1);
      due += gap;
    } else {
      crowd.take(std::chrono::milliseconds(1));
    }
    now = SteadyClock::now();
  }
  const double took = seconds_since(start);
  const double cores = (processor_seconds_of(broadcaster.pid()) - used) / took;
  while (delays.size() < sent.size() * crowd.reading()) {
    now = SteadyClock::now();
    crowd.take(std::chrono::milliseconds(10));
    if (seconds_since(start) > seconds + 60) throw std::runtime_error("events did not come");
  }
  crowd.on_event(nullptr);
  broadcaster.settle();
  return {quantile(delays, 0.5) * 1e3, quantile(delays, 0.99) * 1e3, cores,
          static_cast<double>(sent.size()) / took};
}

void compare_waves(Report& report, ServedEvents& served, Crowd& crowd, double seconds) {
  // The first event tells how large frames are.
  served.publish(1);
  crowd.wait_for(served.head());
  served.settle();
  BareEvents bare(crowd.frame_bytes());
  Crowd bare_crowd(bare.port(), bare.tokens(), crowd.reading());
  bare_crowd.subscribe(1);
  keep_on_processor(bare.pid(), 0);
  report.figure("bytes of a frame", static_cast<double>(crowd.frame_bytes()), "");

  std::vector<double> elapsed_single;
  std::vector<double> elapsed_waves;
  const auto waves = [](Broadcaster& broadcaster, Crowd& of, std::size_t events,
                        std::vector<double>* elapsed) {
    return [&broadcaster, &of, events, elapsed](double s, Series& out) {
      run_waves(broadcaster, of, events, s, out, elapsed);
    };
  };
  std::vector<Contender> contenders = {
      {"bare, one event a write", crowd.reading(), waves(bare, bare_crowd, 1, nullptr)},
      {"server, one event a write", crowd.reading(), waves(served, crowd, 1, &elapsed_single)},
      {"bare, waves of 8", crowd.reading(), waves(bare, bare_crowd, kWave, nullptr)},
      {"server, waves of 8", crowd.reading(), waves(served, crowd, kWave, &elapsed_waves)}};
  run_rounds(contenders, seconds, kTurnSeconds);
  report.contenders(contenders);
  report.figure("frames per second elapsed, one event a write", quantile(elapsed_single, 0.5),
                "/s");
  report.figure("frames per second elapsed, waves of 8", quantile(elapsed_waves, 0.5), "/s");
  const auto figures = [&](std::size_t i) {
    const auto& rates = contenders[i].series.rates;
    return Ratio{quantile(rates, 0.5), quantile(rates, 0.25), quantile(rates, 0.75), rates.size()};
  };
  report.result("fan-out-single", figures(1));
  report.result("fan-out-waves", figures(3));
  const auto of_bare = [&](std::size_t ours, std::size_t limit) {
    return ratio_of(contenders[ours].series.rates, contenders[limit].series.rates).median;
  };
  report.figure("server / bare, one event a write", of_bare(1, 0), "x");
  report.figure("server / bare, waves of 8", of_bare(3, 2), "x");
}

void steady_rates(Report& report, ServedEvents& served, Crowd& crowd, double seconds) {
  const auto slow = run_steady(served, crowd, 200, seconds / 2);
  report.figure("200 events/s: p50", slow.p50_ms, "ms");
  report.result("fan-out-200-p99", slow.p99_ms);
  report.result("fan-out-200-cpu", slow.cores);
  const auto quick = run_steady(served, crowd, 1000, seconds / 2);
  report.figure("1,000 events/s: sent", quick.sent_rate, "/s");
  report.figure("1,000 events/s: p50", quick.p50_ms, "ms");
  report.figure("1,000 events/s: cores", quick.cores, "");
  report.result("fan-out-1000", quick.p99_ms);
}

// What many events at once add to the server's memory, in megabytes.
double burst(ServedEvents& served, Crowd& crowd) {
  Series ignored;
  const double before = resident_bytes_of(served.pid());
  for (std::size_t wave = 0; wave < kBurstWaves; ++wave) {
    run_waves(served, crowd, kWave, 0, ignored, nullptr);
  }
  return (resident_bytes_of(served.pid()) - before) / 1e6;
}

// Some stop reading while the others go on, again and again; those get everything in the end. The
// memory that counts is what a burst adds beyond what it adds when all read.
void stalled_readers(Report& report, ServedEvents& served, Crowd& crowd, double seconds) {
  std::vector<double> ratios;
  std::vector<double> gained;
  const double turn = seconds / (2 * kRoundsMin);
  for (int round = 0; round < kRoundsMin; ++round) {
    const auto all = run_steady(served, crowd, kStalledRate, turn);
    const double usual = burst(served, crowd);
    crowd.stall();
    gained.push_back(burst(served, crowd) - usual);
    const auto others = run_steady(served, crowd, kStalledRate, turn);
    ratios.push_back(others.p99_ms / all.p99_ms);
    crowd.resume();
    crowd.wait_for(served.head());
  }
  report.result("stalled-p99", {quantile(ratios, 0.5), quantile(ratios, 0.25),
                                quantile(ratios, 0.75), ratios.size()});
  report.result("stalled-memory", {quantile(gained, 0.5), quantile(gained, 0.25),
                                   quantile(gained, 0.75), gained.size()});
}

void active_crowd(Report& report, std::size_t subscribers) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(make_ledger(folder, "tiny"));
  ServedEvents served(server, subscribers);
  keep_on_processor(server.pid(), 0);
  Crowd crowd(server.port(), served.tokens(), subscribers);
  crowd.subscribe(served.head() + 1);
  compare_waves(report, served, crowd, report.options().seconds / 2);
  steady_rates(report, served, crowd, report.options().seconds / 4);
  server.stop();
}

// A steady rate alone, with the server's process id.
void one_rate(Report& report, std::size_t subscribers, double rate) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(make_ledger(folder, "tiny"));
  ServedEvents served(server, subscribers);
  keep_on_processor(server.pid(), 0);
  Crowd crowd(server.port(), served.tokens(), subscribers);
  crowd.subscribe(served.head() + 1);
  std::printf("server: process %d\n", static_cast<int>(server.pid()));
  std::fflush(stdout);
  const auto steady = run_steady(served, crowd, rate, report.options().seconds);
  report.figure("events sent", steady.sent_rate, "/s");
  report.figure("p50", steady.p50_ms, "ms");
  report.figure("p99", steady.p99_ms, "ms");
  report.figure("cores", steady.cores, "");
  server.stop();
}

// On a server of its own: memory that others gave back would be taken for nothing.
void idle_crowd(Report& report, std::size_t subscribers) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(make_ledger(folder, "tiny"));
  const std::size_t many = subscribers * kManyTimes;
  ServedEvents served(server, many);
  keep_on_processor(server.pid(), 0);
  const double before = resident_bytes_of(server.pid());
  Crowd crowd(server.port(), served.tokens(), many, subscribers);
  report.result("accept", static_cast<double>(many) / crowd.connect_seconds());
  crowd.subscribe(served.head() + 1);
  report.result("idle-plain",
                (resident_bytes_of(server.pid()) - before) / static_cast<double>(many) / 1e3);
  report.skipped("memory of an idle subscriber, TLS", "the server speaks no TLS yet");
  stalled_readers(report, served, crowd, report.options().seconds / 4);
  server.stop();
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  std::size_t subscribers = 0;
  double rate = 0;
  silkledger::bench::BenchMain bench;
  bench.name = "bench_fan_out";
  bench.what = "推送 / events to many subscribers, against bare sends";
  bench.add = [&](CLI::App& app) {
    app.add_option("--subscribers", subscribers, "订阅者 / subscribers; five times as many idle");
    app.add_option("--rate", rate, "只测此速率 / events a second, and nothing else");
  };
  bench.run = [&](silkledger::bench::Report& report) {
    if (subscribers == 0) subscribers = report.options().smoke ? 50 : 1000;
    silkledger::bench::keep_on_processor(::getpid(), 1);
    if (rate > 0) return silkledger::bench::one_rate(report, subscribers, rate);
    silkledger::bench::active_crowd(report, subscribers);
    silkledger::bench::idle_crowd(report, subscribers);
  };
  return silkledger::bench::run_bench(bench, argc, argv);
}
