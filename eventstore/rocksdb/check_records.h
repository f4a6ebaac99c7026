// The records' half of the full check (log_check.h): walks them by position, computes both trees
// anew, and looks up what each stream and command says of them in the indexes.
//
// Threads: one owner. Ownership: the database outlives it.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "eventstore/codec/record_codec.h"
#include "eventstore/ledger/merkle_tree.h"
#include "eventstore/rocksdb/database.h"
#include "eventstore/rocksdb/head_file.h"
#include "eventstore/rocksdb/key_layout.h"

namespace silkledger::eventstore {

using FindingSink = std::function<void(Position position, std::string what)>;

class RecordCheck {
 public:
  RecordCheck(const Database& database, std::optional<HeadPromise> promise, FindingSink note);

  // The log up to here is checked.
  const Head& head() const { return head_; }
  // How far the SM3 tree was computed when the check began.
  Position sm3_position() const { return sm3_.position; }

  // Checks the next records; tells how many.
  std::uint64_t step(std::uint32_t records_max);
  bool done() const { return next_ > head_.position; }
  // Compares the roots. Call once, when done.
  void finish();

  std::uint64_t unreadable() const { return unreadable_; }
  // What the records make, for comparing with the indexes.
  std::uint64_t subtrees() const { return subtrees_; }
  std::uint64_t runs() const { return runs_; }
  std::uint64_t commands() const { return commands_; }

 private:
  class Subtrees;

  void read_head();
  void read_sm3();
  void take(const StoredRecord& stored);
  void take_order(const RecordRef& record);
  void take_command(const RecordRef& record);
  void take_run(const RecordRef& record, bool same_command);
  void close_run();
  void close_command();
  void take_leaf(const StoredRecord& stored);
  void compare_promise(const TreeHead& promised, const Frontier& tree);

  const Database& database_;
  const std::optional<HeadPromise> promise_;
  const FindingSink note_;
  Head head_;
  keys::FollowedValue sm3_;

  Position next_ = 1;
  std::uint64_t unreadable_ = 0;
  std::uint64_t subtrees_ = 0;
  std::uint64_t runs_ = 0;
  std::uint64_t commands_ = 0;

  Frontier log_tree_;
  Frontier sm3_tree_{&sm3};
  Epoch last_epoch_ = 0;
  Microseconds last_time_ = INT64_MIN;
  // Under way: the records of one command, and of one stream within it.
  CommandKey command_;
  Position command_first_ = 0;  // 0: none, or its beginning could not be read
  std::uint32_t command_records_ = 0;
  StreamName stream_;
  keys::Run run_;
};

}  // namespace silkledger::eventstore
