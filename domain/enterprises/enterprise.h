// A target enterprise (Art. 16, 17): assigned by chain and by region, pushed to units that confirm
// the receipt, contacted, handed over; with its claims to one of the six classes (Art. 19).
// Stream: "enterprise/<enterprise id>".
//
// Two records of one enterprise are two streams, so a twin is flagged by the view and ended by a
// merger, never refused.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// Who works on an enterprise: the branches it is assigned to, one for each basis, and those it was
// handed over to. In a state and in a row; pure.
struct EnterpriseHolding {
  std::vector<schema::EnterpriseRegion> regions;  // by basis
  std::vector<std::string> holders;               // sorted
  bool holds(std::string_view unit_id) const;
  // A later assignment on the same basis takes the place of the former one and of its branch,
  // unless another basis names that branch too.
  void assign(schema::EnterpriseRegion region);
  void hand_over(const std::string& from_unit, const std::string& to_unit);
  friend bool operator==(const EnterpriseHolding&, const EnterpriseHolding&) = default;
};

// State: what later decisions need, nothing for display.
struct EnterpriseState {
  static constexpr std::string_view kAggregate = "enterprise";
  struct Claim {
    schema::EnterpriseStatusClaimed said;
    std::optional<bool> upheld;  // nothing: not checked
  };
  bool added = false;
  std::optional<std::string> merged_into;
  std::optional<std::string> registered_code;
  std::set<std::string, std::less<>> chains;
  EnterpriseHolding holding;
  std::map<std::string, bool, std::less<>> pushes;  // by unit: the receipt was confirmed
  std::set<std::string, std::less<>> contacted_by;
  std::map<std::string, Claim, std::less<>> claims;  // by claim id
  bool exists() const { return added; }
};

void evolve(EnterpriseState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::EnterpriseAdded& stated, const Context& context);
Result<Decision> decide(const schema::EnterpriseAssignedByChain& stated, const Context& context);
Result<Decision> decide(const schema::AssignEnterpriseByRegion& stated, const Context& context);
Result<Decision> decide(const schema::EnterprisePushed& stated, const Context& context);
Result<Decision> decide(const schema::EnterpriseReceiptConfirmed& stated, const Context& context);
Result<Decision> decide(const schema::EnterpriseContactMade& stated, const Context& context);
Result<Decision> decide(const schema::EnterpriseHandedOver& stated, const Context& context);
Result<Decision> decide(const schema::EnterpriseStatusClaimed& stated, const Context& context);
Result<Decision> decide(const schema::EnterpriseStatusChecked& stated, const Context& context);
Result<Decision> decide(const schema::EnterpriseMerged& stated, const Context& context);

}  // namespace silkledger::domain
