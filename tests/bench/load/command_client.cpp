#include "tests/bench/load/command_client.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "clients/cpp/live_binary.h"
#include "domain/schema/binary/message_frame.h"
#include "domain/schema/protocol.capnp.h"
#include "tests/bench/load/server_under_test.h"

namespace silkledger::bench {
namespace {

constexpr std::size_t kDigits = 10;  // of every number: places in a prepared message are fixed
constexpr std::string_view kAnswer = R"({"type":"answer","commandId":")";
constexpr std::string_view kCompany = "测试企业";
constexpr std::string_view kContent = "示例：拟投资建设棉纱与成衣项目。";

std::string report_lead_json(const std::string& id) {
  std::string message = R"({"type":"command","commandId":")" + id;
  message += R"(","request":{"actingUnit":")" + std::string(kClerkUnit);
  message += R"(","command":{"type":"reportLead","leadId":")" + id;
  message += R"(","investorName":")" + std::string(kCompany) + id;
  message += R"(","origin":"outsideRegion","reportingUnit":")" + std::string(kClerkUnit);
  message += R"(","content":")" + std::string(kContent) + R"("}}})";
  return message;
}

std::string report_lead_binary(const std::string& id) {
  schema::LeadReported lead;
  lead.lead_id = id;
  lead.investor_name = std::string(kCompany) + id;
  lead.origin = schema::InvestorOrigin::outside_region;
  lead.reporting_unit = kClerkUnit;
  lead.content = kContent;
  schema::LiveCommand command;
  command.command_id = id;
  command.request.acting_unit = kClerkUnit;
  command.request.command = std::move(lead);
  return client::encode_message(command);
}

// The id of a command that was stored; nothing of any other message.
std::optional<std::string> stored_id(std::string_view message, Encoding encoding) {
  std::optional<std::string> id;
  if (encoding == Encoding::binary) {
    const auto wrong = binary::open_message(message, {}, [&](capnp::MessageReader& reader) {
      const auto frame = reader.getRoot<wire::LiveFrame>();
      if (frame.isAnswer() && frame.getAnswer().getStatus() == 200)
        id = frame.getAnswer().getCommandId().cStr();
    });
    return wrong ? std::nullopt : id;
  }
  if (message.starts_with(kAnswer) && message.find(R"("status":200)") != std::string_view::npos) {
    message.remove_prefix(kAnswer.size());
    id = message.substr(0, message.find('"'));
  }
  return id;
}

}  // namespace

std::string report_lead_message(const std::string& id, Encoding encoding) {
  return encoding == Encoding::binary ? report_lead_binary(id) : report_lead_json(id);
}

CommandClient::CommandClient(std::uint16_t port, const std::string& run, Encoding encoding)
    : socket_(port, kClerkToken, encoding),
      encoding_(encoding),
      id_prefix_("bench-" + run + "-"),
      message_(report_lead_message(id_prefix_ + std::string(kDigits, '0'), encoding)) {
  for (auto at = message_.find(id_prefix_); at != std::string::npos;
       at = message_.find(id_prefix_, at + 1)) {
    numbers_.push_back(at + id_prefix_.size());
  }
}

void CommandClient::add(std::uint64_t number) {
  const auto digits = std::to_string(number);
  for (const auto at : numbers_) {
    std::fill_n(message_.begin() + static_cast<std::ptrdiff_t>(at), kDigits - digits.size(), '0');
    message_.replace(at + kDigits - digits.size(), digits.size(), digits);
  }
  socket_.add_message(message_);
}

std::optional<std::uint64_t> CommandClient::next_stored() {
  const auto message = socket_.next_message();
  if (!message) return std::nullopt;
  const auto id = stored_id(*message, encoding_);
  if (id && id->starts_with(id_prefix_)) {
    std::uint64_t number = 0;
    const auto read =
        std::from_chars(id->data() + id_prefix_.size(), id->data() + id->size(), number);
    if (read.ec == std::errc()) return number;
  }
  throw std::runtime_error("a command was not taken: " + std::string(*message));
}

std::vector<std::unique_ptr<AppendClient>> command_clients(std::uint16_t port,
                                                           const std::string& run,
                                                           std::size_t clients, Encoding encoding) {
  std::vector<std::unique_ptr<AppendClient>> made;
  for (std::size_t i = 0; i < clients; ++i) {
    made.push_back(std::make_unique<CommandClient>(port, run, encoding));
  }
  return made;
}

}  // namespace silkledger::bench
