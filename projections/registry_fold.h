// The Reference as it stood at a position, folded from the registry's streams alone: they are few
// beside the rest of the log, so nobody need read all of it. A view store keeps a copy of these
// events in a family of their own, in log order; views open from that.
//
// Pure but for reading.
#pragma once

#include <optional>
#include <string>

#include "domain/registry/reference.h"
#include "projections/log_reader.h"
#include "projections/runner.h"
#include "projections/view_store.h"

namespace silkledger::projections {

// Folds every registry event up to and including `until` into `reference`, in log order; the reason
// if the log cannot be read.
std::optional<std::string> fold_registry(const LogReader& log, Position until,
                                         const RunnerLimits& limits, domain::Reference& reference);

// The same from the copies in a view store, which stands at or behind `until`; only those behind
// `after`, which `reference` has seen.
std::optional<std::string> fold_kept_registry(const ViewSnapshot& snapshot, Position after,
                                              Position until, domain::Reference& reference);

// The copy to keep of an event; nothing when its stream is not one of the registry's.
std::optional<Write> kept_registry_event(const eventstore::RecordView& record);

}  // namespace silkledger::projections
