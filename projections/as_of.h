// What a view showed at an earlier position: the served store as it was at the last interval end
// before it (past.h), with the few events behind that end folded over it in memory, into that view
// and those it reads. The same queries are put to that. What was folded for the last few questions
// is kept, so paging through an earlier day folds once.
//
// Threads: the executor's; answers may be read from any. Ownership: executor and log must outlive
// it; an answer keeps alive what it reads, a snapshot of the served store included, so it is for
// one answer and not for long. Errors: values. Destroyed with questions open, it does not answer
// them.
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
  std::uint32_t questions_max = 16;  // waiting or being folded
  // Events one answer may have to fold. More only lie behind the last interval end while the served
  // views are far behind the log.
  std::uint32_t fold_events_max = 16'384;
  std::uint32_t answers_kept_max = 8;                  // whose folding is kept
  std::uint64_t kept_bytes_max = 64ULL * 1024 * 1024;  // of these, keys and values
  RunnerLimits fold{.batch_records_max = 256};         // of one slice on the executor
};

struct AsOfRefusal {
  std::string code;  // position-ahead, views-behind, too-many-questions, failed
  Text text;
};

class AsOf {
 public:
  using Snapshot = std::shared_ptr<const ViewSnapshot>;
  using Answer = std::variant<Snapshot, AsOfRefusal>;

  // `served` gives the served rows as they are now, of these views.
  AsOf(eventstore::Executor& executor, LogReader log, std::function<Snapshot()> served,
       std::vector<View> views, AsOfLimits limits);
  ~AsOf();
  AsOf(const AsOf&) = delete;
  AsOf& operator=(const AsOf&) = delete;

  // Answers by the executor, never inside the call, with a snapshot of this view and of those it
  // reads; of an unknown view, with one of none. Position 0 is the empty ledger.
  void at(Position position, const std::string& view, std::function<void(Answer)> then);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

// The last position recorded at or before that instant; 0 when there is none. Reads about
// log2(head) records.
eventstore::StoreResult<Position> position_recorded_by(const LogReader& log, Instant instant);

}  // namespace silkledger::projections
