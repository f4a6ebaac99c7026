// A Rebuild folds views again from the first event, into a store beside the served one, while that
// is served.
//
//   building → comparing → filling → following → switched
//                  └ differs (waits for accept or cancel)
//
// Building and following fold one batch at a time on the executor, so the server keeps serving.
// What is built gathers in memory and is loaded many batches at once. Comparing takes both stores
// at one position, row by row, and checks both against the digests kept with them. Filling copies
// the views that were not asked for from the served store. Following keeps the new store at the log
// until it is switched to, which happens between two batches when both stand at the same position;
// then the served store becomes the previous one and is kept for roll-back until the next rebuild.
// An interrupted rebuild goes on from its own checkpoint. Roll-back is the same way with the
// previous store, without comparing.
//
// Threads: the executor's. Ownership: everything given to it must outlive it.
// Errors: phase `failed` with its reason.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/executor.h"
#include "projections/log_reader.h"
#include "projections/runner.h"
#include "projections/view_store.h"

namespace silkledger::projections {

struct RebuildLimits {
  RunnerLimits fold{.batch_records_max = 1024};  // of building and following
  // While building, rows gather in memory up to so many bytes and are then loaded at once.
  std::uint64_t gathered_bytes_max = 8ULL * 1024 * 1024;
  std::uint32_t slice_rows_max = 2048;           // rows compared or copied at once
  std::uint32_t differences_max = 100;           // rows told; more are only counted

  RunnerLimits building() const {
    RunnerLimits limits = fold;
    limits.gathered_bytes_max = gathered_bytes_max;
    return limits;
  }
};

enum class RebuildPhase {
  idle,
  building,
  comparing,
  differs,
  filling,
  following,
  switched,
  cancelled,
  failed,
};
std::string_view name_of(RebuildPhase phase);

struct RowDifference {
  std::string view;
  std::string key;
  std::optional<std::string> live;  // canonical bytes; nothing: the row is missing
  std::optional<std::string> rebuilt;
};

struct RebuildState {
  RebuildPhase phase = RebuildPhase::idle;
  bool is_roll_back = false;
  std::vector<std::string> views;  // asked for, and those they read
  Position position = 0;           // folded so far
  Position head = 0;               // of the log
  std::uint64_t rows = 0;          // in the new store
  std::optional<Position> compared_at;
  std::uint64_t difference_count = 0;
  std::vector<RowDifference> differences;  // the first of them
  std::string reason;                      // why it failed or was cancelled
};

struct RebuildRequest {
  std::vector<std::string> views = {};  // empty: all
  bool switch_when_equal = true;        // otherwise it follows until accept()
};

class Rebuild {
 public:
  Rebuild(eventstore::Executor& executor, LogReader log, ViewStores& stores, Runner& runner,
          RebuildLimits limits, std::function<void(const RebuildState&)> on_progress);
  ~Rebuild();
  Rebuild(const Rebuild&) = delete;
  Rebuild& operator=(const Rebuild&) = delete;

  // False when one is under way or a view is unknown. Starts anew: what an interrupted rebuild left
  // is emptied.
  bool start(const RebuildRequest& request);
  // Goes on with what an interrupted rebuild left; false when there is nothing or one is under way.
  bool resume(const RebuildRequest& request);
  // Serves the previous store again; false when there is none or one is under way.
  bool roll_back();
  // Takes over a store that differs, or one that follows: an administrator has looked at it.
  bool accept();
  // Stops, and deletes the store beside unless it is kept for resume().
  void cancel(const std::string& reason, bool keep = false);

  const RebuildState& state() const;

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace silkledger::projections
