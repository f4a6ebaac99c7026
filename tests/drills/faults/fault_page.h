// The drill's side of the faults: makes the shared page, and the words that put the library in
// front of a server.
//
// Threads: any. Errors: a page that cannot be made throws, which ends the drill with a reason.
#pragma once

#include <string>
#include <vector>

#include "tests/drills/faults/fault_state.h"

namespace silkledger::faults {

class FaultPage {
 public:
  // Makes the file; faults strike below `folder` only.
  FaultPage(std::string file, std::string folder);
  ~FaultPage();
  FaultPage(const FaultPage&) = delete;
  FaultPage& operator=(const FaultPage&) = delete;

  State& state() { return *state_; }
  // Nothing goes wrong, counts from the start.
  void reset();
  std::vector<std::string> words(const std::string& library) const;

 private:
  std::string file_;
  std::string folder_;
  State* state_;
};

}  // namespace silkledger::faults
