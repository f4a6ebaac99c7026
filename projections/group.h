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
    Applied applied;                                       // last = 0: there was nothing to fold
    std::vector<std::pair<std::string, Stopped>> stopped;  // views that stopped in this batch
    std::optional<std::string> failure;
  };
  // Folds and commits one batch of events, none beyond `until`. Requires: opened, and no failure
  // since.
  Step step(Position until);

  const Catalogue& views() const { return views_; }
  const Checkpoint& checkpoint() const { return checkpoint_; }
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
  std::optional<std::string> commit(Step& step);

  const Catalogue views_;
  const std::shared_ptr<ViewStore> store_;
  const LogReader log_;
  const RunnerLimits limits_;
  const Past past_;
  std::vector<std::vector<std::size_t>> folded_by_;  // by kind of event: the views that fold it
  std::unique_ptr<Tables> tables_;
  std::vector<Write> registry_;  // copies of the present batch's registry events
  Checkpoint checkpoint_;
};

// The text of an error of the log, for people.
std::string text_of(const eventstore::StoreError& error);

}  // namespace silkledger::projections
