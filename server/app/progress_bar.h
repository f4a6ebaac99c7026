// A bar on standard error for work at the terminal; nothing where that is no terminal.
//
// One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace silkledger::server {

class ProgressBar {
 public:
  ProgressBar();
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // Draws, at most every tenth of a second. Another `what` begins a new measurement of speed.
  void show(const std::string& what, std::uint64_t done, std::uint64_t total);

 private:
  const bool is_terminal_;
  std::string what_;
  std::uint64_t began_at_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point drawn_;
};

}  // namespace silkledger::server
