// How close the whole way comes to the disk: a durable command over WebSocket, decided, stored and
// answered by the real server, load generator included, against the same disk without us.
//
// In turns, in one run: fdatasync after a 4 KiB append; RocksDB with one synced Put; RocksDB with
// synced batches of 64; the server with one client; the server with 64 clients. A client sends its
// next command when it has the answer (window 1). A round is one turn of each, and the median of
// the ratios within rounds counts, because the machine is noisy.
//
//   bench_append_server [--seconds S] [--threads N]
//
//   --seconds S   for all turns together (default SILKLEDGER_BENCH_SECONDS, else 20)
//   --threads N   of the server (default 1, as it is started without a word)
//
// TMPDIR says which disk is measured.
#include <fcntl.h>
#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "tests/bench/live_socket.h"
#include "tests/support/child_process.h"

namespace silkledger::bench {
namespace {

using SteadyClock = std::chrono::steady_clock;
using testing::ChildProcess;
using testing::TemporaryFolder;

constexpr double kDefaultSeconds = 20;
constexpr int kRoundsMin = 5;
constexpr double kTurnSeconds = 0.2;  // unless the budget is too small for kRoundsMin of them
constexpr std::size_t kClients = 64;
constexpr std::size_t kBatch = 64;
constexpr std::size_t kRecordBytes = 300;
constexpr std::size_t kAppendBytes = 4096;
constexpr int kAnswerLimitMs = 30'000;
constexpr std::chrono::seconds kStartLimit{60};
constexpr std::chrono::seconds kStopLimit{30};
// Of the tiny ledger that tools/generator makes.
constexpr const char* kToken = "demo-county-clerk";
constexpr const char* kUnit = "653101";

double seconds_between(SteadyClock::time_point from, SteadyClock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

// What the turns of one contender gave.
struct Series {
  std::vector<double> rates;      // per second, one a round
  std::vector<double> latencies;  // seconds, one an operation
};

// Does `work`, which does `amount` each time, until the time is up.
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

class RawFile {
 public:
  explicit RawFile(const std::string& path)
      : descriptor_(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail("open " + path);
  }
  ~RawFile() { ::close(descriptor_); }
  RawFile(const RawFile&) = delete;
  RawFile& operator=(const RawFile&) = delete;

  void append() {
    if (::write(descriptor_, page_.data(), page_.size()) != static_cast<ssize_t>(page_.size()) ||
        ::fdatasync(descriptor_) != 0) {
      fail("append and fdatasync");
    }
    ++page_[0];
  }

 private:
  int descriptor_;
  std::array<char, kAppendBytes> page_{};
};

class RawRocks {
 public:
  explicit RawRocks(const std::string& path) : payload_(kRecordBytes, 'x') {
    rocksdb::Options options;
    options.create_if_missing = true;
    rocksdb::DB* opened = nullptr;
    check(rocksdb::DB::Open(options, path, &opened));
    db_.reset(opened);
    sync_.sync = true;
  }

  void append(std::size_t records) {
    rocksdb::WriteBatch batch;
    for (std::size_t i = 0; i < records; ++i) {
      std::array<char, 8> key;
      for (std::size_t byte = 0; byte < key.size(); ++byte) {
        key[byte] = static_cast<char>(position_ >> (56 - 8 * byte));
      }
      ++position_;
      std::memcpy(payload_.data(), key.data(), key.size());
      check(batch.Put({key.data(), key.size()}, payload_));
    }
    check(db_->Write(sync_, &batch));
  }

 private:
  static void check(const rocksdb::Status& status) {
    if (!status.ok()) throw std::runtime_error("RocksDB: " + status.ToString());
  }
  std::unique_ptr<rocksdb::DB> db_;
  rocksdb::WriteOptions sync_;
  std::string payload_;
  std::uint64_t position_ = 1;
};

// The server as a process of its own on a tiny ledger, ended by its pid.
class Server {
 public:
  Server(const TemporaryFolder& folder, int threads) : log_(folder.file("server.log")) {
    const auto script = folder.file("script.ndjson");
    const auto data = folder.file("data");
    const auto port_file = folder.file("port");
    run({SILKLEDGER_GENERATE_PROGRAM, "--size", "tiny", "--out", script});
    run({SILKLEDGER_SERVER_PROGRAM, "seed", "--data", data, "--script", script});
    const std::vector<std::string> words = {SILKLEDGER_SERVER_PROGRAM,
                                            "serve",
                                            "--data",
                                            data,
                                            "--port",
                                            "0",
                                            "--port-file",
                                            port_file,
                                            "--threads",
                                            std::to_string(threads),
                                            "--demo-clock"};
    process_ = std::make_unique<ChildProcess>(words, log_, log_);
    if (!process_->wait_for_file(port_file, kStartLimit)) {
      throw std::runtime_error("the server did not start:\n" + testing::contents_of(log_));
    }
    port_ = static_cast<std::uint16_t>(std::stoul(testing::contents_of(port_file)));
  }

  std::uint16_t port() const { return port_; }

  void stop() {
    process_->signal(SIGTERM);
    const auto ended = process_->wait(kStopLimit);
    if (!ended || ended->code != 0) {
      throw std::runtime_error("the server did not stop well:\n" + testing::contents_of(log_));
    }
  }

 private:
  static void run(const std::vector<std::string>& words) {
    const auto ran = testing::run_program(words);
    if (ran.code != 0) throw std::runtime_error(words[0] + ":\n" + ran.out + ran.err);
  }
  std::string log_;
  std::unique_ptr<ChildProcess> process_;
  std::uint16_t port_ = 0;
};

// All clients in one thread. Each reports leads, every one of a new company.
class Load {
 public:
  explicit Load(std::uint16_t port) : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (poll_ < 0) fail("epoll_create1");
    for (std::size_t i = 0; i < kClients; ++i) {
      clients_.push_back(std::make_unique<LiveSocket>(port, kToken));
      epoll_event readable{};
      readable.events = EPOLLIN;
      readable.data.u64 = i;
      if (::epoll_ctl(poll_, EPOLL_CTL_ADD, clients_[i]->descriptor(), &readable) != 0) {
        fail("epoll_ctl");
      }
    }
    sent_at_.resize(kClients);
  }
  ~Load() { ::close(poll_); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  // The first `clients` of them, each with one command in flight, until the time is up.
  void run(double seconds, std::size_t clients, Series& series) {
    const auto start = SteadyClock::now();
    auto now = start;
    std::size_t done = 0;
    for (std::size_t i = 0; i < clients; ++i) send(i);
    for (std::size_t in_flight = clients; in_flight > 0;) {
      for (const std::size_t i : ready()) {
        while (const auto frame = clients_[i]->next_text()) {
          check(*frame);
          now = SteadyClock::now();
          series.latencies.push_back(seconds_between(sent_at_[i], now));
          ++done;
          if (seconds_between(start, now) < seconds) {
            send(i);
          } else {
            --in_flight;
          }
        }
      }
    }
    series.rates.push_back(static_cast<double>(done) / seconds_between(start, now));
  }

  std::uint64_t commands() const { return commands_; }

 private:
  void send(std::size_t client) {
    const std::string number = std::to_string(++commands_);
    std::string frame = R"({"type":"command","commandId":"bench-)" + number;
    frame += R"(","request":{"actingUnit":")" + std::string(kUnit);
    frame += R"(","command":{"type":"reportLead","leadId":"bench-)" + number;
    frame += R"(","investorName":"测试企业)" + number;
    frame += R"(","origin":"outsideRegion","reportingUnit":")" + std::string(kUnit);
    frame += R"(","content":"示例：拟投资建设棉纱与成衣项目。"}}})";
    sent_at_[client] = SteadyClock::now();
    clients_[client]->send_text(frame);
  }

