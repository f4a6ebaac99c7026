// How the ledger is set up: the rule files and the first administrator by the system, everything
// else by the administrator and by whom the rules allow.
#include <algorithm>
#include <utility>

#include "domain/schema/json/options.h"
#include "tools/generator/digest.h"
#include "tools/generator/simulation.h"
#include "tools/generator/vocabulary.h"

namespace silkledger::generator {
namespace {

const CivilDate kEve = *civil_date({2025, 12, 31});
const CivilDate kTokensExpire = *civil_date({2027, 12, 31});
constexpr std::int64_t kMorning = 10 * 3600;  // seconds after midnight

class Setup {
 public:
  explicit Setup(Simulation& simulation) : sim_(simulation) {}

  void schedule() {
    by_system();
    bootstrap();
    units();
    people();
    chains();
  }

 private:
  // One line a second, in order.
  void next(std::function<void()> act) {
    sim_.desk().at({beijing_midnight(kEve).us + (kMorning + second_++) * kMicrosPerSecond},
                   std::move(act));
  }

  void system_sends(schema::Command command, std::optional<std::string> command_id = std::nullopt) {
    next([this_sim = &sim_, command = std::move(command),
          command_id = std::move(command_id)]() mutable {
      this_sim->desk().send({.principal = "system",
                             .command = std::move(command),
                             .occurred_on = kEve,
                             .command_id = std::move(command_id)});
    });
  }

  void administrator_sends(schema::Command command) {
    next([this_sim = &sim_, command = std::move(command)]() mutable {
      this_sim->send_by(&this_sim->world().administrator(), std::move(command), kEve);
    });
  }

  void by_system() {
    for (const SetupLine& line : sim_.files().lines) system_sends(line.command, line.command_id);
  }

  schema::PersonRegistered person(const Member& member) {
    json::PlainText plain;
    const schema::Role& role = sim_.world().role(member.role);
    std::string name = person_name(sim_.dice("person/" + member.person_id));
    // A character of plane 2: names must come through whole (民委发〔2016〕33号).
    if (++persons_ == 3) name = "𠮷某示例";
    return {.person_id = member.person_id, .name = plain.seal(name), .title = role.zh + "（示例）"};
  }

  static schema::TokenIssued token(const std::string& person_id, const std::string& secret) {
    return {.person_id = person_id,
            .token_id = "token-" + secret,
            .secret_sha256 = sha256(secret),
            .expires_on = kTokensExpire};
  }

  schema::RoleGranted grant(const Member& member) {
    return {.person_id = member.person_id,
            .unit_id = member.unit_id,
            .role = member.role,
            .from = std::max(kEve, sim_.world().unit(member.unit_id).valid_from)};
  }

  // The system may set up until somebody administers: the grant comes last.
  void bootstrap() {
    const Member& first = sim_.world().administrator();
    system_sends(person(first));
    system_sends(token(first.person_id, "demo-admin"));
    system_sends(token(first.person_id, "demo-" + first.role));
    system_sends(grant(first));
  }

  void units() {
    for (const schema::UnitRegistered& unit : sim_.world().more_units()) administrator_sends(unit);
  }

  void people() {
    const std::vector<Member>& members = sim_.world().members();
    std::string last_role = members.front().role;
    for (std::size_t i = 1; i < members.size(); ++i) {
      const Member& member = members[i];
      const bool second_hat = registered(member.person_id, i);
      if (!second_hat) {
        administrator_sends(person(member));
        administrator_sends(token(member.person_id, "demo-" + member.role + "-" + member.unit_id));
      }
      if (member.role != last_role) {
        administrator_sends(token(member.person_id, "demo-" + member.role));
        last_role = member.role;
      }
      administrator_sends(grant(member));
    }
  }

  bool registered(const std::string& person_id, std::size_t before) const {
    const std::vector<Member>& members = sim_.world().members();
    const auto end = members.begin() + static_cast<std::ptrdiff_t>(before);
    return std::find_if(members.begin(), end,
                        [&](const Member& one) { return one.person_id == person_id; }) != end;
  }

  void chains() {
    const CivilDate from = sim_.world().rules().valid_from;
    for (const ChainInPlay& chain : sim_.world().chains()) {
      administrator_sends(schema::ChainDefined{.chain_id = chain.chain_id,
                                               .name = std::string(chain.words->name),
                                               .name_en = std::string(chain.words->name_en),
                                               .from = from});
      administrator_sends(schema::ChainLeadAssigned{chain.chain_id, chain.lead_unit, from});
    }
    for (schema::ApprovalItemDefined item : short_items()) administrator_sends(std::move(item));
  }

  // Statutory limits that the catalogue lacks and the half-time rule has to get right.
  static std::vector<schema::ApprovalItemDefined> short_items() {
    std::vector<schema::ApprovalItemDefined> items;
    for (const std::int32_t days : {1, 7, 20}) {
      items.push_back({.item_id = "demo-days-" + std::to_string(days),
                       .stage = "示例",
                       .name = "示例事项（" + std::to_string(days) + "个工作日）",
                       .authority = "示例部门",
                       .days = schema::ItemDays::working,
                       .statutory_days = days,
                       .source = "示例"});
    }
    return items;
  }

  Simulation& sim_;
  std::int64_t second_ = 0;
  int persons_ = 0;
};

}  // namespace

void schedule_setup(Simulation& simulation) { Setup(simulation).schedule(); }

}  // namespace silkledger::generator
