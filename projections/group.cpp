#include "projections/group.h"

#include <kj/exception.h>

#include <algorithm>
#include <cassert>
#include <exception>
#include <iterator>

#include "domain/schema/event.meta.h"
#include "domain/schema/message.h"
#include "projections/fold_tables.h"
#include "projections/past.h"
#include "projections/registry_fold.h"

namespace silkledger::projections {
namespace {

Checkpoint empty_checkpoint(const Catalogue& views, Epoch epoch) {
  Checkpoint checkpoint;
  checkpoint.epoch = epoch;
  for (const View& view : views) {
    checkpoint.views.push_back({view.name, view.version, Digest{}, std::nullopt});
  }
  return checkpoint;
}

bool is_known(wire::Event::Reader event) {
  return static_cast<std::size_t>(event.which()) < schema::event_arms().size();
}

bool folds(const View& view, EventKind kind) {
  return view.folds.empty() || std::ranges::find(view.folds, kind) != view.folds.end();
}

// Runs `body`; what it throws as words, or nothing.
template <class Body>
std::optional<std::string> caught(const Body& body) {
  try {
    body();
    return std::nullopt;
  } catch (const kj::Exception& exception) {
    return "damaged bytes: " + std::string(exception.getDescription().cStr());
  } catch (const std::exception& exception) {
    return exception.what();
  }
}

}  // namespace

std::string text_of(const eventstore::StoreError& error) {
  return "the log cannot be read at position " + std::to_string(error.position) + ": " +
         error.detail;
}

ViewGroup::ViewGroup(Catalogue views, std::shared_ptr<ViewStore> store, LogReader log,
                     RunnerLimits limits, Past past)
    : views_(std::move(views)),
      store_(std::move(store)),
      log_(log),
      limits_(limits),
      past_(past),
      folded_by_(schema::event_arms().size()) {
  assert(limits_.interval_events > 0);
  for (std::size_t kind = 0; kind < folded_by_.size(); ++kind) {
    for (std::size_t view = 0; view < views_.size(); ++view) {
      if (folds(views_[view], static_cast<EventKind>(kind))) folded_by_[kind].push_back(view);
    }
  }
}

ViewGroup::~ViewGroup() = default;

// ---------------------------------------------------------------- opening

std::optional<std::string> ViewGroup::mismatch(const std::string& stored) {
  const auto checkpoint = decode_checkpoint(stored);
  if (!checkpoint) return "the checkpoint is not of a known form";
  const eventstore::Head head = log_.head();
  if (checkpoint->epoch != head.epoch) {
    return "the views are of epoch " + std::to_string(checkpoint->epoch) +
           " and the log of epoch " + std::to_string(head.epoch);
  }
  if (checkpoint->position > head.position) {
    return "the views stand at position " + std::to_string(checkpoint->position) +
           " and the log ends at " + std::to_string(head.position);
  }
  if (checkpoint->views.size() != views_.size()) return "the set of views is another one";
  for (std::size_t i = 0; i < views_.size(); ++i) {
    const ViewState& state = checkpoint->views[i];
    if (state.name != views_[i].name || state.version != views_[i].version) {
      return "view " + views_[i].name + " is of version " + std::to_string(views_[i].version) +
             " and was stored as " + state.name + " of version " + std::to_string(state.version);
    }
  }
  if (checkpoint->position > 0) {
    const auto root = log_.root_at(checkpoint->position);
    if (const auto* error = std::get_if<eventstore::StoreError>(&root)) return text_of(*error);
    if (std::get<eventstore::Hash>(root) != checkpoint->root) {
      return "the log has another root at position " + std::to_string(checkpoint->position) +
             " than the one the views were folded from";
    }
  }
  checkpoint_ = *checkpoint;
  return std::nullopt;
}

ViewGroup::Opened ViewGroup::open(Mismatch on_mismatch) {
  Opened opened;
  tables_.reset();
  checkpoint_ = empty_checkpoint(views_, log_.epoch());
  auto stored = store_->snapshot()->checkpoint();
  if (const auto* error = std::get_if<ViewStoreError>(&stored)) {
    opened.failure = error->detail;
    return opened;
  }
  if (const std::string& text = std::get<std::string>(stored); !text.empty()) {
    opened.began_again = mismatch(text);
  }
  if (opened.began_again) {
    if (on_mismatch == Mismatch::refuse) {
      opened.failure = std::exchange(opened.began_again, std::nullopt);
      return opened;
    }
    if (const auto error = store_->clear()) {
      opened.failure = error->detail;
      return opened;
    }
  }
  const bool is_new = opened.began_again || std::get<std::string>(stored).empty();
  if (is_new) {
    // Says epoch and views even before the first event.
    if (const auto error = store_->commit({{}, encode(checkpoint_)})) {
      opened.failure = error->detail;
      return opened;
    }
  }
  opened.failure = open_tables();
  return opened;
}

std::optional<std::string> ViewGroup::open_tables() {
  auto tables = std::make_unique<Tables>(views_);
  const auto snapshot = store_->snapshot();
  if (past_ == Past::kept) {
    const auto end = last_end(*snapshot, position());
    if (const auto* error = std::get_if<ViewStoreError>(&end)) return error->detail;
    tables->source.end = std::get<IntervalEnd>(end).position;
  }
  if (auto failure = fold_kept_registry(*snapshot, 0, position(), tables->reference)) {
    return failure;
  }
  gathered_ = {};
  is_committed_ = true;
  tables->source.began_empty = position() == 0;
  tables_ = std::move(tables);
  return std::nullopt;
}

// ---------------------------------------------------------------- folding

ViewGroup::Step ViewGroup::step(Position until) {
  assert(tables_ && "a group is opened before it folds");
  Step step;
  if (position() >= until) {
    step.failure = commit();
    if (step.failure) tables_.reset();
    return step;
  }
  const Position wanted = until;
  if (past_ == Past::kept) until = std::min(until, next_end());
  const eventstore::ReadLimit limit{
      static_cast<std::uint32_t>(std::min<Position>(limits_.batch_records_max, until - position())),
      limits_.batch_bytes_max};
  auto read = log_.read(position() + 1, limit);
  if (const auto* error = std::get_if<eventstore::StoreError>(&read)) {
    step.failure = text_of(*error);
    tables_.reset();
    return step;
  }
  const auto& batch = std::get<eventstore::ReadBatch>(read);
  if (batch.records.empty()) return step;

  tables_->source.snapshot = store_->snapshot();
  tables_->source.is_behind_end = tables_->source.end == position();
  step.applied.first = batch.records.front().header.position;
  assert(step.applied.first == position() + 1 && "positions are dense");
  for (const eventstore::RecordView& record : batch.records) {
    fold_record(record, step);
    checkpoint_.position = record.header.position;
    if (tables_->source.failure) break;
  }
  step.applied.last = checkpoint_.position;
  step.failure = tables_->source.failure ? tables_->source.failure : end_batch(step, wanted);
  if (step.failure) tables_.reset();
  return step;
}

Position ViewGroup::next_end() const {
  return (position() / limits_.interval_events + 1) * limits_.interval_events;
}

void ViewGroup::fold_record(const eventstore::RecordView& record, Step& step) {
  const Position position = record.header.position;
  if (auto copy = kept_registry_event(record)) gathered_.writes.push_back(std::move(*copy));
  // An event that cannot be read might have concerned any view.
  const auto stop_all = [&](const std::string& cause) {
    for (std::size_t view = 0; view < views_.size(); ++view) stop_view(view, position, cause, step);
  };
  const auto fault = caught([&] {
    schema::MessageReader message(record.payload);
    const auto stored = message.root<wire::StoredEvent>();
    if (!is_known(stored.getEvent())) {
      return stop_all("the event is of a kind that this version does not know");
    }
    fold_event({position, record.header.stream, record.header.version,
                Instant{record.header.recorded_at}, stored},
               step);
  });
  if (fault) stop_all(*fault);
}

void ViewGroup::fold_event(const EventInput& input, Step& step) {
  tables_->source.event = input.position;
  tables_->day_before_event = tables_->reference.current_day();
  tables_->reference.evolve(input.event(), {input.position, input.version, input.occurred_on()});
  for (const std::size_t view : folded_by_[static_cast<std::size_t>(input.event().which())]) {
    if (!checkpoint_.views[view].stopped) fold_view(view, input, step);
  }
}

void ViewGroup::fold_view(std::size_t view, const EventInput& input, Step& step) {
  ViewTables& tables = tables_->of(view);
  Fold fold(*tables_, view);
  const auto fault = caught([&] { views_[view].fold(fold, input); });
  if (!fault) return tables.keep_event();
  tables.undo_event();
  if (!tables_->source.failure) stop_view(view, input.position, *fault, step);
}

void ViewGroup::stop_view(std::size_t view, Position position, const std::string& cause,
                          Step& step) {
  ViewState& state = checkpoint_.views[view];
  if (state.stopped) return;
  state.stopped = Stopped{position, cause};
  step.stopped.emplace_back(state.name, *state.stopped);
  stop_readers(view, position, step);
}

// Rows that another view copied from a stopped one would no longer be a function of the log.
void ViewGroup::stop_readers(std::size_t view, Position position, Step& step) {
  const std::string& name = views_[view].name;
  for (std::size_t reader = view + 1; reader < views_.size(); ++reader) {
    if (std::ranges::find(views_[reader].reads, name) == views_[reader].reads.end()) continue;
    stop_view(reader, position, "view " + name + ", whose rows it reads, stopped here", step);
  }
}

std::optional<std::string> ViewGroup::end_batch(Step& step, Position until) {
  const auto root = log_.root_at(checkpoint_.position);
  if (const auto* error = std::get_if<eventstore::StoreError>(&root)) return text_of(*error);
  checkpoint_.root = std::get<eventstore::Hash>(root);
  is_committed_ = false;
  const bool gathers = limits_.gathered_bytes_max > 0;
  bool is_due = !gathers || position() >= until;
  for (std::size_t view = 0; view < views_.size(); ++view) {
    ViewTables& tables = tables_->of(view);
    tables.collect(gathered_, checkpoint_.views[view].digest,
                   gathers ? nullptr : &step.applied.rows);
    is_due = is_due || tables.is_beyond(limits_.cached_rows_max);
  }
  gathered_.checkpoint = encode(checkpoint_);
  if (past_ == Past::kept && position() % limits_.interval_events == 0) {
    gathered_.writes.push_back(
        {std::string(kEndsFamily), position_key(position()), gathered_.checkpoint});
    tables_->source.end = position();
  }
  tables_->source.snapshot.reset();  // nothing old need be kept for it
  if (tables_->source.failure) return tables_->source.failure;
  is_due = is_due || tables_->source.unsaved_bytes >= limits_.gathered_bytes_max;
  return is_due ? commit() : std::nullopt;
}

std::optional<std::string> ViewGroup::commit() {
  if (is_committed_) return std::nullopt;
  for (std::size_t view = 0; view < views_.size(); ++view) tables_->of(view).save(gathered_);
  const auto error = store_->commit(std::exchange(gathered_, {}));
  if (error) return error->detail;
  is_committed_ = true;
  tables_->source.unsaved_bytes = 0;
  for (std::size_t view = 0; view < views_.size(); ++view) {
    tables_->of(view).trim(limits_.cached_rows_max);
  }
  return std::nullopt;
}

std::optional<std::string> ViewGroup::flush() {
  if (tables_) {
    if (auto failure = commit()) {
      tables_.reset();
      return failure;
    }
  }
  const auto error = store_->flush();
  return error ? std::optional(error->detail) : std::nullopt;
}

}  // namespace silkledger::projections
