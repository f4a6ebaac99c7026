#include "domain/decision.h"

#include <utility>
#include <variant>

#include "domain/dispatch/action.h"
#include "domain/dispatch/meeting.h"
#include "domain/dispatch/problem.h"
#include "domain/enterprises/enterprise.h"
#include "domain/landing/approval.h"
#include "domain/landing/fund.h"
#include "domain/landing/work_group.h"
#include "domain/leads/lead.h"
#include "domain/projects/contract.h"
#include "domain/projects/evaluation.h"
#include "domain/projects/project.h"
#include "domain/refusal.h"
#include "domain/registry/access.h"
#include "domain/registry/calendar.h"
#include "domain/registry/chains.h"
#include "domain/registry/days.h"
#include "domain/registry/epochs.h"
#include "domain/registry/items.h"
#include "domain/registry/people.h"
#include "domain/registry/rules.h"
#include "domain/registry/units.h"
#include "domain/reports/half_month_report.h"
#include "domain/reports/weekly_report.h"
#include "domain/research/chain_graph.h"
#include "domain/research/offer.h"
#include "domain/research/unit_plan.h"
#include "domain/schema/command.meta.h"
#include "domain/schema/event.meta.h"

namespace silkledger::domain {
namespace {

// The decider of exactly this struct: a missing one must not compile, where overload resolution
// would turn the struct back into a Command.
template <class Stated>
constexpr Result<Decision> (*decider_of())(const Stated&, const Context&) {
  return &decide;
}

std::optional<Rejection> refuse_system(std::string_view name, const Context& context) {
  if (context.actor.person != kSystemActor || may_system_send(context.reference, name)) {
    return std::nullopt;
  }
  return refuse(context, Rejection::Kind::not_permitted, "system-not-allowed", "5",
                {"系统不得使用命令“" + std::string(name) + "”。",
                 "The system may not send \"" + std::string(name) + "\"."},
                {"请由具有相应角色的人员办理；系统只在有管理员之前建立基础数据，之后只登记日期更替"
                 "和账本续期。",
                 "Somebody with a role has to: the system sets reference data up until there is an "
                 "administrator, and after that only begins days and epochs."});
}

}  // namespace

Fact recorded(schema::Event event) {
  const std::string_view article = schema::event_arms()[event.index()].type->article;
  std::string stream = stream_of_event(event);
  return {std::move(stream), std::move(event), std::string(article), false};
}

std::string stream_of(const schema::Command& command) {
  return std::visit([](const auto& stated) { return schema::stream_of(stated); }, command);
}

std::string stream_of_event(const schema::Event& event) {
  return std::visit([](const auto& happened) { return schema::stream_of(happened); }, event);
}

std::string_view name_of(const schema::Command& command) {
  return schema::command_arms()[command.index()].kebab;
}

Result<Decision> decide(const schema::Command& command, const Context& context) {
  if (auto refusal = refuse_system(name_of(command), context)) return *refusal;
  if (context.occurred_on > context.today) {
    return refuse(context, Rejection::Kind::invalid, "occurred-in-the-future", "",
                  {"业务发生日期（" + to_string(context.occurred_on) + "）晚于今天（" +
                       to_string(context.today) + "）。",
                   "The stated day (" + to_string(context.occurred_on) + ") lies after today (" +
                       to_string(context.today) + ")."},
                  {"请填写今天或更早的日期。", "State today or an earlier day."}, "/occurredOn");
  }
  return std::visit(
      [&](const auto& stated) {
        return decider_of<std::remove_cvref_t<decltype(stated)>>()(stated, context);
      },
      command);
}

}  // namespace silkledger::domain
