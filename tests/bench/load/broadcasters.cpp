#include "tests/bench/load/broadcasters.h"

#include <stdexcept>
#include <string_view>

#include "eventstore/ledger/sha256.h"
#include "tests/bench/load/command_client.h"

namespace silkledger::bench {
namespace {

constexpr std::size_t kConnectionsPerPerson = 60;
constexpr std::size_t kUnansweredMax = 64;  // the server's limit for one connection
constexpr std::string_view kAccepted = R"("status":200)";

// Sends commands of an administrator, waiting for each.
class Administrator {
 public:
  explicit Administrator(std::uint16_t port) : socket_(port, kAdminToken) {}

  void send(const std::string& id, const std::string& command) {
    socket_.add_message(R"({"type":"command","commandId":")" + id +
                        R"(","request":{"actingUnit":"office","command":)" + command + "}}");
    socket_.flush();
    const auto answer = socket_.wait_for_message();
    if (answer.find(kAccepted) == std::string_view::npos) {
      throw std::runtime_error("refused: " + std::string(answer));
    }
  }

 private:
  LiveSocket socket_;
};

std::string make_auditor(Administrator& administrator, std::size_t number) {
  const std::string person = "bench-auditor-" + std::to_string(number);
  const std::string token = "token-" + person;
  administrator.send(person + "-1", R"({"type":"registerPerson","personId":")" + person +
                                        R"(","name":"测试·审计","title":"示例"})");
  administrator.send(person + "-2",
                     R"({"type":"grantRole","personId":")" + person +
                         R"(","unitId":"leading-group","role":"auditor","from":"2026-01-01"})");
  administrator.send(person + "-3", R"({"type":"issueToken","personId":")" + person +
                                        R"(","tokenId":")" + token + R"(","secretSha256":")" +
                                        eventstore::to_hex(eventstore::sha256(token)) +
                                        R"(","expiresOn":"2027-12-31"})");
  return token;
}

}  // namespace

ServedEvents::ServedEvents(ServerUnderTest& server, std::size_t connections)
    : server_(server), clerk_(server.port(), kClerkToken) {
  Administrator administrator(server.port());
  for (std::size_t i = 0; i * kConnectionsPerPerson < connections; ++i) {
    tokens_.push_back(make_auditor(administrator, i));
  }
  head_ = server.api().stand().head;
}

void ServedEvents::publish(std::size_t events) {
  for (std::size_t i = 0; i < events; ++i) {
    clerk_.add_message(report_lead_message("crowd-" + std::to_string(++commands_)));
  }
  clerk_.flush();
  unanswered_ += events;
  head_ += events;
}

bool ServedEvents::is_ready() {
  while (const auto answer = clerk_.next_message()) take_answer(*answer);
  return unanswered_ < kUnansweredMax;
}

void ServedEvents::settle() {
  while (unanswered_ > 0) take_answer(clerk_.wait_for_message());
}

void ServedEvents::take_answer(std::string_view answer) {
  if (answer.find(kAccepted) == std::string_view::npos) {
    throw std::runtime_error("refused: " + std::string(answer));
  }
  --unanswered_;
}

}  // namespace silkledger::bench
