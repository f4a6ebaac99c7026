#include "projections/filling.h"

#include <utility>

#include "projections/past.h"

namespace silkledger::projections {

Filling::Filling(std::shared_ptr<const ViewSnapshot> from, Checkpoint live,
                 const std::vector<std::string>& views, std::shared_ptr<ViewStore> to,
                 Checkpoint present, std::uint32_t slice_rows)
    : from_(std::move(from)),
      live_(std::move(live)),
      to_(std::move(to)),
      present_(std::move(present)),
      slice_rows_(slice_rows) {
  for (const std::string& view : views) {
    families_.push_back(view);
    families_.push_back(past_family(view));
  }
}

bool Filling::step() {
  if (failure_) return false;
  if (next_ == families_.size()) return finish();
  const std::string& family = families_[next_];
  if (!reader_) {
    if (const auto error = to_->clear_family(family)) return fail(error->detail);
    reader_.emplace(*from_, family, slice_rows_);
    digest_ = {};
  }
  WriteBatch batch;
  const KeyValue* entry = nullptr;
  while (batch.writes.size() < slice_rows_ && (entry = reader_->entry())) {
    digest_.add(entry_hash(entry->key, entry->value));
    batch.writes.push_back({family, entry->key, entry->value, entry->since});
    reader_->next();
  }
  if (reader_->failure()) return fail(*reader_->failure());
  batch.checkpoint = encode(present_);
  if (const auto error = to_->commit(batch)) return fail(error->detail);
  return entry != nullptr || end_family(family);
}

bool Filling::end_family(const std::string& family) {
  const ViewState* state = live_.view(family);  // of a past there is no digest
  if (state && state->digest != digest_) {
    return fail("the rows of view " + family +
                " do not agree with their digest; rebuild it as well");
  }
  reader_.reset();
  ++next_;
  return true;
}

bool Filling::finish() {
  WriteBatch batch;
  const std::string family(kEndsFamily);
  const auto present = to_->snapshot();
  FamilyReader built(*present, family, slice_rows_);
  FamilyReader live(*from_, family, slice_rows_);
  // An interval end stands if both stores kept what they were there.
  for (; const KeyValue* end = built.entry(); built.next()) {
    while (live.entry() && live.entry()->key < end->key) live.next();
    std::optional<std::string> joined;
    if (live.entry() && live.entry()->key == end->key) {
      joined = join(live.entry()->value, end->value);
    }
    batch.writes.push_back({family, end->key, std::move(joined)});
  }
  if (built.failure()) return fail(*built.failure());
  if (live.failure()) return fail(*live.failure());
  join(live_, present_);
  batch.checkpoint = encode(live_);
  if (const auto error = to_->commit(batch)) return fail(error->detail);
  return false;
}

// The built views stand in for those of the served checkpoint, whose order is the catalogue's.
void Filling::join(Checkpoint& live, const Checkpoint& built) const {
  for (ViewState& state : live.views) {
    const bool is_built = present_.view(state.name) != nullptr;
    if (const ViewState* own = is_built ? built.view(state.name) : nullptr) state = *own;
  }
}

std::optional<std::string> Filling::join(std::string_view live, std::string_view built) const {
  auto joined = decode_checkpoint(live);
  const auto own = decode_checkpoint(built);
  if (!joined || !own) return std::nullopt;
  join(*joined, *own);
  return encode(*joined);
}

bool Filling::fail(std::string reason) {
  failure_ = std::move(reason);
  return false;
}

}  // namespace silkledger::projections
