// View stores in memory: for tests, and for what as-of questions fold. Every key keeps the versions
// that some snapshot can still see, so that a commit costs its own rows, however many snapshots are
// held.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "projections/view_store.h"

namespace silkledger::projections {

class MemoryViewStore final : public ViewStore {
 public:
  explicit MemoryViewStore(std::vector<std::string> families);
  ~MemoryViewStore() override;

  const std::vector<std::string>& families() const override { return families_; }
  std::optional<ViewStoreError> commit(const WriteBatch& batch) override;
  std::shared_ptr<const ViewSnapshot> snapshot() const override;
  std::optional<ViewStoreError> clear() override;
  std::optional<ViewStoreError> clear_family(std::string_view family) override;
  std::optional<ViewStoreError> flush() override { return std::nullopt; }

  // Bytes of keys and values in all versions.
  std::uint64_t bytes() const;

 private:
  struct Content;
  class Snapshot;

  std::shared_ptr<Content> content() const;

  const std::vector<std::string> families_;
  mutable std::mutex mutex_;
  std::shared_ptr<Content> content_;
};

class MemoryViewStores final : public ViewStores {
 public:
  explicit MemoryViewStores(std::vector<std::string> families) : families_(std::move(families)) {}

  ViewResult<std::shared_ptr<ViewStore>> open_current() override;
  ViewResult<std::shared_ptr<ViewStore>> open_beside() override;
  ViewResult<std::shared_ptr<ViewStore>> open_previous() override;
  bool has_beside() const override { return beside_ != nullptr; }
  bool has_previous() const override { return previous_ != nullptr; }
  std::optional<ViewStoreError> switch_to_beside() override;
  std::optional<ViewStoreError> switch_to_previous() override;
  std::optional<ViewStoreError> discard_beside() override;

 private:
  std::vector<std::string> families_;
  std::shared_ptr<ViewStore> current_;
  std::shared_ptr<ViewStore> beside_;
  std::shared_ptr<ViewStore> previous_;
};

}  // namespace silkledger::projections