  std::vector<std::size_t> ready() {
    std::array<epoll_event, kClients> events;
    const int count = ::epoll_wait(poll_, events.data(), events.size(), kAnswerLimitMs);
    if (count < 0 && errno == EINTR) return {};
    if (count < 0) fail("epoll_wait");
    if (count == 0) throw std::runtime_error("no answer in time");
    std::vector<std::size_t> indexes;
    for (int i = 0; i < count; ++i) {
      indexes.push_back(static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64));
    }
    return indexes;
  }

  static void check(std::string_view frame) {
    if (!frame.starts_with(R"({"type":"answer")") ||
        frame.find(R"("status":200)") == std::string_view::npos) {
      throw std::runtime_error("a command was not taken: " + std::string(frame));
    }
  }

  int poll_;
  std::vector<std::unique_ptr<LiveSocket>> clients_;
  std::vector<SteadyClock::time_point> sent_at_;
  std::uint64_t commands_ = 0;
};

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto last = static_cast<double>(values.size() - 1);
  return values[static_cast<std::size_t>(last * share + 0.5)];
}

struct Contender {
  const char* name;
  std::size_t clients;
  std::function<void(double, Series&)> turn;
  Series series;
};

// Whoever follows another finds the disk as that one left it: so the order turns and is reversed.
void run_rounds(std::vector<Contender>& contenders, double seconds) {
  const auto count = contenders.size();
  const auto turns_min = static_cast<double>(kRoundsMin) * static_cast<double>(count);
  const double turn = std::min(kTurnSeconds, seconds / turns_min);
  const auto start = SteadyClock::now();
  for (std::size_t round = 0;; ++round) {
    if (round >= kRoundsMin && seconds_between(start, SteadyClock::now()) > seconds) break;
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t next = (round + i) % count;
      auto& contender = contenders[round % 2 == 0 ? next : count - 1 - next];
      contender.turn(turn, contender.series);
    }
  }
}

