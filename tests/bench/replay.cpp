// How fast one client gets a past: all events in which a county takes part, by one subscription
// over loopback, against the pages in which Redis and PostgreSQL hand out as many events.
//
// The goal is about binary frames; JSON is measured beside it. The server keeps pages of old frames
// for whoever catches up, as the peers keep theirs in memory: a second server that keeps none shows
// what a history costs that nobody has read before. Of an event its position is read, at the place
// where an earlier replay, which opens every frame as a client does, has found it.
//
//   bench_replay [--seconds S] [--size EVENTS] [--only json|binary|unkept]
//
//   --only E   only this replay and nothing else, for a profiler to look at
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "clients/cpp/live_binary.h"
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
// In the first segment of a binary frame: the arm of LiveFrame, and the first word of a LiveEvent.
constexpr std::size_t kArmAt = 8;
constexpr std::size_t kPositionAt = 24;

// What a frame says to a reader of events.
struct Heard {
  std::uint64_t position = 0;  // of an event
  bool caught_up = false;
};
using Listen = std::function<Heard(std::string_view)>;

Heard skim_text(std::string_view frame) {
  Heard heard;
  heard.caught_up = frame.starts_with(kCaughtUp);
  if (frame.starts_with(kEvent)) {
    frame.remove_prefix(kEvent.size());
    std::from_chars(frame.data(), frame.data() + frame.size(), heard.position);
  }
  return heard;
}

Heard skim_binary(std::string_view frame) {
  constexpr std::uint16_t kEventArm = 4;
  constexpr std::uint16_t kCaughtUpArm = 5;
  Heard heard;
  std::uint32_t last_segment = 0;
  std::memcpy(&last_segment, frame.data(), std::min(frame.size(), sizeof last_segment));
  const std::size_t table_bytes = 8 * ((last_segment + 1) / 2 + 1);
  frame.remove_prefix(std::min(frame.size(), table_bytes));
  if (frame.size() < kPositionAt + sizeof heard.position) return heard;
  std::uint16_t arm = 0;
  std::memcpy(&arm, frame.data() + kArmAt, sizeof arm);
  heard.caught_up = arm == kCaughtUpArm;
  if (arm == kEventArm) {
    std::memcpy(&heard.position, frame.data() + kPositionAt, sizeof heard.position);
  }
  return heard;
}

// Opens all of it, the event too, and holds the skimming to what it finds.
Heard open_binary(std::string_view frame) {
  const auto opened = client::decode_frame(frame);
  if (!opened) throw std::runtime_error("a frame cannot be opened");
  Heard heard;
  heard.caught_up = std::holds_alternative<schema::LiveCaughtUp>(*opened);
  if (const auto* event = std::get_if<schema::LiveEvent>(&*opened)) {
    heard.position = event->position;
    if (!client::decode_stored(event->stored)) throw std::runtime_error("an event is damaged");
  }
  const auto skimmed = skim_binary(frame);
  if (skimmed.position != heard.position || skimmed.caught_up != heard.caught_up) {
    throw std::runtime_error("frames are laid out otherwise than they are skimmed");
  }
  return heard;
}

// Events from the first to the head, in order.
std::uint64_t replay(std::uint16_t port, Encoding encoding,
                     const std::optional<std::vector<std::string>>& units, const Listen& listen) {
  LiveSocket socket(port, kAuditorToken, encoding);
  if (encoding == Encoding::binary) {
    socket.add_message(client::encode_message(schema::LiveSubscribeEvents{1, {}, units, {}}));
  } else {
    const std::string filter = units ? R"(,"units":[")" + units->front() + R"("])" : "";
    socket.add_message(R"({"type":"subscribeEvents","from":"1")" + filter + "}");
  }
  socket.flush();
  std::uint64_t events = 0;
  std::uint64_t last = 0;
  while (true) {
    const auto heard = listen(socket.wait_for_message());
    if (heard.caught_up) return events;
    if (heard.position == 0) continue;
    if (heard.position <= last) throw std::runtime_error("events came out of order");
    last = heard.position;
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

// A data folder with a log of that many events.
std::string filled_ledger(const testing::TemporaryFolder& folder, std::uint64_t events) {
  auto data = make_ledger(folder, "s0");
  OpenLog(data, false).fill(events);
  return data;
}

const std::vector<std::string> kCounty = {kClerkUnit};

std::uint64_t county_in_binary(std::uint16_t port) {
  return replay(port, Encoding::binary, kCounty, skim_binary);
}
std::uint64_t county_in_text(std::uint16_t port) {
  return replay(port, Encoding::json, kCounty, skim_text);
}

constexpr const char* kNoPages = "replay_pages_bytes_max=0";

void run(Report& report) {
  const testing::TemporaryFolder folder;
  const auto data = filled_ledger(folder, report.options().size);
  const auto copy = folder.file("copy");
  testing::copy_folder(data, copy);
  ServerUnderTest server(data);
  ServerUnderTest forgetful(copy, 1, {kNoPages});
  server.wait_for_views();
  forgetful.wait_for_views();
  const auto port = server.port();
  const auto forgetful_port = forgetful.port();
  const auto head = server.api().stand().head;
  const auto events = county_in_binary(port);
  if (replay(port, Encoding::binary, {}, open_binary) != head ||
      replay(port, Encoding::json, {}, skim_text) != head) {
    throw std::runtime_error("the whole history is not whole");
  }
  report.figure("events of the log", static_cast<double>(head), "");
  report.figure("of them in the county's history", static_cast<double>(events), "");
  std::vector<Contender> contenders = {
      reader("a county's history, binary", events, [port] { return county_in_binary(port); }),
      reader("a county's history, JSON", events, [port] { return county_in_text(port); }),
      reader("a county's history, binary, no pages kept", events,
             [forgetful_port] { return county_in_binary(forgetful_port); })};
  const auto ours = contenders.size();
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
    for (std::size_t peer = ours; peer < contenders.size(); ++peer) {
      best.back() = std::max(best.back(), contenders[peer].series.rates[round]);
    }
  }
  report.result("replay", ratio_of(contenders[0].series.rates, best));
  server.stop();
}

// One line a replay, so that a profiler's time is known to be busy.
void run_only(Report& report, const std::string& only) {
  const testing::TemporaryFolder folder;
  ServerUnderTest server(
      filled_ledger(folder, report.options().size), 1,
      only == "unkept" ? std::vector<std::string>{kNoPages} : std::vector<std::string>{});
  server.wait_for_views();
  std::printf("server %d\n", static_cast<int>(server.pid()));
  const auto start = SteadyClock::now();
  while (seconds_since(start) < report.options().seconds) {
    const auto before = SteadyClock::now();
    const auto events =
        only == "json" ? county_in_text(server.port()) : county_in_binary(server.port());
    std::printf("%8.0f events a second\n", static_cast<double>(events) / seconds_since(before));
    std::fflush(stdout);
  }
  server.stop();
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  std::string only;
  silkledger::bench::BenchMain bench;
  bench.name = "bench_replay";
  bench.what = "历史重放 / a filtered history to one client";
  bench.size = 100'000;
  bench.smoke_size = 3'000;
  bench.add = [&](CLI::App& app) {
    app.add_option("--only", only, "只加此负载 / only this load, for a profiler")
        ->check(CLI::IsMember({"json", "binary", "unkept"}));
  };
  bench.run = [&](silkledger::bench::Report& report) {
    if (only.empty()) {
      silkledger::bench::run(report);
    } else {
      silkledger::bench::run_only(report, only);
    }
  };
  return silkledger::bench::run_bench(bench, argc, argv);
}
