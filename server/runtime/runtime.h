// The threads of the server: one io_context, run by one thread unless told otherwise, that serves
// both the core and the network. Everything is posted; with one thread nothing is ever waited for.
//
// Why one: the core is a single deterministic machine and a network event costs less than a
// hand-over between threads on the small machines we are made for. With more threads each
// connection keeps to a strand of its own and the core to another, so the same code is sound; only
// the deployment differs.
#pragma once

#include <cstddef>
#include <memory>

#include "server/runtime/asio_executor.h"

namespace silkledger::server {

class Runtime {
 public:
  explicit Runtime(std::size_t threads = 1);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  AsioExecutor& core() { return core_; }
  boost::asio::io_context& context() { return *context_; }
  std::size_t threads() const { return threads_; }

  // Blocks, running everything on this thread and threads-1 others, until finish() or abort().
  void run();
  // From any thread: delayed work of the core is dropped and run() returns once nothing is under
  // way.
  void finish();
  // From any thread: run() returns at once, whatever is under way. For a second signal.
  void abort();

 private:
  struct Guard;
  std::size_t threads_;
  std::unique_ptr<boost::asio::io_context> context_;
  std::unique_ptr<Guard> guard_;
  AsioExecutor core_;
};

}  // namespace silkledger::server
