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

#include "tests/support/api_client.h"
#include "tests/support/child_process.h"

namespace silkledger::bench {

// Of the ledgers that tools/generator makes.
inline constexpr const char* kAdminToken = "demo-admin";
inline constexpr const char* kAuditorToken = "demo-auditor";  // reads everything
inline constexpr const char* kClerkToken = "demo-county-clerk";
inline constexpr const char* kClerkUnit = "653101";

// A new data folder below `folder`, with the generator's ledger of this size ("tiny", "s0").
std::string make_ledger(const testing::TemporaryFolder& folder, const std::string& size);

class ServerUnderTest {
 public:
  // Serves this data folder at once. Limits as the server takes them: "name=number".
  explicit ServerUnderTest(std::string data, int threads = 1, std::vector<std::string> limits = {});

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return process_->pid(); }
  testing::ApiClient api(const std::string& token = kAdminToken) const;

  void start();
  // Returns once the views show what the log holds.
  void wait_for_views() const;
  void kill9();
  void stop();

 private:
  const std::string data_;
  testing::TemporaryFolder folder_;
  const int threads_;
  const std::vector<std::string> limits_;
  std::unique_ptr<testing::ChildProcess> process_;
  std::uint16_t port_ = 0;
};

}  // namespace silkledger::bench
