// A client under load: reports leads as fast as answers come and tells the history.
//
// Threads: one object, one thread. Errors: a broken connection ends it; answers other than "stored"
// are kept for whoever knows whether they were allowed.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "clients/cpp/client.h"
#include "tests/drills/history.h"

namespace silkledger::testing {

struct Refused {
  int status = 0;
  std::string body;  // a problem
  bool outcome_unknown() const { return body.find(":outcome-unknown\"") != std::string::npos; }
};

struct Sender {
  History& history;
  std::string unit;
  std::string name;  // makes the ids of its commands and leads unique
  int commands_max = std::numeric_limits<int>::max();
  std::function<void()> on_stored = [] {};
  std::vector<Refused> refused = {};

  void over_http(const client::Endpoint& endpoint);
  // Several commands at a time on one connection.
  void over_websocket(const client::Endpoint& endpoint);

 private:
  std::string begin(int number);
  void take(const std::string& id, int status, const boost::json::value& body);
};

}  // namespace silkledger::testing
