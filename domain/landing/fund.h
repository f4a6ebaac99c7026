// A sum that reached a project (Art. 26): reported by the unit that manages the project, then
// verified or rejected by the office. What was reported and what was verified stay two values.
// Stream: "fund/<fund id>".
//
// One stream holds one sum. A project's total stands in no stream, so the limit against the
// agreement is asked of the single sum here and of the total by the view, which flags it; a view
// also flags a voucher seen before.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "domain/decision.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// State: what later decisions need, nothing for display.
struct FundState {
  static constexpr std::string_view kAggregate = "fund";
  enum class Status { unknown, reported, verified, rejected };
  Status status = Status::unknown;
  std::string fund_id;
  std::string project_id;
  std::int64_t reported_fen = 0;  // as corrected
  std::optional<std::int64_t> verified_fen;
  CivilDate paid_on;  // as corrected
  // Positions of the events that last set the two fields: what a correction has to name.
  std::uint64_t amount_set_at = 0;
  std::uint64_t paid_on_set_at = 0;
  bool exists() const { return status != Status::unknown; }
};

void evolve(FundState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::FundReported& stated, const Context& context);
// A second verification with another amount restates the first, which stays in the log.
Result<Decision> decide(const schema::FundVerified& stated, const Context& context);
Result<Decision> decide(const schema::FundRejected& stated, const Context& context);
Result<Decision> decide(const schema::FundCorrected& stated, const Context& context);

}  // namespace silkledger::domain
