#include "projections/as_of.h"

#include <algorithm>
#include <deque>
#include <span>
#include <utility>

#include "projections/group.h"
#include "projections/memory/memory_view_stores.h"
#include "projections/overlay.h"
#include "projections/past.h"

namespace silkledger::projections {
namespace {

AsOfRefusal ahead(Position position, Position head) {
  const std::string at = std::to_string(position);
  const std::string end = std::to_string(head);
  return {"position-ahead",
          {"位置 " + at + " 尚未写入，台账现至 " + end,
           "position " + at + " is not written yet; the log ends at " + end}};
}

AsOfRefusal behind(Position applied) {
  const std::string text = std::to_string(applied);
  return {"views-behind",
          {"视图正在追赶台账，暂时只能回溯到位置 " + text + " 附近，请稍后再试",
           "the views are still catching up with the log: for now ask for a position near " + text +
               " or before"}};
}

AsOfRefusal too_many() {
  return {"too-many-questions",
          {"正在进行的回溯过多，请稍后再试", "too many as-of questions are open: try again shortly"}};
}

AsOfRefusal failed(const std::string& reason) {
  return {"failed", {"回溯失败：" + reason, "the views of that position cannot be shown: " + reason}};
}

// Leaves these views in the text of a checkpoint.
bool keep_only(const Catalogue& views, std::string& text) {
  auto checkpoint = decode_checkpoint(text);
  if (!checkpoint) return false;
  std::erase_if(checkpoint->views, [&](const ViewState& state) {
    return std::ranges::find(views, state.name, &View::name) == views.end();
  });
  text = encode(*checkpoint);
  return true;
}

}  // namespace

class AsOf::Impl : public std::enable_shared_from_this<AsOf::Impl> {
 public:
  Impl(eventstore::Executor& executor, LogReader log, std::function<Snapshot()> served,
       std::vector<View> views, AsOfLimits limits)
      : executor_(executor),
        log_(log),
        served_(std::move(served)),
        views_(std::move(views)),
        limits_(limits) {}

  void at(Position position, const std::string& view, std::function<void(Answer)> then) {
    const Position head = log_.head().position;
    if (position > head) return answer(std::move(then), ahead(position, head));
    if (questions_.size() >= limits_.questions_max) return answer(std::move(then), too_many());
    questions_.push_back({position, view, std::move(then)});
    schedule();
  }

 private:
  struct Question {
    Position position;
    std::string view;
    std::function<void(Answer)> then;
  };
  // The events from an interval end up to a position, folded into a view and what it reads.
  struct Folded {
    Position position = 0;
    std::string view;
    IntervalEnd end;
    std::shared_ptr<MemoryViewStore> changes;
  };

  void answer(std::function<void(Answer)> then, Answer with) {
    executor_.post([weak = weak_from_this(), then = std::move(then), with = std::move(with)] {
      if (weak.lock()) then(with);
    });
  }

  void schedule() {
    if (scheduled_) return;
    scheduled_ = true;
    executor_.post([weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->step();
    });
  }

  // One slice of the oldest question.
  void step() {
    scheduled_ = false;
    if (questions_.empty()) return;
    const Position wanted = questions_.front().position;
    if (!group_) {
      auto begun = begin(wanted, questions_.front().view);
      if (begun) return finish(std::move(*begun));
    }
    const ViewGroup::Step step = group_->step(wanted);
    if (step.failure) return finish(failed(*step.failure));
    if (group_->position() < wanted) return schedule();
    const Snapshot shown = group_->store()->snapshot();
    keep(std::move(folding_));
    finish(shown);
  }

