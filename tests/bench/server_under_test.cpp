#include "tests/bench/server_under_test.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>

namespace silkledger::bench {
namespace {

constexpr std::chrono::seconds kStartLimit{120};
constexpr std::chrono::seconds kStopLimit{30};

}  // namespace

ServerUnderTest::ServerUnderTest(const testing::TemporaryFolder& folder, int threads)
    : log_(folder.file("server.log")),
      data_(folder.file("data")),
      port_file_(folder.file("port")),
      threads_(threads) {
  const auto script = folder.file("script.ndjson");
  run({SILKLEDGER_GENERATE_PROGRAM, "--size", "tiny", "--out", script});
  run({SILKLEDGER_SERVER_PROGRAM, "seed", "--data", data_, "--script", script});
  start();
}

void ServerUnderTest::run(const std::vector<std::string>& words) {
  const auto ran = testing::run_program(words);
  if (ran.code != 0) throw std::runtime_error(words[0] + ":\n" + ran.out + ran.err);
}

void ServerUnderTest::start() {
  std::filesystem::remove(port_file_);
  const std::vector<std::string> words = {SILKLEDGER_SERVER_PROGRAM,
                                          "serve",
                                          "--data",
                                          data_,
                                          "--port",
                                          "0",
                                          "--port-file",
                                          port_file_,
                                          "--threads",
                                          std::to_string(threads_),
                                          "--demo-clock"};
  process_ = std::make_unique<testing::ChildProcess>(words, log_, log_);
  if (!process_->wait_for_file(port_file_, kStartLimit)) {
    throw std::runtime_error("the server did not start:\n" + testing::contents_of(log_));
  }
  port_ = static_cast<std::uint16_t>(std::stoul(testing::contents_of(port_file_)));
}

void ServerUnderTest::kill9() {
  process_->signal(SIGKILL);
  if (!process_->wait(kStopLimit)) throw std::runtime_error("SIGKILL did not end the server");
}

void ServerUnderTest::stop() {
  process_->signal(SIGTERM);
  const auto ended = process_->wait(kStopLimit);
  if (!ended || ended->code != 0) {
    throw std::runtime_error("the server did not stop well:\n" + testing::contents_of(log_));
  }
}

}  // namespace silkledger::bench
