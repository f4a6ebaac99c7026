#include "domain/projects/tier_rule.h"

namespace silkledger::domain {

namespace {

std::int64_t counted_fen(const TierGround& ground, schema::TierAmountBasis basis) {
  if (basis == schema::TierAmountBasis::fixed_assets) {
    return ground.fixed_assets ? ground.fixed_assets->fen : 0;
  }
  return ground.total_investment.fen;
}

}  // namespace

// The number counts whatever its qualifier. "Over" and "at least" promise no less than the number,
// so the tier found can only be too low, never too high: a later amendment or correction may raise
// it. "About" is taken at its word, for no article says by how much it may miss.
TierOutcome determine_tier(const TierGround& ground, const schema::RuleSet& rules) {
  TierOutcome outcome;
  outcome.amount_fen = counted_fen(ground, rules.tier_amount_basis);
  outcome.jobs = ground.jobs ? ground.jobs->number : 0;
  const schema::Tier* reached = nullptr;
  for (const schema::Tier& tier : rules.tiers) {
    // Art. 22: 以上 includes the number (民法典 Art. 1259), and one of the two suffices.
    if (outcome.amount_fen < tier.amount_fen && outcome.jobs < tier.jobs) continue;
    if (reached == nullptr || reached->tier < tier.tier) reached = &tier;
  }
  if (reached == nullptr) return outcome;
  outcome.tier = reached->tier;
  outcome.by_amount = outcome.amount_fen >= reached->amount_fen;
  outcome.by_jobs = outcome.jobs >= reached->jobs;
  return outcome;
}

}  // namespace silkledger::domain
