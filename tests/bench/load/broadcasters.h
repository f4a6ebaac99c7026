// Who sends events to a crowd: the server, and as the limit a loop over send() that knows nothing.
//
// Threads: one object, one thread at a time. Errors: throws std::runtime_error.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tests/bench/load/live_socket.h"
#include "tests/bench/load/server_under_test.h"

namespace silkledger::bench {

class Broadcaster {
 public:
  virtual ~Broadcaster() = default;
  virtual std::uint16_t port() const = 0;
  virtual pid_t pid() const = 0;
  virtual const std::vector<std::string>& tokens() const = 0;
  // Whether it may be asked for one more event without overstepping a limit.
  virtual bool is_ready() = 0;
  // Sends so many events at once; their positions follow head(), which moves at once.
  virtual void publish(std::size_t events) = 0;
  virtual std::uint64_t head() const = 0;
  // Returns once all that was published is answered as durable, where that means something.
  virtual void settle() = 0;
};

// Leads that are reported to the server by a clerk, one command an event. Readers are as many
// auditors as the server's limit of connections for a person asks for.
class ServedEvents final : public Broadcaster {
 public:
  ServedEvents(ServerUnderTest& server, std::size_t connections);

  std::uint16_t port() const override { return server_.port(); }
  pid_t pid() const override { return server_.pid(); }
  const std::vector<std::string>& tokens() const override { return tokens_; }
  bool is_ready() override;
  void publish(std::size_t events) override;
  std::uint64_t head() const override { return head_; }
  void settle() override;

 private:
  void take_answer(std::string_view answer);

  ServerUnderTest& server_;
  std::vector<std::string> tokens_;
  LiveSocket clerk_;
  std::uint64_t head_ = 0;
  std::uint64_t commands_ = 0;
  std::size_t unanswered_ = 0;
};

// A process that upgrades whoever connects and sends frames of this size to all of them, the events
// of one call in one send().
class BareEvents final : public Broadcaster {
 public:
  explicit BareEvents(std::size_t frame_bytes);
  ~BareEvents() override;

  std::uint16_t port() const override { return port_; }
  pid_t pid() const override { return process_; }
  const std::vector<std::string>& tokens() const override { return tokens_; }
  bool is_ready() override { return true; }
  void publish(std::size_t events) override;
  std::uint64_t head() const override { return head_; }
  void settle() override {}

 private:
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
  int orders_ = -1;  // a pipe: how many events, four bytes a call
  std::uint64_t head_ = 0;
  std::vector<std::string> tokens_{"nobody"};
};

}  // namespace silkledger::bench
