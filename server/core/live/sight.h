// What the holders of the same rights may see: asked for each event and each subscriber, so an
// answer about a unit is kept.
//
// Right for one state of the registry and one day; whoever keeps one makes it anew when either
// changes. Threads: the core executor's. Borrows the reference.
#pragma once

#include <span>
#include <string>
#include <unordered_map>

#include "domain/registry/access.h"

namespace silkledger::server {

class Sight {
 public:
  Sight(const domain::Reference& reference, domain::Grants grants)
      : reference_(reference), grants_(std::move(grants)) {}

  const domain::Grants& grants() const { return grants_; }

  bool may_read(std::span<const std::string> units) const {
    if (grants_.reads_everything) return true;
    for (const auto& unit : units) {
      auto known = units_.find(unit);
      if (known == units_.end()) {
        known = units_.emplace(unit, domain::may_read(reference_, grants_, {&unit, 1})).first;
      }
      if (known->second) return true;
    }
    return false;
  }

 private:
  const domain::Reference& reference_;
  domain::Grants grants_;
  mutable std::unordered_map<std::string, bool> units_;  // no more than there are units
};

}  // namespace silkledger::server
