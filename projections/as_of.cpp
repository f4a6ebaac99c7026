#include "projections/as_of.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "projections/group.h"
#include "projections/memory/memory_view_stores.h"

namespace silkledger::projections {
namespace {

AsOfRefusal ahead(Position position, Position head) {
  const std::string at = std::to_string(position);
  const std::string end = std::to_string(head);
  return {"position-ahead",
          {"位置 " + at + " 尚未写入，台账现至 " + end,
           "position " + at + " is not written yet; the log ends at " + end}};
}

AsOfRefusal too_long(std::uint64_t most) {
  const std::string text = std::to_string(most);
  return {
      "replay-too-long",
      {"回溯须重放的事件超过 " + text + " 条，请选择更早的位置",
       "the answer needs a replay of more than " + text + " events: ask for an earlier position"}};
}

AsOfRefusal too_many() {
  return {"too-many-replays",
          {"正在进行的回溯过多，请稍后再试", "too many replays are under way: try again shortly"}};
}

AsOfRefusal failed(const std::string& reason) {
  return {"failed", {"回溯失败：" + reason, "the replay failed: " + reason}};
}

}  // namespace

class AsOf::Impl : public std::enable_shared_from_this<AsOf::Impl> {
 public:
  Impl(eventstore::Executor& executor, LogReader log, std::vector<View> views, AsOfLimits limits)
      : executor_(executor), log_(log), views_(std::move(views)), limits_(limits) {}

  void at(Position position, std::function<void(Answer)> then) {
    const Position head = log_.head().position;
    if (position > head) return answer(std::move(then), ahead(position, head));
    if (questions_.size() >= limits_.replays_max) return answer(std::move(then), too_many());
    questions_.push_back({position, std::move(then)});
    schedule();
  }

 private:
  struct Question {
    Position position;
    std::function<void(Answer)> then;
  };
  struct Kept {
    Position position;
    std::shared_ptr<MemoryViewStore> store;
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
      if (const auto refusal = begin(wanted)) return finish(*refusal);
    }
    const ViewGroup::Step step = group_->step(wanted);
    if (step.failure) return finish(failed(*step.failure));
    if (group_->position() < wanted) return schedule();
    keep(wanted);
    finish(std::shared_ptr<const ViewSnapshot>(kept_.back().store->snapshot()));
  }

  std::optional<AsOfRefusal> begin(Position wanted) {
    const Kept* nearest = nullptr;
    for (const Kept& kept : kept_) {
      const bool is_nearer = !nearest || kept.position > nearest->position;
      if (kept.position <= wanted && is_nearer) nearest = &kept;
    }
    const Position from = nearest ? nearest->position : 0;
    if (wanted - from > limits_.replay_events_max) return too_long(limits_.replay_events_max);
    store_ =
        nearest ? nearest->store->copy() : std::make_shared<MemoryViewStore>(families_of(views_));
    group_ = std::make_unique<ViewGroup>(views_, store_, log_, limits_.fold);
    const auto opened = group_->open(ViewGroup::Mismatch::begin_again);
    return opened.failure ? std::optional(failed(*opened.failure)) : std::nullopt;
  }

  // The latest answer stands last; the one not asked for the longest time goes first.
  void keep(Position position) {
    std::erase_if(kept_, [&](const Kept& kept) { return kept.position == position; });
    kept_.push_back({position, store_});
    // The answer itself holds its rows, so even a bound of none leaves it whole.
    while (kept_.size() > std::max<std::size_t>(limits_.stores_kept_max, 1)) kept_.pop_front();
  }

  void finish(Answer with) {
    group_.reset();
    store_.reset();
    Question question = std::move(questions_.front());
    questions_.pop_front();
    if (!questions_.empty()) schedule();
    question.then(std::move(with));
  }

  eventstore::Executor& executor_;
  const LogReader log_;
  const std::vector<View> views_;
  const AsOfLimits limits_;
  std::deque<Question> questions_;
  std::deque<Kept> kept_;
  std::shared_ptr<MemoryViewStore> store_;
  std::unique_ptr<ViewGroup> group_;  // of the oldest question
  bool scheduled_ = false;
};

AsOf::AsOf(eventstore::Executor& executor, LogReader log, std::vector<View> views,
           AsOfLimits limits)
    : impl_(std::make_shared<Impl>(executor, log, std::move(views), limits)) {}

AsOf::~AsOf() = default;

void AsOf::at(Position position, std::function<void(Answer)> then) {
  impl_->at(position, std::move(then));
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
