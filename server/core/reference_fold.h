// Folds the registry's streams of a log into a Reference, in log order, without scanning the rest
// of it.
//
// Threads: the caller's. Errors: the first stream that cannot be read.
#pragma once

#include <optional>

#include "domain/registry/reference.h"
#include "eventstore/event_store.h"

namespace silkledger::server {

std::optional<eventstore::StoreError> fold_reference(const eventstore::EventStore& store,
                                                     domain::Reference& reference);

}  // namespace silkledger::server
