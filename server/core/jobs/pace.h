// How fast a job goes and how long it will still take, and when that is worth telling again.
//
// Values, pure; the clock comes in as an argument. Owner: one job, on the core executor.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "domain/schema/json/writer.h"

namespace silkledger::server {

class Pace {
 public:
  static constexpr std::int64_t kTellEveryUs = 250'000;

  // A stretch of work begins at `done`; speed is measured from here.
  void begin(std::int64_t now_us, std::uint64_t done) {
    began_us_ = now_us_ = now_us;
    began_at_ = done_ = done;
    told_us_ = 0;
  }
  void reached(std::int64_t now_us, std::uint64_t done) {
    now_us_ = now_us;
    done_ = done;
  }

  // True now and then, so that a fast job does not flood its followers.
  bool is_due() {
    if (now_us_ - told_us_ < kTellEveryUs) return false;
    told_us_ = now_us_;
    return true;
  }

  // "<what>PerSecond" and "secondsLeft", once they can be told.
  void write(json::Writer& out, std::string_view rate_name, std::uint64_t total) const {
    const auto elapsed_us =
        static_cast<std::uint64_t>(std::max<std::int64_t>(1, now_us_ - began_us_));
    if (done_ <= began_at_) return;
    const std::uint64_t rate = (done_ - began_at_) * 1'000'000 / elapsed_us;
    out.key(rate_name);
    out.big(rate);
    if (rate == 0) return;
    out.key("secondsLeft");
    out.big((total - std::min(total, done_)) / rate);
  }

 private:
  std::int64_t began_us_ = 0;
  std::int64_t now_us_ = 0;
  std::int64_t told_us_ = 0;
  std::uint64_t began_at_ = 0;
  std::uint64_t done_ = 0;
};

}  // namespace silkledger::server
