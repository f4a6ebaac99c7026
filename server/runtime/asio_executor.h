// The core's executor on an io_context: one strand, so work runs one at a time and in order of
// posting, however many threads run the context.
//
// Threads: every method from any thread. Ownership: the io_context outlives it. Work that throws is
// a bug and leaves through io_context::run().
#pragma once

#include <memory>

#include "eventstore/executor.h"

namespace boost::asio {
class io_context;
}

namespace silkledger::server {

class AsioExecutor final : public eventstore::Executor {
 public:
  explicit AsioExecutor(boost::asio::io_context& context);
  ~AsioExecutor() override;
  AsioExecutor(const AsioExecutor&) = delete;
  AsioExecutor& operator=(const AsioExecutor&) = delete;

  void post(std::function<void()> work) override;
  void post_after(std::chrono::microseconds delay, std::function<void()> work) override;

  // Drops all delayed work, now and later, so that the context can run dry. Posted work still runs.
  void retire();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace silkledger::server
