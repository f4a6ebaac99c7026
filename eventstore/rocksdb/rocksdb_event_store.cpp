#include "eventstore/rocksdb/rocksdb_event_store.h"

#include <rocksdb/db.h>

#include <cassert>
#include <utility>

#include "eventstore/codec/record_codec.h"
#include "eventstore/reading/wait_list.h"
#include "eventstore/rocksdb/commit_writer.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/head_follower.h"
#include "eventstore/rocksdb/log_opening.h"
#include "eventstore/rocksdb/log_reader.h"

namespace silkledger::eventstore {
namespace {

StoreError no_position(Position position) {
  return {StoreError::Kind::not_found, "there is no position " + std::to_string(position),
          position};
}

}  // namespace

// In order of construction; destroyed in reverse, so the writer drains before anything else goes,
// and the follower hears of it.
struct RocksEventStore::Parts {
  Parts(std::unique_ptr<Database> opened, std::filesystem::path where, Options chosen,
        Executor& executor)
      : database(std::move(opened)),
        folder(std::move(where)),
        options(std::move(chosen)),
        reader(*database),
        waits(executor) {}

  std::unique_ptr<Database> database;
  std::filesystem::path folder;
  Options options;
  LogReader reader;
  WaitList waits;
  OpenReport report;
  std::optional<HeadFollower> follower;
  std::optional<CommitWriter> writer;
};

StoreResult<std::unique_ptr<RocksEventStore>> RocksEventStore::open(
    const std::filesystem::path& folder, Options options, Executor& executor, const Clock& clock) {
  assert(options.limits.stream_name_bytes_max <= kRecordNameBytesMax);
  assert(options.limits.principal_bytes_max <= kRecordNameBytesMax);
  assert(options.limits.command_id_bytes_max <= kRecordNameBytesMax);
  auto database = options.mode == RocksOptions::Mode::kCreate ? Database::create(folder, options)
                                                              : Database::open(folder, options);
  if (auto* error = std::get_if<StoreError>(&database)) return std::move(*error);
  auto parts = std::make_unique<Parts>(std::get<std::unique_ptr<Database>>(std::move(database)),
                                       folder, options, executor);
  auto checked = check_opening(*parts->database, parts->reader, folder, options);
  if (auto* error = std::get_if<StoreError>(&checked)) return std::move(*error);
  auto& opening = std::get<LogOpening>(checked);
  const HeadPromise promise = promise_of(parts->database->meta(), opening.end, opening.tree.head());
  auto file = HeadFile::create(*parts->database->db().GetEnv(), folder, promise);
  if (auto* error = std::get_if<StoreError>(&file)) return std::move(*error);
  parts->report = std::move(opening.report);
  parts->follower.emplace(*parts->database, std::get<std::unique_ptr<HeadFile>>(std::move(file)),
                          std::move(opening.tree), opening.end,
                          HeadFollower::Settings{folder, options.head_file_lag_ms_max,
                                                 options.head_file_lag_records_max});
  parts->writer.emplace(*parts->database, parts->reader, std::move(opening.end),
                        CommitWriter::Settings{options.limits, options.sync}, executor, clock,
                        parts->waits, *parts->follower);
  return std::unique_ptr<RocksEventStore>(new RocksEventStore(std::move(parts)));
}

bool RocksEventStore::exists(const std::filesystem::path& folder) {
  std::error_code ignored;  // a folder that cannot be looked into holds no log we could open
  return std::filesystem::exists(folder / "CURRENT", ignored);
}

RocksEventStore::RocksEventStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

RocksEventStore::~RocksEventStore() = default;

void RocksEventStore::go_read_only(std::string reason) {
  parts_->writer->stop_writes(std::move(reason));
}

std::optional<StoreError> RocksEventStore::recover() {
  if (auto error = parts_->follower->recover()) return error;
  if (!parts_->writer->failed()) {
    parts_->writer->take_writes();
    return std::nullopt;
  }
  if (auto error = parts_->database->resume()) return error;
  auto checked = check_opening(*parts_->database, parts_->reader, parts_->folder, parts_->options);
  if (auto* error = std::get_if<StoreError>(&checked)) return std::move(*error);
  auto& end = std::get<LogOpening>(checked).end;
  const Head before = head();
  if (end.frontier.size() != before.position || end.frontier.root() != before.root) {
    return StoreError{StoreError::Kind::corrupt,
                      "the log ended at position " + std::to_string(before.position) +
                          " before the failed commit and ends at " +
                          std::to_string(end.frontier.size()) +
                          " now; stop, and open it anew to see what is on the disk",
                      before.position};
  }
  parts_->writer->resume(std::move(end));
  return std::nullopt;
}

const OpenReport& RocksEventStore::report() const { return parts_->report; }

std::unique_ptr<LogCheck> RocksEventStore::check(CheckLimits limits) const {
  // The follower may be writing one of the slots meanwhile; the other one serves.
  auto read = HeadFile::read(*parts_->database->db().GetEnv(), parts_->folder);
  std::optional<HeadPromise> promise;
  if (auto* reading = std::get_if<HeadFile::Reading>(&read)) promise = std::move(reading->promise);
  return std::make_unique<LogCheck>(*parts_->database, std::move(promise), limits);
}

TreeHead RocksEventStore::sm3_head() const { return parts_->follower->sm3_head(); }

std::optional<StoreError> RocksEventStore::sync_head_file() { return parts_->follower->sync(); }

const std::string& RocksEventStore::store_id() const { return parts_->database->meta().store_id; }

const std::optional<Continuation>& RocksEventStore::continues() const {
  return parts_->database->meta().continues;
}

Epoch RocksEventStore::epoch() const { return parts_->database->meta().epoch; }

void RocksEventStore::append(Epoch epoch, Append append, AppendCompletion completion) {
  parts_->writer->submit(epoch, std::move(append), std::move(completion));
}

StoreResult<std::optional<Receipt>> RocksEventStore::find_command(const CommandKey& command) const {
  return parts_->reader.receipt(command, head().position);
}

StoreResult<ReadBatch> RocksEventStore::read(Position from, ReadLimit limit,
                                             const ReadFilter& filter) const {
  return parts_->reader.read(from, limit, filter, head().position);
}

StoreResult<ReadBatch> RocksEventStore::read_stream(const StreamName& stream, Version from,
                                                    ReadLimit limit) const {
  return parts_->reader.read_stream(stream, from, limit, head().position);
}

StoreResult<Version> RocksEventStore::stream_version(const StreamName& stream) const {
  return parts_->reader.stream_version(stream, head().position);
}

StoreResult<std::vector<StreamName>> RocksEventStore::list_streams(std::string_view prefix,
                                                                   std::string_view after,
                                                                   std::uint32_t names_max) const {
  return parts_->reader.list_streams(prefix, after, names_max, head().position);
}

EventStore::Wait RocksEventStore::wait_beyond(Position position, std::function<void()> wake) {
  return parts_->waits.add(position, std::move(wake));
}

Head RocksEventStore::head() const { return parts_->writer->head(); }

StoreResult<Hash> RocksEventStore::leaf(Position position) const {
  if (position == 0 || position > head().position) return no_position(position);
  return parts_->reader.leaf(position);
}

StoreResult<Hash> RocksEventStore::root_at(Position position) const {
  const Head now = head();
  if (position > now.position) return no_position(position);
  if (position == now.position) return now.root;
  if (const auto root = parts_->writer->recent_root(position)) return *root;
  return parts_->reader.root_at(position);
}

}  // namespace silkledger::eventstore
