// What seldom happens and must be there all the same, so that S0 holds every kind of event: a unit
// that is renamed and closed, a person who leaves, a sum that is not recognised, an approval that
// is refused, a node that slips.
#include <memory>
#include <utility>

#include "domain/schema/json/options.h"
#include "tools/generator/digest.h"
#include "tools/generator/simulation.h"

namespace silkledger::generator {
namespace {

CivilDate may(std::int32_t day) { return *civil_date({2026, 5, day}); }

class Turnover {
 public:
  explicit Turnover(Simulation& simulation)
      : sim_(simulation), unit_(simulation.world().receiving(may(6)).front()) {}

  void schedule() {
    // At noon, behind the cases that planted.cpp plants in the morning.
    at(may(11), [this] { joins(); });
    at(may(12), [this] { leaves(); });
    at(may(8), [this] { is_refused(); });
  }

 private:
  void at(CivilDate day, std::function<void()> act) {
    constexpr std::int64_t kNoon = 12 * 3600 * kMicrosPerSecond;
    sim_.desk().at({beijing_midnight(day).us + kNoon}, std::move(act));
  }

  void administrator_sends(schema::Command command, CivilDate day) {
    sim_.send_by(&sim_.world().administrator(), std::move(command), day);
  }

  // Somebody with the county's own role, in a unit that stands below the county for two days.
  void joins() {
    const std::string handling = sim_.world().handling_unit_of(unit_);
    const Member* agent = sim_.world().within_unit("claim-approval", handling, 0);
    if (agent == nullptr) return;
    role_ = agent->role;
    json::PlainText plain;
    administrator_sends(schema::UnitRegistered{.unit_id = "PT-unit",
                                               .kind = sim_.world().unit(handling).kind,
                                               .name = "示例·临时服务专班",
                                               .name_en = "Demo temporary service team",
                                               .valid_from = may(11)},
                        may(11));
    administrator_sends(
        schema::PersonRegistered{
            .person_id = "PT-person", .name = plain.seal("阿某江·测试"), .title = "借调（示例）"},
        may(11));
    administrator_sends(schema::RoleGranted{"PT-person", "PT-unit", role_, may(11), std::nullopt},
                        may(11));
    administrator_sends(schema::TokenIssued{"PT-person", "PT-token", sha256("demo-leaving"),
                                            days_after(may(11), 365)},
                        may(11));
    administrator_sends(schema::UnitRenamed{"PT-unit", "示例·临时帮办专班",
                                            "Demo temporary assistance team", may(11)},
                        may(11));
    sim_.plant({"staff-turnover",
                "单位更名后停用，人员离岗：令牌吊销、角色收回",
                {{"unitId", "PT-unit"}, {"personId", "PT-person"}}});
  }

  void leaves() {
    if (role_.empty()) return;
    administrator_sends(schema::TokenRevoked{"PT-person", "PT-token", "离岗（示例）"}, may(12));
    administrator_sends(schema::RoleRevoked{"PT-person", "PT-unit", role_, "离岗（示例）"},
                        may(12));
    administrator_sends(schema::UnitClosed{"PT-unit", may(12), "专班撤销（示例）"}, may(12));
  }

  void is_refused() {
    const std::string project_id = "PT-approvals";
    const Member* agent = sim_.world().within_unit("claim-approval", unit_, 0);
    sim_.send_for(unit_,
                  schema::ApprovalRequested{"AT-refused", project_id, "demo-days-7", unit_, may(8)},
                  may(8));
    sim_.send_by(agent, schema::ApprovalClaimed{"AT-refused", agent->person_id, may(8)}, may(8));
    sim_.send_for(unit_, schema::AcceptApproval{"AT-refused", may(8), may(8)}, may(8));
    sim_.send_for(unit_, schema::ApprovalRefused{"AT-refused", may(8), "选址不符合规划（测试）"},
                  may(8));
    sim_.plant(
        {"approval-refused", "受理当日决定不予：计0日，达标", {{"approvalId", "AT-refused"}}});
    sim_.send_for(unit_,
                  schema::FundReported{.fund_id = "FT-rejected",
                                       .project_id = project_id,
                                       .amount_fen = 12'300,
                                       .paid_on = may(8),
                                       .source = schema::FundSource::inside_region,
                                       .evidence = schema::EvidenceKind::land_payment},
                  may(8));
    sim_.send_for_prefecture(schema::FundRejected{"FT-rejected", "关联方往来（测试）"}, may(8));
    sim_.plant({"fund-rejected", "不予核定的资金仍计入上报数", {{"fundId", "FT-rejected"}}});
    const std::vector<schema::PlanNode> nodes = {
        {.node_id = "n1", .name = "竣工", .planned_on = may(30)}};
    sim_.send_for(unit_, schema::ProjectPlanSet{project_id, nodes}, may(8));
    sim_.send_for(unit_,
                  schema::ProjectNodeSlipped{project_id, "n1", may(31), "设备交货推迟（测试）"},
                  may(8));
  }

  Simulation& sim_;
  std::string unit_;
  std::string role_;
};

}  // namespace

void schedule_turnover(Simulation& simulation) {
  auto turnover = std::make_shared<Turnover>(simulation);
  turnover->schedule();
  simulation.keep_alive(std::move(turnover));  // its acts come later
}

}  // namespace silkledger::generator
