#include "server/runtime/system_clock.h"

namespace silkledger::server {

namespace chrono = std::chrono;

std::int64_t SystemClock::now_us() const {
  const auto since_epoch = chrono::system_clock::now().time_since_epoch();
  return chrono::duration_cast<chrono::microseconds>(since_epoch).count();
}

DemoClock::DemoClock(std::int64_t start_us)
    : start_us_(start_us), made_at_(chrono::steady_clock::now()) {}

std::int64_t DemoClock::now_us() const {
  const auto elapsed = chrono::steady_clock::now() - made_at_;
  return start_us_ + chrono::duration_cast<chrono::microseconds>(elapsed).count();
}

}  // namespace silkledger::server
