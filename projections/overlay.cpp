#include "projections/overlay.h"

#include <utility>

#include "projections/layers.h"

namespace silkledger::projections {
namespace {

class OverlaySnapshot final : public ViewSnapshot {
 public:
  OverlaySnapshot(std::shared_ptr<const ViewSnapshot> base,
                  std::shared_ptr<const ViewSnapshot> changes)
      : base_(std::move(base)), changes_(std::move(changes)) {}

  ViewResult<std::string> checkpoint() const override {
    auto changed = changes_->checkpoint();
    const auto* text = std::get_if<std::string>(&changed);
    return text && text->empty() ? base_->checkpoint() : changed;
  }

  ViewResult<std::optional<KeyValue>> get(std::string_view family,
                                          std::string_view key) const override {
    auto changed = changes_->get(family, key);
    if (auto* error = std::get_if<ViewStoreError>(&changed)) return std::move(*error);
    auto& entry = std::get<0>(changed);
    if (!entry) return base_->get(family, key);
    auto value = decode_change(entry->value);
    if (!value) return std::optional<KeyValue>();
    entry->value = std::move(*value);
    return std::move(entry);
  }

  ViewResult<std::vector<KeyValue>> scan(std::string_view family, const KeyRange& range,
                                         std::uint32_t keys_max) const override {
    return scan_layers(
        [&](const KeyRange& part, std::uint32_t keys) { return changes(family, part, keys); },
        [&](const KeyRange& part, std::uint32_t keys) { return base_->scan(family, part, keys); },
        range, keys_max);
  }

 private:
  ViewResult<std::vector<Change>> changes(std::string_view family, const KeyRange& range,
                                          std::uint32_t keys_max) const {
    auto read = changes_->scan(family, range, keys_max);
    if (auto* error = std::get_if<ViewStoreError>(&read)) return std::move(*error);
    std::vector<Change> changes;
    for (KeyValue& entry : std::get<0>(read)) {
      changes.push_back({std::move(entry.key), decode_change(entry.value), entry.since});
    }
    return changes;
  }

  const std::shared_ptr<const ViewSnapshot> base_;
  const std::shared_ptr<const ViewSnapshot> changes_;
};

ViewStoreError stays() { return {"what lies over a snapshot cannot be emptied"}; }

}  // namespace

std::optional<ViewStoreError> OverlayViewStore::commit(const WriteBatch& batch) {
  WriteBatch changes;
  changes.writes.reserve(batch.writes.size());
  for (const Write& write : batch.writes) {
    changes.writes.push_back({write.family, write.key, encode_change(write.value), write.since});
  }
  changes.checkpoint = batch.checkpoint;
  return changes_->commit(changes);
}

std::shared_ptr<const ViewSnapshot> OverlayViewStore::snapshot() const {
  return std::make_shared<OverlaySnapshot>(base_, changes_->snapshot());
}

std::optional<ViewStoreError> OverlayViewStore::clear() { return stays(); }
std::optional<ViewStoreError> OverlayViewStore::clear_family(std::string_view) { return stays(); }

}  // namespace silkledger::projections
