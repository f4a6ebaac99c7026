// What the programs do about a log that is damaged, and about a disk that is nearly full.
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/e2e/world.h"

namespace silkledger::testing {
namespace {

class Integrity : public OnS0 {
 protected:
  std::string log_folder() const { return server->data() + "/log"; }

  Ran check() const { return run_program({kServerProgram, "check", "--data", server->data()}); }
  // For data that are refused: the program ends by itself.
  Ran serve(const std::string& option = "--demo-clock") const {
    return run_program({kServerProgram, "serve", "--data", server->data(), "--port", "0", option});
  }

  // The largest file with this ending.
  std::string largest(const std::string& ending) const {
    std::string found;
    std::uintmax_t most = 0;
    for (const auto& file : std::filesystem::directory_iterator(log_folder())) {
      if (!file.path().string().ends_with(ending) || file.file_size() <= most) continue;
      most = file.file_size();
      found = file.path().string();
    }
    EXPECT_FALSE(found.empty()) << ending;
    return found;
  }
};

TEST_F(Integrity, AWholeLedgerIsCheckedWithoutItsServer) {
  const auto busy = check();
  EXPECT_EQ(busy.code, 1) << "not while the server runs";
  EXPECT_NE(busy.err.find("in use"), std::string::npos) << busy.err;
  EXPECT_EQ(server->stop(), 0);
  const auto whole = check();
  EXPECT_EQ(whole.code, 0) << whole.out << whole.err;
  EXPECT_NE(whole.out.find("2050 个事件"), std::string::npos) << whole.out;
  server->start();
  EXPECT_EQ(as(kAuditor).get("/api/v1/head").status, 200);
}

TEST_F(Integrity, AChangedByteIsFoundByTheCheckOrRefusedByTheServer) {
  EXPECT_EQ(server->stop(), 0);
  const auto file = largest(".log");
  auto bytes = contents_of(file);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 4);
  write_file(file, bytes);
  EXPECT_EQ(check().code, 3);
  EXPECT_EQ(serve().code, 1);
}

TEST_F(Integrity, AShortenedHistoryIsNotServed) {
  auto clerk = as(kBranchClerk);
  ASSERT_EQ(clerk.command("report-lead", "E-one", lead_body("E-one", kBranch)).status, 200);
  EXPECT_EQ(server->stop(), 0);
  std::filesystem::resize_file(largest(".log"), 0);
  const auto checked = check();
  EXPECT_EQ(checked.code, 3) << checked.out << checked.err;
  const auto refused = serve();
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("its head file promises position"), std::string::npos) << refused.err;
  EXPECT_EQ(serve().code, 1) << "refused once, served later";
}

TEST_F(Integrity, AMissingHeadFileIsRefusedUntilTheOperatorAcceptsIt) {
  EXPECT_EQ(server->stop(), 0);
  ASSERT_TRUE(std::filesystem::remove(log_folder() + "/HEAD"));
  EXPECT_EQ(check().code, 3);
  const auto refused = serve();
  EXPECT_EQ(refused.code, 1);
  EXPECT_NE(refused.err.find("--accept-missing-head"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("从备份恢复"), std::string::npos) << refused.err;
  {
    const std::string port = folder.file("accepted-port");
    ChildProcess accepting({kServerProgram, "serve", "--data", server->data(), "--port", "0",
                            "--port-file", port, "--demo-clock", "--accept-missing-head"},
                           folder.file("out"), folder.file("err"));
    ASSERT_TRUE(accepting.wait_for_file(port, ServerProcess::kStartLimit))
        << contents_of(folder.file("err"));
    accepting.signal(SIGTERM);
    ASSERT_TRUE(accepting.wait(ServerProcess::kStopLimit));
  }
  EXPECT_EQ(check().code, 0);
  server->start();
}

TEST_F(Integrity, ANearlyFullDiskIsReadOnlyAndSaysSo) {
  EXPECT_EQ(server->stop(), 0);
  const std::string port = folder.file("gate-port");
  ChildProcess full({kServerProgram, "serve", "--data", server->data(), "--port", "0",
                     "--port-file", port, "--demo-clock", "--disk-free-bytes-min",
                     "4611686018427387904", "--disk-free-bytes-resume", "4611686018427387904"},
                    folder.file("out"), folder.file("err"));
  ASSERT_TRUE(full.wait_for_file(port, ServerProcess::kStartLimit))
      << contents_of(folder.file("err"));
  const auto number = static_cast<std::uint16_t>(std::stoul(contents_of(port)));
  ApiClient clerk({"127.0.0.1", number, kBranchClerk});
  EXPECT_EQ(clerk.get("/api/v1/head").status, 200);
  const auto ready = clerk.get("/readyz");
  EXPECT_EQ(ready.status, 503);
  EXPECT_NE(ready.raw.find("磁盘剩余空间不足"), std::string::npos) << ready.raw;
  EXPECT_NE(ready.raw.find("the disk has less than"), std::string::npos) << ready.raw;
  const auto refused = clerk.command("report-lead", "E-full", lead_body("E-full", kBranch));
  EXPECT_EQ(refused.status, 503) << refused.raw;
  EXPECT_NE(refused.raw.find("磁盘剩余空间不足"), std::string::npos) << refused.raw;
  full.signal(SIGTERM);
  const auto ended = full.wait(ServerProcess::kStopLimit);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->code, 0);
  server->start();
  EXPECT_EQ(as(kBranchClerk).command("report-lead", "E-full", lead_body("E-full", kBranch)).status,
            200);
}

}  // namespace
}  // namespace silkledger::testing
