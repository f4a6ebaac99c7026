// The tier of a signed project (Art. 22): which thresholds of the rule set its agreement reaches.
//
// Pure. Sums in fen, jobs in persons. Rules may hold their tiers in any order; the highest reached
// counts.
#pragma once

#include <cstdint>
#include <optional>

#include "domain/schema/registry.values.h"

namespace silkledger::domain {

// What a tier was decided on, and why.
struct TierOutcome {
  std::int32_t tier = 0;   // 0: below the lowest threshold
  bool by_amount = false;  // the sum alone reaches this tier
  bool by_jobs = false;    // the jobs alone reach this tier
  std::int64_t amount_fen = 0;
  std::int32_t jobs = 0;
  friend bool operator==(const TierOutcome&, const TierOutcome&) = default;
};

// The promises of an agreement that a tier is decided on.
struct TierGround {
  schema::Money total_investment;
  std::optional<schema::Money> fixed_assets;
  std::optional<schema::Count> jobs;
  friend bool operator==(const TierGround&, const TierGround&) = default;
};

TierOutcome determine_tier(const TierGround& ground, const schema::RuleSet& rules);

}  // namespace silkledger::domain
