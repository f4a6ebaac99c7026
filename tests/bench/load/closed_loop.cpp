#include "tests/bench/load/closed_loop.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <utility>

namespace silkledger::bench {
namespace {

constexpr int kAnswerLimitMs = 30'000;
constexpr std::size_t kReadyMax = 64;

}  // namespace

ClosedLoop::ClosedLoop(std::vector<std::unique_ptr<AppendClient>> clients)
    : poll_(::epoll_create1(EPOLL_CLOEXEC)), clients_(std::move(clients)) {
  if (poll_ < 0) fail_with_errno("epoll_create1");
  for (std::size_t i = 0; i < clients_.size(); ++i) {
    epoll_event readable{};
    readable.events = EPOLLIN;
    readable.data.u64 = i;
    if (::epoll_ctl(poll_, EPOLL_CTL_ADD, clients_[i]->descriptor(), &readable) != 0) {
      fail_with_errno("epoll_ctl");
    }
  }
}

ClosedLoop::~ClosedLoop() { ::close(poll_); }

void ClosedLoop::add(std::size_t client) {
  sent_at_.push_back(SteadyClock::now());
  clients_[client]->add(sent_at_.size() - 1);
}

void ClosedLoop::run(double seconds, std::size_t clients, std::size_t window, Series& series) {
  const std::size_t before = sent_at_.size();
  const auto start = SteadyClock::now();
  for (std::size_t i = 0; i < clients; ++i) {
    for (std::size_t sent = 0; sent < window; ++sent) add(i);
    clients_[i]->flush();
  }
  for (std::size_t in_flight = clients * window; in_flight > 0;) {
    for (const std::size_t i : ready()) {
      while (const auto number = clients_[i]->next_stored()) {
        auto& sent = sent_at_.at(*number);
        const auto now = SteadyClock::now();
        if (sent == SteadyClock::time_point::max()) throw std::runtime_error("answered twice");
        series.latencies.push_back(seconds_between(sent, now));
        sent = SteadyClock::time_point::max();
        if (seconds_between(start, now) < seconds) {
          add(i);
        } else {
          --in_flight;
        }
      }
      clients_[i]->flush();
    }
  }
  series.rates.push_back(static_cast<double>(sent_at_.size() - before) / seconds_since(start));
}

std::vector<std::size_t> ClosedLoop::ready() const {
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
