#include "eventstore/rocksdb/log_opening.h"

#include <rocksdb/db.h>

#include <utility>

#include "eventstore/ledger/sha256.h"
#include "eventstore/rocksdb/key_layout.h"

namespace silkledger::eventstore {
namespace {

StoreError corrupt(std::string detail, Position position) {
  return {StoreError::Kind::corrupt, std::move(detail), position};
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

// The promise in the head file, or nothing when the caller accepts to do without.
StoreResult<std::optional<HeadPromise>> read_promise(const Database& database,
                                                     const std::filesystem::path& folder,
                                                     bool accept_missing, OpenReport& report) {
  auto read = HeadFile::read(*database.db().GetEnv(), folder);
  if (auto* reading = std::get_if<HeadFile::Reading>(&read)) {
    if (!reading->damage.empty()) {
      report.notes.push_back("the head file is damaged: " + reading->damage +
                             "; its other slot served, and the file was written anew");
    }
    return std::optional(std::move(reading->promise));
  }
  auto& error = std::get<StoreError>(read);
  if (error.kind == StoreError::Kind::io) return std::move(error);
  if (accept_missing) {
    report.notes.push_back(error.detail +
                           "; the log was accepted as it is, and the file written anew");
    return std::optional<HeadPromise>();
  }
  return corrupt(
      error.detail +
          ", so nobody can tell whether the log still has its end. Restore the file or the "
          "folder from a backup. If the log is known to be whole by other means (a "
          "receipt, a root written down), open it once with --accept-missing-head",
      0);
}

std::optional<StoreError> broken_promise(const HeadPromise& promise, const LogReader& reader,
                                         const LogEnd& end) {
  const Position promised = promise.log.position;
  const Position last = end.frontier.size();
  if (promised > last) {
    return corrupt("the log ends at position " + std::to_string(last) + ", root " +
                       to_hex(end.frontier.root()) + ", but its head file promises position " +
                       std::to_string(promised) + ", root " + to_hex(promise.log.root) +
                       ": records that were acknowledged are missing from " +
                       std::to_string(last + 1) + " on. Restore the log from a backup",
                   last + 1);
  }
  Hash root = end.frontier.root();
  if (promised < last) {
    auto earlier = reader.root_at(promised);
    if (auto* error = std::get_if<StoreError>(&earlier)) return std::move(*error);
    root = std::get<Hash>(earlier);
  }
  if (root == promise.log.root) return std::nullopt;
  return corrupt("the root over the log up to position " + std::to_string(promised) + " is " +
                     to_hex(root) + ", but its head file promises " + to_hex(promise.log.root) +
                     ": another history stands in its place. Restore the log from a backup",
                 promised);
}

// What lies beyond the promise was written within the lag, or the file is an old one.
std::optional<StoreError> note_lag(const HeadPromise& promise, const LogReader& reader,
                                   const LogEnd& end, const RocksOptions& options,
                                   OpenReport& report) {
  report.promised = promise.log.position;
  report.promised_at = promise.recorded_at;
  report.beyond = end.frontier.size() - promise.log.position;
  if (report.beyond == 0) return std::nullopt;
  auto header = reader.header(promise.log.position + 1);
  if (auto* error = std::get_if<StoreError>(&header)) return std::move(*error);
  const Microseconds span = end.recorded_at - std::get<RecordHeader>(header).recorded_at;
  // A torn write leaves the slot before it: twice the lag.
  const Microseconds lag_us = 2'000 * static_cast<Microseconds>(options.head_file_lag_ms_max);
  if (span > lag_us || report.beyond > 2ULL * options.head_file_lag_records_max) {
    report.notes.push_back("the head file is " + std::to_string(report.beyond) + " records and " +
                           std::to_string(span / 1'000'000) +
                           " s behind the log, more than its lag: it may be an old copy");
  }
  return std::nullopt;
}

}  // namespace

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

HeadPromise promise_of(const StoreMeta& meta, const LogEnd& end, const TreeHead& followed) {
  return {meta.store_id,
          meta.epoch,
          end.recorded_at,
          {std::string(kMerkleAlgorithm), end.frontier.size(), end.frontier.root()},
          {followed}};
}

std::optional<StoreError> foreign_promise(const HeadPromise& promise, const StoreMeta& meta) {
  if (promise.store_id != meta.store_id) {
    return corrupt("the head file belongs to the log " + promise.store_id + ", and this log is " +
                       meta.store_id + ": restore the file that belongs to the log",
                   0);
  }
  // A log begins a later epoch by being restored; an earlier promise it keeps is kept.
  if (promise.epoch > meta.epoch) {
    return corrupt("the head file is of epoch " + std::to_string(promise.epoch) +
                       ", and the log of epoch " + std::to_string(meta.epoch) +
                       ": an older log stands in the place of the newer one",
                   promise.log.position);
  }
  if (promise.log.algorithm != kMerkleAlgorithm) {
    return corrupt("the head file promises a root of unknown algorithm " + promise.log.algorithm,
                   promise.log.position);
  }
  return std::nullopt;
}

StoreResult<LogOpening> check_opening(const Database& database, const LogReader& reader,
                                      const std::filesystem::path& folder,
                                      const RocksOptions& options) {
  OpenReport report;
  auto promise = read_promise(database, folder, options.accept_missing_head, report);
  if (auto* error = std::get_if<StoreError>(&promise)) return std::move(*error);
  const auto& promised = std::get<std::optional<HeadPromise>>(promise);
  if (promised) {
    if (auto error = foreign_promise(*promised, database.meta())) return *std::move(error);
  }
  auto read = read_end(database, reader);
  if (auto* error = std::get_if<StoreError>(&read)) return std::move(*error);
  auto& end = std::get<LogEnd>(read);
  auto followed = FollowedTree::load(database, end.frontier.size());
  if (auto* error = std::get_if<StoreError>(&followed)) return std::move(*error);
  LogOpening opening{std::move(end), std::get<FollowedTree>(std::move(followed)),
                     std::move(report)};
  if (!promised) return opening;
  if (auto error = broken_promise(*promised, reader, opening.end)) return *std::move(error);
  for (const TreeHead& tree : promised->followed) {
    if (tree.algorithm != kSm3Algorithm) continue;
    if (auto error = opening.tree.expect(tree)) return *std::move(error);
  }
  if (auto error = note_lag(*promised, reader, opening.end, options, opening.report)) {
    return *std::move(error);
  }
  return opening;
}

}  // namespace silkledger::eventstore