void print_contender(const Contender& contender) {
  const auto& series = contender.series;
  std::printf("%-40s %8zu %10.0f %9.2f %9.2f\n", contender.name, contender.clients,
              quantile(series.rates, 0.5), quantile(series.latencies, 0.5) * 1e3,
              quantile(series.latencies, 0.99) * 1e3);
}

void print_ratio(const char* name, const Contender& ours, const Contender& limit) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < ours.series.rates.size(); ++round) {
    ratios.push_back(ours.series.rates[round] / limit.series.rates[round]);
  }
  std::printf("%-49s %10.2f %9.2f %9.2f\n", name, quantile(ratios, 0.5), quantile(ratios, 0.25),
              quantile(ratios, 0.75));
}

void print_load_average(const char* when) {
  std::array<double, 1> load{};
  if (::getloadavg(load.data(), 1) == 1) std::printf("load average %s: %.1f\n", when, load[0]);
}

void run(double seconds, int threads) {
  const TemporaryFolder folder;
  Server server(folder, threads);
  RawFile file(folder.file("raw-file"));
  RawRocks rocks(folder.file("raw-rocksdb"));
  Load load(server.port());
  std::vector<Contender> contenders = {
      {"fdatasync after a 4 KiB append",
       1,
       [&](double s, Series& out) { repeat(s, 1, out, [&] { file.append(); }); },
       {}},
      {"RocksDB, one synced Put of 300 bytes",
       1,
       [&](double s, Series& out) { repeat(s, 1, out, [&] { rocks.append(1); }); },
       {}},
      {"RocksDB, synced batches of 64",
       kBatch,
       [&](double s, Series& out) { repeat(s, kBatch, out, [&] { rocks.append(kBatch); }); },
       {}},
      {"durable commands over WebSocket",
       1,
       [&](double s, Series& out) { load.run(s, 1, out); },
       {}},
      {"durable commands over WebSocket",
       kClients,
       [&](double s, Series& out) { load.run(s, kClients, out); },
       {}}};
  print_load_average("before");
  run_rounds(contenders, seconds);
  print_load_average("after");

  std::printf("%zu rounds, %llu commands; server threads: %d\n\n",
              contenders.front().series.rates.size(),
              static_cast<unsigned long long>(load.commands()), threads);
  std::printf("%-40s %8s %10s %9s %9s\n", "what", "clients", "per s", "p50 ms", "p99 ms");
  for (const auto& contender : contenders) print_contender(contender);
  std::printf("\n%-49s %10s %9s %9s\n", "ratio within a round, with quartiles", "median", "lower",
              "upper");
  print_ratio("1 client / fdatasync", contenders[3], contenders[0]);
  print_ratio("1 client / RocksDB, one Put", contenders[3], contenders[1]);
  print_ratio("64 clients / RocksDB, batches of 64", contenders[4], contenders[2]);
  print_ratio("64 clients / fdatasync", contenders[4], contenders[0]);
  server.stop();
}

}  // namespace
}  // namespace silkledger::bench

int main(int argc, char** argv) {
  const char* budget = std::getenv("SILKLEDGER_BENCH_SECONDS");
  double seconds = budget != nullptr ? std::atof(budget) : silkledger::bench::kDefaultSeconds;
  int threads = 1;
  try {
    for (int i = 1; i < argc; i += 2) {
      const std::string option = argv[i];
      if (i + 1 == argc) throw std::runtime_error(option + " needs a value");
      if (option == "--seconds") {
        seconds = std::atof(argv[i + 1]);
      } else if (option == "--threads") {
        threads = std::atoi(argv[i + 1]);
      } else {
        throw std::runtime_error("unknown option " + option);
      }
    }
    silkledger::bench::run(seconds, threads);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench_append_server: %s\n", error.what());
    return 1;
  }
}
