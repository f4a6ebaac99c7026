// Who holds a token and what they may see, shared by the live connections of that token.
//
// It is right for one state of the registry and one day, which it names: deriving it walks roles
// and rules, asking whether it still holds compares two numbers. Threads: the core executor's.
#pragma once

#include <cstdint>

#include "domain/kernel/time.h"
#include "server/core/core.h"
#include "server/core/live/sight.h"

namespace silkledger::server {

struct RegistryState {
  std::uint64_t revision = 0;
  CivilDate day;
  friend bool operator==(const RegistryState&, const RegistryState&) = default;
};

struct Standing {
  RegistryState at;
  Identity who;
  Sight sight;
};

}  // namespace silkledger::server
