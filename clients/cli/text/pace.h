// When to try again after a connection was lost: exponential back-off with full jitter, so that a
// hundred clients do not come back in the same second.
//
// Values, pure; chance comes in as an argument.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace silkledger::cli {

inline constexpr std::chrono::milliseconds kRetryFirst{500};
inline constexpr std::chrono::milliseconds kRetryMost{30'000};

// `attempt` counts from 0 and starts again after a connection that worked; `chance` is uniform.
inline std::chrono::milliseconds retry_delay(std::uint32_t attempt, std::uint32_t chance) {
  const std::uint32_t doublings = std::min<std::uint32_t>(attempt, 16);
  const auto ceiling = std::min(kRetryMost, kRetryFirst * (std::int64_t{1} << doublings));
  return std::chrono::milliseconds(chance % (ceiling.count() + 1));
}

}  // namespace silkledger::cli
