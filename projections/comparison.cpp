#include "projections/comparison.h"

#include <utility>

#include "projections/fold_tables.h"

namespace silkledger::projections {
namespace {

std::optional<Checkpoint> checkpoint_of(const ViewSnapshot& snapshot) {
  auto text = snapshot.checkpoint();
  const auto* found = std::get_if<std::string>(&text);
  return found ? decode_checkpoint(*found) : std::nullopt;
}

std::string shown(const std::string& key) {
  return key.starts_with(kNoteMark) ? "(note) " + key.substr(1) : key;
}

// A served view that stopped is older than the position: rebuilding is the cure and not a fault to
// report.
bool is_healed(const ViewState* live, const ViewState* rebuilt) {
  return live && live->stopped && rebuilt && !rebuilt->stopped;
}

}  // namespace

FamilyReader::FamilyReader(const ViewSnapshot& snapshot, std::string family,
                           std::uint32_t page_keys)
    : snapshot_(snapshot), family_(std::move(family)), page_keys_(page_keys) {}

const KeyValue* FamilyReader::entry() {
  if (at_ < page_.size()) return &page_[at_];
  if (ended_ || failure_) return nullptr;
  if (!page_.empty()) range_.after = page_.back().key;
  auto scanned = snapshot_.scan(family_, range_, page_keys_);
  if (const auto* error = std::get_if<ViewStoreError>(&scanned)) {
    failure_ = error->detail;
    return nullptr;
  }
  page_ = std::move(std::get<std::vector<KeyValue>>(scanned));
  at_ = 0;
  ended_ = page_.size() < page_keys_;
  return page_.empty() ? nullptr : &page_.front();
}

Comparison::Comparison(std::shared_ptr<const ViewSnapshot> live,
                       std::shared_ptr<const ViewSnapshot> rebuilt, std::vector<std::string> views,
                       const RebuildLimits& limits)
    : live_(std::move(live)), rebuilt_(std::move(rebuilt)), limits_(limits) {
  auto live_checkpoint = checkpoint_of(*live_);
  auto rebuilt_checkpoint = checkpoint_of(*rebuilt_);
  if (!live_checkpoint || !rebuilt_checkpoint) {
    failure_ = "a checkpoint cannot be read";
    return;
  }
  live_checkpoint_ = std::move(*live_checkpoint);
  rebuilt_checkpoint_ = std::move(*rebuilt_checkpoint);
  position_ = rebuilt_checkpoint_.position;
  if (live_checkpoint_.position != position_) failure_ = "the stores stand at two positions";
  for (std::string& view : views) {
    if (!is_healed(live_checkpoint_.view(view), rebuilt_checkpoint_.view(view))) {
      views_.push_back(std::move(view));
    }
  }
}

bool Comparison::step() {
  for (std::uint32_t rows = 0; rows < limits_.slice_rows_max; ++rows) {
    if (failure_ || view_ == views_.size()) return false;
    if (!pair_) begin_view();
    compare_entry();
  }
  return true;
}

void Comparison::begin_view() {
  const std::string& view = views_[view_];
  pair_.emplace(Pair{FamilyReader(*live_, view, limits_.slice_rows_max),
                     FamilyReader(*rebuilt_, view, limits_.slice_rows_max), Digest{}, Digest{}});
}

void Comparison::compare_entry() {
  const KeyValue* live = pair_->live.entry();
  const KeyValue* rebuilt = pair_->rebuilt.entry();
  failure_ = pair_->live.failure() ? pair_->live.failure() : pair_->rebuilt.failure();
  if (failure_) return;
  if (!live && !rebuilt) return end_view();
  const bool has_live = live && (!rebuilt || live->key <= rebuilt->key);
  const bool has_rebuilt = rebuilt && (!live || rebuilt->key <= live->key);
  const bool is_equal = has_live && has_rebuilt && live->value == rebuilt->value;
  if (!is_equal) {
    tell(shown(has_live ? live->key : rebuilt->key), has_live ? &live->value : nullptr,
         has_rebuilt ? &rebuilt->value : nullptr);
  }
  if (has_live) {
    pair_->live_digest.add(entry_hash(live->key, live->value));
    pair_->live.next();
  }
  if (has_rebuilt) {
    pair_->rebuilt_digest.add(entry_hash(rebuilt->key, rebuilt->value));
    pair_->rebuilt.next();
  }
}

void Comparison::end_view() {
  const std::string& view = views_[view_];
  const ViewState* live = live_checkpoint_.view(view);
  const ViewState* rebuilt = rebuilt_checkpoint_.view(view);
  const auto check = [&](const ViewState* state, const Digest& scanned, const std::string& whose) {
    if (state && state->digest == scanned) return;
    const std::string kept = state ? to_hex(state->digest) : "";
    const std::string found = to_hex(scanned);
    tell("(digest) kept and found, " + whose, &kept, &found);
  };
  check(live, pair_->live_digest, "live");
  check(rebuilt, pair_->rebuilt_digest, "rebuilt");
  pair_.reset();
  ++view_;
}

void Comparison::tell(std::string key, const std::string* live, const std::string* rebuilt) {
  ++difference_count_;
  if (differences_.size() >= limits_.differences_max) return;
  differences_.push_back({views_[view_], std::move(key), live ? std::optional(*live) : std::nullopt,
                          rebuilt ? std::optional(*rebuilt) : std::nullopt});
}

}  // namespace silkledger::projections
