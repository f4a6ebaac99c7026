#include "projections/rebuild.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "projections/comparison.h"
#include "projections/filling.h"
#include "projections/group.h"

namespace silkledger::projections {

std::string_view name_of(RebuildPhase phase) {
  switch (phase) {
    case RebuildPhase::idle:
      return "idle";
    case RebuildPhase::building:
      return "building";
    case RebuildPhase::comparing:
      return "comparing";
    case RebuildPhase::differs:
      return "differs";
    case RebuildPhase::filling:
      return "filling";
    case RebuildPhase::following:
      return "following";
    case RebuildPhase::switched:
      return "switched";
    case RebuildPhase::cancelled:
      return "cancelled";
    case RebuildPhase::failed:
      return "failed";
  }
  return "";
}

namespace {

bool is_under_way(RebuildPhase phase) {
  return phase == RebuildPhase::building || phase == RebuildPhase::comparing ||
         phase == RebuildPhase::differs || phase == RebuildPhase::filling ||
         phase == RebuildPhase::following;
}

std::vector<std::string> names_of(const Catalogue& views) {
  std::vector<std::string> names;
  for (const View& view : views) names.push_back(view.name);
  return names;
}

std::uint64_t entries_of(const Checkpoint& checkpoint) {
  std::uint64_t entries = 0;
  for (const ViewState& view : checkpoint.views) entries += view.digest.entries;
  return entries;
}

}  // namespace

class Rebuild::Impl : public std::enable_shared_from_this<Rebuild::Impl> {
 public:
  Impl(eventstore::Executor& executor, LogReader log, ViewStores& stores, Runner& runner,
       RebuildLimits limits, std::function<void(const RebuildState&)> on_progress)
      : executor_(executor),
        log_(log),
        stores_(stores),
        runner_(runner),
        limits_(limits),
        on_progress_(std::move(on_progress)) {}

  bool start(const RebuildRequest& request, bool is_new) {
    if (is_under_way(state_.phase) || (!is_new && !stores_.has_beside())) return false;
    Catalogue views = runner_.views();
    if (!request.views.empty()) views = with_what_they_read(views, request.views);
    const auto is_known = [&](const std::string& name) {
      return std::ranges::find(views, name, &View::name) != views.end();
    };
    if (!std::ranges::all_of(request.views, is_known)) return false;
    begin(RebuildPhase::building, names_of(views), request.switch_when_equal);
    auto opened = stores_.open_beside();
    if (is_new) {
      if (auto* store = std::get_if<std::shared_ptr<ViewStore>>(&opened)) {
        if (auto error = (*store)->clear()) opened = std::move(*error);
      }
    }
    open_group(std::move(views), std::move(opened), limits_.building(),
               ViewGroup::Mismatch::begin_again);
    return true;
  }

  bool roll_back() {
    if (is_under_way(state_.phase) || !stores_.has_previous()) return false;
    begin(RebuildPhase::following, names_of(runner_.views()), true);
    state_.is_roll_back = true;
    open_group(runner_.views(), stores_.open_previous(), limits_.fold,
               ViewGroup::Mismatch::refuse);
    return true;
  }

  bool accept() {
    if (state_.phase == RebuildPhase::differs) {
      // The log may have gone on: catch up, compare again for the record, and take it.
      is_accepted_ = true;
      enter(RebuildPhase::building);
      return true;
    }
    if (state_.phase != RebuildPhase::following) return false;
    is_accepted_ = true;
    schedule();
    return true;
  }

  void cancel(const std::string& reason, bool keep) {
    if (!is_under_way(state_.phase)) return;
    std::optional<std::string> failure;
    if (keep && group_) failure = group_->flush();
    let_go();
    if (!keep && !state_.is_roll_back) {
      if (const auto error = stores_.discard_beside()) failure = error->detail;
    }
    state_.phase = RebuildPhase::cancelled;
    state_.reason = failure ? reason + " (" + *failure + ")" : reason;
    tell();
  }

  const RebuildState& state() const { return state_; }

 private:
  void begin(RebuildPhase phase, std::vector<std::string> views, bool switch_when_equal) {
    let_go();
    state_ = {};
    state_.phase = phase;
    state_.views = std::move(views);
    is_accepted_ = false;
    switch_when_equal_ = switch_when_equal;
  }

  void open_group(Catalogue views, ViewResult<std::shared_ptr<ViewStore>> opened,
                  const RunnerLimits& limits, ViewGroup::Mismatch mismatch) {
    if (const auto* error = std::get_if<ViewStoreError>(&opened)) return fail(error->detail);
    group_ = std::make_shared<ViewGroup>(
        std::move(views), std::get<std::shared_ptr<ViewStore>>(opened), log_, limits);
    if (const auto failure = group_->open(mismatch).failure) return fail(*failure);
    tell();
    schedule();
  }

  void enter(RebuildPhase phase) {
    state_.phase = phase;
    tell();
    schedule();
  }

  void schedule() {
    if (scheduled_) return;
    scheduled_ = true;
    executor_.post([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->step();
    });
  }

