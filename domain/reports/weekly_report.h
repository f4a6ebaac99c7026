// The weekly report of an attracting unit on investors who mean to come (Art. 19), or its explicit
// nil report. A returned report is owed again; one that came after its lapse stands beside it.
// Stream: "weekly-report/<unit id>": all weeks of a unit.
#pragma once

#include <string_view>

#include "domain/decision.h"
#include "domain/reports/period_reports.h"
#include "domain/schema/event.capnp.h"

namespace silkledger::domain {

struct WeeklyReportState {
  static constexpr std::string_view kAggregate = "weekly-report";
  PeriodReports weeks;
  bool exists() const { return !weeks.empty(); }
  friend bool operator==(const WeeklyReportState&, const WeeklyReportState&) = default;
};

void evolve(WeeklyReportState& state, wire::Event::Reader event, const EventPlace& place);

Result<Decision> decide(const schema::WeeklyReportSubmitted& stated, const Context& context);
Result<Decision> decide(const schema::WeeklyReportReturned& stated, const Context& context);
// The system's alone, from the day after the due day on.
Result<Decision> decide(const schema::WeeklyReportLapsed& stated, const Context& context);

}  // namespace silkledger::domain
