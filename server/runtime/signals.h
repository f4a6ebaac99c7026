// SIGINT and SIGTERM as calls: the first asks for a graceful end, a second for an end at once.
// SIGPIPE is ignored, a broken connection is an error code.
//
// Threads: made before Runtime::run(); the callback comes on a thread of the runtime.
#pragma once

#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace silkledger::server {

class Signals {
 public:
  using Handler =
      std::function<void(int signal, int count)>;  // count: 1 for the first, 2 for the second

  Signals(boost::asio::io_context& context, Handler handler);
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  // Lets the context run dry. Signals then have their default effect again.
  void stop();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace silkledger::server
