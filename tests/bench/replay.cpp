// How fast one client gets a past: all events in which a county takes part, by one subscription
// over loopback, against the pages in which Redis and PostgreSQL hand out as many events.
//
//   bench_replay [--seconds S] [--size EVENTS]
#include <charconv>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/load/ledger_copies.h"
#include "tests/bench/load/live_socket.h"
#include "tests/bench/load/server_under_test.h"
#include "tests/bench/measuring/measure.h"
#include "tests/bench/measuring/report.h"
#include "tests/bench/peers/peers.h"

namespace silkledger::bench {
namespace {

constexpr std::string_view kEvent = R"({"type":"event","position":")";
constexpr std::string_view kCaughtUp = R"({"type":"caughtUp")";

// Events from the first to the head, in order; `filter` is a member of the subscription or empty.
std::uint64_t replay(std::uint16_t port, const std::string& filter) {
  LiveSocket socket(port, kAuditorToken);
  socket.add_text(R"({"type":"subscribeEvents","from":"1")" + filter + "}");
  socket.flush();
  std::uint64_t events = 0;
  std::uint64_t last = 0;
  while (true) {
    auto frame = socket.wait_for_text();
    if (frame.starts_with(kCaughtUp)) return events;
    if (!frame.starts_with(kEvent)) continue;
    frame.remove_prefix(kEvent.size());
    std::uint64_t position = 0;
    std::from_chars(frame.data(), frame.data() + frame.size(), position);
    if (position <= last) throw std::runtime_error("events came out of order");
    last = position;
    ++events;
  }
}

Contender reader(const std::string& name, std::uint64_t events,
                 const std::function<std::uint64_t()>& read) {
  return {name, 1, [=](double s, Series& out) {
            repeat(s, events, out, [&] {
              const auto got = read();
              if (got != events) {
                throw std::runtime_error(name + ": " + std::to_string(got) + " events of " +
                                         std::to_string(events));
              }
            });
          }};
}

void run(Report& report) {
  const testing::TemporaryFolder folder;
  const auto data = make_ledger(folder, "s0");
  OpenLog(data, false).fill(report.options().size);
  ServerUnderTest server(data);
  server.wait_for_views();
  const auto head = server.api().stand().head;
  if (replay(server.port(), "") != head) throw std::runtime_error("the whole history is not whole");
  const std::string county = R"(,"units":[")" + std::string(kClerkUnit) + R"("])";
  const auto events = replay(server.port(), county);
  report.figure("events of the log", static_cast<double>(head), "");
  report.figure("of them in the county's history", static_cast<double>(events), "");

  std::vector<Contender> contenders = {
      reader("a county's history, JSON", events, [&] { return replay(server.port(), county); })};
  std::vector<std::unique_ptr<Peer>> peers;
  if (report.options().peers) {
    peers.push_back(start_redis());
    peers.push_back(start_postgres());
    std::erase(peers, nullptr);
  }
  if (peers.size() < 2) report.skipped("Redis, PostgreSQL", "redis-server, postgresql");
  for (const auto& peer : peers) {
    peer->fill(events);
    contenders.push_back(reader(peer->name(), events, [&peer] { return peer->replay(); }));
  }
  run_rounds(contenders, report.options().seconds, 0);
  report.contenders(contenders);
  if (peers.empty()) return server.stop();
  std::vector<double> best;
  for (std::size_t round = 0; round < contenders[0].series.rates.size(); ++round) {
    best.push_back(0);
    for (std::size_t peer = 1; peer < contenders.size(); ++peer) {
      best.back() = std::max(best.back(), contenders[peer].series.rates[round]);
    }
  }
  report.result("replay", ratio_of(contenders[0].series.rates, best));
  server.stop();
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  silkledger::bench::BenchMain bench;
  bench.name = "bench_replay";
  bench.what = "历史重放 / a filtered history to one client";
  bench.size = 100'000;
  bench.smoke_size = 3'000;
  bench.run = [](silkledger::bench::Report& report) { silkledger::bench::run(report); };
  return silkledger::bench::run_bench(bench, argc, argv);
}
