// Compares views in two snapshots at one position, row by row and slice by slice, and both against
// the digests kept with them. Notes are compared like rows; their keys are told as "(note) <key>".
//
// One thread. Ownership: keeps both snapshots alive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "projections/digest.h"
#include "projections/rebuild.h"

namespace silkledger::projections {

// One view of one snapshot, entry by entry in key order.
class FamilyReader {
 public:
  FamilyReader(const ViewSnapshot& snapshot, std::string family, std::uint32_t page_keys);

  // The entry to look at; null at the end or after a failure.
  const KeyValue* entry();
  void next() { ++at_; }
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  const ViewSnapshot& snapshot_;
  const std::string family_;
  const std::uint32_t page_keys_;
  KeyRange range_;
  std::vector<KeyValue> page_;
  std::size_t at_ = 0;
  bool ended_ = false;
  std::optional<std::string> failure_;
};

class Comparison {
 public:
  Comparison(std::shared_ptr<const ViewSnapshot> live, std::shared_ptr<const ViewSnapshot> rebuilt,
             std::vector<std::string> views, const RebuildLimits& limits);

  // One slice; false when everything was compared or reading failed.
  bool step();

  Position position() const { return position_; }
  const std::optional<std::string>& failure() const { return failure_; }
  std::uint64_t difference_count() const { return difference_count_; }
  const std::vector<RowDifference>& differences() const { return differences_; }

 private:
  struct Pair {
    FamilyReader live;
    FamilyReader rebuilt;
    Digest live_digest;
    Digest rebuilt_digest;
  };

  void begin_view();
  void compare_entry();
  void end_view();
  void tell(std::string key, const std::string* live, const std::string* rebuilt);

  const std::shared_ptr<const ViewSnapshot> live_;
  const std::shared_ptr<const ViewSnapshot> rebuilt_;
  std::vector<std::string> views_;
  const RebuildLimits limits_;
  Checkpoint live_checkpoint_;
  Checkpoint rebuilt_checkpoint_;
  Position position_ = 0;
  std::size_t view_ = 0;
  std::optional<Pair> pair_;
  std::optional<std::string> failure_;
  std::uint64_t difference_count_ = 0;
  std::vector<RowDifference> differences_;
};

}  // namespace silkledger::projections
