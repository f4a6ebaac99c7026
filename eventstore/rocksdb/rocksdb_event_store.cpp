#include "eventstore/rocksdb/rocksdb_event_store.h"

#include <cassert>
#include <utility>

#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/reading/wait_list.h"
#include "eventstore/rocksdb/commit_writer.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/key_layout.h"
#include "eventstore/rocksdb/log_reader.h"

namespace silkledger::eventstore {
namespace {

StoreError corrupt(std::string detail, Position position) {
  return {StoreError::Kind::corrupt, std::move(detail), position};
}

StoreError no_position(Position position) {
  return {StoreError::Kind::not_found, "there is no position " + std::to_string(position),
          position};
}

// Where the log says it ends.
StoreResult<keys::HeadValue> stored_head(const Database& database) {
  auto value = database.get(database.meta_family(), keys::kHead);
  if (auto* error = std::get_if<StoreError>(&value)) return std::move(*error);
  const auto& bytes = std::get<std::optional<std::string>>(value);
  if (!bytes) return keys::HeadValue{0, empty_root()};
  const auto head = keys::read_head_value(*bytes);
  if (!head) return corrupt("the stored head breaks its grammar", 0);
  return *head;
}

// The column families were flushed at different times; they must tell the same end.
std::optional<StoreError> check_indexes(const LogReader& reader, const RecordHeader& last) {
  auto version = reader.stream_version(last.stream, last.position);
  if (auto* error = std::get_if<StoreError>(&version)) return std::move(*error);
  if (std::get<Version>(version) != last.version) {
    return corrupt("stream \"" + last.stream + "\" ends at version " +
                       std::to_string(last.version) + " in the log, and at " +
                       std::to_string(std::get<Version>(version)) + " in its index",
                   last.position);
  }
  auto receipt = reader.receipt(last.command, last.position);
  if (auto* error = std::get_if<StoreError>(&receipt)) return std::move(*error);
  const auto& found = std::get<std::optional<Receipt>>(receipt);
  if (!found || found->last != last.position) {
    return corrupt("the last command is not in its index", last.position);
  }
  return std::nullopt;
}

// Reads the end of the log, and checks that records, tree, head and indexes agree on it.
StoreResult<LogEnd> read_end(const Database& database, const LogReader& reader) {
  auto stored = stored_head(database);
  if (auto* error = std::get_if<StoreError>(&stored)) return std::move(*error);
  const auto& head = std::get<keys::HeadValue>(stored);
  auto last = reader.last_position();
  if (auto* error = std::get_if<StoreError>(&last)) return std::move(*error);
  if (std::get<Position>(last) != head.position) {
    return corrupt("the log's head is position " + std::to_string(head.position) +
                       ", its last record stands at " + std::to_string(std::get<Position>(last)),
                   head.position);
  }
  LogEnd end;
  end.epoch = database.meta().epoch;
  auto frontier = reader.frontier(head.position);
  if (auto* error = std::get_if<StoreError>(&frontier)) return std::move(*error);
  end.frontier = std::get<Frontier>(std::move(frontier));
  if (end.frontier.root() != head.root) {
    return corrupt("the root over the log is " + to_hex(end.frontier.root()) +
                       ", and its head says " + to_hex(head.root),
                   head.position);
  }
  if (head.position == 0) return end;
  auto header = reader.header(head.position);
  if (auto* error = std::get_if<StoreError>(&header)) return std::move(*error);
  const auto& record = std::get<RecordHeader>(header);
  if (record.epoch > end.epoch) {
    return corrupt("the last record is of epoch " + std::to_string(record.epoch) +
                       ", the log of epoch " + std::to_string(end.epoch),
                   head.position);
  }
  if (auto error = check_indexes(reader, record)) return *std::move(error);
  end.recorded_at = record.recorded_at;
  return end;
}

}  // namespace

// In order of construction; destroyed in reverse, so the writer drains before anything else goes.
struct RocksEventStore::Parts {
  Parts(std::unique_ptr<Database> opened, Executor& executor)
      : database(std::move(opened)), reader(*database), waits(executor) {}

  std::unique_ptr<Database> database;
  LogReader reader;
  WaitList waits;
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
  auto parts =
      std::make_unique<Parts>(std::get<std::unique_ptr<Database>>(std::move(database)), executor);
  auto end = read_end(*parts->database, parts->reader);
  if (auto* error = std::get_if<StoreError>(&end)) return std::move(*error);
  parts->writer.emplace(*parts->database, parts->reader, std::get<LogEnd>(std::move(end)),
                        CommitWriter::Settings{options.limits, options.sync}, executor, clock,
                        parts->waits);
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
  // Whoever follows the log asks for the head's root again and again: it is in memory.
  if (position == now.position) return now.root;
  return parts_->reader.root_at(position);
}

}  // namespace silkledger::eventstore
