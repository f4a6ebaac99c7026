// What is known of the reports of one stream, by the first day of the period they are about. Pure.
#pragma once

#include <map>

#include "domain/kernel/time.h"

namespace silkledger::domain {

enum class ReportStatus { none, submitted, returned, lapsed };

class PeriodReports {
 public:
  ReportStatus of(CivilDate begins) const {
    const auto found = by_period_.find(begins);
    return found == by_period_.end() ? ReportStatus::none : found->second;
  }
  void set(CivilDate begins, ReportStatus status) { by_period_[begins] = status; }
  bool empty() const { return by_period_.empty(); }
  friend bool operator==(const PeriodReports&, const PeriodReports&) = default;

 private:
  std::map<CivilDate, ReportStatus> by_period_;  // some fifty a year
};

}  // namespace silkledger::domain
