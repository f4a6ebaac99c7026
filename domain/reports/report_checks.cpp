#include "domain/reports/report_checks.h"

#include "domain/registry/reference.h"

namespace silkledger::domain {

Objection period_has_begun(const Checks& check, CivilDate begins, std::string_view pointer) {
  const CivilDate day = check.context().occurred_on;
  if (begins <= day) return {};
  return check.reject(
      Rejection::Kind::invalid, "period-not-begun", pointer,
      {"所报期间自 " + to_string(begins) + " 起，尚未开始（业务日期 " + to_string(day) + "）。",
       "The period begins on " + to_string(begins) + ", after the stated day " + to_string(day) +
           "."},
      {"请填报已开始的期间。", "Report on a period that has begun."});
}

Objection may_submit(const Checks& check, ReportStatus status, std::string_view pointer) {
  if (status != ReportStatus::submitted) return {};
  return check.reject(
      Rejection::Kind::already_exists, "report-already-submitted", pointer,
      {"该期已上报。", "This period was reported already."},
      {"如需修改，请办公室先退回。", "To change it, ask the office to return the report first."});
}

Objection may_return(const Checks& check, ReportStatus status, std::string_view pointer) {
  if (auto no = check.prefecture_acts()) return no;
  if (status == ReportStatus::submitted) return {};
  return check.reject(Rejection::Kind::wrong_state, "no-report-to-return", pointer,
                      {"该期没有可退回的报告。", "There is no report of this period to return."},
                      {"请核对单位、项目和期间。", "Check the unit, the project and the period."});
}

Objection may_lapse(const Checks& check, ReportStatus status, CivilDate stated_due,
                    const DueDay& due) {
  const Context& context = check.context();
  if (context.actor.person != kSystemActor) {
    return check.reject(Rejection::Kind::not_permitted, "lapses-are-the-systems", {},
                        {"逾期由系统登记。", "Lapses are recorded by the system."},
                        {"无需人工办理。", "Nobody has to do it."});
  }
  if (status != ReportStatus::none) {
    return check.reject(
        Rejection::Kind::already_exists, "report-not-missing", {},
        {"该期已上报或已登记逾期。", "The period was reported, or its lapse recorded, already."},
        {"无需办理。", "Nothing is left to do."});
  }
  const auto today = context.reference.current_day();
  if (stated_due == due.day && today && *today > due.day) return {};
  return check.reject(
      Rejection::Kind::invalid, "duty-not-lapsed", "/dueOn",
      {"应报日期为 " + to_string(due.day) + "，尚未逾期或填写不符。",
       "The due day is " + to_string(due.day) + "; it has not passed, or another was stated."},
      {"请在应报日期之后登记。", "Record it after the due day."});
}

}  // namespace silkledger::domain