  void step() {
    scheduled_ = false;
    switch (state_.phase) {
      case RebuildPhase::building:
        if (fold_to_live()) begin_comparing();
        return;
      case RebuildPhase::comparing:
        return compare();
      case RebuildPhase::filling:
        return fill();
      case RebuildPhase::following:
        if (fold_to_live()) switch_or_wait();
        return;
      default:
        return;
    }
  }

  // One batch; true when the store stands where the served one does.
  bool fold_to_live() {
    const ViewGroup::Step step = group_->step(runner_.applied());
    if (step.failure) {
      fail(*step.failure);
      return false;
    }
    if (step.applied.last > 0) tell();
    if (group_->position() == runner_.applied()) return true;
    if (group_->position() < runner_.applied()) {
      schedule();
    } else {
      wait_for_live(group_->position());  // the served views began again and are behind
    }
    return false;
  }

  void wait_for_live(Position position) {
    wait_ = runner_.wait_applied(position, [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->schedule();
    });
  }

  void begin_comparing() {
    live_ = runner_.snapshot();
    live_checkpoint_ = runner_.state().checkpoint;
    comparison_ =
        std::make_unique<Comparison>(live_, group_->store()->snapshot(), state_.views, limits_);
    enter(RebuildPhase::comparing);
  }

  void compare() {
    if (comparison_->step()) return schedule();
    const auto comparison = std::move(comparison_);
    if (comparison->failure()) return fail(*comparison->failure());
    state_.compared_at = comparison->position();
    state_.difference_count = comparison->difference_count();
    state_.differences = comparison->differences();
    if (state_.difference_count > 0 && !is_accepted_) {
      live_.reset();
      state_.phase = RebuildPhase::differs;
      return tell();
    }
    begin_filling();
  }

  void begin_filling() {
    std::vector<std::string> others;
    for (const View& view : runner_.views()) {
      if (std::ranges::find(state_.views, view.name) == state_.views.end()) {
        others.push_back(view.name);
      }
    }
    filling_ =
        std::make_unique<Filling>(live_, live_checkpoint_, others, group_->store(),
                                  group_->checkpoint(), limits_.slice_rows_max);
    enter(RebuildPhase::filling);
  }

  void fill() {
    if (filling_->step()) return schedule();
    const auto filling = std::move(filling_);
    live_.reset();
    if (filling->failure()) return fail(*filling->failure());
    const std::shared_ptr<ViewStore> store = group_->store();
    group_ = std::make_shared<ViewGroup>(runner_.views(), store, log_, limits_.fold);
    if (const auto failure = group_->open(ViewGroup::Mismatch::refuse).failure) {
      return fail(*failure);
    }
    enter(RebuildPhase::following);
  }

  void switch_or_wait() {
    if (!switch_when_equal_ && !is_accepted_) return wait_for_live(group_->position() + 1);
    if (const auto error = group_->store()->flush()) return fail(error->detail);
    const auto error =
        state_.is_roll_back ? stores_.switch_to_previous() : stores_.switch_to_beside();
    if (error) return fail(error->detail);
    state_.phase = RebuildPhase::switched;
    update();
    runner_.serve(std::exchange(group_, nullptr));
    tell();
  }

  void fail(const std::string& reason) {
    let_go();
    state_.phase = RebuildPhase::failed;
    state_.reason = reason;
    tell();
  }

  void let_go() {
    wait_.reset();
    comparison_.reset();
    filling_.reset();
    live_.reset();
    group_.reset();
  }

  void update() {
    state_.head = log_.head().position;
    if (!group_) return;
    state_.position = group_->position();
    state_.rows = entries_of(group_->checkpoint());
  }

  void tell() {
    update();
    if (on_progress_) on_progress_(state_);
  }

  eventstore::Executor& executor_;
  const LogReader log_;
  ViewStores& stores_;
  Runner& runner_;
  const RebuildLimits limits_;
  const std::function<void(const RebuildState&)> on_progress_;

  RebuildState state_;
  bool switch_when_equal_ = true;
  bool is_accepted_ = false;
  bool scheduled_ = false;
  std::shared_ptr<ViewGroup> group_;
  Runner::Wait wait_;
  // At the position where both stores stood equal.
  std::shared_ptr<const ViewSnapshot> live_;
  Checkpoint live_checkpoint_;
  std::unique_ptr<Comparison> comparison_;
  std::unique_ptr<Filling> filling_;
};

Rebuild::Rebuild(eventstore::Executor& executor, LogReader log, ViewStores& stores, Runner& runner,
                 RebuildLimits limits, std::function<void(const RebuildState&)> on_progress)
    : impl_(std::make_shared<Impl>(executor, log, stores, runner, limits, std::move(on_progress))) {
}

Rebuild::~Rebuild() = default;

bool Rebuild::start(const RebuildRequest& request) { return impl_->start(request, true); }
bool Rebuild::resume(const RebuildRequest& request) { return impl_->start(request, false); }
bool Rebuild::roll_back() { return impl_->roll_back(); }
bool Rebuild::accept() { return impl_->accept(); }
void Rebuild::cancel(const std::string& reason, bool keep) { impl_->cancel(reason, keep); }
const RebuildState& Rebuild::state() const { return impl_->state(); }

}  // namespace silkledger::projections
