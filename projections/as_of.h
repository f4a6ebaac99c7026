// What the views showed at an earlier position: the log is folded up to it into a store in memory,
// and the same queries are put to that. The last few stores are kept, and a later position is
// folded on from the nearest.
//
// Threads: the executor's. Ownership: executor and log must outlive it; answers keep their rows
// alive. Errors: values. Destroyed with questions open, it does not answer them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "domain/kernel/text.h"
#include "domain/kernel/time.h"
#include "eventstore/executor.h"
#include "projections/log_reader.h"
#include "projections/runner.h"
#include "projections/view_store.h"

namespace silkledger::projections {

struct AsOfLimits {
  std::uint32_t stores_kept_max = 4;            // earlier positions kept in memory
  std::uint32_t replays_max = 4;                // questions waiting or being folded
  std::uint64_t replay_events_max = 2'000'000;  // events one answer may have to fold
  RunnerLimits fold;
};

struct AsOfRefusal {
  std::string code;  // position-ahead, replay-too-long, too-many-replays, failed
  Text text;
};

class AsOf {
 public:
  using Answer = std::variant<std::shared_ptr<const ViewSnapshot>, AsOfRefusal>;

  AsOf(eventstore::Executor& executor, LogReader log, std::vector<View> views, AsOfLimits limits);
  ~AsOf();
  AsOf(const AsOf&) = delete;
  AsOf& operator=(const AsOf&) = delete;

  // Answers by the executor, never inside the call. Position 0 is the empty ledger.
  void at(Position position, std::function<void(Answer)> then);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

// The last position recorded at or before that instant; 0 when there is none. Reads about
// log2(head) records.
eventstore::StoreResult<Position> position_recorded_by(const LogReader& log, Instant instant);

}  // namespace silkledger::projections
