// What a MemoryEventStore keeps across a crash: the durable state, and nothing else.
//
// One store at a time is open over a disk; open another after the first is gone or crashed.
// Threads: any; the open store and the test may both look.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "eventstore/event_store.h"

namespace silkledger::eventstore {

class MemoryDisk {
 public:
  explicit MemoryDisk(Epoch epoch = 1) : epoch_(epoch) {}

  MemoryDisk(const MemoryDisk&) = delete;
  MemoryDisk& operator=(const MemoryDisk&) = delete;

  // What a restore does: the next store to open refuses writers of earlier epochs.
  // Requires: no store is open; `epoch` is later than the present one.
  void begin_epoch(Epoch epoch);

  // Flips one bit of a stored record, its leaf hash included. Requires: the bit exists.
  void flip_bit(Position position, std::size_t bit);
  // Size of a stored record in bits.
  std::size_t bits(Position position) const;

  Position position() const;

 private:
  friend class MemoryEventStore;

  // Everything one commit writes.
  struct Commit {
    std::vector<std::string> records;  // leaf and record, as record.md says
    std::vector<std::string> streams;  // of each record
    std::vector<std::pair<CommandKey, Receipt>> commands;
  };

  void write(Commit commit);

  mutable std::mutex mutex_;
  Epoch epoch_;
  bool open_ = false;
  std::vector<std::string> records_;                     // by position - 1
  std::map<StreamName, std::vector<Position>> streams_;  // by version - 1
  std::map<CommandKey, Receipt> commands_;
  // Written by a commit that answered Unknown; it comes to light when the disk is opened again.
  std::optional<Commit> unseen_;
};

}  // namespace silkledger::eventstore
