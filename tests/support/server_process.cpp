#include "tests/support/server_process.h"

#include <filesystem>
#include <stdexcept>
#include <utility>

namespace silkledger::testing {

ServerProcess::ServerProcess(std::string program, std::string data, bool demo_clock,
                             std::vector<std::string> before, bool begins)
    : program_(std::move(program)),
      data_(std::move(data)),
      demo_clock_(demo_clock),
      before_(std::move(before)) {
  if (begins) start();
}

void ServerProcess::start() {
  if (!try_start()) throw std::runtime_error("the server did not start:\n" + log());
}

bool ServerProcess::try_start() {
  const std::string port_file = folder_.file("port");
  std::filesystem::remove(port_file);
  std::vector<std::string> words = before_;
  words.insert(words.end(), {program_, "serve", "--data", data_, "--port", "0", "--port-file",
                             port_file, "--threads", "2"});
  if (demo_clock_) words.emplace_back("--demo-clock");
  for (const auto& limit : limits_) words.insert(words.end(), {"--limit", limit});
  process_ = std::make_unique<ChildProcess>(words, folder_.file("log"), folder_.file("log"));
  if (!process_->wait_for_file(port_file, kStartLimit)) return false;
  port_ = static_cast<std::uint16_t>(std::stoul(contents_of(port_file)));
  return true;
}

void ServerProcess::kill9() {
  process_->signal(SIGKILL);
  if (!process_->wait(kStopLimit)) throw std::runtime_error("SIGKILL did not end the server");
}

int ServerProcess::stop() {
  ask_to_stop();
  return wait_for_exit();
}

int ServerProcess::wait_for_exit(std::chrono::milliseconds limit) {
  const auto ended = process_->wait(limit);
  if (!ended) {
    kill9();
    return -1;
  }
  return ended->code.value_or(-1);
}

}  // namespace silkledger::testing
