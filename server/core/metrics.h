// What the server counts about itself, in the text format of Prometheus (OpenMetrics names).
//
// Threads: any (prometheus-cpp locks). No label carries a person or a subject.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/core/sequencer.h"

namespace silkledger::server {

class Core;

class Metrics {
 public:
  Metrics();
  ~Metrics();

  void command(std::string_view name, const CommandOutcome& outcome, double seconds);
  void query(std::string_view kind, int status);
  void live_opened();
  void live_closed();
  void frames_sent(std::uint64_t count);
  void wave();

  // Gauges are read from the core at the moment of asking.
  std::string text(Core& core);

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace silkledger::server
