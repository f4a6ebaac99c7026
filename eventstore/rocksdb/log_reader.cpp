#include "eventstore/rocksdb/log_reader.h"

#include <rocksdb/db.h>
#include <rocksdb/iterator.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/sha256.h"
#include "eventstore/reading/batch_builder.h"
#include "eventstore/rocksdb/record_cursor.h"
#include "eventstore/rocksdb/record_tree.h"
#include "eventstore/rocksdb/store_error.h"

namespace silkledger::eventstore {
namespace {

rocksdb::Slice slice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view view(const rocksdb::Slice& bytes) { return {bytes.data(), bytes.size()}; }

std::unique_ptr<rocksdb::Iterator> iterate(const Database& database,
                                           rocksdb::ColumnFamilyHandle* family) {
  return std::unique_ptr<rocksdb::Iterator>(
      database.db().NewIterator(rocksdb::ReadOptions(), family));
}

StoreError corrupt(std::string detail, Position position = 0) {
  return {StoreError::Kind::corrupt, std::move(detail), position};
}

StoreError broken_index(std::string_view stream) {
  return corrupt("the index of stream \"" + std::string(stream) + "\" breaks its grammar");
}

}  // namespace

StoreResult<std::optional<Receipt>> LogReader::receipt(const CommandKey& command,
                                                       Position head) const {
  auto found = database_.get(database_.commands(), keys::command(command));
  if (auto* error = std::get_if<StoreError>(&found)) return std::move(*error);
  const auto& bytes = std::get<std::optional<std::string>>(found);
  if (!bytes) return std::optional<Receipt>();
  const auto value = keys::read_command_value(*bytes);
  if (!value)
    return corrupt("the index entry of command \"" + command.id + "\" breaks its grammar");
  const Position last = value->first + value->records - 1;
  if (last > head) return std::optional<Receipt>();
  auto read = header(value->first);
  if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
  const auto& first = std::get<RecordHeader>(read);
  if (first.command != command || first.command_index != 0) {
    return corrupt("the index entry of command \"" + command.id + "\" names position " +
                       std::to_string(value->first) + ", which belongs to another command",
                   value->first);
  }
  return std::optional<Receipt>(
      Receipt{first.epoch, value->first, last, first.recorded_at, value->fingerprint});
}

StoreResult<Version> LogReader::stream_version(const StreamName& stream, Position head) const {
  // The filter answers for streams that do not exist, which is what most new streams are asked for.
  auto name = database_.get(database_.streams(), keys::name(stream));
  if (auto* error = std::get_if<StoreError>(&name)) return std::move(*error);
  if (!std::get<std::optional<std::string>>(name)) return Version{0};

  const std::string prefix = keys::run_prefix(stream);
  const auto runs = iterate(database_, database_.streams());
  runs->SeekForPrev(slice(keys::run(stream, UINT64_MAX)));
  for (; runs->Valid() && runs->key().starts_with(slice(prefix)); runs->Prev()) {
    const auto run = keys::read_run(prefix, view(runs->key()), view(runs->value()));
    if (!run) return broken_index(stream);
    if (run->first_position <= head) return run->first_version + run->records - 1;
  }
  if (!runs->status().ok()) {
    return store_error(runs->status(), "could not read the index of stream \"" + stream + "\"");
  }
  return Version{0};
}

StoreResult<ReadBatch> LogReader::read(Position from, ReadLimit limit, const ReadFilter& filter,
                                       Position head) const {
  BatchBuilder batch(limit);
  Position at = std::max<Position>(from, 1);
  RecordCursor cursor(database_);
  cursor.expect_neighbours();
  std::uint64_t examined = 0;
  for (; at <= head && !batch.full() && examined < limit.examined_max; ++at, ++examined) {
    auto read = cursor.at(at);
    if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
    const RecordRef& record = std::get<StoredRecord>(read).record;
    if (!keeps(filter, record.stream)) continue;
    if (!batch.fits(record)) break;
    batch.add(record);
  }
  return std::move(batch).finish(at);
}

StoreResult<ReadBatch> LogReader::read_stream(const StreamName& stream, Version from,
                                              ReadLimit limit, Position head) const {
  BatchBuilder batch(limit);
  Version at = std::max<Version>(from, 1);
  const std::string prefix = keys::run_prefix(stream);
  const auto runs = iterate(database_, database_.streams());
  RecordCursor cursor(database_);
  // The run that covers `at` is the last one that begins at or before it.
  runs->SeekForPrev(slice(keys::run(stream, at)));
  if (!runs->Valid() || !runs->key().starts_with(slice(prefix))) return std::move(batch).finish(at);
  for (; runs->Valid() && runs->key().starts_with(slice(prefix)); runs->Next()) {
    const auto run = keys::read_run(prefix, view(runs->key()), view(runs->value()));
    if (!run) return broken_index(stream);
    if (run->first_position > head) break;
    // Beyond the end of the stream: the last run ends before `at`.
    if (run->first_version + run->records <= at) break;
    if (run->first_version > at) {
      return corrupt("the index of stream \"" + stream + "\" lacks version " + std::to_string(at));
    }
    for (; at < run->first_version + run->records; ++at) {
      if (batch.full()) return std::move(batch).finish(at);
      const Position position = run->first_position + (at - run->first_version);
      auto read = cursor.at(position);
      if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
      const RecordRef& record = std::get<StoredRecord>(read).record;
      if (record.stream != stream || record.version != at) {
        return corrupt("the index of stream \"" + stream + "\" names position " +
                           std::to_string(position) + " for version " + std::to_string(at) +
                           ", where another record stands",
                       position);
      }
      if (!batch.fits(record)) return std::move(batch).finish(at);
      batch.add(record);
    }
  }
  if (!runs->status().ok()) {
    return store_error(runs->status(), "could not read the index of stream \"" + stream + "\"");
  }
  return std::move(batch).finish(at);
}

StoreResult<std::vector<StreamName>> LogReader::list_streams(std::string_view prefix,
                                                             std::string_view after,
                                                             std::uint32_t names_max,
                                                             Position head) const {
  std::vector<StreamName> names;
  const std::string key_prefix = keys::name(prefix);
  const std::string after_key = keys::name(after);
  const auto entries = iterate(database_, database_.streams());
  entries->Seek(slice(std::max(key_prefix, after_key)));
  if (entries->Valid() && !after.empty() && view(entries->key()) == after_key) entries->Next();
  for (; entries->Valid() && names.size() < names_max; entries->Next()) {
    if (!entries->key().starts_with(slice(key_prefix))) break;
    const auto first = keys::read_name_value(view(entries->value()));
    if (!first) return broken_index(view(entries->key()).substr(1));
    if (*first <= head) names.emplace_back(view(entries->key()).substr(1));
  }
  if (!entries->status().ok()) {
    return store_error(entries->status(), "could not read the names of streams");
  }
  return names;
}

StoreResult<Hash> LogReader::leaf(Position position) const {
  auto record = RecordCursor(database_).at(position);
  if (auto* error = std::get_if<StoreError>(&record)) return std::move(*error);
  return std::get<StoredRecord>(record).leaf;
}

StoreResult<Hash> LogReader::root_at(Position position) const {
  return root_over(RecordTree(database_), position);
}

StoreResult<Position> LogReader::last_position() const {
  const auto records = iterate(database_, database_.records());
  records->SeekToLast();
  if (!records->status().ok())
    return store_error(records->status(), "could not find the last record");
  if (!records->Valid()) return Position{0};
  const auto position = keys::read_record_key(view(records->key()));
  if (!position) return corrupt("the last record's key breaks its grammar");
  return *position;
}

StoreResult<RecordHeader> LogReader::header(Position position) const {
  RecordCursor cursor(database_);
  auto record = cursor.at(position);
  if (auto* error = std::get_if<StoreError>(&record)) return std::move(*error);
  return header_of(std::get<StoredRecord>(record).record);
}

StoreResult<Frontier> LogReader::frontier(Position head) const {
  const RecordTree tree(database_);
  Frontier frontier;
  for (unsigned level = 63; level >= keys::kStoredLevelMin; --level) {
    if ((head >> level & 1U) == 0) continue;
    auto hash = tree.subtree(level, frontier.size() >> level);
    if (auto* error = std::get_if<StoreError>(&hash)) return std::move(*error);
    frontier.append_subtree(level, std::get<Hash>(hash));
  }
  RecordCursor cursor(database_);
  cursor.expect_neighbours();
  while (frontier.size() < head) {
    auto record = cursor.at(frontier.size() + 1);
    if (auto* error = std::get_if<StoreError>(&record)) return std::move(*error);
    frontier.append(std::get<StoredRecord>(record).leaf);
  }
  return frontier;
}

}  // namespace silkledger::eventstore
