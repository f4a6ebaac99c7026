// The chain-lead unit's half-monthly feedback on a signed project of the highest tier (Art. 22).
// Stream: "half-month-report/<project id>": all halves of a project.
#pragma once

#include <string_view>

#include "domain/decision.h"
#include "domain/reports/period_reports.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

struct HalfMonthReportState {
  static constexpr std::string_view kAggregate = "half-month-report";
  PeriodReports halves;
  bool exists() const { return !halves.empty(); }
  friend bool operator==(const HalfMonthReportState&, const HalfMonthReportState&) = default;
};

void evolve(HalfMonthReportState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::HalfMonthReportSubmitted& stated, const Context& context);
Result<Decision> decide(const schema::HalfMonthReportReturned& stated, const Context& context);
// The system's alone, from the day after the due day on.
Result<Decision> decide(const schema::HalfMonthReportLapsed& stated, const Context& context);

}  // namespace silkledger::domain
