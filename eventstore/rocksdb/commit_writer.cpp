#include "eventstore/rocksdb/commit_writer.h"

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <cassert>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/sequencer/append_check.h"

namespace silkledger::eventstore {
namespace {

// More commits than end while a follower folds one batch.
constexpr std::size_t kRecentHeadsMax = 128;

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }

// Filling a batch fails only when memory does.
void require(const rocksdb::Status& status) {
  if (!status.ok()) std::abort();
}

}  // namespace

// One group commit on its way into one WriteBatch.
class CommitWriter::Batch final : public CommitSink {
 public:
  explicit Batch(const Database& database) : database_(database) {}

  void on_record(const RecordRef& record, std::string_view bytes, const Hash& leaf) override {
    const auto key = keys::record(record.position);
    const rocksdb::Slice key_part = slice(keys::view(key));
    const std::array<rocksdb::Slice, 2> value_parts = {slice(bytes_of(leaf)), slice(bytes)};
    require(batch_.Put(database_.records(), rocksdb::SliceParts(&key_part, 1),
                       rocksdb::SliceParts(value_parts.data(), 2)));
  }

  void on_run(const StreamRun& run) override {
    if (run.first_version == 1) {
      require(batch_.Put(database_.streams(), keys::name(run.stream),
                         keys::name_value(run.first_position)));
    }
    require(batch_.Put(database_.streams(), keys::run(run.stream, run.first_version),
                       keys::run_value(run.first_position, run.records)));
  }

  void on_command(const CommandKey& command, const Receipt& receipt) override {
    const auto records = static_cast<std::uint32_t>(receipt.last - receipt.first + 1);
    require(batch_.Put(database_.commands(), keys::command(command),
                       keys::command_value({receipt.first, records, receipt.fingerprint})));
  }

  void on_subtree(unsigned level, std::uint64_t index, const Hash& hash) override {
    if (level < keys::kStoredLevelMin) return;
    require(batch_.Put(database_.meta_family(), keys::tree(level, index), slice(bytes_of(hash))));
  }

  void set_head(const Head& head) {
    require(batch_.Put(database_.meta_family(), slice(keys::kHead),
                       keys::head_value({head.position, head.root})));
  }

  rocksdb::WriteBatch& batch() { return batch_; }

 private:
  const Database& database_;
  rocksdb::WriteBatch batch_;
};

CommitWriter::CommitWriter(const Database& database, const LogReader& reader, LogEnd end,
                           Settings settings, Executor& executor, const Clock& clock,
                           WaitList& waits, HeadFollower& follower)
    : database_(database),
      reader_(reader),
      settings_(std::move(settings)),
      epoch_(end.epoch),
      executor_(executor),
      clock_(clock),
      waits_(waits),
      follower_(follower),
      batch_(std::make_unique<Batch>(database)) {
  sequencer_.emplace(std::move(end), settings_.limits, static_cast<const CommittedState&>(*this));
  head_ = sequencer_->head();
  waits_.publish(head_.position);
  thread_ = std::thread([this] { run(); });
}

CommitWriter::~CommitWriter() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    if (!read_only_) read_only_ = "the store is closing";
  }
  submitted_.notify_one();
  thread_.join();
}

void CommitWriter::submit(Epoch epoch, Append append, AppendCompletion completion) {
  auto refused = refuse_unseen(epoch, append);
  if (!refused) {
    const std::uint64_t bytes = payload_bytes(append);
    std::unique_lock lock(mutex_);
    if (read_only_) {
      refused = ReadOnly{*read_only_};
    } else if (queue_.size() >= settings_.limits.queued_appends_max) {
      refused = LimitExceeded{"queued_appends_max", queue_.size() + 1,
                              settings_.limits.queued_appends_max};
    } else if (queued_bytes_ + bytes > settings_.limits.queued_bytes_max) {
      refused = LimitExceeded{"queued_bytes_max", queued_bytes_ + bytes,
                              settings_.limits.queued_bytes_max};
    } else {
      queued_bytes_ += bytes;
      const bool was_empty = queue_.empty();
      queue_.push_back({std::move(append), std::move(completion)});
      lock.unlock();
      if (was_empty) submitted_.notify_one();
      return;
    }
  }
  post(std::move(completion), *std::move(refused));
}

// What can be refused without knowing the log, in the order the port gives.
std::optional<AppendOutcome> CommitWriter::refuse_unseen(Epoch epoch, const Append& append) const {
  if (epoch != epoch_) return Fenced{epoch_};
  {
    const std::lock_guard lock(mutex_);
    if (read_only_) return ReadOnly{*read_only_};
  }
  if (auto exceeded = exceeded_limit(append, settings_.limits)) return *std::move(exceeded);
  assert_well_formed(append);
  return std::nullopt;
}

void CommitWriter::stop_writes(std::string reason) {
  const std::lock_guard lock(mutex_);
  if (!read_only_) read_only_ = std::move(reason);
}

bool CommitWriter::failed() const {
  const std::lock_guard lock(mutex_);
  return failed_;
}

void CommitWriter::take_writes() {
  const std::lock_guard lock(mutex_);
  assert(!failed_);
  if (!closing_) read_only_.reset();
}

void CommitWriter::resume(LogEnd end) {
  const std::lock_guard lock(mutex_);
  assert(failed_ && queue_.empty());
  failed_ = false;
  resumed_ = std::move(end);
  if (!closing_) read_only_.reset();
}

