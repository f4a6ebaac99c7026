// What a drill and the library in front of its server share: a page of memory that is mapped from
// one file by both. The drill says which call fails when; the library counts.
//
// Only calls on files below SILKLEDGER_FAULT_FOLDER count; the page is SILKLEDGER_FAULT_STATE.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace silkledger::faults {

enum class Call : std::uint32_t {
  open,
  write,
  pwrite,
  fdatasync,
  fsync,
  rename,
  ftruncate,
  fallocate,
};
inline constexpr std::size_t kCalls = 8;

// In place of an errno: half of the bytes are written, and said to be.
inline constexpr std::int32_t kShort = -1;
// In place of an errno: the process ends there, as by kill -9.
inline constexpr std::int32_t kKill = -2;

struct State {
  std::atomic<std::uint32_t> call{0};
  std::atomic<std::int32_t> error{0};  // errno or kShort
  std::atomic<std::uint64_t> nth{0};   // from 1 on, of `call` since the process began; 0: never
  std::atomic<std::uint32_t> fired{0};
  std::atomic<std::uint64_t> seen[kCalls] = {};
  // What the disk still takes; beyond it is ENOSPC. The greatest number is a disk without end.
  std::atomic<std::int64_t> room_bytes{std::numeric_limits<std::int64_t>::max()};
  std::atomic<bool> room_is_told{true};  // to who asks the file system how much there is
};
static_assert(std::atomic<std::int64_t>::is_always_lock_free, "shared between processes");

}  // namespace silkledger::faults
