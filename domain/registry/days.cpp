#include "domain/registry/days.h"

#include "domain/checks.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {

Result<Decision> decide(const schema::DayBegan& stated, const Context& context) {
  const Checks check(context, "23");
  if (context.actor.person != kSystemActor) {
    return check.reject(Rejection::Kind::not_permitted, "days-begin-by-themselves", {},
                        {"日期更替由系统登记。", "Days are begun by the system."},
                        {"无需人工办理。", "Nobody has to do it."});
  }
  if (stated.date > context.today) {
    return check.reject(
        Rejection::Kind::invalid, "day-not-yet-come", "/date",
        {to_string(stated.date) + "尚未到来，今天是" + to_string(context.today) + "。",
         to_string(stated.date) + " has not come; today is " + to_string(context.today) + "."},
        {"请等到当日。", "Wait for the day."});
  }
  const std::optional<CivilDate> current = context.reference.current_day();
  // Days are begun one by one, so that what falls due on each of them falls due on it and not
  // later.
  if (!current || stated.date.days == current->days + 1) return Decision{{recorded(stated)}};
  const bool began = stated.date <= *current;
  const std::string next = to_string(CivilDate{current->days + 1});
  return check.reject(began ? Rejection::Kind::already_exists : Rejection::Kind::invalid,
                      began ? "day-already-began" : "day-skipped", "/date",
                      {"台账的当前日期是" + to_string(*current) + "。",
                       "The ledger's day is " + to_string(*current) + "."},
                      {"下一个日期是" + next + "。", "The next one is " + next + "."});
}

}  // namespace silkledger::domain
