// What both kinds of periodic report ask. For domain/reports alone.
#pragma once

#include "domain/checks.h"
#include "domain/reports/cadence.h"
#include "domain/reports/period_reports.h"

namespace silkledger::domain {

// The period has begun by the business day; `pointer` names its first day.
Objection period_has_begun(const Checks& check, CivilDate begins, std::string_view pointer);
// Nothing was reported yet, or it was returned, or its day passed.
Objection may_submit(const Checks& check, ReportStatus status, std::string_view pointer);
// For the office: a report is there and was not returned already.
Objection may_return(const Checks& check, ReportStatus status, std::string_view pointer);
// For the system: the due day is right, has passed, and nothing was ever reported.
Objection may_lapse(const Checks& check, ReportStatus status, CivilDate stated_due,
                    const DueDay& due);

}  // namespace silkledger::domain
