#include "eventstore/rocksdb/check_records.h"

#include <utility>

#include "eventstore/rocksdb/log_opening.h"
#include "eventstore/rocksdb/log_reader.h"
#include "eventstore/rocksdb/record_cursor.h"

namespace silkledger::eventstore {
namespace {

std::string number(std::uint64_t value) { return std::to_string(value); }

// The value of a key, or nothing when it is absent or unreadable: either is a finding.
std::optional<std::string> value_of(const Database& database, rocksdb::ColumnFamilyHandle* family,
                                    std::string_view key) {
  auto read = database.get(family, key);
  auto* found = std::get_if<std::optional<std::string>>(&read);
  return found == nullptr ? std::nullopt : std::move(*found);
}

}  // namespace

// Compares each subtree with the one that is stored.
class RecordCheck::Subtrees final : public SubtreeSink {
 public:
  Subtrees(RecordCheck& check, bool is_log) : check_(check), is_log_(is_log) {}

  void on_subtree(unsigned level, std::uint64_t index, const Hash& hash) override {
    if (level < keys::kStoredLevelMin) return;
    ++check_.subtrees_;
    const std::string key =
        is_log_ ? keys::tree(level, index) : keys::followed_tree(kSm3Algorithm, level, index);
    if (value_of(check_.database_, check_.database_.meta_family(), key) == bytes_of(hash)) return;
    const Position last = (index + 1) << level;
    check_.note_(last, "the subtree of " + std::string(is_log_ ? kMerkleAlgorithm : kSm3Algorithm) +
                           ", level " + number(level) + ", ending at position " + number(last) +
                           " is missing or not what the records give");
  }

