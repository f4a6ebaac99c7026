// Copies whole views of one snapshot with their past into a store that stands at the same position,
// slice by slice. They stand in the store's checkpoint only with the last slice, so that an
// interrupted copy is begun again.
//
// One thread. Ownership: keeps snapshot and store alive.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "projections/checkpoint.h"
#include "projections/comparison.h"
#include "projections/view_store.h"

namespace silkledger::projections {

class Filling {
 public:
  // `live` is the checkpoint of the snapshot, `present` that of the store.
  Filling(std::shared_ptr<const ViewSnapshot> from, Checkpoint live,
          const std::vector<std::string>& views, std::shared_ptr<ViewStore> to, Checkpoint present,
          std::uint32_t slice_rows);

  // One slice; false when everything was copied or something failed.
  bool step();
  const std::optional<std::string>& failure() const { return failure_; }

 private:
  bool end_family(const std::string& family);
  bool finish();
  void join(Checkpoint& live, const Checkpoint& built) const;
  std::optional<std::string> join(std::string_view live, std::string_view built) const;
  bool fail(std::string reason);

  const std::shared_ptr<const ViewSnapshot> from_;
  Checkpoint live_;
  std::vector<std::string> families_;
  const std::shared_ptr<ViewStore> to_;
  const Checkpoint present_;
  const std::uint32_t slice_rows_;
  std::size_t next_ = 0;  // of the families
  std::optional<FamilyReader> reader_;
  Digest digest_;
  std::optional<std::string> failure_;
};

}  // namespace silkledger::projections