Head CommitWriter::head() const {
  const std::lock_guard lock(mutex_);
  return head_;
}

std::optional<Hash> CommitWriter::recent_root(Position position) const {
  const std::lock_guard lock(mutex_);
  for (const Head& head : recent_heads_) {
    if (head.position == position) return head.root;
  }
  return std::nullopt;
}

StoreResult<Version> CommitWriter::version_of(const StreamName& stream) const {
  return reader_.stream_version(stream, head().position);
}

StoreResult<std::optional<Receipt>> CommitWriter::receipt_of(const CommandKey& command) const {
  return reader_.receipt(command, head().position);
}

void CommitWriter::run() {
  // Nobody reads the counters that RocksDB keeps of each comparison.
  rocksdb::SetPerfLevel(rocksdb::PerfLevel::kDisable);
  std::vector<Queued> taken;
  while (take(taken)) commit(std::exchange(taken, {}));
}

// Everything queued, as far as it fits one commit; false when there is nothing left and never will
// be.
bool CommitWriter::take(std::vector<Queued>& taken) {
  std::unique_lock lock(mutex_);
  submitted_.wait(lock, [this] { return closing_ || !queue_.empty(); });
  if (queue_.empty()) return false;
  if (resumed_) {
    sequencer_.emplace(*std::exchange(resumed_, std::nullopt), settings_.limits,
                       static_cast<const CommittedState&>(*this));
  }
  const std::size_t size = commit_size(queue_, settings_.limits);
  if (size == queue_.size()) {
    taken.swap(queue_);
    queued_bytes_ = 0;
    return true;
  }
  const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(size);
  for (auto at = queue_.begin(); at != end; ++at) queued_bytes_ -= payload_bytes(at->append);
  taken.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
  queue_.erase(queue_.begin(), end);
  return true;
}

void CommitWriter::commit(std::vector<Queued> appends) {
  if (follower_.failed()) {
    const std::string reason = follower_.failure().value_or("the head file could not be written");
    return fail(std::move(appends), ReadOnly{reason}, reason);
  }
  std::vector<const Append*> planned;
  planned.reserve(appends.size());
  for (const Queued& queued : appends) planned.push_back(&queued.append);
  batch_->batch().Clear();
  const Position before = sequencer_->position();
  if (auto error = sequencer_->plan(planned, clock_.now_us(), *batch_, outcomes_)) {
    // Nothing was written, so the outcome is known; but a log that cannot be read takes no more.
    const std::string reason = "the log could not be read: " + error->detail;
    return fail(std::move(appends), ReadOnly{reason}, reason);
  }
  if (sequencer_->position() != before) {
    const Head head = sequencer_->head();
    batch_->set_head(head);
    rocksdb::WriteOptions options;
    options.sync = settings_.sync;
    const auto status = database_.write(options, batch_->batch());
    if (!status.ok()) {
      const bool full = status.IsNoSpace();
      const std::string reason =
          (full ? "the disk is full: " : "the last commit failed: ") + status.ToString();
      return fail(std::move(appends), Unknown{reason, full}, reason);
    }
    {
      const std::lock_guard lock(mutex_);
      head_ = head;
      recent_heads_.push_back(head);
      if (recent_heads_.size() > kRecentHeadsMax) recent_heads_.pop_front();
    }
    follower_.on_durable(head, sequencer_->recorded_at());
  }
  // A wait that begins because of an answer finds the head moved. Wake-ups come behind the answers:
  // nobody who follows the log is in more of a hurry.
  waits_.advance(sequencer_->position());
  post_all(std::move(appends), std::exchange(outcomes_, {}));
  waits_.publish(sequencer_->position());
}

// The same answer to everything in the commit and behind it. The sequencer has run ahead of a disk
// whose state nobody knows, so it goes; only opening the log again tells what is there.
void CommitWriter::fail(std::vector<Queued> appends, const AppendOutcome& outcome,
                        std::string reason) {
  sequencer_.reset();
  {
    const std::lock_guard lock(mutex_);
    read_only_ = std::move(reason);
    failed_ = true;
    appends.insert(appends.end(), std::make_move_iterator(queue_.begin()),
                   std::make_move_iterator(queue_.end()));
    queue_.clear();
    queued_bytes_ = 0;
  }
  std::vector<AppendOutcome> outcomes(appends.size(), outcome);
  post_all(std::move(appends), std::move(outcomes));
}

void CommitWriter::post(AppendCompletion completion, AppendOutcome outcome) {
  executor_.post(
      [completion = std::move(completion), outcome = std::move(outcome)] { completion(outcome); });
}

// One task for the whole commit: posting each by itself would cost more than writing it.
void CommitWriter::post_all(std::vector<Queued> appends, std::vector<AppendOutcome> outcomes) {
  struct Answers {
    std::vector<Queued> appends;
    std::vector<AppendOutcome> outcomes;
  };
  auto answers = std::make_shared<Answers>(Answers{std::move(appends), std::move(outcomes)});
  executor_.post([answers = std::move(answers)] {
    for (std::size_t i = 0; i < answers->appends.size(); ++i) {
      answers->appends[i].completion(std::move(answers->outcomes[i]));
    }
  });
}

}  // namespace silkledger::eventstore