 private:
  RecordCheck& check_;
  const bool is_log_;
};

RecordCheck::RecordCheck(const Database& database, std::optional<HeadPromise> promise,
                         FindingSink note)
    : database_(database), promise_(std::move(promise)), note_(std::move(note)) {
  read_head();
  read_sm3();
  if (!promise_) return;
  if (auto foreign = foreign_promise(*promise_, database_.meta())) note_(0, foreign->detail);
  if (promise_->log.position > head_.position) {
    note_(head_.position + 1, "the head file promises position " + number(promise_->log.position) +
                                  ", and the log ends at " + number(head_.position) +
                                  ": records that were acknowledged are missing");
  }
}

void RecordCheck::read_head() {
  // In this order: a log that is written to meanwhile has no record beyond a head read later.
  auto last = LogReader(database_).last_position();
  auto stored = stored_head(database_);
  head_.epoch = database_.meta().epoch;
  if (auto* error = std::get_if<StoreError>(&last)) note_(0, error->detail);
  if (auto* error = std::get_if<StoreError>(&stored)) note_(0, error->detail);
  if (auto* value = std::get_if<keys::HeadValue>(&stored)) {
    head_.position = value->position;
    head_.root = value->root;
  }
  const auto* position = std::get_if<Position>(&last);
  if (position != nullptr && *position > head_.position) {
    note_(head_.position + 1, "records stand beyond the head, which says position " +
                                  number(head_.position) + ", up to " + number(*position));
  }
}

void RecordCheck::read_sm3() {
  const auto bytes = value_of(database_, database_.meta_family(), keys::followed(kSm3Algorithm));
  if (!bytes) return;
  auto value = keys::read_followed_value(*bytes);
  if (!value) return note_(0, "the checkpoint of the SM3 tree breaks its grammar");
  if (value->position > head_.position) {
    // It moved on with the log since the head was read, or it is ahead of it.
    auto now = stored_head(database_);
    const auto* head = std::get_if<keys::HeadValue>(&now);
    if (head == nullptr || value->position > head->position) {
      note_(head_.position, "the SM3 tree was computed up to position " + number(value->position) +
                                ", and the log ends at " + number(head_.position));
    }
    return;
  }
  sm3_ = *std::move(value);
}

std::uint64_t RecordCheck::step(std::uint32_t records_max) {
  RecordCursor cursor(database_);
  cursor.expect_neighbours();
  std::uint64_t taken = 0;
  for (; taken < records_max && !done(); ++taken, ++next_) {
    auto read = cursor.at(next_);
    if (auto* error = std::get_if<StoreError>(&read)) {
      note_(next_, error->detail);
      ++unreadable_;
      command_first_ = 0;
      run_ = {};
      continue;
    }
    take(std::get<StoredRecord>(read));
  }
  return taken;
}

void RecordCheck::take(const StoredRecord& stored) {
  take_order(stored.record);
  take_command(stored.record);
  take_leaf(stored);
}

void RecordCheck::take_order(const RecordRef& record) {
  if (record.epoch < last_epoch_ || record.epoch > head_.epoch) {
    note_(record.position, "the record is of epoch " + number(record.epoch) + ", behind one of " +
                               number(last_epoch_) + " in a log of " + number(head_.epoch));
  }
  if (record.recorded_at < last_time_) {
    note_(record.position, "its time goes back by " +
                               std::to_string(last_time_ - record.recorded_at) + " microseconds");
  }
  last_epoch_ = record.epoch;
  last_time_ = record.recorded_at;
}

void RecordCheck::take_command(const RecordRef& record) {
  const bool same = command_records_ > 0 && record.command_index != 0 &&
                    record.principal == command_.principal && record.command_id == command_.id;
  if (!same) {
    close_run();
    close_command();
    command_ = {std::string(record.principal), std::string(record.command_id)};
    command_first_ = record.position;
    command_records_ = record.command_index;
    ++commands_;
  }
  if (record.command_index != command_records_ || (!same && record.command_index != 0)) {
    // Behind a record that could not be read, a command may begin anywhere.
    if (unreadable_ == 0) {
      note_(record.position, "it is number " + number(record.command_index) + " of command \"" +
                                 command_.id + "\", out of order");
    }
    command_first_ = 0;
  }
  command_records_ = record.command_index + 1;
  take_run(record, same);
}

void RecordCheck::close_command() {
  if (command_first_ == 0) return;
  const auto bytes = value_of(database_, database_.commands(), keys::command(command_));
  const auto value = bytes ? keys::read_command_value(*bytes) : std::nullopt;
  if (!value || value->first != command_first_ || value->records != command_records_) {
    note_(command_first_, "command \"" + command_.id + "\" of \"" + command_.principal +
                              "\" is not in its index as it is in the log");
  }
  command_first_ = 0;
  command_records_ = 0;
}

void RecordCheck::take_run(const RecordRef& record, bool same_command) {
  if (same_command && run_.records > 0 && record.stream == stream_) {
    if (record.version != run_.first_version + run_.records) {
      note_(record.position, "stream \"" + stream_ + "\" goes on with version " +
                                 number(record.version) + " behind " +
                                 number(run_.first_version + run_.records - 1));
    }
    ++run_.records;
    return;
  }
  close_run();
  stream_ = record.stream;
  run_ = {record.version, record.position, 1};
  ++runs_;
}

void RecordCheck::close_run() {
  if (run_.records == 0) return;
  const std::string key = keys::run(stream_, run_.first_version);
  const auto bytes = value_of(database_, database_.streams(), key);
  const auto found = bytes ? keys::read_run(keys::run_prefix(stream_), key, *bytes) : std::nullopt;
  if (!found || found->first_position != run_.first_position || found->records != run_.records) {
    note_(run_.first_position, "version " + number(run_.first_version) + " of stream \"" + stream_ +
                                   "\" is not in its index as it is in the log");
  }
  run_ = {};
}

void RecordCheck::take_leaf(const StoredRecord& stored) {
  // Behind a record that could not be read there is no tree to compare.
  if (unreadable_ > 0) return;
  Subtrees log(*this, true);
  log_tree_.append(stored.leaf, &log);
  const Position position = stored.record.position;
  if (promise_ && promise_->log.position == position) compare_promise(promise_->log, log_tree_);
  if (position > sm3_.position) return;
  Subtrees followed(*this, false);
  sm3_tree_.append(leaf_hash(stored.bytes, &sm3), &followed);
  if (!promise_) return;
  for (const TreeHead& tree : promise_->followed) {
    if (tree.algorithm == kSm3Algorithm && tree.position == position) {
      compare_promise(tree, sm3_tree_);
    }
  }
}

void RecordCheck::compare_promise(const TreeHead& promised, const Frontier& tree) {
  if (tree.root() == promised.root) return;
  note_(promised.position, "the root of " + promised.algorithm + " at position " +
                               number(promised.position) + " is " + to_hex(tree.root()) +
                               ", and the head file promises " + to_hex(promised.root));
}

void RecordCheck::finish() {
  close_run();
  close_command();
  if (unreadable_ > 0) return;
  if (log_tree_.root() != head_.root && head_.position > 0) {
    note_(head_.position, "the root over the log is " + to_hex(log_tree_.root()) +
                              ", and its head says " + to_hex(head_.root));
  }
  if (sm3_tree_.peaks() != sm3_.peaks) {
    note_(sm3_.position, "the checkpoint of the SM3 tree is not what the records give");
  }
}

}  // namespace silkledger::eventstore
