// An offer project (谋划项目): what the zone, a county or a city has to offer to investors, from
// its proposal to the key-project library and until it lands or is withdrawn (Art. 13–15). Stream:
// "offer/<offer id>".
//
// An entry of the library holds as long as it is confirmed by the day the rules set; one that is
// not stays in it and shows as overdue. No return is ever computed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// Months from one confirmation to the next where the rule set does not say.
inline constexpr std::int32_t kOfferConfirmMonths = 3;

// State: what later decisions need, nothing for display.
struct OfferState {
  static constexpr std::string_view kAggregate = "offer";
  using Status = schema::OfferStatus;
  std::optional<Status> status;  // nothing: never proposed
  schema::OfferProposed said;    // as last updated
  CivilDate confirmed_on;        // in the library: entered or last confirmed
  bool exists() const { return status.has_value(); }
};

void evolve(OfferState& state, wire::Event::Reader event, const EventPlace& place);

// What an update leaves of an offer, in a state or a row. Another chain takes the node of the
// former one away.
template <class Offer>
void apply_update(Offer& offer, const schema::OfferUpdated& update) {
  if (update.name) offer.name = *update.name;
  if (update.chain_id && update.chain_id != offer.chain_id) {
    offer.chain_id = update.chain_id;
    offer.node_id.reset();
  }
  if (update.node_id) offer.node_id = update.node_id;
  if (update.content) offer.content = *update.content;
  if (update.amount) offer.amount = update.amount;
  if (update.land) offer.land = update.land;
  if (update.expected_return) offer.expected_return = update.expected_return;
  if (update.study) offer.study = update.study;
}

Result<Decision> decide(const schema::OfferProposed& stated, const Context& context);
Result<Decision> decide(const schema::OfferReviewedByChainUnit& stated, const Context& context);
Result<Decision> decide(const schema::OfferAssessed& stated, const Context& context);
Result<Decision> decide(const schema::EnterOfferLibrary& stated, const Context& context);
Result<Decision> decide(const schema::ConfirmOffer& stated, const Context& context);
// Before the library: what was reviewed and assessed is no longer what it says, so both begin anew.
Result<Decision> decide(const schema::OfferUpdated& stated, const Context& context);
Result<Decision> decide(const schema::OfferWithdrawn& stated, const Context& context);
Result<Decision> decide(const schema::OfferLanded& stated, const Context& context);

}  // namespace silkledger::domain
