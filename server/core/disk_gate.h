// The disk gate: takes the log out of writing before the disk is so full that a commit would fail,
// and lets it write again once there is room. Two thresholds, so that it does not swing. It also
// tries to bring back a log whose commit did fail for want of room.
//
// Threads: the core executor's. check() blocks on the disk while it brings the log back.
// Ownership: what it is given outlives it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "server/core/core_limits.h"
#include "server/core/sequencer.h"
#include "server/runtime/log.h"

namespace silkledger::server {

// The disk that the log lies on.
class DiskSpace {
 public:
  virtual ~DiskSpace() = default;
  // For this process, in bytes; nothing when the system does not tell.
  virtual std::optional<std::uint64_t> free_bytes() const = 0;
};

class DiskGate {
 public:
  // Requires: disk_free_bytes_resume >= disk_free_bytes_min.
  // `give_up` hears, once, that only opening the log anew can help.
  DiskGate(const DiskSpace& disk, Sequencer& sequencer, const CoreLimits& limits, Log say,
           std::function<void(std::string reason)> give_up);

  // Looks once. Call each second.
  void check();

 private:
  void close(std::uint64_t free);
  void try_to_open();

  const DiskSpace& disk_;
  Sequencer& sequencer_;
  const std::uint64_t min_;
  const std::uint64_t resume_;
  const Log say_;
  std::function<void(std::string reason)> give_up_;
  bool told_failure_ = false;  // to recover: once is enough
};

}  // namespace silkledger::server
