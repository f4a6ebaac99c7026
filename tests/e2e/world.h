// What the tests of this folder start from: the programs as built, and the ledger S0, seeded once
// and copied for each test.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "tests/support/api_client.h"
#include "tests/support/server_process.h"

namespace silkledger::testing {

inline constexpr const char* kServerProgram = SILKLEDGER_SERVER_PROGRAM;
inline constexpr const char* kCliProgram = SILKLEDGER_CLI_PROGRAM;
inline constexpr const char* kS0 = "tests/data/s0/";

// Tokens of the demonstration (docs/formats/script.md).
inline constexpr const char* kAuditor = "demo-auditor";
inline constexpr const char* kRegistrar = "demo-registrar";
inline constexpr const char* kAdministrator = "demo-admin";
inline constexpr const char* kLeader = "demo-leader";
inline constexpr const char* kCountyClerk = "demo-county-clerk";
inline constexpr const char* kBranchClerk = "demo-branch-clerk";
inline constexpr const char* kBranch = "branch-pearl-river";
inline constexpr const char* kOtherBranchClerk = "demo-branch-clerk-branch-yangtze-delta";
inline constexpr const char* kOtherBranch = "branch-yangtze-delta";

// Seeds a script into a new data folder; answers with what the program printed.
inline std::string seed(const std::string& data, const std::string& script) {
  const auto ran = run_program({kServerProgram, "seed", "--data", data, "--script", script},
                               std::chrono::seconds(120));
  if (ran.code != 0) throw std::runtime_error("seed: " + ran.out + ran.err);
  return ran.out;
}

inline const std::string& seeded_s0() {
  static const TemporaryFolder folder;
  static const std::string data = [] {
    const std::string path = folder.file("data");
    seed(path, std::string(kS0) + "script.ndjson");
    return path;
  }();
  return data;
}

// A server on its own copy of S0.
class OnS0 : public ::testing::Test {
 protected:
  void SetUp() override {
    copy_folder(seeded_s0(), folder.file("data"));
    server = std::make_unique<ServerProcess>(kServerProgram, folder.file("data"));
    as(kAuditor).stand();  // the views were empty: they have folded everything when this answers
  }
  void TearDown() override {
    if (HasFailure() && server) std::printf("%s", server->log().c_str());
  }
  ApiClient as(const std::string& token) const { return ApiClient(server->endpoint(token)); }

  TemporaryFolder folder;
  std::unique_ptr<ServerProcess> server;
};

}  // namespace silkledger::testing
