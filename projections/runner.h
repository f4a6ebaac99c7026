// The Runner keeps the served views up with the log: read a batch after the checkpoint, fold it,
// commit rows and checkpoint together, announce, repeat; at the head it sleeps until the log grows.
// There is one way in for old and new events alike.
//
// At start it compares the checkpoint with the log. Epoch, position, root or view versions differ:
// the store is emptied and everything is folded again, and on_restarted says why. Threads:
// constructed, started, stopped and asked on the executor's thread; snapshot() from any. Ownership:
// executor, log and callbacks must outlive it. Callbacks run on the executor and may call the
// runner. Errors: a failing log or view store stops the runner with its reason (state().failure);
// start() tries again.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "eventstore/executor.h"
#include "projections/checkpoint.h"
#include "projections/log_reader.h"
#include "projections/view_store.h"

namespace silkledger::projections {

struct View;
class ViewGroup;

struct RunnerLimits {
  std::uint32_t batch_records_max = 512;        // events folded and committed at once
  std::uint32_t batch_bytes_max = 1024 * 1024;  // payload bytes of the same
  std::uint32_t cached_rows_max = 65'536;       // decoded rows kept between batches, per view
  std::uint32_t reference_read_records = 1024;  // records read at once to fold the registry again
  // New events gather this long before they are folded, so that under load many share one commit
  // of the views and answers to commands leave first. Whoever waits for a position is not kept.
  std::uint32_t gather_us_max = 2'000;
  // Batches gather in memory until so many bytes of rows are to be written, and are then committed
  // at once; 0: each is committed and announced by itself. For building a store that nobody reads.
  std::uint64_t gathered_bytes_max = 0;
  // Events between two interval ends, at each of which the store keeps what it was (past.h).
  std::uint32_t interval_events = 1024;
};

// One row that a batch wrote or erased.
struct ChangedRow {
  std::string view;
  std::string key;
  bool erased = false;
  // Units that take part in it (before it was erased); nothing for views that everybody may read.
  std::optional<std::vector<std::string>> units;
  friend bool operator==(const ChangedRow&, const ChangedRow&) = default;
};

struct Applied {
  Position first = 0;  // events first..last were folded by this commit
  Position last = 0;
  std::vector<ChangedRow> rows;  // by view in catalogue order, then by key
};

struct RunnerCallbacks {
  std::function<void(const Applied&)> on_applied;               // after each commit
  std::function<void(const std::string& reason)> on_restarted;  // began again from an empty store
  std::function<void(const std::string& view, const Stopped&)> on_view_stopped;
  std::function<void(const std::string& reason)> on_failed;  // the runner stopped
  std::function<void()> on_switched;                         // another store is served now
};

struct RunnerState {
  Checkpoint checkpoint;  // of what is served
  Position head = 0;      // of the log, when asked
  bool running = false;
  std::optional<std::string> failure;  // why it does not run
};

class Runner {
 public:
  Runner(eventstore::Executor& executor, LogReader log, std::shared_ptr<ViewStore> store,
         std::vector<View> views, RunnerLimits limits, RunnerCallbacks callbacks);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // Checks the checkpoint and folds the registry up to it before it returns, then goes on by the
  // executor.
  void start();
  // Nothing is folded afterwards; what was committed is flushed.
  std::optional<ViewStoreError> stop();

  Position applied() const;
  RunnerState state() const;
  const std::vector<View>& views() const;

  // The served rows at one position. The server keeps the snapshot for one answer, not for long.
  std::shared_ptr<const ViewSnapshot> snapshot() const;

  // Runs `then` on the executor once applied() ≥ position, or never when the handle is dropped
  // before.
  using Wait = std::shared_ptr<void>;
  [[nodiscard]] Wait wait_applied(Position position, std::function<void()> then);

  // Serves `group` from now on, at exactly the present position. Requires: group stands at
  // applied(). Used by Rebuild.
  void serve(std::shared_ptr<ViewGroup> group);

 private:
  class Impl;
  std::shared_ptr<Impl> impl_;
};

}  // namespace silkledger::projections
