// The real server on a real folder, as a process: started, killed, stopped, started again.
//
// Threads: one object, one thread at a time; clients of it may run anywhere.
// Ownership: the process ends with the object; the data folder is the caller's.
// Errors: a server that does not come up throws with what it wrote.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "clients/cpp/client.h"
#include "tests/support/child_process.h"

namespace silkledger::testing {

struct ServerPrograms {
  std::string server;    // silkledger-server
  std::string generate;  // silkledger-generate
  std::string cli;       // silkledger
};

class ServerProcess {
 public:
  static constexpr std::chrono::seconds kStartLimit{60};
  static constexpr std::chrono::seconds kStopLimit{30};

  // `data` was made by init or seed. The demonstration's clock goes on where the data end. `before`
  // are words before the program, such as env A=B; what they name becomes the server itself.
  // Started unless `begins` is false.
  ServerProcess(std::string program, std::string data, bool demo_clock = true,
                std::vector<std::string> before = {}, bool begins = true);

  void start();
  // False when it ended instead; wait_for_exit() says how.
  bool try_start();
  // For later starts: "name=value" of server/app/limits.h.
  void set_limits(std::vector<std::string> limits) { limits_ = std::move(limits); }
  // As if the machine's power went: nothing is finished, nothing is said.
  void kill9();
  // Asks it to stop; answers with its exit code, or -1 when it had to be killed.
  int stop();
  // Asks only.
  void ask_to_stop() const { process_->signal(SIGTERM); }
  int wait_for_exit(std::chrono::milliseconds limit = kStopLimit);

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return process_->pid(); }
  client::Endpoint endpoint(const std::string& token) const { return {"127.0.0.1", port_, token}; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  std::string log() const { return contents_of(folder_.file("log")); }
  const std::string& data() const { return data_; }

 private:
  std::string program_;
  std::string data_;
  bool demo_clock_;
  std::vector<std::string> before_;
  std::vector<std::string> limits_;
  TemporaryFolder folder_;
  std::unique_ptr<ChildProcess> process_;
  std::uint16_t port_ = 0;
};

}  // namespace silkledger::testing
