#include "domain/sentences/phrases.h"
#include "domain/sentences/predicates.h"

namespace silkledger::domain::sentences {

namespace {

Text week(CivilDate begins, std::string_view unit_id, const Names& names) {
  const Text unit = names.unit(unit_id);
  return {unit.zh + " " + to_string(begins) + " 起一周的周报",
          "the weekly report of " + unit.en + " for the week from " + to_string(begins)};
}

Text half(CivilDate begins, const std::string& project_id) {
  return {
      "项目 " + project_id + " 自 " + to_string(begins) + " 起半月的进展反馈",
      "the feedback on project " + project_id + " for the half month from " + to_string(begins)};
}

}  // namespace

Text predicate(const schema::WeeklyReportSubmitted& event, const Names& names) {
  const Text report = week(event.week_begins, event.unit_id, names);
  const std::string count = std::to_string(event.leads.size());
  if (event.nothing_to_report) {
    return {"上报" + report.zh + "：零报告", "submitted " + report.en + ": nothing to report"};
  }
  return {"上报" + report.zh + "，线索 " + count + " 条",
          "submitted " + report.en + " with " + count + (count == "1" ? " lead" : " leads")};
}

Text predicate(const schema::WeeklyReportReturned& event, const Names& names) {
  const Text report = week(event.week_begins, event.unit_id, names);
  return join({{"退回" + report.zh, "returned " + report.en}, reason(event.reason)});
}

Text predicate(const schema::WeeklyReportLapsed& event, const Names& names) {
  const Text report = week(event.week_begins, event.unit_id, names);
  return {"登记" + report.zh + "逾期未报，应报日期 " + to_string(event.due_on),
          "recorded that " + report.en + " did not come by " + to_string(event.due_on)};
}

Text predicate(const schema::HalfMonthReportSubmitted& event, const Names&) {
  const Text report = half(event.half_begins, event.project_id);
  return {"上报" + report.zh + "：" + event.progress,
          "submitted " + report.en + ": " + event.progress};
}

Text predicate(const schema::HalfMonthReportReturned& event, const Names&) {
  const Text report = half(event.half_begins, event.project_id);
  return join({{"退回" + report.zh, "returned " + report.en}, reason(event.reason)});
}

Text predicate(const schema::HalfMonthReportLapsed& event, const Names&) {
  const Text report = half(event.half_begins, event.project_id);
  return {"登记" + report.zh + "逾期未报，应报日期 " + to_string(event.due_on),
          "recorded that " + report.en + " did not come by " + to_string(event.due_on)};
}

}  // namespace silkledger::domain::sentences
