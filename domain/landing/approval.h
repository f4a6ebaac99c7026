// An approval that a joint assistance group obtains for a project (Art. 23): requested by the
// investor, planned, claimed by an agent, accepted by the authority, decided. Stream:
// "approval/<approval id>".
//
// The clock runs from acceptance to decision without lawful pauses (行政许可法 Art. 42, 45). It
// runs under the limit that the item had when the acceptance was entered: a later change of the
// item touches only approvals accepted later. A late decision is recorded like any other: being
// late is for the views to show.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/decision.h"
#include "domain/kernel/half_time.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

// State: what later decisions need, and the clock.
struct ApprovalState {
  static constexpr std::string_view kAggregate = "approval";
  enum class Status { unknown, requested, planned, claimed, running, paused, granted, refused };
  Status status = Status::unknown;
  std::string approval_id;
  std::string project_id;
  std::string item_id;
  std::string handling_unit;
  CivilDate requested_on;
  std::optional<std::string> agent;
  std::optional<CivilDate> accepted_on;
  StatutoryLimit limit;       // as of acceptance
  std::vector<Pause> pauses;  // in order; the last one is open while paused
  std::optional<CivilDate> decided_on;
  bool exists() const { return status != Status::unknown; }
  bool decided() const { return status == Status::granted || status == Status::refused; }
};

void evolve(ApprovalState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::ApprovalRequested& stated, const Context& context);
Result<Decision> decide(const schema::ApprovalPlanned& stated, const Context& context);
Result<Decision> decide(const schema::ApprovalClaimed& stated, const Context& context);
Result<Decision> decide(const schema::AcceptApproval& stated, const Context& context);
Result<Decision> decide(const schema::ApprovalClockPaused& stated, const Context& context);
Result<Decision> decide(const schema::ApprovalClockResumed& stated, const Context& context);
Result<Decision> decide(const schema::ApprovalGranted& stated, const Context& context);
Result<Decision> decide(const schema::ApprovalRefused& stated, const Context& context);

StatutoryLimit limit_of(schema::ItemDays days, std::optional<std::int32_t> statutory_days);
// Events name the first day that does not count and the first that counts again; the kernel's Pause
// names the last that counts and the last that does not.
Pause paused_from(CivilDate first_day_not_counted);
void resume(Pause& pause, CivilDate first_day_counted);

// The meter at the end of `as_of`, on the calendar of the handling unit. Not applicable before
// acceptance.
HalfTimeMeter half_time_of(const ApprovalState& state, const Reference& reference, CivilDate as_of);

}  // namespace silkledger::domain
