// A ViewGroup is some views over one store: it knows how to open them at their checkpoint and how
// to fold the next batch of the log into them. Runner, Rebuild and AsOf drive one each. A batch
// never reaches over an interval end (past.h).
//
// Threads: one at a time. Ownership: the log must outlive it; the store is shared.
// Errors: of log and store are values; after one the group must be opened again before it folds.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "projections/checkpoint.h"
#include "projections/log_reader.h"
#include "projections/runner.h"
#include "projections/view.h"
#include "projections/view_store.h"

namespace silkledger::projections {

class Tables;

class ViewGroup {
 public:
  // A store that is thrown away soon keeps no past; one that is kept does so from its first event.
  enum class Past { kept, none };
  ViewGroup(Catalogue views, std::shared_ptr<ViewStore> store, LogReader log, RunnerLimits limits,
            Past past = Past::kept);
  ~ViewGroup();
  ViewGroup(const ViewGroup&) = delete;
  ViewGroup& operator=(const ViewGroup&) = delete;

  enum class Mismatch {
    begin_again,  // empty the store
    refuse,       // leave it as it is and fail
  };
  struct Opened {
    std::optional<std::string> began_again;  // why the store was emptied
    std::optional<std::string> failure;
  };
  // Compares the checkpoint with the log and folds the registry up to it.
  Opened open(Mismatch mismatch);

  struct Step {
    // last = 0: there was nothing to fold. Batches that gather are told without their rows.
    Applied applied;
    std::vector<std::pair<std::string, Stopped>> stopped;  // views that stopped in this batch
    std::optional<std::string> failure;
  };
  // Folds one batch of events, none beyond `until`, and commits it, unless batches gather
  // (RunnerLimits::gathered_bytes_max): these are committed once they are enough or `until` is
  // reached. Requires: opened, and no failure since.
  Step step(Position until);
  // Commits what has gathered and returns once everything is on disk.
  std::optional<std::string> flush();

  const Catalogue& views() const { return views_; }
  const Checkpoint& checkpoint() const { return checkpoint_; }
  // The last event folded. The store stands there too, unless batches gather.
  Position position() const { return checkpoint_.position; }
  const std::shared_ptr<ViewStore>& store() const { return store_; }

 private:
  std::optional<std::string> mismatch(const std::string& stored);
  std::optional<std::string> open_tables();
  Position next_end() const;
  void fold_record(const eventstore::RecordView& record, Step& step);
  void fold_event(const EventInput& input, Step& step);
  void fold_view(std::size_t view, const EventInput& input, Step& step);
  void stop_view(std::size_t view, Position position, const std::string& cause, Step& step);
  void stop_readers(std::size_t view, Position position, Step& step);
  std::optional<std::string> end_batch(Step& step, Position until);
  std::optional<std::string> commit();

  const Catalogue views_;
  const std::shared_ptr<ViewStore> store_;
  const LogReader log_;
  const RunnerLimits limits_;
  const Past past_;
  std::vector<std::vector<std::size_t>> folded_by_;  // by kind of event: the views that fold it
  std::unique_ptr<Tables> tables_;
  WriteBatch gathered_;  // what the tables handed over already, and copies of registry events
  bool is_committed_ = true;  // nothing was folded since the last commit
  Checkpoint checkpoint_;
};

// The text of an error of the log, for people.
std::string text_of(const eventstore::StoreError& error);

}  // namespace silkledger::projections
