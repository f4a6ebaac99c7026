// View stores in memory: for tests and for as-of questions. A snapshot shares the tables; the next
// commit copies those it changes.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "projections/view_store.h"

namespace silkledger::projections {

class MemoryViewStore final : public ViewStore {
 public:
  explicit MemoryViewStore(std::vector<std::string> families);

  const std::vector<std::string>& families() const override { return families_; }
  std::optional<ViewStoreError> commit(const WriteBatch& batch) override;
  std::shared_ptr<const ViewSnapshot> snapshot() const override;
  std::optional<ViewStoreError> clear() override;
  std::optional<ViewStoreError> clear_family(std::string_view family) override;
  std::optional<ViewStoreError> flush() override { return std::nullopt; }

  // An independent store with the same content, sharing what neither changes.
  std::shared_ptr<MemoryViewStore> copy() const;

 private:
  using Table = std::map<std::string, std::string, std::less<>>;
  struct Content {
    std::map<std::string, std::shared_ptr<Table>, std::less<>> tables;
    std::string checkpoint;
  };
  class Snapshot;

  const std::vector<std::string> families_;
  mutable std::mutex mutex_;
  Content content_;
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
