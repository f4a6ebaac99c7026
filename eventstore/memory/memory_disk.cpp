#include "eventstore/memory/memory_disk.h"

#include <cassert>
#include <utility>

namespace silkledger::eventstore {

void MemoryDisk::begin_epoch(Epoch epoch) {
  const std::lock_guard lock(mutex_);
  assert(!open_ && epoch > epoch_);
  epoch_ = epoch;
}

void MemoryDisk::flip_bit(Position position, std::size_t bit) {
  const std::lock_guard lock(mutex_);
  char& byte = records_.at(position - 1).at(bit / 8);
  byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (bit % 8)));
}

std::size_t MemoryDisk::bits(Position position) const {
  const std::lock_guard lock(mutex_);
  return 8 * records_.at(position - 1).size();
}

Position MemoryDisk::position() const {
  const std::lock_guard lock(mutex_);
  return records_.size();
}

// Requires: the mutex is held.
void MemoryDisk::write(Commit commit) {
  for (std::size_t i = 0; i < commit.records.size(); ++i) {
    records_.push_back(std::move(commit.records[i]));
    streams_[commit.streams[i]].push_back(records_.size());
  }
  for (auto& [key, receipt] : commit.commands) commands_.emplace(std::move(key), receipt);
}

}  // namespace silkledger::eventstore
