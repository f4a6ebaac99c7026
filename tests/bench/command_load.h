// Clients of the live channel that report leads, every one of a new company: all in one thread,
// each with a window of commands in flight.
//
// Threads: one object, one thread at a time. Errors: an answer that is missing, refused or given
// twice throws std::runtime_error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "tests/bench/live_socket.h"
#include "tests/bench/measure.h"

namespace silkledger::bench {

class CommandLoad {
 public:
  CommandLoad(std::uint16_t port, std::size_t clients);
  ~CommandLoad();
  CommandLoad(const CommandLoad&) = delete;
  CommandLoad& operator=(const CommandLoad&) = delete;

  // The first `clients` of them, each with `window` commands in flight, until the time is up and
  // every answer has come.
  void run(double seconds, std::size_t clients, std::size_t window, Series& series);

  std::uint64_t commands() const { return commands_; }  // all of them answered

 private:
  void send(std::size_t client);
  void take(std::string_view frame, Series& series);
  std::vector<std::size_t> ready();

  int poll_;
  std::vector<std::unique_ptr<LiveSocket>> clients_;
  std::vector<SteadyClock::time_point> sent_at_;  // by number of the command; past once answered
  std::uint64_t commands_ = 0;
};

}  // namespace silkledger::bench
