// Clients that send commands as fast as they are answered, several at a time on each connection,
// until they are told to stop; and what each was told.
//
// Threads: one for each connection, joined by stop(). Errors: an answer that is no receipt ends the
// load and stands in unexpected().
#pragma once

#include <atomic>
#include <boost/json.hpp>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "clients/cpp/client.h"
#include "tests/e2e/live_subscriber.h"
#include "tests/support/api_client.h"

namespace silkledger::testing {

class CommandLoad {
 public:
  // `name` makes the ids of commands and leads unique.
  CommandLoad(client::Endpoint endpoint, std::string unit, std::string name, int connections,
              int in_flight)
      : endpoint_(std::move(endpoint)), unit_(std::move(unit)) {
    for (int i = 0; i < connections; ++i) {
      threads_.emplace_back(
          [this, mine = name + "-" + std::to_string(i), in_flight] { send(mine, in_flight); });
    }
  }
  ~CommandLoad() { stop(); }
  CommandLoad(const CommandLoad&) = delete;
  CommandLoad& operator=(const CommandLoad&) = delete;

  // No further command is sent; those on their way are waited for.
  void stop() {
    stopping_ = true;
    for (auto& thread : threads_) thread.join();
    threads_.clear();
  }

  std::size_t answered() const {
    const std::lock_guard lock(mutex_);
    return receipts_.size();
  }
  // By command id. After stop().
  const std::map<std::string, boost::json::object>& receipts() const { return receipts_; }
  const std::string& unexpected() const { return unexpected_; }

 private:
  void send(const std::string& name, int in_flight_max) {
    client::LiveClient live(endpoint_);
    if (live.connect()) return fail("no connection");
    int in_flight = 0;
    for (int i = 0;;) {
      for (; !stopping_ && in_flight < in_flight_max; ++in_flight, ++i) {
        const auto id = name + "-" + std::to_string(i);
        if (live.send(command_frame(id, "reportLead", lead_body(id, unit_)))) return fail("send");
      }
      if (in_flight == 0) return;
      const auto text = live.receive(std::chrono::seconds(60));
      if (!text) return fail("no answer: " + live.error().message);
      auto frame = boost::json::parse(*text).as_object();
      if (text_of(frame, "type") != "answer" || number_of(frame, "status") != 200) {
        return fail(*text);
      }
      --in_flight;
      const std::lock_guard lock(mutex_);
      receipts_[text_of(frame, "commandId")] = frame.at("body").as_object();
    }
  }
  void fail(const std::string& why) {
    const std::lock_guard lock(mutex_);
    unexpected_ = why;
  }

  const client::Endpoint endpoint_;
  const std::string unit_;
  std::atomic<bool> stopping_ = false;
  mutable std::mutex mutex_;
  std::map<std::string, boost::json::object> receipts_;
  std::string unexpected_;
  std::vector<std::thread> threads_;
};

}  // namespace silkledger::testing
