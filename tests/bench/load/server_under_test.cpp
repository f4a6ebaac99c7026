#include "tests/bench/load/server_under_test.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <utility>
#include <vector>

namespace silkledger::bench {
namespace {

constexpr std::chrono::seconds kStartLimit{600};
constexpr std::chrono::seconds kStopLimit{60};
constexpr std::chrono::seconds kViewsLimit{3600};
constexpr std::chrono::milliseconds kAskAgain{5};

void run(const std::vector<std::string>& words) {
  const auto ran = testing::run_program(words);
  if (ran.code != 0) throw std::runtime_error(words[0] + ":\n" + ran.out + ran.err);
}

}  // namespace

std::string make_ledger(const testing::TemporaryFolder& folder, const std::string& size) {
  const auto script = folder.file("script.ndjson");
  const auto data = folder.file("data");
  run({SILKLEDGER_GENERATE_PROGRAM, "--size", size, "--out", script});
  run({SILKLEDGER_SERVER_PROGRAM, "seed", "--data", data, "--script", script});
  return data;
}

ServerUnderTest::ServerUnderTest(std::string data, int threads, std::vector<std::string> limits)
    : data_(std::move(data)), threads_(threads), limits_(std::move(limits)) {
  start();
}

void ServerUnderTest::start() {
  const auto log = folder_.file("log");
  const auto port_file = folder_.file("port");
  std::filesystem::remove(port_file);
  std::vector<std::string> words = {SILKLEDGER_SERVER_PROGRAM,
                                    "serve",
                                    "--data",
                                    data_,
                                    "--port",
                                    "0",
                                    "--port-file",
                                    port_file,
                                    "--threads",
                                    std::to_string(threads_),
                                    "--demo-clock"};
  for (const auto& limit : limits_) words.insert(words.end(), {"--limit", limit});
  process_ = std::make_unique<testing::ChildProcess>(words, log, log);
  if (!process_->wait_for_file(port_file, kStartLimit)) {
    throw std::runtime_error("the server did not start:\n" + testing::contents_of(log));
  }
  port_ = static_cast<std::uint16_t>(std::stoul(testing::contents_of(port_file)));
}

testing::ApiClient ServerUnderTest::api(const std::string& token) const {
  client::ClientLimits limits;
  limits.request_timeout = kViewsLimit;
  return testing::ApiClient({"127.0.0.1", port_, token}, limits);
}

void ServerUnderTest::wait_for_views() const {
  auto client = api();
  const auto start = std::chrono::steady_clock::now();
  while (client.get("/readyz").status != 200) {
    if (std::chrono::steady_clock::now() - start > kViewsLimit) {
      throw std::runtime_error("the views did not reach the head of the log in time");
    }
    if (process_->wait(kAskAgain)) throw std::runtime_error("the server ended");
  }
}

void ServerUnderTest::kill9() {
  process_->signal(SIGKILL);
  if (!process_->wait(kStopLimit)) throw std::runtime_error("SIGKILL did not end the server");
}

void ServerUnderTest::stop() {
  process_->signal(SIGTERM);
  const auto ended = process_->wait(kStopLimit);
  if (!ended || ended->code != 0) {
    throw std::runtime_error("the server did not stop well:\n" +
                             testing::contents_of(folder_.file("log")));
  }
}

}  // namespace silkledger::bench
