#include "tests/bench/command_load.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <string>

#include "tests/bench/server_under_test.h"

namespace silkledger::bench {
namespace {

constexpr int kAnswerLimitMs = 30'000;
constexpr std::size_t kReadyMax = 64;
constexpr std::string_view kAnswered = R"({"type":"answer","commandId":"bench-)";

}  // namespace

CommandLoad::CommandLoad(std::uint16_t port, std::size_t clients)
    : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
  if (poll_ < 0) fail_with_errno("epoll_create1");
  for (std::size_t i = 0; i < clients; ++i) {
    clients_.push_back(std::make_unique<LiveSocket>(port, kClerkToken));
    epoll_event readable{};
    readable.events = EPOLLIN;
    readable.data.u64 = i;
    if (::epoll_ctl(poll_, EPOLL_CTL_ADD, clients_[i]->descriptor(), &readable) != 0) {
      fail_with_errno("epoll_ctl");
    }
  }
}

CommandLoad::~CommandLoad() { ::close(poll_); }

void CommandLoad::run(double seconds, std::size_t clients, std::size_t window, Series& series) {
  const std::uint64_t before = commands_;
  const auto start = SteadyClock::now();
  for (std::size_t i = 0; i < clients; ++i) {
    for (std::size_t sent = 0; sent < window; ++sent) send(i);
  }
  for (std::size_t in_flight = clients * window; in_flight > 0;) {
    for (const std::size_t i : ready()) {
      while (const auto frame = clients_[i]->next_text()) {
        take(*frame, series);
        if (seconds_since(start) < seconds) {
          send(i);
        } else {
          --in_flight;
        }
      }
    }
  }
  series.rates.push_back(static_cast<double>(commands_ - before) / seconds_since(start));
}

void CommandLoad::send(std::size_t client) {
  const std::string number = std::to_string(commands_++);
  std::string frame = R"({"type":"command","commandId":"bench-)" + number;
  frame += R"(","request":{"actingUnit":")" + std::string(kClerkUnit);
  frame += R"(","command":{"type":"reportLead","leadId":"bench-)" + number;
  frame += R"(","investorName":"测试企业)" + number;
  frame += R"(","origin":"outsideRegion","reportingUnit":")" + std::string(kClerkUnit);
  frame += R"(","content":"示例：拟投资建设棉纱与成衣项目。"}}})";
  sent_at_.push_back(SteadyClock::now());
  clients_[client]->send_text(frame);
}

void CommandLoad::take(std::string_view frame, Series& series) {
  const auto now = SteadyClock::now();
  std::uint64_t number = commands_;
  if (frame.starts_with(kAnswered)) {
    const auto rest = frame.substr(kAnswered.size());
    std::from_chars(rest.data(), rest.data() + rest.size(), number);
  }
  if (number >= commands_ || frame.find(R"("status":200)") == std::string_view::npos) {
    throw std::runtime_error("a command was not taken: " + std::string(frame));
  }
  auto& sent = sent_at_[number];
  if (sent == SteadyClock::time_point::max()) {
    throw std::runtime_error("answered twice: " + std::string(frame));
  }
  series.latencies.push_back(seconds_between(sent, now));
  sent = SteadyClock::time_point::max();
}

std::vector<std::size_t> CommandLoad::ready() {
  std::array<epoll_event, kReadyMax> events;
  const int count = ::epoll_wait(poll_, events.data(), events.size(), kAnswerLimitMs);
  if (count < 0 && errno == EINTR) return {};
  if (count < 0) fail_with_errno("epoll_wait");
  if (count == 0) throw std::runtime_error("no answer in time");
  std::vector<std::size_t> indexes;
  for (int i = 0; i < count; ++i) {
    indexes.push_back(static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64));
  }
  return indexes;
}

}  // namespace silkledger::bench
