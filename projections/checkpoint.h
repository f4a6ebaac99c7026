// The checkpoint: where in which log all views of a store stand, and how each of them is. It is
// committed in the same batch as the rows, so it never speaks of other rows than these.
//
// Values, pure. The stored form is text, one fact a line: docs/formats/views.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "eventstore/record.h"
#include "projections/digest.h"

namespace silkledger::projections {

// A view that met an event it could not fold: it stands just before that event until it is rebuilt
// by a newer version, and says so with everything it shows.
struct Stopped {
  eventstore::Position position = 0;  // of the event that stopped it
  std::string cause;                  // for people
  friend bool operator==(const Stopped&, const Stopped&) = default;
};

struct ViewState {
  std::string name;
  std::uint32_t version = 0;
  Digest digest;
  std::optional<Stopped> stopped;
  friend bool operator==(const ViewState&, const ViewState&) = default;
};

struct Checkpoint {
  eventstore::Epoch epoch = 0;
  eventstore::Position position = 0;  // the last event folded; 0: none
  eventstore::Hash root{};            // of the log at that position
  std::vector<ViewState> views;       // in catalogue order

  const ViewState* view(std::string_view name) const;
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

std::string encode(const Checkpoint& checkpoint);
// Nothing when the text is not a checkpoint of this form.
std::optional<Checkpoint> decode_checkpoint(std::string_view text);

}  // namespace silkledger::projections
