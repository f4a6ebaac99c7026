// An investment agreement and the tier that follows from it (Art. 22).
// A formal contract opens a tier; a framework agreement is recorded and opens nothing.
// Stream: "contract/<contract id>". The project's stream names its contract.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/projects/tier_rule.h"
#include "domain/schema/event.wire.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct ContractState {
  static constexpr std::string_view kAggregate = "contract";
  static constexpr std::size_t kFields = 3;  // of schema::ContractField
  bool signed_ = false;
  std::string contract_id;
  std::string project_id;
  schema::ContractKind kind = schema::ContractKind::formal;
  CivilDate signed_on;
  std::optional<CivilDate> amended_on;  // of the latest amendment
  schema::Money amount;                 // total investment, as amended and corrected
  std::optional<schema::Money> fixed_assets;
  std::optional<schema::Count> jobs;
  std::optional<TierOutcome> tier;  // none for a framework agreement

  // By ContractField: position of the event that last set the field; 0 when none did.
  std::array<std::uint64_t, kFields> set_at{};

  bool exists() const { return signed_; }
  bool formal() const { return signed_ && kind == schema::ContractKind::formal; }
  friend bool operator==(const ContractState&, const ContractState&) = default;
};

void evolve(ContractState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::ContractSigned& stated, const Context& context);
Result<Decision> decide(const schema::ContractAmended& stated, const Context& context);
Result<Decision> decide(const schema::ContractCorrected& stated, const Context& context);

}  // namespace silkledger::domain
