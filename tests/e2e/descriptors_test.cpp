// File descriptors: a server takes all that it may have. When none is left it waits instead of
// spinning, and serves again once clients leave.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <vector>

#include "tests/support/api_client.h"
#include "tests/support/server_process.h"

namespace silkledger::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDescriptorsToSpare = 8;
constexpr int kMoreThanThere = 40;
constexpr int kWatchedMs = 1'500;
// A server that accepts in a loop would use all of it.
constexpr double kShareOfAProcessorMost = 0.25;

double processor_seconds(pid_t pid) {
  const auto text = contents_of("/proc/" + std::to_string(pid) + "/stat");
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::vector<std::string> all{std::istream_iterator<std::string>(fields), {}};
  // utime and stime are the 14th and 15th field of all, two of which stand before.
  return (std::stod(all.at(11)) + std::stod(all.at(12))) /
         static_cast<double>(::sysconf(_SC_CLK_TCK));
}

int connect_to(std::uint16_t port) {
  const int file = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(::connect(file, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  return file;
}

// Makes a data folder that can be served.
std::string made_data(const TemporaryFolder& folder) {
  const auto made =
      run_program({SILKLEDGER_SERVER_PROGRAM, "init", "--data", folder.file("data"), "--admin-name",
                   "测试·管理员", "--token-file", folder.file("token")});
  EXPECT_EQ(made.code, 0) << made.err;
  return folder.file("data");
}

// Given a soft limit below the hard one, when the server has started, then the soft one is as high.
TEST(Descriptors, AServerTakesAllThatItMayHave) {
  const TemporaryFolder folder;
  ServerProcess server(SILKLEDGER_SERVER_PROGRAM, made_data(folder), false,
                       {"/usr/bin/prlimit", "--nofile=256:768"});
  rlimit limit{};
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_NOFILE, nullptr, &limit), 0);
  EXPECT_EQ(limit.rlim_cur, 768U);
  EXPECT_EQ(limit.rlim_max, 768U);
  EXPECT_EQ(server.stop(), 0);
}

TEST(Descriptors, AServerWithoutAnyLeftWaitsAndServesAgain) {
  const TemporaryFolder folder;
  ServerProcess server(SILKLEDGER_SERVER_PROGRAM, made_data(folder), false);
  const auto open = static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/" + std::to_string(server.pid()) + "/fd"), {}));
  const rlimit limit{open + kDescriptorsToSpare, open + kDescriptorsToSpare};
  ASSERT_EQ(::prlimit(server.pid(), RLIMIT_NOFILE, &limit, nullptr), 0);

  std::vector<int> connections;
  for (int i = 0; i < kMoreThanThere; ++i) connections.push_back(connect_to(server.port()));
  const double before = processor_seconds(server.pid());
  ::poll(nullptr, 0, kWatchedMs);
  const double used = processor_seconds(server.pid()) - before;
  EXPECT_LT(used, kShareOfAProcessorMost * kWatchedMs / 1000) << "it spins";
  EXPECT_NE(server.log().find("edge.accept_failed"), std::string::npos) << "it says nothing";

  for (const int connection : connections) ::close(connection);
  const auto answer = ApiClient(server.endpoint("")).get("/healthz");
  EXPECT_EQ(answer.status, 200) << answer.raw;
  EXPECT_EQ(server.stop(), 0);
}

}  // namespace
}  // namespace silkledger::testing
