// When to try again after a failure: a random time between nothing and a limit that doubles with
// every failure ("full jitter"), so that thousands that were cut at once do not come back at once.
//
// Values, pure; chance comes in as an argument.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace silkledger::client {

struct RetryPauses {
  std::chrono::milliseconds first_max{500};
  std::chrono::milliseconds most{30'000};
};

// `failures` counts from 0 and starts again after an attempt that worked; `random` is any number.
inline std::chrono::milliseconds retry_pause(std::uint32_t failures, std::uint64_t random,
                                             const RetryPauses& pauses = {}) {
  auto limit = pauses.first_max;
  for (std::uint32_t i = 0; i < failures && limit < pauses.most; ++i) limit *= 2;
  limit = std::min(limit, pauses.most);
  return std::chrono::milliseconds(random % (static_cast<std::uint64_t>(limit.count()) + 1));
}

}  // namespace silkledger::client
