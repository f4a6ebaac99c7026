// The Reference as it stood at a position, folded from the registry's streams alone: they are few
// beside the rest of the log, so a restart need not read all of it.
//
// Pure but for reading the log.
#pragma once

#include <optional>
#include <string>

#include "domain/registry/reference.h"
#include "projections/log_reader.h"
#include "projections/runner.h"

namespace silkledger::projections {

// Folds every registry event up to and including `until` into `reference`, in log order; the reason
// if the log cannot be read.
std::optional<std::string> fold_registry(const LogReader& log, Position until,
                                         const RunnerLimits& limits, domain::Reference& reference);

}  // namespace silkledger::projections
