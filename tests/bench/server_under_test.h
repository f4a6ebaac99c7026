// The server as a user has it: a process of its own on a folder of its own, ended by its pid.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error with the server's
// words.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tests/support/child_process.h"

namespace silkledger::bench {

// Of the tiny ledger that tools/generator makes.
inline constexpr const char* kClerkToken = "demo-county-clerk";
inline constexpr const char* kClerkUnit = "653101";

class ServerUnderTest {
 public:
  // On a new ledger of the size "tiny", made below `folder`, which outlives the server.
  ServerUnderTest(const testing::TemporaryFolder& folder, int threads);

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return process_->pid(); }
  const std::string& data() const { return data_; }

  void start();
  void kill9();
  void stop();

 private:
  static void run(const std::vector<std::string>& words);

  std::string log_;
  std::string data_;
  std::string port_file_;
  int threads_;
  std::unique_ptr<testing::ChildProcess> process_;
  std::uint16_t port_ = 0;
};

}  // namespace silkledger::bench