  // The answer, if nothing has to be folded for it.
  std::optional<Answer> begin(Position wanted, const std::string& view) {
    const Snapshot served = served_();
    auto found = last_end(*served, wanted);
    if (const auto* error = std::get_if<ViewStoreError>(&found)) return failed(error->detail);
    auto& end = std::get<IntervalEnd>(found);
    if (wanted - end.position > limits_.fold_events_max) return behind(end.position);
    Catalogue views = with_what_they_read(views_, std::span(&view, 1));
    if (end.position > 0 && !keep_only(views, end.checkpoint)) {
      return failed("the checkpoint of position " + std::to_string(end.position) + " is damaged");
    }
    const Snapshot base = base_at(served, end);
    if (const auto kept = kept_for(wanted, view, end)) {
      return OverlayViewStore(base, kept->changes).snapshot();
    }
    folding_ = {wanted, view, std::move(end),
                std::make_shared<MemoryViewStore>(families_of(views_))};
    group_ = std::make_unique<ViewGroup>(
        std::move(views), std::make_shared<OverlayViewStore>(base, folding_.changes), log_,
        limits_.fold, ViewGroup::Past::none);
    const auto opened = group_->open(ViewGroup::Mismatch::refuse);
    if (opened.failure) return failed(*opened.failure);
    return std::nullopt;
  }

  Snapshot base_at(const Snapshot& served, const IntervalEnd& end) const {
    if (end.position == 0) return MemoryViewStore(families_of(views_)).snapshot();
    return std::make_shared<PastSnapshot>(served, end, views_);
  }

  // What was folded over the same end. After a rebuild the end may have become another.
  std::optional<Folded> kept_for(Position position, const std::string& view,
                                 const IntervalEnd& end) {
    const auto kept = std::ranges::find_if(kept_, [&](const Folded& folded) {
      return folded.position == position && folded.view == view;
    });
    if (kept == kept_.end()) return std::nullopt;
    Folded folded = std::move(*kept);
    kept_.erase(kept);
    if (folded.end != end) return std::nullopt;
    keep(folded);
    return folded;
  }

  // The latest stands last; those not asked for the longest time go first.
  void keep(Folded folded) {
    kept_.push_back(std::move(folded));
    const auto bytes = [this] {
      std::uint64_t sum = 0;
      for (const Folded& one : kept_) sum += one.changes->bytes();
      return sum;
    };
    while (!kept_.empty() &&
           (kept_.size() > limits_.answers_kept_max || bytes() > limits_.kept_bytes_max)) {
      kept_.pop_front();
    }
  }

  void finish(Answer with) {
    group_.reset();
    folding_ = {};
    Question question = std::move(questions_.front());
    questions_.pop_front();
    if (!questions_.empty()) schedule();
    question.then(std::move(with));
  }

  eventstore::Executor& executor_;
  const LogReader log_;
  const std::function<Snapshot()> served_;
  const std::vector<View> views_;
  const AsOfLimits limits_;
  std::deque<Question> questions_;
  std::deque<Folded> kept_;
  Folded folding_;                    // for the oldest question
  std::unique_ptr<ViewGroup> group_;  // that folds it
  bool scheduled_ = false;
};

AsOf::AsOf(eventstore::Executor& executor, LogReader log, std::function<Snapshot()> served,
           std::vector<View> views, AsOfLimits limits)
    : impl_(std::make_shared<Impl>(executor, log, std::move(served), std::move(views), limits)) {}

AsOf::~AsOf() = default;

void AsOf::at(Position position, const std::string& view, std::function<void(Answer)> then) {
  impl_->at(position, view, std::move(then));
}

eventstore::StoreResult<Position> position_recorded_by(const LogReader& log, Instant instant) {
  Position low = 0;  // recorded in time, or nothing
  Position high = log.head().position;
  // Instants never go back within a log, so the log can be halved.
  while (low < high) {
    const Position middle = low + (high - low + 1) / 2;
    auto read = log.read(middle, {1, eventstore::ReadLimit{}.bytes_max});
    if (auto* error = std::get_if<eventstore::StoreError>(&read)) return std::move(*error);
    const auto& records = std::get<eventstore::ReadBatch>(read).records;
    const bool in_time = !records.empty() && records.front().header.recorded_at <= instant.us;
    if (in_time) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

}  // namespace silkledger::projections
