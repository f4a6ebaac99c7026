#include "domain/registry/items.h"

#include "domain/checks.h"
#include "domain/registry/reference.h"

namespace silkledger::domain {
namespace {

// A limit in days belongs to items that have one, and to no others.
Objection days_fit(const Checks& check, const schema::ApprovalItemDefined& stated) {
  const bool has_days =
      stated.days == schema::ItemDays::working || stated.days == schema::ItemDays::calendar;
  if (has_days == stated.statutory_days.has_value()) return {};
  if (has_days) {
    return check.reject(Rejection::Kind::invalid, "statutory-days-missing", "/statutoryDays",
                        {"按工作日或自然日计的事项须填写法定期限。",
                         "An item in working or calendar days needs its limit."},
                        {"请填写天数；没有法定期限的，期限单位选“无法定期限”。",
                         "State the number of days, or say \"none\" for an item without a limit."});
  }
  return check.reject(Rejection::Kind::invalid, "statutory-days-without-unit", "/statutoryDays",
                      {"即时办结或无法定期限的事项不填天数。",
                       "An instant item, or one without a limit, has no number of days."},
                      {"请删去天数，或改为按工作日、自然日计。",
                       "Leave the number out, or count in working or calendar days."});
}

}  // namespace

Result<Decision> decide(const schema::ApprovalItemDefined& stated, const Context& context) {
  const Checks check(context, "23");
  const schema::ApprovalItemDefined* known = context.reference.item(stated.item_id);
  const bool same = known != nullptr && *known == stated;
  if (auto no = check.id_is_free(same, {"审批事项", "approval-item"}, stated.item_id, "/itemId")) {
    return *no;
  }
  if (auto no = check.name(stated.name, "/name")) return *no;
  if (auto no = check.name(stated.stage, "/stage")) return *no;
  if (auto no = check.name(stated.authority, "/authority")) return *no;
  if (auto no = days_fit(check, stated)) return *no;
  if (auto no = check.words_if_stated(stated.law, "/law")) return *no;
  if (auto no = check.words_if_stated(stated.source, "/source")) return *no;
  return Decision{{recorded(stated)}};
}

}  // namespace silkledger::domain
