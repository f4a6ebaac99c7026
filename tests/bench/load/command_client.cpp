#include "tests/bench/load/command_client.h"

#include <charconv>
#include <stdexcept>
#include <utility>

#include "tests/bench/load/server_under_test.h"

namespace silkledger::bench {
namespace {

constexpr std::string_view kAnswer = R"({"type":"answer","commandId":")";

}  // namespace

std::string report_lead_message(const std::string& id) {
  std::string message = R"({"type":"command","commandId":")" + id;
  message += R"(","request":{"actingUnit":")" + std::string(kClerkUnit);
  message += R"(","command":{"type":"reportLead","leadId":")" + id;
  message += R"(","investorName":"测试企业)" + id;
  message += R"(","origin":"outsideRegion","reportingUnit":")" + std::string(kClerkUnit);
  message += R"(","content":"示例：拟投资建设棉纱与成衣项目。"}}})";
  return message;
}

CommandClient::CommandClient(std::uint16_t port, std::string run)
    : socket_(port, kClerkToken), id_prefix_("bench-" + std::move(run) + "-") {}

void CommandClient::add(std::uint64_t number) {
  socket_.add_text(report_lead_message(id_prefix_ + std::to_string(number)));
}

std::optional<std::uint64_t> CommandClient::next_stored() {
  const auto frame = socket_.next_text();
  if (!frame) return std::nullopt;
  std::string_view rest = *frame;
  if (rest.starts_with(kAnswer) && rest.find(R"("status":200)") != std::string_view::npos) {
    rest.remove_prefix(kAnswer.size());
    std::uint64_t number = 0;
    if (rest.starts_with(id_prefix_)) {
      rest.remove_prefix(id_prefix_.size());
      const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
      if (read.ec == std::errc()) return number;
    }
  }
  throw std::runtime_error("a command was not taken: " + std::string(*frame));
}

std::vector<std::unique_ptr<AppendClient>> command_clients(std::uint16_t port,
                                                           const std::string& run,
                                                           std::size_t clients) {
  std::vector<std::unique_ptr<AppendClient>> made;
  for (std::size_t i = 0; i < clients; ++i) {
    made.push_back(std::make_unique<CommandClient>(port, run));
  }
  return made;
}

}  // namespace silkledger::bench
