// A view store over a snapshot that stays as it is: what is committed lies above it, in memory, and
// hides what it replaces. As-of questions fold into one.
//
// Threads and errors as view_store.h. Ownership: shares both layers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "projections/memory/memory_view_stores.h"
#include "projections/view_store.h"

namespace silkledger::projections {

class OverlayViewStore final : public ViewStore {
 public:
  OverlayViewStore(std::shared_ptr<const ViewSnapshot> base,
                   std::shared_ptr<MemoryViewStore> changes)
      : base_(std::move(base)), changes_(std::move(changes)) {}

  const std::vector<std::string>& families() const override { return changes_->families(); }
  std::optional<ViewStoreError> commit(const WriteBatch& batch) override;
  std::shared_ptr<const ViewSnapshot> snapshot() const override;
  // Refused: the base stays as it is.
  std::optional<ViewStoreError> clear() override;
  std::optional<ViewStoreError> clear_family(std::string_view family) override;
  std::optional<ViewStoreError> flush() override { return std::nullopt; }

 private:
  const std::shared_ptr<const ViewSnapshot> base_;
  const std::shared_ptr<MemoryViewStore> changes_;
};

}  // namespace silkledger::projections
