#include "eventstore/memory/memory_event_store.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <utility>

#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/reading/batch_builder.h"
#include "eventstore/sequencer/append_check.h"

namespace silkledger::eventstore {
namespace {

// Collects what the sequencer wants written. The memory store needs no stream runs and no subtrees:
// it counts and hashes again when asked.
template <class Commit>
class Collector final : public CommitSink {
 public:
  explicit Collector(Commit& commit) : commit_(commit) {}

  void on_record(const RecordRef& record, std::string_view bytes, const Hash& leaf) override {
    std::string stored(bytes_of(leaf));
    commit_.records.push_back(std::move(stored.append(bytes)));
    commit_.streams.emplace_back(record.stream);
  }
  void on_run(const StreamRun&) override {}
  void on_command(const CommandKey& command, const Receipt& receipt) override {
    commit_.commands.emplace_back(command, receipt);
  }
  void on_subtree(unsigned, std::uint64_t, const Hash&) override {}

 private:
  Commit& commit_;
};

}  // namespace

struct MemoryEventStore::PostedTasks {
  MemoryEventStore* store;
};

// Requires throughout: the disk's mutex is held.
class MemoryEventStore::DiskState final : public CommittedState {
 public:
  explicit DiskState(const MemoryDisk& disk) : disk_(disk) {}

  StoreResult<Version> version_of(const StreamName& stream) const override {
    const auto found = disk_.streams_.find(stream);
    return found == disk_.streams_.end() ? Version{0} : Version{found->second.size()};
  }
  StoreResult<std::optional<Receipt>> receipt_of(const CommandKey& command) const override {
    const auto found = disk_.commands_.find(command);
    if (found == disk_.commands_.end()) return std::optional<Receipt>();
    return std::optional<Receipt>(found->second);
  }

 private:
  const MemoryDisk& disk_;
};

class MemoryEventStore::DiskTree final : public TreeReader {
 public:
  explicit DiskTree(const MemoryEventStore& store) : store_(store) {}

  StoreResult<Hash> subtree(unsigned level, std::uint64_t index) const override {
    Frontier frontier;
    const Position first = (index << level) + 1;
    for (Position at = first; at < first + (std::uint64_t{1} << level); ++at) {
      auto record = store_.stored(at);
      if (auto* error = std::get_if<StoreError>(&record)) return std::move(*error);
      frontier.append(std::get<StoredRecord>(record).leaf);
    }
    return frontier.root();
  }

 private:
  const MemoryEventStore& store_;
};

MemoryEventStore::MemoryEventStore(Executor& executor, Clock& clock, MemoryOptions options,
                                   std::shared_ptr<MemoryDisk> disk)
    : executor_(executor),
      clock_(clock),
      options_(std::move(options)),
      disk_(std::move(disk)),
      epoch_(disk_->epoch_),
      committed_(std::make_unique<DiskState>(*disk_)),
      waits_(executor),
      tasks_(std::make_shared<PostedTasks>(PostedTasks{this})) {
  const std::lock_guard lock(disk_->mutex_);
  assert(!disk_->open_ && "one store at a time");
  disk_->open_ = true;
  if (disk_->unseen_) disk_->write(*std::exchange(disk_->unseen_, std::nullopt));
  sequencer_ = std::make_unique<Sequencer>(read_end(), options_.limits, *committed_);
  head_ = sequencer_->head();
  waits_.publish(head_.position);
}

// Requires: the mutex is held.
LogEnd MemoryEventStore::read_end() const {
  LogEnd end;
  end.epoch = epoch_;
  for (std::size_t i = 0; i < disk_->records_.size(); ++i) {
    // The disk holds what this class wrote; a test that corrupts it does so after opening.
    const auto record = open_stored_record(disk_->records_[i], i + 1);
    assert(std::holds_alternative<StoredRecord>(record));
    end.frontier.append(std::get<StoredRecord>(record).leaf);
    end.recorded_at = std::get<StoredRecord>(record).record.recorded_at;
  }
  return end;
}

MemoryEventStore::~MemoryEventStore() {
  tasks_.reset();
  if (*crashed_) return;
  while (in_flight_ || !queue_.empty()) {
    if (!in_flight_) begin_commit();
    finish_commit();
  }
  const std::lock_guard lock(disk_->mutex_);
  disk_->open_ = false;
}

void MemoryEventStore::fail_next_commit(Fate fate, std::string reason) {
  const std::lock_guard lock(disk_->mutex_);
  fault_ = Fault{fate, std::move(reason), false};
}

void MemoryEventStore::fill_disk() {
  const std::lock_guard lock(disk_->mutex_);
  disk_full_ = true;
}

void MemoryEventStore::make_room() {
  const std::lock_guard lock(disk_->mutex_);
  disk_full_ = false;
}

void MemoryEventStore::go_read_only(std::string reason) {
  const std::lock_guard lock(disk_->mutex_);
  if (!read_only_) read_only_ = std::move(reason);
}

void MemoryEventStore::end_recovery() {
  const std::lock_guard lock(disk_->mutex_);
  if (failed_) failed_->recoverable = false;
}

std::optional<StoreError> MemoryEventStore::recover() {
  const std::lock_guard lock(disk_->mutex_);
  if (failed_ && !failed_->recoverable) {
    return StoreError{StoreError::Kind::reopen, "the last commit failed: " + failed_->reason, 0};
  }
  if (failed_ && disk_full_) return StoreError{StoreError::Kind::io, "the disk is full", 0};
  if (failed_) sequencer_ = std::make_unique<Sequencer>(read_end(), options_.limits, *committed_);
  failed_.reset();
  read_only_.reset();
  return std::nullopt;
}

void MemoryEventStore::crash() {
  tasks_.reset();
  const std::lock_guard lock(disk_->mutex_);
  if (*crashed_) return;
  *crashed_ = true;
  queue_.clear();
  in_flight_.reset();
  disk_->open_ = false;
}

void MemoryEventStore::answer(AppendCompletion completion, AppendOutcome outcome) {
  // A completion belongs to the caller, not to the store: it runs even when the store is gone,
  // unless the process died.
  executor_.post(
      [completion = std::move(completion), outcome = std::move(outcome), crashed = crashed_] {
        if (!*crashed) completion(outcome);
      });
}

void MemoryEventStore::append(Epoch epoch, Append append, AppendCompletion completion) {
  const std::lock_guard lock(disk_->mutex_);
  if (*crashed_) return;
  if (epoch != epoch_) return answer(std::move(completion), Fenced{epoch_});
  if (read_only_) return answer(std::move(completion), ReadOnly{*read_only_});
  if (auto exceeded = exceeded_limit(append, options_.limits)) {
    return answer(std::move(completion), *std::move(exceeded));
  }
  assert_well_formed(append);
  if (queue_.size() >= options_.limits.queued_appends_max) {
    return answer(std::move(completion), LimitExceeded{"queued_appends_max", queue_.size() + 1,
                                                       options_.limits.queued_appends_max});
  }
  const std::uint64_t bytes = payload_bytes(append);
  if (queued_bytes_ + bytes > options_.limits.queued_bytes_max) {
    return answer(std::move(completion), LimitExceeded{"queued_bytes_max", queued_bytes_ + bytes,
                                                       options_.limits.queued_bytes_max});
  }
  queued_bytes_ += bytes;
  queue_.push_back({std::move(append), std::move(completion)});
  schedule_commit();
}

// Requires: the mutex is held.
void MemoryEventStore::schedule_commit() {
  if (scheduled_ || in_flight_ || queue_.empty()) return;
  scheduled_ = true;
  executor_.post([tasks = std::weak_ptr(tasks_)] {
    if (const auto alive = tasks.lock()) alive->store->begin_commit();
  });
}

void MemoryEventStore::begin_commit() {
  const std::lock_guard lock(disk_->mutex_);
  scheduled_ = false;
  if (queue_.empty()) return;
  in_flight_.emplace();
  std::vector<const Append*> appends;
  for (std::size_t left = commit_size(queue_, options_.limits); left > 0; --left) {
    queued_bytes_ -= payload_bytes(queue_.front().append);
    in_flight_->appends.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  for (const Queued& queued : in_flight_->appends) appends.push_back(&queued.append);
  Collector sink(in_flight_->commit);
  // Memory gives no errors.
  [[maybe_unused]] const auto error =
      sequencer_->plan(appends, clock_.now_us(), sink, in_flight_->outcomes);
  assert(!error);
  const auto finish = [tasks = std::weak_ptr(tasks_)] {
    if (const auto alive = tasks.lock()) alive->store->finish_commit();
  };
  if (options_.sync_us > 0) {
    executor_.post_after(std::chrono::microseconds(options_.sync_us), finish);
  } else {
    executor_.post(finish);
  }
}

void MemoryEventStore::finish_commit() {
  const std::lock_guard lock(disk_->mutex_);
  if (!in_flight_) return;
  const bool wrote = !in_flight_->commit.records.empty();
  if (wrote && disk_full_ && !fault_) fault_ = Fault{Fate::kLost, "the disk is full", true};
  if (wrote && fault_) return fail_commit();
  InFlight done = *std::exchange(in_flight_, std::nullopt);
  disk_->write(std::move(done.commit));
  if (wrote) head_ = sequencer_->head();
  waits_.advance(head_.position);
  for (std::size_t i = 0; i < done.appends.size(); ++i) {
    answer(std::move(done.appends[i].completion), std::move(done.outcomes[i]));
  }
  waits_.publish(head_.position);
  schedule_commit();
}

// Requires: the mutex is held.
void MemoryEventStore::fail_commit() {
  const Fault fault = *std::exchange(fault_, std::nullopt);
  InFlight failed = *std::exchange(in_flight_, std::nullopt);
  if (fault.fate == Fate::kWritten) disk_->unseen_ = std::move(failed.commit);
  read_only_ = "the last commit failed: " + fault.reason;
  for (Queued& queued : failed.appends) {
    answer(std::move(queued.completion), Unknown{fault.reason, fault.recoverable});
  }
  for (Queued& queued : queue_) {
    answer(std::move(queued.completion), Unknown{fault.reason, fault.recoverable});
  }
  queue_.clear();
  queued_bytes_ = 0;
  failed_ = fault;
}

StoreResult<std::optional<Receipt>> MemoryEventStore::find_command(
    const CommandKey& command) const {
  const std::lock_guard lock(disk_->mutex_);
  return committed_->receipt_of(command);
}

// Requires: the mutex is held.
StoreResult<StoredRecord> MemoryEventStore::stored(Position position) const {
  return open_stored_record(disk_->records_[position - 1], position);
}

StoreResult<ReadBatch> MemoryEventStore::read(Position from, ReadLimit limit,
                                              const ReadFilter& filter) const {
  const std::lock_guard lock(disk_->mutex_);
  BatchBuilder batch(limit);
  Position at = std::max<Position>(from, 1);
  std::uint64_t examined = 0;
  for (; at <= head_.position && !batch.full() && examined < limit.examined_max; ++at, ++examined) {
    auto read = stored(at);
    if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
    const RecordRef& record = std::get<StoredRecord>(read).record;
    if (!keeps(filter, record.stream)) continue;
    if (!batch.fits(record)) break;
    batch.add(record);
  }
  return std::move(batch).finish(at);
}

StoreResult<ReadBatch> MemoryEventStore::read_stream(const StreamName& stream, Version from,
                                                     ReadLimit limit) const {
  const std::lock_guard lock(disk_->mutex_);
  BatchBuilder batch(limit);
  Version at = std::max<Version>(from, 1);
  const auto found = disk_->streams_.find(stream);
  if (found == disk_->streams_.end()) return std::move(batch).finish(at);
  for (; at <= found->second.size() && !batch.full(); ++at) {
    auto read = stored(found->second[at - 1]);
    if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
    const RecordRef& record = std::get<StoredRecord>(read).record;
    if (!batch.fits(record)) break;
    batch.add(record);
  }
  return std::move(batch).finish(at);
}

StoreResult<Version> MemoryEventStore::stream_version(const StreamName& stream) const {
  const std::lock_guard lock(disk_->mutex_);
  return committed_->version_of(stream);
}

StoreResult<std::vector<StreamName>> MemoryEventStore::list_streams(std::string_view prefix,
                                                                    std::string_view after,
                                                                    std::uint32_t names_max) const {
  const std::lock_guard lock(disk_->mutex_);
  const auto& streams = disk_->streams_;
  std::vector<StreamName> names;
  auto at = after < prefix ? streams.lower_bound(StreamName(prefix))
                           : streams.upper_bound(StreamName(after));
  for (; at != streams.end() && names.size() < names_max && at->first.starts_with(prefix); ++at) {
    names.push_back(at->first);
  }
  return names;
}

EventStore::Wait MemoryEventStore::wait_beyond(Position position, std::function<void()> wake) {
  return waits_.add(position, std::move(wake));
}

Head MemoryEventStore::head() const {
  const std::lock_guard lock(disk_->mutex_);
  return head_;
}

StoreResult<Hash> MemoryEventStore::leaf(Position position) const {
  const std::lock_guard lock(disk_->mutex_);
  if (position == 0 || position > head_.position) {
    return StoreError{StoreError::Kind::not_found,
                      "there is no position " + std::to_string(position), position};
  }
  auto read = stored(position);
  if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
  return std::get<StoredRecord>(read).leaf;
}

StoreResult<Hash> MemoryEventStore::root_at(Position position) const {
  const std::lock_guard lock(disk_->mutex_);
  if (position > head_.position) {
    return StoreError{StoreError::Kind::not_found,
                      "there is no position " + std::to_string(position), position};
  }
  return root_over(DiskTree(*this), position);
}

}  // namespace silkledger::eventstore
